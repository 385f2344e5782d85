// An organiser issues, a learner downloads on a phone, the public checks by number and by the code, the organiser revokes, and the check says so.
import { readFile } from 'node:fs/promises'
import { expect, type Browser, type Page } from '@playwright/test'
import { scanned } from '../harness/certificates.ts'
import { expect_accessible, expect_no_sideways_scrolling, pages_of, test } from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { free_port, type Server } from '../harness/server.ts'

let server: Server
test.beforeAll(async () => {
  const port = await free_port()
  const settings = ['--public-url', `http://127.0.0.1:${port}`]
  server = await start_demo({ name: 'browser-recognition', port, settings })
})
test.afterAll(() => server?.stop())

async function stranger(browser: Browser, size = { width: 1440, height: 900 }): Promise<Page> {
  return (await browser.newContext({ viewport: size, locale: 'zh-CN', acceptDownloads: true })).newPage()
}

const as = pages_of(() => server)

async function check(page: Page, number: string, name: string) {
  await page.goto(`${server.address}/check`)
  await page.getByRole('textbox', { name: '证书编号' }).fill(number)
  await page.getByRole('textbox', { name: '姓名' }).fill(name)
  await page.getByRole('button', { name: '核验' }).click()
}

test('issued, downloaded, checked, revoked', async ({ browser }) => {
  const office = await as(browser, 'official')
  await office.goto(`${server.address}/certificates`)
  const waiting = office.getByRole('table', { name: '已达到条件、还没有证书的人' })
  await expect(waiting).toBeVisible()
  await expect_accessible(office)
  const before = await waiting.getByRole('button', { name: '发证' }).count()
  expect(before).toBeGreaterThan(1)
  await waiting.getByRole('button', { name: '发证' }).first().click()
  await expect(waiting.getByRole('button', { name: '发证' })).toHaveCount(before - 1)
  await office.getByRole('button', { name: '全部发证' }).click()
  await office
    .getByRole('dialog')
    .getByRole('button', { name: /确定|OK/ })
    .click()
  await expect(office.getByRole('button', { name: /下载压缩包/ })).toBeVisible({ timeout: 20_000 })
  await expect(office.getByText('没有待发的证书')).toBeVisible()

  const phone = await as(browser, 'teacher', { width: 390, height: 844 })
  const { name } = (await (await phone.request.get(`${server.address}/api/session`)).json()).person
  await phone.goto(`${server.address}/my-certificates`)
  const card = phone.getByRole('listitem').filter({ hasText: '有效' })
  await expect(card).toHaveCount(1)
  const number = (await card.locator('.number').textContent())!.trim()
  await expect_accessible(phone)
  await expect_no_sideways_scrolling(phone)
  const leaving = phone.waitForEvent('download')
  await card.getByRole('button', { name: '下载 PDF' }).click()
  const code = await scanned(await readFile(await (await leaving).path()))
  await phone.goto(`${server.address}/my-points`)
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('我的积分')
  await expect_no_sideways_scrolling(phone)

  const anybody = await stranger(browser, { width: 390, height: 844 })
  await check(anybody, number, name)
  await expect(anybody.getByRole('status')).toContainText('证书真实有效')
  await expect(anybody.getByRole('status')).not.toContainText(name)
  await expect_accessible(anybody)
  await expect_no_sideways_scrolling(anybody)
  expect(code.startsWith(`${server.address}/check#`)).toBe(true)
  await anybody.goto('about:blank')
  await anybody.goto(code)
  await expect(anybody.getByRole('status')).toContainText(number)

  await office.getByRole('tab', { name: '证书登记' }).click()
  await office.getByRole('textbox', { name: '按编号、姓名或拼音查找' }).fill(number)
  await office.getByRole('button', { name: number }).click()
  await office.getByRole('button', { name: '撤销', exact: true }).click()
  await office.getByPlaceholder('原因').fill('考勤记录有误')
  await office
    .getByRole('dialog', { name: '撤销' })
    .getByRole('button', { name: /确定|OK/ })
    .click()
  await expect(office.getByText('证书已撤销。')).toBeVisible()

  await anybody.goto('about:blank')
  await anybody.goto(code)
  await expect(anybody.getByRole('status')).toContainText('这份证书已被撤销')
  await phone.goto(`${server.address}/my-certificates`)
  await expect(phone.getByText('原因：考勤记录有误')).toBeVisible()
})

test('a line of points is appealed against, and the answer comes back', async ({ browser }) => {
  const phone = await as(browser, 'parent', { width: 390, height: 844 })
  await phone.goto(`${server.address}/my-points`)
  await expect(phone.getByText('我的申诉')).toBeVisible()
  await expect_accessible(phone)
  await expect_no_sideways_scrolling(phone)

  const office = await as(browser, 'official')
  await office.goto(`${server.address}/certificates?tab=appeals`)
  await office.getByRole('button', { name: '答复' }).first().click()
  await office.getByText('支持', { exact: true }).click()
  await office.getByRole('textbox', { name: '答复内容' }).fill('已核对签到表并补记。')
  await office.getByRole('button', { name: '发送答复' }).click()
  await expect(office.getByText('已答复。')).toBeVisible()
  await expect_accessible(office)

  await phone.reload()
  await expect(phone.getByText('已核对签到表并补记。')).toBeVisible()
  await expect(phone.getByText('新答复')).toBeVisible()
})
