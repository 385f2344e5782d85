import { expect } from '@playwright/test'
import { found_county, type Founder } from '../harness/county.ts'
import { console_settings, expect_accessible, expect_no_sideways_scrolling, log_in, test } from '../harness/pages.ts'
import { start_server, type Server } from '../harness/server.ts'

let server: Server
let founder: Founder
test.beforeAll(async () => {
  server = await start_server({ name: 'browser-log-in', settings: console_settings })
  founder = await found_county(server)
})
test.afterAll(() => server?.stop())

test('the log-in page says what is missing and that a password is wrong, and is fit for everybody', async ({ page }) => {
  await log_in(page, server, '', '')
  await expect(page.getByText('请输入用户名或手机号')).toBeVisible()
  await expect_accessible(page)
  await expect_no_sideways_scrolling(page)

  await log_in(page, server, founder.user_name, 'not-this-one')

  await expect(page).toHaveURL(/log-in/)
  await expect(page.locator('.el-form-item__error')).toBeVisible()
})

test('the first official sets a password of their own and arrives at the workbench', async ({ page }, information) => {
  test.skip(information.project.name !== 'desk', 'the one-time password is good for one log-in')

  await log_in(page, server, founder.user_name, founder.password)
  await page.getByLabel('当前密码').fill(founder.password)
  await page.getByLabel('新密码', { exact: true }).fill('Plum-blossom-2026')
  await page.getByLabel('再输一次新密码').fill('Plum-blossom-2026')
  await page.getByRole('button', { name: '修改密码' }).click()

  await expect(page.getByText('王立新').first()).toBeVisible()
  await page.goto(server.address)
  await expect(page).toHaveURL(`${server.address}/`)
  await expect_accessible(page)
})
