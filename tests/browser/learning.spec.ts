// A principal makes and publishes a course; a mother watches it on her phone, and only what she watched counts.
import { expect, type Page } from '@playwright/test'
import { film } from '../harness/courses.ts'
import { expect_accessible, expect_no_sideways_scrolling, pages_of, test } from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { type Server } from '../harness/server.ts'

let server: Server
test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-learning' })
})
test.afterAll(() => server?.stop())

const as = pages_of(() => server)

async function make_course(page: Page, title: string) {
  await page.goto(`${server.address}/courses`)
  await page.getByRole('button', { name: '新建课程' }).first().click()
  await page.getByRole('dialog').getByRole('textbox', { name: '课程名称' }).fill(title)
  await page.getByRole('button', { name: '开始制作' }).click()
  await page.getByRole('button', { name: '添加章节' }).click()
  await page.getByRole('button', { name: '视频', exact: true }).click()
  await page.getByRole('textbox', { name: '课时名称' }).fill('五秒钟')
  await page.getByLabel('选择视频').setInputFiles({ name: '五秒钟.mp4', mimeType: 'video/mp4', buffer: await film(5) })
  await expect(page.getByText('· 5 秒')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已保存。')).toBeVisible()
  await expect(page.getByText('已保存。')).toBeHidden()
  await expect_accessible(page)
  await page.getByRole('button', { name: '发布', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '发布' }).click()
  await expect(page.getByText('第 1 版')).toBeVisible()
}

const learnt = (page: Page) => page.locator('[data-learnt]')
const in_player = (page: Page, act: string) =>
  page.locator('video').evaluate((video, what) => new Function('video', `return ${what}`)(video), act)

test('from the first lesson made to the entry in the ledger', async ({ browser }) => {
  await make_course(await as(browser, 'principal'), '学会等一等')
  const phone = await as(browser, 'parent', { width: 390, height: 844 })
  const entries = async () =>
    (await (await phone.request.get(`${server.address}/api/own-entries?kind=course.parent`)).json()).items as { source: string }[]
  const ours = async () => (await entries()).filter(({ source }) => source.startsWith('learning:unit:')).length

  await phone.goto(`${server.address}/learning`)
  await phone.getByRole('link', { name: /学会等一等/ }).click()
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('学会等一等')
  await expect_accessible(phone)
  await expect_no_sideways_scrolling(phone)
  await phone.getByRole('link', { name: '开始学习' }).click()

  // To the end at once: nothing is learnt.
  await expect.poll(() => in_player(phone, 'video.readyState')).toBeGreaterThan(1)
  await in_player(phone, 'video.play()')
  await in_player(phone, 'video.currentTime = 4.6')
  await expect.poll(() => in_player(phone, 'video.ended')).toBe(true)
  await phone.waitForTimeout(1_500)
  await expect(learnt(phone)).toContainText(/已学 (0|20)%/)
  expect(await ours()).toBe(0)

  await in_player(phone, 'video.currentTime = 0')
  await in_player(phone, 'video.play()')
  await expect(learnt(phone)).toContainText('本课时已完成', { timeout: 15_000 })
  await expect_accessible(phone)
  await expect_no_sideways_scrolling(phone)
  expect(await ours()).toBe(1)

  await phone.goto(`${server.address}/my-learning`)
  await expect(phone.getByRole('link', { name: /学会等一等.*已学完/ })).toBeVisible()
  await expect_no_sideways_scrolling(phone)
})

test('a text counts while it is in sight, and the preview counts nothing', async ({ browser }) => {
  const teacher = await as(browser, 'community')
  await teacher.goto(`${server.address}/courses`)
  await teacher.getByRole('link', { name: /隔代带娃/ }).click()
  await teacher.getByRole('button', { name: '预览' }).click()
  await expect(teacher.getByRole('dialog').getByRole('heading', { name: '接送路上的安全' })).toBeVisible()

  const phone = await as(browser, 'parent', { width: 390, height: 844 })
  await phone.goto(`${server.address}/learning?line=grandparents`)
  await phone.getByRole('link', { name: /隔代带娃/ }).click()
  await phone.getByRole('link', { name: /先和孩子的父母说好/ }).click()
  await expect(phone.getByRole('heading', { name: '三件事说在前面' })).toBeVisible()
  await expect(learnt(phone)).toContainText(/已学 ([3-9]\d|\d{2})%/, { timeout: 40_000 })
})
