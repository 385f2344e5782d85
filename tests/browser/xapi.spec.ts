// A school lets another platform send its lessons: a log-in, a rule, a learner named, and the county hands its records on.
import { expect, test } from '@playwright/test'
import { make_county, password, type County } from '../harness/county.ts'
import { choose, console_settings, enter, expect_accessible, expect_no_sideways_scrolling } from '../harness/pages.ts'
import { StandIn } from '../harness/stand_in.ts'
import { account, Platform, statement } from '../harness/xapi.ts'

let county: County
let store: StandIn
test.beforeEach(async () => {
  store = await StandIn.start((_, reply) => reply.writeHead(200).end('[]'))
  county = await make_county({ name: 'browser-xapi', settings: console_settings })
})
test.afterEach(async () => {
  await county?.server.stop()
  await store?.stop()
})
test.setTimeout(120_000)

test('an official makes a log-in, and what comes by it counts once a rule and a name are there', async ({ page }, info) => {
  const { server } = county
  const look_well = async (name: string) => {
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 })
      await expect_accessible(page)
      await expect_no_sideways_scrolling(page)
      await page.screenshot({ path: info.outputPath(`${name}-${width}.png`), fullPage: true })
    }
    await page.setViewportSize({ width: 1440, height: 900 })
  }
  await enter(page, server, 'wanglixin', password)
  await page.goto(`${server.address}/learning-records`)
  await expect(page.getByText('还没有收到学习记录')).toBeVisible()

  await page.getByRole('tab', { name: '接口账号' }).click()
  await page.getByRole('button', { name: '新建账号' }).click()
  await page.getByLabel('名称').fill('江湾云课堂')
  await page.getByRole('button', { name: '保存' }).click()
  const dialog = page.getByRole('dialog', { name: '账号已建好' })
  await expect(dialog).toBeVisible()
  const [, user_name, secret] = await dialog.locator('dd').allInnerTexts()
  await expect_accessible(page)
  await dialog.getByRole('button', { name: '我已记下' }).click()
  await expect(page.getByRole('cell', { name: '江湾云课堂' })).toBeVisible()
  await look_well('credentials')

  const platform = new Platform(county, { user_name, secret } as never)
  expect((await platform.post(statement(account('u-20417'), 'lessons/sleep'))).status).toBe(200)

  await page.getByRole('tab', { name: '收到的记录' }).click()
  await page.getByRole('button', { name: '刷新' }).click()
  const row = page.getByRole('row', { name: /u-20417/ })
  await expect(row).toContainText('没有规则')
  await row.getByRole('button', { name: '新建规则' }).click()
  const drawer = page.getByRole('dialog', { name: '新建规则' })
  await expect(drawer.getByLabel('学习内容')).toHaveValue('https://player.example/lessons/sleep')
  await drawer.getByRole('button', { name: '保存' }).click()
  await expect(drawer).toBeHidden()
  await expect(async () => {
    await page.getByRole('button', { name: '刷新' }).click()
    await expect(row).toContainText('待认人', { timeout: 1000 })
  }).toPass()

  await row.getByRole('button', { name: '认人' }).click()
  const naming = page.getByRole('dialog', { name: /是谁/ })
  await naming.getByLabel('人员').fill('李家长')
  await page.getByRole('option').first().click()
  await naming.getByRole('button', { name: '认人' }).click()
  await expect(naming).toBeHidden()
  await expect(async () => {
    await page.getByRole('button', { name: '刷新' }).click()
    await expect(page.getByRole('row', { name: /李家长/ })).toContainText('已记入台账', { timeout: 1000 })
  }).toPass()
  await look_well('statements')
  await choose(page, page.getByLabel('结果', { exact: true }), '已作废 0')
  await expect(page.getByText('没有这样的记录')).toBeVisible()

  await page.getByRole('tab', { name: '记账规则' }).click()
  await page.getByRole('button', { name: '删除' }).click()
  await expect(page.getByText('还没有规则')).toBeVisible()
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByRole('cell', { name: 'https://player.example/lessons/sleep' })).toBeVisible()
  await look_well('rules')

  await page.getByRole('tab', { name: '送出的记录' }).click()
  await page.getByRole('button', { name: '设置转发' }).click()
  await page.getByLabel('记录库地址').fill(store.address)
  await page.getByLabel('用户名').fill('county')
  await page.getByLabel('密钥').fill('well kept')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('转发中')).toBeVisible()
  await look_well('outgoing')
})
