// A term's home visits: the school begins, the family answers on its phone, a route is planned and told, the family's code proves the visit.
import { expect, test, type Browser, type Page } from '@playwright/test'
import { enter, expect_accessible, expect_no_sideways_scrolling, fill_drawer } from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { type Server } from '../harness/server.ts'

const password = 'tongxin-shu-2026'
let server: Server
test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-visits' })
})
test.afterAll(() => server?.stop())
test.use({ actionTimeout: 15_000 })
test.setTimeout(240_000)

async function as(browser: Browser, user: string, viewport = { width: 1440, height: 900 }): Promise<Page> {
  const page = await (await browser.newContext({ viewport, locale: 'zh-CN' })).newPage()
  await enter(page, server, user, password)
  return page
}
const phone = { width: 390, height: 844 }

test('a visit from the question to the record', async ({ browser }) => {
  const principal = await as(browser, 'principal')
  const parent = await as(browser, 'parent', phone)
  const teacher = await as(browser, 'teacher', phone)

  await test.step('the school begins and asks', async () => {
    await principal.goto(`${server.address}/visit-campaigns`)
    await principal.getByRole('button', { name: '开始一次家访计划' }).click()
    await fill_drawer(
      principal,
      '开始一次家访计划',
      async (drawer) => {
        await drawer.getByLabel('名称').fill('冬季补访')
        await drawer.getByLabel('纬度').fill('30.4105')
        await drawer.getByLabel('经度').fill('104.0832')
      },
      '开始并询问家长',
    )
    await expect(principal.getByRole('heading', { name: '冬季补访' })).toBeVisible()
  })

  await test.step('the family chooses on its phone', async () => {
    await parent.goto(`${server.address}/my-visits`)
    const card = parent.locator('section', { hasText: '冬季补访' }).first()
    await card.getByRole('button', { name: '选择方式和时间' }).click()
    await fill_drawer(parent, '选择方式和时间', (drawer) => drawer.getByText('线上', { exact: true }).click(), '发送')
    await expect(card.getByText('待安排')).toBeVisible()
    await expect_no_sideways_scrolling(parent)
  })

  await test.step('days are planned and told', async () => {
    await principal.getByRole('button', { name: '排日子和路线' }).click()
    await expect(principal.getByText(/排好 1 家/)).toBeVisible({ timeout: 30_000 })
    await principal.getByRole('button', { name: '通知家长' }).click()
    await expect(principal.getByText('已通知 1 家。')).toBeVisible()
    await parent.reload()
    const card = parent.locator('section', { hasText: '冬季补访' }).first()
    await card.getByRole('button', { name: '这个时间可以' }).click()
    await expect(card.getByText('家长已确认')).toBeVisible()
  })

  await test.step('the teacher records it, the family confirms what was agreed', async () => {
    await teacher.goto(`${server.address}/visit-duties`)
    await expect_accessible(teacher)
    await expect_no_sideways_scrolling(teacher)
    await teacher
      .getByRole('link', { name: /线上.*家长已确认/ })
      .first()
      .click()
    await teacher.getByRole('button', { name: '登记家访' }).click()
    await fill_drawer(teacher, '登记家访', async (drawer) => {
      await drawer.getByLabel('谈了什么').fill('作息和作业')
      await drawer.getByRole('button', { name: '添加约定' }).click()
      await drawer.getByRole('textbox', { name: '约定 1' }).fill('九点半前睡觉')
    })
    await expect(teacher.getByText('九点半前睡觉')).toBeVisible()
    await parent.reload()
    const card = parent.locator('section', { hasText: '冬季补访' }).first()
    await card.getByRole('button', { name: '确认家访和约定' }).click()
    await expect(card.getByText('家长确认')).toBeVisible()
    await card.getByText('九点半前睡觉').click()
    await expect_accessible(parent)
  })

  await test.step('hours add up by themselves', async () => {
    await principal.goto(`${principal.url().split('?')[0]}?tab=workload`)
    await expect(principal.getByRole('table', { name: '工作量' })).toContainText('1')
    await expect_accessible(principal)
  })
})
