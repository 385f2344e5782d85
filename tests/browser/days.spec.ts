// A day at work, for those who use the console: an official, a class teacher, and somebody who may look but not write.
import { expect, type Locator, type Page } from '@playwright/test'
import { choose, demo_password, enter, expect_accessible, fill_drawer, test } from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { type Server } from '../harness/server.ts'

let server: Server
test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-days' })
})
test.afterAll(() => server?.stop())
test.use({ actionTimeout: 15_000 })
test.setTimeout(120_000)

async function expect_workbook(page: Page, button: Locator): Promise<void> {
  const download = page.waitForEvent('download')
  await button.click()
  expect((await download).suggestedFilename()).toMatch(/\.xlsx$/)
}

test('an official sees what needs doing, who is missing, and takes the list along', async ({ page }) => {
  await enter(page, server, 'official', demo_password)
  await page.goto(server.address)
  await expect(page.getByRole('heading', { name: '待办' })).toBeVisible()
  await page.getByRole('link', { name: '查看名单' }).first().click()

  await expect(page.getByRole('tab', { name: /^缺少/ })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('tabpanel').getByRole('row').nth(1)).toBeVisible()
  await expect_workbook(page, page.getByRole('tabpanel').getByRole('button', { name: '导出' }))

  await page.goto(`${server.address}/indicators`)
  await expect_workbook(page, page.getByRole('button', { name: '导出' }))
  await page.getByRole('button', { name: /^未达成/ }).click()
  const rows = page.getByRole('table', { name: '指标一览' }).getByRole('row')
  await expect(rows.nth(1).getByText('未达成')).toBeVisible()
})

test.describe('in English', () => {
  test.use({ locale: 'en' })

  test('an official chooses the columns that they look at, and finds them again', async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem('language', 'en'))
    await enter(page, server, 'official', demo_password)
    await page.goto(`${server.address}/people?kind=staff`)
    const table = page.getByRole('table', { name: 'People' })
    await expect(table.getByRole('row').nth(1)).toBeVisible()
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.locator('.el-popover').getByText('Phone', { exact: true }).click()
    await expect(table.getByRole('columnheader', { name: 'Phone' })).toHaveCount(0)

    await page.reload()

    await expect(table.getByRole('row').nth(1)).toBeVisible()
    await expect(table.getByRole('columnheader', { name: 'Phone' })).toHaveCount(0)
    await expect_accessible(page)
  })
})

test('a class teacher records a visit, and takes it back with a reason', async ({ page }) => {
  await enter(page, server, 'teacher', demo_password)
  const pupil = await first_pupil(page)
  await page.goto(`${server.address}/entries`)
  await page.getByRole('button', { name: '记一笔' }).first().click()
  await fill_drawer(
    page,
    '记一笔',
    async (drawer) => {
      await choose(page, drawer.getByRole('combobox', { name: '事项' }), '电话家访')
      await drawer.getByRole('combobox', { name: '学生' }).fill(pupil)
      await page.getByRole('option', { name: pupil }).first().click()
    },
    '记一笔',
  )
  const entries = page.getByRole('table', { name: '台账' }).getByRole('row')
  await expect(entries.nth(1)).toContainText(pupil)
  await entries.nth(1).getByRole('button', { name: '电话家访' }).click()
  await page.getByRole('dialog', { name: '电话家访' }).getByRole('button', { name: '冲销' }).click()
  await fill_drawer(page, '冲销', (drawer) => drawer.getByLabel('原因').fill('记到别的孩子名下了'), '冲销')

  await expect(entries.filter({ hasText: pupil }).filter({ hasText: '已被冲销' }).first()).toBeVisible()
  await expect(entries.filter({ hasText: pupil }).filter({ hasText: '冲销记录' }).first()).toBeVisible()
})

async function first_pupil(page: Page): Promise<string> {
  const answer = await page.request.get(`${server.address}/api/people?kind=student&limit=1`)
  return (await answer.json()).items[0].name
}

test("a museum records what it held, though it reads nobody's ledger", async ({ page }) => {
  await enter(page, server, 'museum', demo_password)
  await page.goto(`${server.address}/entries`)
  await page.getByRole('button', { name: '记一笔' }).first().click()
  await fill_drawer(
    page,
    '记一笔',
    (drawer) => choose(page, drawer.getByRole('combobox', { name: '事项' }), '举办研学实践'),
    '记一笔',
  )

  await expect(page.getByText('已记入台账。')).toBeVisible()
})

test('a class teacher is offered only what a class teacher may do', async ({ page }) => {
  await enter(page, server, 'teacher', demo_password)
  await page.goto(`${server.address}/people?kind=staff`)
  await page.waitForLoadState('networkidle')

  await expect(page.getByRole('button', { name: '新增教职工' })).toBeHidden()
  await page.goto(`${server.address}/people?kind=student`)
  await expect(page.getByRole('button', { name: '新增学生' })).toBeVisible()
})

test('a reader sees every room and no button that writes', async ({ page }) => {
  const writes = /^(新增|编辑|记一笔|装入|导入|撤销|恢复|转班|离校|冲销|开通|停用|启用|重置|结束任职|移除)/
  await enter(page, server, 'reader', demo_password)
  // A pupil's file opens for a purpose only; that of a member of staff is open to readers.
  const { items } = await (await page.request.get(`${server.address}/api/people?kind=staff&limit=1`)).json()
  const rooms = [
    '/',
    '/indicators',
    '/plans',
    '/entries',
    '/organisations',
    '/people',
    '/people?kind=staff',
    `/people/${items[0].id}`,
    '/audit',
  ]

  for (const room of rooms)
    await test.step(room, async () => {
      await page.goto(server.address + room)
      await expect(page.locator('h1').first()).toBeVisible()
      await page.waitForLoadState('networkidle')
      await expect(page.locator('main').getByRole('button', { name: writes })).toHaveCount(0)
      await expect(page.locator('main').getByRole('link', { name: writes })).toHaveCount(0)
    })

  await page.goto(`${server.address}/entries`)
  await page.getByRole('table', { name: '台账' }).getByRole('row').nth(1).getByRole('button').click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expect(page.getByRole('dialog').getByRole('button', { name: '冲销' })).toHaveCount(0)
  await page.goto(`${server.address}/imports`)
  await expect(page).toHaveURL(`${server.address}/`)
})
