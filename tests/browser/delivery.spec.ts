// A teacher says how messages reach them; whoever sends notices sees whether they do.
import { expect } from '@playwright/test'
import { make_county, password, type County } from '../harness/county.ts'
import { MailServer } from '../harness/mail_server.ts'
import { MessageGateway } from '../harness/message_gateway.ts'
import { console_settings, expect_accessible, expect_no_sideways_scrolling, log_in, test } from '../harness/pages.ts'
import { add_reachable, type Reachable } from '../harness/people.ts'
import { tell_urgently } from '../harness/urgent_letters.ts'

let county: County
let gateway: MessageGateway
let mail: MailServer
let teacher: Reachable
test.beforeAll(async () => {
  gateway = await MessageGateway.start()
  mail = await MailServer.start()
  const settings = [...console_settings, ...gateway.settings, ...mail.settings, '--sms-delivery', 'all']
  county = await make_county({
    name: 'browser-delivery',
    settings: [...settings, '--county', '360100', '--public-url', 'http://127.0.0.1:8999'],
  })
  teacher = await add_reachable(county, '何老师', 'school_leader')
})
test.afterAll(async () => {
  await county?.server.stop()
  for (const service of [gateway, mail]) await service?.stop()
})

test('an address is entered, the digest switched off, a trial sent, and somebody whom nothing reached is found', async ({
  page,
}) => {
  await log_in(page, county.server, teacher.user_name, password)
  await expect(page).toHaveURL(`${county.server.address}/`)
  await page.goto(`${county.server.address}/account`)
  const ways = page.locator('#ways')
  await ways.getByRole('button', { name: '登记邮箱' }).click()
  await ways.getByLabel('电子邮箱').fill('he@example.cn')
  await ways.getByRole('button', { name: '发送验证码' }).click()
  await ways.getByLabel('验证码').fill(await mail.code_for('he@example.cn'))
  await ways.getByRole('button', { name: '确认邮箱' }).click()
  await expect(ways.getByText('he@example.cn')).toBeVisible()

  const by_phone = ways.getByRole('switch', { name: '短信' })
  await expect(by_phone).toBeChecked()
  await ways.locator('.el-switch').first().click()
  await expect(by_phone).not.toBeChecked()
  await page.reload()
  await expect(ways.getByRole('switch', { name: '短信' })).not.toBeChecked()
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 })
    await expect_accessible(page)
    await expect_no_sideways_scrolling(page)
  }

  await page.goto(`${county.server.address}/delivery`)
  const mail_row = page.getByRole('row', { name: /电子邮件/ }).first()
  await mail_row.getByRole('button', { name: '给自己发一条' }).click()
  await expect(page.getByRole('status').filter({ hasText: '已发出，请看看是否收到' })).toBeVisible()
  expect(mail.to('he@example.cn').at(-1)!.subject).toContain('未读消息')
  await expect_accessible(page)
  await expect_no_sideways_scrolling(page)

  const lonely = county.east.pupils[0]!
  await tell_urgently(county, [lonely.id], '停课通知')
  await expect(async () => {
    await page.goto(`${county.server.address}/delivery?tab=unreached`)
    await page.getByRole('cell', { name: '停课通知' }).click({ timeout: 1000 })
  }).toPass({ timeout: 50_000 })
  await expect(page.getByRole('dialog').getByText('没有任何可用方式')).toBeVisible()
  await expect_accessible(page)

  await page.goto(`${county.server.address}/delivery?tab=gaps`)
  await expect(page.getByRole('cell', { name: '城东小学' })).toBeVisible()
  await expect_accessible(page)
  await expect_no_sideways_scrolling(page)
})
