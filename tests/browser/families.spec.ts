// A mother comes in on her phone and the class teacher lets her in.
import { expect } from '@playwright/test'
import {
  demo_password as password,
  expect_accessible,
  expect_no_sideways_scrolling,
  log_in,
  pages_of,
  test,
} from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { type Server } from '../harness/server.ts'

let server: Server
test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-families' })
})
test.afterAll(() => server?.stop())

const as = pages_of(() => server)

test('from the class code to the child, on a phone', async ({ browser }) => {
  const teacher = await as(browser, 'teacher')
  const [item] = (await (await teacher.request.get(`${server.address}/api/class-codes`)).json()).items
  const [pupil] = (await (await teacher.request.get(`${server.address}/api/people?kind=student&limit=200`)).json()).items.slice(-1)
  const numbers = await (
    await teacher.request.get(`${server.address}/api/people/${pupil.id}/numbers?purpose=${encodeURIComponent('核对')}`)
  ).json()
  const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })).newPage()

  await phone.goto(`${server.address}/join#${item.code}`)
  await phone.getByLabel('孩子的姓名').fill(pupil.name)
  await phone.getByLabel('孩子身份证号或学籍号的后四位').fill(numbers.identity.slice(-4))
  await phone.getByLabel('您的姓名').fill('沈若云')
  await phone.getByLabel('手机号').fill('15499999999')
  await phone.getByLabel('设置登录密码').fill('Apricot-rain-2026')
  await expect_accessible(phone)
  await expect_no_sideways_scrolling(phone)
  await phone.getByRole('button', { name: '提交' }).click()
  await expect(phone.getByRole('heading', { name: '申请已提交' })).toBeVisible()

  await teacher.goto(`${server.address}/families`)
  const card = teacher.getByRole('article').filter({ hasText: '沈若云' })
  await card.getByText('是另一位家长，新增到花名册').click()
  await card.getByRole('button', { name: '通过', exact: true }).click()
  await expect(teacher.getByText('已通过 1 条申请。')).toBeVisible()

  await phone.getByRole('link').filter({ hasText: '进入我的家庭' }).click()
  await phone.getByRole('link', { name: pupil.name }).click()
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText(pupil.name)
  await expect(phone.getByText('班主任').first()).toBeVisible()
})

test('a mother confirms her data, corrects them and entrusts the child', async ({ browser }) => {
  const page = await as(browser, 'parent', { width: 390, height: 844 })
  await page.goto(`${server.address}/my-family/data`)
  await page.getByRole('button', { name: '全部正确' }).click()
  await expect(page.getByText('谢谢，已确认。')).toBeVisible()
  await page.getByRole('button', { name: '更正' }).first().click()
  await page.getByRole('textbox', { name: '家庭住址' }).fill('滨江路 8 号')
  await page.getByRole('button', { name: '提交' }).click()
  await expect(page.getByText('已提交，等班主任审核。')).toBeVisible()
  await expect(page.getByText('滨江路 8 号')).toBeVisible()

  await page.goto(`${server.address}/my-family`)
  await page.locator('h2 a').first().click()
  await page.getByRole('button', { name: '委托他人' }).click()
  await page.getByRole('textbox', { name: '对方姓名' }).fill('李秀珍')
  await page.getByRole('textbox', { name: '对方手机号' }).fill('15488888888')
  await page.locator('.el-drawer').getByRole('button', { name: '委托他人' }).click()

  await expect(page.getByText('邀请码只显示这一次，请发给本人。')).toBeVisible()
})

test('the grandmother sees what she was entrusted with and no more', async ({ browser }) => {
  const page = await as(browser, 'grandmother', { width: 390, height: 844 })
  await page.goto(`${server.address}/my-family`)

  await expect(page.getByText('家人委托').first()).toBeVisible()
  await page.locator('h2 a').first().click()

  await expect(page.getByText('接送').first()).toBeVisible()
  await expect(page.getByRole('button', { name: '委托他人' })).toHaveCount(0)
})

test('somebody who is not logged in comes to the join page and from there to the log-in', async ({ page }) => {
  await page.goto(`${server.address}/join`)
  await expect_accessible(page)
  await page.getByRole('link', { name: '我已有账号，去登录' }).click()
  await log_in(page, server, 'parent', password)

  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})
