// A leader draws an open day up and publishes it, and everybody reads of it without logging in.
import { expect } from '@playwright/test'
import { choose, expect_accessible, expect_no_sideways_scrolling, fill_drawer, pages_of, test } from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { type Server } from '../harness/server.ts'

let server: Server
test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-activity-planning' })
})
test.afterAll(() => server?.stop())
test.use({ actionTimeout: 20_000 })
test.setTimeout(180_000)

const as = pages_of(() => server)

test('an open day from the draft to the public page', async ({ browser }) => {
  const official = await as(browser, 'official')
  await official.goto(`${server.address}/activities/planning`)
  await expect(official.getByText('学生外出的活动', { exact: true })).toBeVisible()
  await official.getByRole('button', { name: '拟定活动计划' }).first().click()
  await fill_drawer(
    official,
    '拟定活动计划',
    async (drawer) => {
      await choose(official, drawer.getByRole('combobox', { name: '活动类型' }), '家长开放日')
      await drawer.getByRole('textbox', { name: '活动名称' }).fill('走进食堂')
      await drawer.getByRole('textbox', { name: '地点', exact: true }).fill('第一食堂')
      await drawer.getByText(/学生要离开学校/).click()
      await drawer.getByRole('button', { name: '添加一段' }).click()
    },
    '保存',
  )
  await expect(official.getByRole('heading', { name: '走进食堂' })).toBeVisible()
  await official.getByRole('button', { name: '发布', exact: true }).click()
  await expect(official.getByRole('alert')).toContainText('请填写保险')
  await expect(official.getByRole('alert')).toContainText('请填写风险评估')
  await expect_accessible(official)

  await official.getByRole('button', { name: '修改活动', exact: true }).click()
  await fill_drawer(
    official,
    '拟定活动计划',
    async (drawer) => {
      await drawer.getByText(/学生要离开学校/).click()
    },
    '保存',
  )
  await official.getByRole('button', { name: '发布', exact: true }).click()
  await expect(official).toHaveURL(/\/activities\/\d+$/)
  await expect(official.getByRole('heading', { name: '活动档案' })).toBeVisible()

  const stranger = await (await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })).newPage()
  await stranger.goto(`${server.address}/open-days`)
  await expect(stranger.getByText('走进食堂')).toBeVisible()
  await expect(stranger.getByText('第一食堂')).toBeVisible()
  await expect_no_sideways_scrolling(stranger)
  await expect_accessible(stranger)
})
