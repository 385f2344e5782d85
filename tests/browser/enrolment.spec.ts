// The school year turns: an official drafts, excepts a pupil and a class, looks, applies, and takes it back; a school asks for a transfer.
import { expect, type Page } from '@playwright/test'
import {
  choose,
  console_settings,
  demo_password,
  enter,
  expect_accessible,
  expect_no_sideways_scrolling,
  test,
} from '../harness/pages.ts'
import { Server } from '../harness/server.ts'

let server: Server
test.beforeAll(async () => {
  server = await Server.prepare({ name: 'browser-enrolment', settings: console_settings })
  // Before the summer, so that this September's turn is still to come.
  await server.command('demo', '--schools', '6', '--pupils', '400', '--seed', '7', '--today', '2026-07-10')
  await server.start()
})
test.afterAll(() => server?.stop())

test('a county turns its school year and takes it back', async ({ page }, information) => {
  test.skip(information.project.name !== 'desk', 'the year turns once')
  test.setTimeout(120_000)
  await enter(page, server, 'official', demo_password)
  const made = await page.request.post(`${server.address}/api/turns`, {
    data: { schools: [], on: '2026-09-01' },
    headers: { origin: server.address },
  })
  const { id } = await made.json()

  await page.goto(`${server.address}/turns/${id}`)
  await expect(page.getByText('这是现在执行的结果预览')).toBeVisible()
  await expect_accessible(page)
  await page.getByRole('link', { name: /小学/ }).first().click()
  await expect(page.getByRole('heading', { name: '新开班级' })).toBeVisible()
  await expect_accessible(page)
  await choose(page, page.getByRole('row').nth(1).getByRole('combobox').first(), '暂不处理')
  await expect(page.getByRole('row').nth(1).getByText('暂不处理')).toBeVisible()

  await page.goto(`${server.address}/turns/${id}`)
  await page.getByRole('button', { name: '执行升级' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '执行升级' }).click()
  await expect(page.getByText('已执行').first()).toBeVisible({ timeout: 60_000 })

  await page.getByRole('button', { name: '撤销升级' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '撤销升级' }).click()
  await expect(page.getByText('已撤销').first()).toBeVisible({ timeout: 60_000 })
})

test('an official sees what waits for an answer and refuses with a reason', async ({ page, browser }, information) => {
  test.skip(information.project.name !== 'desk', 'a transfer is answered once')
  const school = await browser.newPage()
  await enter(school, server, 'principal', demo_password)
  const list = async (from: Page, path: string) => (await (await from.request.get(server.address + path)).json()).items
  const [pupil] = await list(school, '/api/people?kind=student&limit=1')
  const [own] = await list(school, '/api/organisations?kind=school')
  await enter(page, server, 'official', demo_password)
  const other = (await list(page, '/api/organisations?kind=school')).find(({ id }: { id: string }) => id !== own.id)
  const data = { student: pupil.id, to_school: other.id, on: '2026-12-01', reason: '随父母迁居' }
  expect(
    (await school.request.post(`${server.address}/api/transfers`, { data, headers: { origin: server.address } })).status(),
  ).toBe(201)

  await page.goto(`${server.address}/transfers?box=all&state=asked`)
  await page.getByRole('row').nth(1).getByRole('button').click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByText('待答复')).toBeVisible()
  await drawer.getByText('不同意').click()
  await drawer.getByLabel('不同意的原因').fill('该年级班额已满')
  await drawer.getByRole('button', { name: '不同意' }).click()

  await expect(page.getByText('已答复。')).toBeVisible()
})

test('the rooms fit a telephone', async ({ page }) => {
  await enter(page, server, 'official', demo_password)
  for (const room of ['/turns', '/transfers', '/unplaced', '/former-pupils']) {
    await page.goto(server.address + room)
    await expect(page.locator('h1').first()).toBeVisible()
    await page.waitForLoadState('networkidle')
    await expect_no_sideways_scrolling(page)
  }
})
