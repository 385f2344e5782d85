// Logging in as a county's people do: in two steps, through the bureau, and once more before something confidential.
import { expect, type Page } from '@playwright/test'
import { make_county, password, type County } from '../harness/county.ts'
import { console_settings, expect_accessible, expect_no_sideways_scrolling, log_in, test } from '../harness/pages.ts'
import { add_reachable, type Reachable } from '../harness/people.ts'
import { free_port } from '../harness/server.ts'
import { Sso, type People } from '../harness/sso.ts'
import { code_of, time_enough_for_a_code } from '../harness/totp.ts'

const people: People = {}
let county: County
let sso: Sso
let teacher: Reachable
test.beforeAll(async () => {
  const port = await free_port()
  sso = await Sso.start(`http://127.0.0.1:${port}`, people)
  county = await make_county({
    name: 'browser-sign-in',
    port,
    settings: ['--county', '360100', ...console_settings, ...sso.settings(), '--sms-sender', 'log'],
  })
})
test.beforeEach(async () => {
  teacher = await add_reachable(county, '何老师', 'school_leader')
  people['bureau-he'] = { preferred_username: teacher.user_name }
})
test.afterAll(async () => {
  await county?.server.stop()
  await sso?.stop()
})

async function expect_fit(page: Page): Promise<void> {
  await expect_accessible(page)
  await expect_no_sideways_scrolling(page)
}

test('a teacher switches two-step log-in on and gets in with the app and with a recovery code', async ({ page }) => {
  await log_in(page, county.server, teacher.user_name, password)
  await expect(page).toHaveURL(`${county.server.address}/`)
  await page.goto(`${county.server.address}/account`)
  await page.getByRole('button', { name: '开启两步验证' }).click()
  const set_up = page.getByRole('dialog', { name: '设置两步验证' })
  await expect(set_up.getByRole('img', { name: '两步验证的二维码' })).toBeVisible()
  const secret = (await set_up.locator('code').textContent())!.replaceAll(' ', '')
  await expect_fit(page)
  await time_enough_for_a_code()
  await set_up.getByLabel('输入应用显示的六位验证码').fill(code_of(secret, -1))
  await set_up.getByRole('button', { name: '开启两步验证' }).click()
  const shown = page.getByRole('dialog', { name: '恢复码' })
  await expect(shown.locator('code')).toHaveCount(10)
  const recovery = (await shown.locator('code').first().textContent())!
  await expect_fit(page)
  await shown.getByRole('button', { name: '我已记下' }).click()
  await expect(page.getByText('还剩 10 个恢复码。')).toBeVisible()

  const log_in_again = async () => {
    await page.context().clearCookies({ name: 'concentric_session' })
    await log_in(page, county.server, teacher.user_name, password)
    await expect(page.getByRole('heading', { name: '两步验证' })).toBeVisible()
  }
  await log_in_again()
  await expect_fit(page)
  await time_enough_for_a_code()
  await page.getByLabel('验证码').fill(code_of(secret))
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page).toHaveURL(`${county.server.address}/`)

  await log_in_again()
  await page.getByRole('button', { name: '手机不在身边' }).click()
  await page.getByLabel('恢复码').fill(recovery)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page).toHaveURL(`${county.server.address}/`)
})

test('a teacher comes in through the bureau, confirms once with the password, and never again', async ({ page }) => {
  const through_the_bureau = async () => {
    await page.goto(`${county.server.address}/log-in?next=/account`)
    await page.getByRole('button', { name: '区教育局rs256' }).click()
    await page.waitForURL(/interaction|sso|account/)
  }
  await through_the_bureau()
  await page.locator('input[name=login]').fill('bureau-he')
  await page.locator('input[name=password]').fill('any')
  await page.locator('button[type=submit]').click()
  await page.locator('button[type=submit]').click()

  await expect(page.getByRole('heading', { name: '首次登录，请确认账号' })).toBeVisible()
  await expect_fit(page)
  await page.getByLabel('用户名或手机号').fill(teacher.user_name)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '确认并登录' }).click()
  await expect(page).toHaveURL(`${county.server.address}/account`)
  await expect_fit(page)
  await page.goto(`${county.server.address}/inbox`)
  await expect(page.getByText('账号绑定了新的登录方式。')).toBeVisible()

  await page.context().clearCookies({ name: 'concentric_session' })
  await through_the_bureau()
  await expect(page).toHaveURL(`${county.server.address}/account`)
})

test('what is confidential asks once more who is there, and then goes on by itself', async ({ page }) => {
  const colleague = await add_reachable(county, '吕老师')
  await log_in(page, county.server, teacher.user_name, password)
  await expect(page).toHaveURL(`${county.server.address}/`)
  await county.server.database.execute('UPDATE sessions SET confirmed_at = confirmed_at - 11 * 60000')
  await page.goto(`${county.server.address}/accounts?q=${encodeURIComponent('吕老师')}`)
  await page.getByRole('button', { name: '重置密码' }).click()
  await page.locator('.el-popconfirm').getByRole('button', { name: '重置密码' }).click()

  const dialog = page.getByRole('dialog', { name: '确认是您本人' })
  await expect(dialog).toBeVisible()
  await expect_fit(page)
  await dialog.getByLabel('密码', { exact: true }).fill('not-this-one')
  await dialog.getByRole('button', { name: '确认', exact: true }).click()
  await expect(dialog.getByText('密码不正确。')).toBeVisible()
  await dialog.getByLabel('密码', { exact: true }).fill(password)
  await dialog.getByRole('button', { name: '确认', exact: true }).click()

  await expect(page.getByRole('dialog', { name: '初始密码' })).toBeVisible()
  expect((await colleague.visitor.send('GET', '/api/session')).status).toBe(401)
})

test('a forgotten password leads to a code by phone', async ({ page }) => {
  await page.goto(`${county.server.address}/log-in`)
  await page.getByRole('button', { name: '忘记密码' }).click()
  await page.getByLabel('手机号').fill(teacher.phone)

  await page.getByRole('button', { name: '获取验证码' }).click()

  await expect(page.getByText('如果这个手机号开通了账号')).toBeVisible()
  await expect(page.getByRole('button', { name: /秒后重发/ })).toBeDisabled()
  await expect_fit(page)
})
