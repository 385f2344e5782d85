// A teacher announces an event, a mother signs up on her phone and checks in by its code, and closing it fills the obligation.
import { expect, type Page } from '@playwright/test'
import { choose, expect_accessible, expect_no_sideways_scrolling, fill_drawer, pages_of, test } from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { type Server } from '../harness/server.ts'

let server: Server
test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-activities' })
})
test.afterAll(() => server?.stop())
test.use({ actionTimeout: 15_000 })
test.setTimeout(180_000)

const phone = { width: 390, height: 844 }
const as = pages_of(() => server)

const plan = `[plan]
key = "journey"
title = "班级交流方案"
issuer = "教体局"
region = { code = "360100", name = "演示县" }
from = 2020-09-01
to = 2040-08-31

[[requirement]]
key = "sharing"
title = "每班每学年一次经验交流"
subject = "class"
entries = ["held.sharing"]
at_least = { entries = 1 }
per = "school-year"
target = 1.0
`

/** What the row of the obligation says on the page of obligations. */
async function figure(page: Page, class_: string): Promise<string> {
  await page.goto(`${server.address}/indicators?organisation=${class_}&q=${encodeURIComponent('经验交流')}`)
  const row = page.getByRole('row', { name: /每班每学年一次经验交流/ })
  await expect(row).toBeVisible()
  return row.innerText()
}

/** Once its toasts are gone: their colours are the library's. */
async function expect_whole(page: Page): Promise<void> {
  await expect(page.locator('.el-message')).toHaveCount(0)
  await expect_accessible(page)
}

test('from the announcement to the obligation', async ({ browser }) => {
  const official = await as(browser, 'official')
  const loaded = await official.request.post(`${server.address}/api/plans?file_name=journey.toml`, {
    data: plan,
    headers: { origin: server.address, 'content-type': 'text/plain' },
  })
  expect(loaded.status(), await loaded.text()).toBe(201)
  const teacher = await as(browser, 'teacher')
  const me = await (await teacher.request.get(`${server.address}/api/session`)).json()
  const class_ = me.acting_as.organisation.id as string
  const is_computing = async () => (await (await official.request.get(`${server.address}/api/indicators`)).json()).is_computing
  await expect.poll(is_computing, { timeout: 60_000 }).toBe(false)
  const before = await figure(teacher, class_)

  await teacher.goto(`${server.address}/activities`)
  await teacher.getByRole('button', { name: '发布活动' }).first().click()
  await fill_drawer(
    teacher,
    '发布活动',
    async (drawer) => {
      await choose(teacher, drawer.getByRole('combobox', { name: '活动类型' }), '经验交流会')
      await drawer.getByRole('textbox', { name: '活动名称' }).fill('睡前的十分钟')
      await drawer.getByRole('textbox', { name: '地点' }).fill('三楼会议室')
    },
    '发布活动',
  )
  await expect(teacher.getByRole('heading', { level: 1 })).toHaveText('睡前的十分钟')
  await expect_whole(teacher)

  const mother = await as(browser, 'parent', phone)
  await mother.goto(`${server.address}/activities`)
  await expect_whole(mother)
  await expect_no_sideways_scrolling(mother)
  await mother.getByRole('link', { name: /睡前的十分钟/ }).click()
  await mother.getByRole('button', { name: '报名' }).click()
  await expect(mother.getByText('您已报名。')).toBeVisible()
  await expect_whole(mother)
  await expect_no_sideways_scrolling(mother)

  // It is held today after all: whoever signed up is told.
  const event = teacher.url()
  await teacher.getByRole('button', { name: '修改活动' }).click()
  await fill_drawer(teacher, '修改活动', async (drawer) => {
    const day = drawer.getByRole('combobox', { name: '日期' })
    const [year, month, of_month] = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10).split('-').map(Number)
    await day.fill(`${year}年${month}月${of_month}日`)
    await day.press('Enter')
    await drawer.getByLabel('开始时间').fill('00:00')
    await drawer.getByLabel('结束时间').fill('23:59')
  })
  await expect(teacher.getByText('00:00–23:59')).toBeVisible()
  await mother.goto(`${server.address}/inbox`)
  await expect_whole(mother)
  await mother.getByRole('button', { name: /活动时间或地点有变：睡前的十分钟/ }).click()

  await teacher.getByRole('button', { name: '出示签到码' }).click()
  const code = await teacher.locator('[data-code]').innerText()
  await expect_whole(teacher)
  await mother.getByRole('textbox', { name: '签到码' }).fill(code)
  await mother.getByRole('button', { name: '签到', exact: true }).click()
  await expect(mother.getByText('您已签到。')).toBeVisible()
  await expect(teacher.getByRole('dialog').getByText('已到场 1 人')).toBeVisible({ timeout: 15_000 })

  await teacher.goto(event)
  await teacher.getByRole('button', { name: '结束并登记' }).click()
  await teacher
    .locator('.el-popconfirm')
    .getByRole('button', { name: /确认|确定/ })
    .click()
  await expect(teacher.getByText(/1 人参加/)).toBeVisible()
  await expect_whole(teacher)
  const after = await figure(teacher, class_)
  expect(before).not.toContain('已达成')
  expect(after).toContain('已达成')
  await mother.goto(event)
  await expect(mother.getByText(/您参加了 \d+ 分钟/)).toBeVisible()
})

test('a slot is booked on the phone and given back', async ({ browser }) => {
  const mother = await as(browser, 'parent', phone)
  await mother.goto(`${server.address}/activities?kind=consultation`)
  await mother.getByRole('link', { name: /心理老师一对一咨询/ }).click()

  await mother.getByRole('button', { name: '预约 14:30–15:00' }).click()
  await expect(mother.getByText(/您预约了/)).toBeVisible()
  await expect_no_sideways_scrolling(mother)
  await mother.getByRole('button', { name: '取消预约' }).click()
  await expect(mother.getByRole('button', { name: '预约 14:30–15:00' })).toBeEnabled()
})
