// Everyone's own calendar: an official sets a day off, a family finds it, follows the calendar on its phone, and ends that again.
import { expect } from '@playwright/test'
import { day_after, entries_in } from '../harness/calendar.ts'
import { make_county, type County } from '../harness/county.ts'
import { announce } from '../harness/activities.ts'
import { make_family, type Family } from '../harness/families.ts'
import { console_settings, expect_accessible, expect_no_sideways_scrolling, fill_drawer, test } from '../harness/pages.ts'
import type { Visitor } from '../harness/visitor.ts'
import type { Browser, Page } from '@playwright/test'

let county: County
let family: Family
test.beforeAll(async () => {
  county = await make_county({ name: 'browser-calendar', settings: console_settings })
  family = await make_family(county.server, county.official, county.east)
})
test.afterAll(() => county?.server.stop())
test.setTimeout(120_000)

async function window_of(browser: Browser, who: Visitor, width: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  await context.addCookies([{ name: 'concentric_session', value: who.token!, url: county.server.address, httpOnly: true }])
  return context.newPage()
}

test("the county's days stand in everybody's calendar, and what was removed comes back", async ({ browser }) => {
  const page = await window_of(browser, county.official, 1440)
  await page.goto(`${county.server.address}/calendar-days`)
  await page.getByRole('button', { name: '添加安排' }).click()
  await fill_drawer(page, '添加安排', (drawer) => drawer.getByLabel('名称').fill('秋收假'), '保存')
  const row = page.getByRole('row', { name: /秋收假/ })
  await expect(row).toBeVisible()
  await expect_accessible(page)

  await row.getByRole('button', { name: '删除' }).click()
  await expect(row).toBeHidden()
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(row).toBeVisible()

  const seen = await family.mother.call('GET /own-calendar', { query: { from: day_after(0), to: day_after(30) } })
  expect(seen.items.map(({ title }) => title)).toContain('秋收假')
})

test('a mother looks at her month, filters it, and follows it on her phone until she ends that', async ({ browser }) => {
  const soon = new Date(Date.now() + 2 * 3_600_000)
  await announce(county.east.leader, {
    title: '亲子沙龙',
    starts_at: soon.toISOString(),
    ends_at: new Date(soon.getTime() + 3_600_000).toISOString(),
  })
  const page = await window_of(browser, family.mother, 1440)
  await page.goto(`${county.server.address}/my-calendar?month=${soon.toISOString().slice(0, 7)}`)
  await expect(page.getByRole('link', { name: /亲子沙龙/ }).first()).toBeVisible()
  await page.getByLabel('名称、地点或姓名').fill('没有这样的')
  await expect(page.getByRole('link', { name: /亲子沙龙/ })).toHaveCount(0)
  await page.getByRole('button', { name: '清除条件' }).click()

  await page.getByRole('button', { name: '订阅到手机' }).click()
  const dialog = page.getByRole('dialog', { name: '订阅到手机' })
  await dialog.getByRole('button', { name: '生成地址' }).click()
  const address = (await dialog.locator('code').textContent())!
  const read = async () => county.server.visitor().send('GET', new URL(address).pathname)
  expect(entries_in((await read()).text).map(({ summary }) => summary)).toContain('亲子沙龙')
  await expect_accessible(page)

  await dialog.getByRole('button', { name: '停用' }).click()
  await page.getByRole('button', { name: /确定|OK/ }).click()
  await expect(dialog.getByText('我的手机')).toBeHidden()
  expect((await read()).status).toBe(404)
})

test('on a phone the console lists days, and the app does too', async ({ browser }) => {
  const page = await window_of(browser, family.mother, 390)
  await page.goto(`${county.server.address}/my-calendar`)
  await expect(page.getByRole('heading', { name: '我的日历' })).toBeVisible()
  await expect_no_sideways_scrolling(page)

  await page.goto(`${county.server.address}/m/pages/calendar`)
  await expect(page.getByRole('button', { name: '要答复的' })).toBeVisible()
  await page.getByRole('button', { name: '生成地址' }).click()
  await expect(page.getByRole('button', { name: '复制地址' })).toBeVisible()
  await expect_accessible(page)
  await expect_no_sideways_scrolling(page)
})
