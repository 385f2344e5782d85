// An official changes the plan, looks at what that would make of the county, and only then decides.
import { expect, type Page } from '@playwright/test'
import { demo_password, expect_accessible, expect_no_sideways_scrolling, log_in, test } from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { type Server } from '../harness/server.ts'

let server: Server
test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-what-if' })
})
test.afterAll(() => server?.stop())

/** The plan in force, with two home visits a term instead of one. */
async function changed_plan(page: Page): Promise<Buffer> {
  const { items } = await (await page.request.get(`${server.address}/api/plans`)).json()
  const text = await (await page.request.get(`${server.address}/api/plans/${items[0].id}/file`)).text()
  const at = text.indexOf('key = "home-visit')
  expect(at).toBeGreaterThan(0)
  return Buffer.from(text.slice(0, at) + text.slice(at).replace('at_least = { entries = 1 }', 'at_least = { entries = 2 }'))
}

test('a changed plan is compared with the present before it is put in force', async ({ page }) => {
  await log_in(page, server, 'official', demo_password)
  await expect(page.getByRole('link', { name: '方案' }).first()).toBeVisible()
  await page.goto(`${server.address}/plans/new`)
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'changed.toml', mimeType: 'application/toml', buffer: await changed_plan(page) })
  await page.getByRole('button', { name: '试算' }).click()

  await expect(page.getByRole('tab', { name: '指标' })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('每学期 ≥ 2 次').first()).toBeVisible()
  await expect_accessible(page)
  await expect_no_sideways_scrolling(page)

  await page.getByRole('button', { name: '每生每学期至少一次教师入户家访' }).click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByRole('table')).toBeVisible()
  await drawer.getByRole('cell').getByRole('button').first().click()
  await drawer.getByRole('tab', { name: '新缺少' }).click()
  await expect(drawer.getByRole('listitem').first()).toBeVisible()
  await page.keyboard.press('Escape')

  await page.getByText('按单位').click()
  await expect(page.getByRole('columnheader', { name: '下降的指标' })).toBeAttached()
  await page.getByRole('tab', { name: '积分' }).click()
  await expect(page.getByText('积分不变').first()).toBeVisible()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出' }).click()
  expect((await download).suggestedFilename()).toContain('试算')

  await page.goto(`${server.address}/plans`)
  await expect(page.getByRole('heading', { name: '最近的试算' })).toBeVisible()
})
