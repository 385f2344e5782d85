// A teacher pays the fee of her class by WeChat and gets it back; a mother looks at what her child was given.
import { expect, type Page } from '@playwright/test'
import { expect_accessible, expect_no_sideways_scrolling, pages_of, test } from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { free_port, type Server } from '../harness/server.ts'
import { WechatPay } from '../harness/wechat_pay.ts'

let server: Server
let wechat: WechatPay
test.beforeAll(async () => {
  wechat = await WechatPay.start()
  const port = await free_port()
  const settings = ['--public-url', `http://127.0.0.1:${port}`, '--payment-check-seconds', '1', ...wechat.settings]
  server = await start_demo({ name: 'browser-payments', port, settings })
})
test.afterAll(async () => {
  await server?.stop()
  await wechat?.stop()
})

const as = pages_of(() => server)

/** A class with a fee that this person is in. */
async function owe(official: Page, person: Page): Promise<string> {
  const headers = { origin: server.address }
  const content = { title: '家庭教育指导研修班', summary: '', plan: 'training-2025', credential: 'online-training', courses: [] }
  const made = await official.request.post(`${server.address}/api/training-classes`, {
    data: { ...content, price: 20000 },
    headers,
  })
  const { id } = await made.json()
  await official.request.put(`${server.address}/api/training-classes/${id}/state`, { data: { state: 'open' }, headers })
  const joined = await person.request.put(`${server.address}/api/own-training/${id}/enrolment`, {
    data: { track: 'teachers' },
    headers,
  })
  expect(joined.status()).toBe(204)
  return id
}

test('a fee is paid by scanning a code, and given back from the console', async ({ browser }) => {
  const official = await as(browser, 'official')
  const learner = await as(browser, 'teacher')
  const id = await owe(official, learner)

  await learner.goto(`${server.address}/my-training/${id}`)
  await learner.getByRole('button', { name: '微信支付' }).click()
  const dialog = learner.getByRole('dialog', { name: '微信支付' })
  await expect(dialog.getByRole('img', { name: '微信付款二维码' })).toBeVisible()
  await expect(dialog).toContainText('200 元')
  await expect_accessible(learner)
  await wechat.pay([...wechat.trades.values()].at(-1)!)
  await expect(dialog.getByText('已收到您的付款。')).toBeVisible()
  await learner.keyboard.press('Escape')
  await expect(learner.getByText('200 元 · 已缴')).toBeVisible()
  await expect(learner.getByRole('button', { name: '收据' })).toBeVisible()

  wechat.refund_outcome = 'NOT_ENOUGH'
  await official.goto(`${server.address}/training-classes/${id}`)
  await official.getByText('费用', { exact: true }).first().click()
  const line = official.getByRole('row').filter({ hasText: '微信支付' })
  await expect(line).toContainText('已缴')
  await line.getByRole('button').click()
  const drawer = official.getByRole('dialog', { name: /费用订单/ })
  await drawer.getByRole('button', { name: '退费' }).click()
  await official.locator('.el-message-box').getByRole('textbox').fill('因病退班')
  await official.locator('.el-message-box').getByRole('button', { name: '退费' }).click()
  await expect(official.getByText('已提出退款')).toBeVisible()
  await expect(async () => {
    await official.reload()
    await expect(official.getByRole('row').filter({ hasText: 'NOT_ENOUGH' })).toBeVisible({ timeout: 500 })
  }).toPass()
  await expect_accessible(official)

  wechat.refund_outcome = 'SUCCESS'
  await official.getByRole('row').filter({ hasText: 'NOT_ENOUGH' }).getByRole('button').click()
  await expect(drawer.getByText(/退款未成功/).first()).toBeVisible()
  await expect_accessible(official)
  await drawer.getByRole('button', { name: '再次申请退款' }).click()
  await expect(async () => {
    await learner.reload()
    await expect(learner.getByText('200 元 · 已退')).toBeVisible({ timeout: 500 })
  }).toPass()
})

test('a phone shows the code too, and the way to transfer', async ({ browser }) => {
  const official = await as(browser, 'official')
  const phone = await as(browser, 'principal', { width: 390, height: 844 })
  const id = await owe(official, phone)

  await phone.goto(`${server.address}/my-training/${id}`)

  await expect(phone.getByText(/附言写明编号/)).toBeVisible()
  await phone.getByRole('button', { name: '微信支付' }).click()
  await expect(phone.getByRole('img', { name: '微信付款二维码' })).toBeVisible()
  await expect_accessible(phone)
  await expect_no_sideways_scrolling(phone)
})

test('a mother finds her child’s certificates and points', async ({ browser }) => {
  const mother = await as(browser, 'parent', { width: 390, height: 844 })
  await mother.goto(`${server.address}/my-family`)
  await mother.locator('.child h2 a').first().click()

  await mother.getByRole('link', { name: '证书与积分' }).click()

  await expect(mother.getByRole('heading', { level: 1 })).toHaveText('证书与积分')
  await expect(mother.getByText(/还没有证书和积分|成长/).first()).toBeVisible()
  await expect_accessible(mother)
  await expect_no_sideways_scrolling(mother)
})

test('the official fetches a bill and looks into what does not agree', async ({ browser }) => {
  const day = new Date(Date.now() + 8 * 3_600_000 - 10 * 86_400_000).toISOString().slice(0, 10)
  wechat.strangers.set(day, { number: 'canteen-77', yuan: '8.50' })
  const official = await as(browser, 'official')
  await official.goto(`${server.address}/training-classes`)
  await official.getByRole('link', { name: '微信支付对账' }).click()
  await expect(official.getByText('没有待核实的差异')).toBeVisible()

  await official.getByRole('combobox', { name: '选择账单日' }).fill(day)
  await official.keyboard.press('Enter')
  await official.getByRole('button', { name: '下载账单' }).click()
  const line = official.getByRole('row').filter({ hasText: 'canteen-77' })
  await expect(line).toContainText('平台没有这笔')
  await expect(line).toContainText('8.50 元')
  await expect_accessible(official)
  await official.setViewportSize({ width: 390, height: 844 })
  await expect_no_sideways_scrolling(official)
  await official.setViewportSize({ width: 1440, height: 900 })

  await line.getByRole('button', { name: '已核实' }).click()
  await official.getByRole('dialog').getByRole('textbox').fill('食堂误用本商户号，已转出')
  await official.getByRole('dialog').getByRole('button', { name: '已核实' }).click()
  await expect(official.getByText('没有待核实的差异')).toBeVisible()
  await official.getByText('也显示已核实的').click()
  await expect(line).toContainText('食堂误用本商户号，已转出')
})
