// The county as one file: made, its passphrase noted, downloaded, opened by the command, taken away; and the roster for another system.
import { expect } from '@playwright/test'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { make_county, password, type County } from '../harness/county.ts'
import { console_settings, enter, expect_accessible, expect_no_sideways_scrolling, test, upload } from '../harness/pages.ts'

let county: County
test.beforeEach(async () => {
  county = await make_county({ name: 'browser-archives', settings: console_settings })
})
test.afterEach(() => county?.server.stop())
test.setTimeout(120_000)

test('an archive is made, its passphrase noted, downloaded and opened by the command', async ({ page }, info) => {
  const { server } = county
  await enter(page, server, 'wanglixin', password)
  await page.goto(`${server.address}/archives`)
  await expect(page.getByText('还没有制作过归档')).toBeVisible()

  await page.getByRole('button', { name: '制作归档' }).click()
  const dialog = page.getByRole('dialog', { name: '归档口令' })
  const passphrase = await dialog.locator('code').innerText()
  expect(passphrase).toMatch(/^[A-Z2-9-]{30}$/)
  await page.screenshot({ path: info.outputPath('passphrase.png') })
  await dialog.getByRole('button', { name: '我已记下' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('可以下载')).toBeVisible()
  await expect_no_sideways_scrolling(page)
  await expect_accessible(page)
  await page.screenshot({ path: info.outputPath('archives.png'), fullPage: true })

  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载', exact: true }).click()])
  expect(file.suggestedFilename()).toMatch(/^同心圆归档-360100-\d{8}\.concentric$/)
  const path = join(server.folder, 'county.concentric')
  await file.saveAs(path)
  await writeFile(join(server.folder, 'passphrase'), passphrase)
  expect(await server.command('restore', path, '--check', '--passphrase-file', join(server.folder, 'passphrase'))).toContain(
    '梅岭县',
  )

  await page.getByRole('button', { name: '删除', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '确定' }).click()
  await expect(page.getByText('已从服务器删除', { exact: true })).toBeVisible()
})

test('a roster goes out as OneRoster and comes back in without a change', async ({ page }, info) => {
  const { server, east } = county
  await enter(page, server, 'wanglixin', password)
  await page.goto(`${server.address}/imports?kind=roster&organisation=${county.root}`)
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 OneRoster' }).click()])
  expect(file.suggestedFilename()).toMatch(/^OneRoster-梅岭县-\d{8}\.zip$/)
  const path = join(server.folder, 'roster.zip')
  await file.saveAs(path)

  await page.locator('input[type=file]').setInputFiles(path)

  await expect(page.getByRole('tab', { name: /没有变化/ })).toBeVisible()
  await expect(page.getByRole('tab', { name: '新增 0' })).toBeVisible()
  await page.getByRole('tab', { name: /没有变化/ }).click()
  await expect(page.getByText(east.pupils[0]!.name, { exact: true }).first()).toBeVisible()
  await expect_no_sideways_scrolling(page)
  await page.screenshot({ path: info.outputPath('oneroster.png'), fullPage: true })
  await page.goto(`${server.address}/imports?kind=roster&organisation=${county.root}`)
  await upload(page, 'old.zip', Buffer.from('PK\x03\x04 no package'))
  await expect(page.getByText('这个文件没有读成功')).toBeVisible()
})
