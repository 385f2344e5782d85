// A principal asks families; a mother of three in two schools answers on her phone for each child; the class teacher sees who is missing and
// writes down what came on paper.
import { expect, type Browser, type Page } from '@playwright/test'
import { make_family } from '../harness/families.ts'
import { make_county, type County } from '../harness/county.ts'
import { send, without_quiet_hours } from '../harness/notices.ts'
import { choose, console_settings, expect_accessible, expect_no_sideways_scrolling, fill_drawer, test } from '../harness/pages.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
test.beforeAll(async () => {
  county = await make_county({ name: 'browser-notices', settings: console_settings })
  await without_quiet_hours(county.official)
})
test.afterAll(() => county?.server.stop())
test.use({ actionTimeout: 15_000 })
test.setTimeout(180_000)

async function page_of(browser: Browser, visitor: Visitor, viewport = { width: 1440, height: 900 }): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN' })
  await context.addCookies([{ name: 'concentric_session', value: visitor.token!, url: county.server.address }])
  return context.newPage()
}

test('from writing it to the last answer', async ({ browser }) => {
  const { server, official, east, west } = county
  const family = await make_family(server, official, east)
  for (const [name, class_] of [
    ['王二', east.class],
    ['王三', west.class],
  ] as const) {
    const body = { name, sex: 'male' as const, class: class_, from: '2025-09-01', carers: [] }
    const child = await official.call('POST /students', { body })
    const added = await official.call('POST /students/{id}/carers', {
      path: { id: child.id },
      body: { name: '陈兰', relation: 'mother' },
    })
    await official.call('POST /carer-merges', { body: { kept: family.mother_id, merged: added.student!.carers.at(-1)!.person } })
  }
  const everybody = await send(official, { title: '全县安全确认', organisations: [county.root] })

  const principal = await page_of(browser, east.leader)
  await principal.goto(`${server.address}/notices`)
  await principal.getByRole('button', { name: '写通知' }).click()
  await fill_drawer(
    principal,
    '写通知',
    async (drawer) => {
      await drawer.getByLabel('标题').fill('春季研学')
      await drawer.getByLabel('正文').fill('周五 8:00 出发。')
      await choose(principal, drawer.getByLabel('需要对方'), '回答是或否')
      await expect(drawer.getByText(/户、\d+ 名学生/)).toBeVisible()
    },
    '存为草稿',
  )
  await principal.getByRole('button', { name: '发送', exact: true }).click()
  await expect(principal.getByText('已提交，系统会按规则送达。')).toBeVisible()

  const mother = await page_of(browser, family.mother, { width: 390, height: 844 })
  await mother.goto(`${server.address}/inbox`)
  await expect(async () => {
    await mother.reload()
    await expect(mother.getByText('春季研学')).toBeVisible({ timeout: 2000 })
  }).toPass()
  await expect(mother.getByRole('button', { name: /全县安全确认/ })).toHaveCount(1)
  await expect_accessible(mother)
  await expect_no_sideways_scrolling(mother)
  await mother.getByRole('button', { name: /春季研学/ }).click()
  await expect(mother.getByRole('heading', { name: /王二/ })).toBeVisible()
  await expect(mother.getByRole('heading', { name: /王三/ })).toHaveCount(0)
  const second = mother.locator('section', { has: mother.getByRole('heading', { name: /王二/ }) })
  await second.getByText('是', { exact: true }).click()
  await second.getByRole('button', { name: '提交' }).click()
  await expect(mother.getByText('已回复。')).toBeVisible()
  await expect(second.getByText(/陈兰/)).toBeVisible()
  await expect_no_sideways_scrolling(mother)

  await mother.goto(`${server.address}/my-notices/${everybody.id}`)
  await expect(mother.getByRole('button', { name: '我已知悉' })).toHaveCount(3)

  await principal.reload()
  await expect(principal.getByRole('heading', { name: '春季研学' })).toBeVisible()
  const missing = principal.getByRole('table', { name: '名单' })
  await expect(missing.getByText('王二')).toHaveCount(0)
  await expect(missing.getByText('李梅')).toBeVisible()
  await missing.getByRole('row', { name: /李梅/ }).getByRole('button', { name: '登记纸质回执' }).click()
  const dialog = principal.getByRole('dialog', { name: '登记纸质回执' })
  await dialog.getByText('否', { exact: true }).click()
  await dialog.getByRole('button', { name: '登记', exact: true }).click()
  await expect(missing.getByText('李梅')).toHaveCount(0)
  await principal.getByRole('button', { name: '提醒未完成的人' }).click()
  await expect(principal.getByText(/将提醒 \d+ 人的家庭/)).toBeVisible()
})
