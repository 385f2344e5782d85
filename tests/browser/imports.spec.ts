// Both import wizards to the end and back: applied, brought again without effect, taken back.
import { expect, type Page } from '@playwright/test'
import { make_county, password, type County } from '../harness/county.ts'
import { console_settings, enter, test, upload } from '../harness/pages.ts'
import { as_workbook, formats } from '../harness/sheets.ts'

let county: County
test.beforeEach(async () => {
  county = await make_county({ name: 'browser-imports', settings: console_settings })
})
test.afterEach(() => county?.server.stop())
test.use({ actionTimeout: 15_000 })
test.setTimeout(120_000)

const in_gb18030 = formats[0]!.write
const roster = [
  ['姓名', '性别', '出生日期', '年级', '班级', '成员1姓名', '成员1关系', '成员1联系电话'],
  ['周小燕', '女', '2018-03-02', '2025级', '1班', '周建军', '父亲', '13812340001'],
  ['𠮷小虎', '男', '2018-04-03', '2025级', '1班', '𠮷大山', '父亲', '13812340002'],
]
const visits = [
  ['日期', '类型', '年级', '班级', '学生姓名', '备注'],
  ['2026-03-02', '入户家访', '2025级', '1班', '李梅', ''],
  ['2026-03-03', '电话家访', '2025级', '1班', '张强', ''],
]

async function bring(page: Page, name: string, bytes: Uint8Array, kind: 'roster' | 'history'): Promise<void> {
  await page.goto(`${county.server.address}/imports?kind=${kind}&organisation=${county.east.id}`)
  await upload(page, name, bytes)
}

async function apply(page: Page): Promise<void> {
  await page.getByRole('button', { name: '确认生效' }).click()
  await expect(page.getByRole('heading', { name: '导入已生效' })).toBeVisible()
}

async function take_back(page: Page): Promise<void> {
  await page.getByRole('button', { name: '撤销这次导入' }).click()
  await page.locator('.el-popconfirm').getByRole('button', { name: '撤销这次导入' }).click()
  await expect(page.getByRole('heading', { name: '这次导入已撤销' })).toBeVisible()
}

test('a roster goes in, changes nothing when it comes again, and comes out whole', async ({ page }) => {
  await enter(page, county.server, 'wanglixin', password)
  await bring(page, '花名册.csv', await in_gb18030(roster), 'roster')
  await expect(page.getByRole('tab', { name: '新增 2' })).toBeVisible()
  await expect(page.getByText('在册但不在文件中').first()).toBeVisible() // the three who were there before
  await apply(page)
  const first_time = page.url()
  await page.getByRole('link', { name: '查看花名册' }).click()
  await expect(page.getByRole('link', { name: '𠮷小虎' })).toBeVisible()

  await bring(page, '花名册.xlsx', await as_workbook(roster), 'roster')
  await expect(page.getByRole('tab', { name: '没有变化 2' })).toBeVisible()
  await expect(page.getByRole('tab', { name: '新增 0' })).toBeVisible()
  await apply(page)

  await page.goto(first_time)
  await take_back(page)
  await page.goto(`${county.server.address}/people?organisation=${county.east.id}`)
  await expect(page.getByRole('link', { name: '李梅' })).toBeVisible()
  await expect(page.getByRole('link', { name: '周小燕' })).toBeHidden()
})

test('a history goes in, changes nothing when it comes again, and is reversed', async ({ page }) => {
  await enter(page, county.server, 'wanglixin', password)
  await bring(page, '家访.xlsx', await as_workbook(visits), 'history')
  await expect(page.getByRole('tab', { name: '新增 2' })).toBeVisible()
  await apply(page)
  const first_time = page.url()

  await bring(page, '家访.csv', await in_gb18030(visits), 'history')
  await expect(page.getByRole('tab', { name: '没有变化 2' })).toBeVisible()
  await apply(page)

  await page.goto(first_time)
  await take_back(page)
  await page.goto(`${county.server.address}/entries?organisation=${county.east.id}`)
  const entries = page.getByRole('table', { name: '台账' })
  await expect(entries.getByText('已被冲销')).toHaveCount(2)
  await expect(entries.getByText('冲销记录')).toHaveCount(2)
})
