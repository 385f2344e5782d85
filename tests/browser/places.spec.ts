// Places of an event: a mother takes the one that is held for her and brings her child; the school moves somebody up and closes sign-up.
import { expect } from '@playwright/test'
import { choose, expect_accessible, expect_no_sideways_scrolling, fill_drawer, pages_of, test } from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { type Server } from '../harness/server.ts'

let server: Server
test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-places' })
})
test.afterAll(() => server?.stop())
test.use({ actionTimeout: 30_000 })
test.setTimeout(240_000)

const phone = { width: 390, height: 844 }
const as = pages_of(() => server)

test('an offer is taken on the phone, and a child comes along', async ({ browser }) => {
  const mother = await as(browser, 'parent', phone)
  const { coming } = await (await mother.request.get(`${server.address}/api/own-activities`)).json()
  const event = coming.find(({ title }: { title: string }) => title === '科学实验开放课')
  await mother.goto(`${server.address}/m/pages/activity?id=${event.id}`)

  await expect(mother.getByText(/有名额了，请在 .+ 前确认。/)).toBeVisible()
  await expect(mother.getByText(/还有 \d+ 小时 \d+ 分/)).toBeVisible()
  await expect_accessible(mother)
  await expect_no_sideways_scrolling(mother)
  await mother.getByRole('button', { name: '确认参加' }).click()
  await expect(mother.getByText('已报名', { exact: true })).toBeVisible()
  const children = mother.getByRole('group', { name: '谁来参加' })
  await expect(children).toBeVisible()
  await children.getByRole('button', { name: /孩子/ }).first().click()
  await mother.getByRole('button', { name: /^(报名|名额已满，排候补)$/ }).click()

  await expect(mother.getByText('候补第 2 位')).toBeVisible()
  await expect(mother.getByText(/候补次序/)).toBeVisible()
  await expect_accessible(mother)
  await expect_no_sideways_scrolling(mother)
})

test('the organiser keeps places, sees who waits, moves somebody with a reason and closes sign-up', async ({ browser }) => {
  const principal = await as(browser, 'principal')
  await principal.goto(`${server.address}/activities?q=${encodeURIComponent('科学实验')}`)
  await principal.getByRole('link', { name: /科学实验开放课/ }).click()
  const list = principal.getByRole('table', { name: '候补名单' })
  await expect(list.getByRole('row')).not.toHaveCount(0)
  await expect(principal.getByRole('list', { name: '分组名额' })).toContainText('教职工')
  await expect_accessible(principal)

  await list
    .getByRole('button', { name: /调整.+的次序/ })
    .last()
    .click()
  await principal.getByRole('menuitem', { name: '移到最前' }).click()
  await principal.getByRole('dialog').getByRole('textbox').fill('上次活动临时取消')
  await principal.getByRole('dialog').getByRole('button', { name: '移到最前' }).click()
  await expect(list.getByText('调整原因：上次活动临时取消')).toBeVisible()

  await principal.getByRole('button', { name: '修改活动' }).click()
  await fill_drawer(principal, '修改活动', async (drawer) => {
    await drawer.getByRole('button', { name: '添加一组' }).click()
    await choose(principal, drawer.getByRole('combobox', { name: '学段' }).last(), '小学')
    await drawer.getByRole('spinbutton', { name: '名额数' }).last().fill('3')
  })
  await expect(principal.getByRole('list', { name: '分组名额' })).toContainText('小学')
  await principal.getByRole('button', { name: '关闭报名' }).click()
  await expect(principal.getByText('主办方已关闭报名').first()).toBeVisible()

  const mother = await as(browser, 'parent', phone)
  await mother.goto(principal.url())
  await expect(mother.getByText('主办方已关闭报名').first()).toBeVisible()
  await expect_no_sideways_scrolling(mother)
  await principal.getByRole('button', { name: '重新开放报名' }).click()
  await expect(principal.getByRole('button', { name: '关闭报名' })).toBeVisible()
})
