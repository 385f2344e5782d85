// A newcomer sets up a county by hand, from an empty database to the figures: the main job, as it is done at the desk.
import { expect, type Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { found_county, type Founder } from '../harness/county.ts'
import { choose, console_settings, fill_drawer, log_in, set_first_password, test, upload } from '../harness/pages.ts'
import { root, start_server, type Server } from '../harness/server.ts'
import { as_sheets, identity_number } from '../harness/sheets.ts'

let server: Server
let founder: Founder
test.beforeAll(async () => {
  server = await start_server({ name: 'browser-newcomer', settings: console_settings })
  founder = await found_county(server)
})
test.afterAll(() => server?.stop())
test.setTimeout(240_000)
test.use({ actionTimeout: 15_000 })

const wrong_number = identity_number(3).slice(0, 17) + (identity_number(3).endsWith('0') ? '1' : '0')

/** As a school keeps it: headings of its own, a number with a slip of the pen, a day that never was. */
const as_the_school_keeps_it = {
  机构: [
    ['名称', '类型', '上级', '学段', '入学年份'],
    ['2021级', '年级', '江湾小学', '小学', 2021],
    ['2021级1班', '班级', '2021级', '小学', 2021],
    ['2021级2班', '班级', '2021级', '小学', 2021],
  ],
  教师: [
    ['教师姓名', '手机', '任职单位', '职务', '带班', '工号'],
    ['王芳', '13900000001', '江湾小学', '班主任', '2021级1班', 'T0012'],
  ],
  学生: [
    ['娃娃', '登记的号码', '在哪个班', '哪所学校', '哪天生的', '哪天来的', '家里住哪', '家长', '家长电话'],
    ['李小明', identity_number(1), '2021级1班', '江湾小学', '2016-05-12', '2021-09-01', '江湾路 8 号', '李建国', '13800000001'],
    ['𠮷小红', identity_number(2), '2021级1班', '江湾小学', '2016-05-12', '2021-09-01', '江湾路 9 号', '𠮷建军', '13800000002'],
    ['张强', wrong_number, '2021级1班', '江湾小学', '2016-05-12', '2021-09-01', '', '张伟', '13800000003'],
    ['赵敏', '', '2021级2班', '江湾小学', '2016-02-30', '2021-09-01', '', '赵勇', '13800000004'],
  ],
}
const corrected = structuredClone(as_the_school_keeps_it)
corrected.学生[3]![1] = identity_number(3)
corrected.学生[4]![4] = '2016-02-29'

/** Two pupils were visited in the autumn of 2023, one family would rather not: of the four, 张强 is missing. */
const visits = {
  家访: [
    ['日期', '类型', '学校', '班级', '学生姓名', '教师', '备注'],
    ['2023-10-12', '入户家访', '江湾小学', '2021级1班', '李小明', '王芳', '亲子沟通'],
    ['2023年11月3日', '入户家访', '江湾小学', '2021级1班', '𠮷小红', '王芳', ''],
    ['2023/11/4', '家庭婉拒入户家访', '江湾小学', '2021级2班', '赵敏', '', '改为电话'],
    ['2023-13-01', '入户家访', '江湾小学', '2021级1班', '张强', '王芳', ''],
  ],
}

const meanings: [heading: string, field: string][] = [
  ['娃娃', '姓名'],
  ['登记的号码', '身份证件号'],
  ['在哪个班', '班级'],
  ['哪所学校', '学校名称'],
  ['哪天生的', '出生日期'],
  ['哪天来的', '入学年月'],
  ['家里住哪', '现住址'],
]

async function say_what_the_columns_mean(page: Page): Promise<void> {
  await expect(page.getByRole('note')).toContainText('不会导入：“学生”（4 行）')
  await page.getByRole('button', { name: '重新对应列' }).click()
  const sheet = page.locator('section, .panel').filter({ has: page.getByRole('heading', { name: '学生', exact: true }) })
  await choose(page, sheet.getByRole('combobox', { name: '这张表是' }), '学生')
  for (const [heading, field] of meanings)
    await choose(page, sheet.getByRole('combobox', { name: `“${heading}”对应的内容` }), field, { is_start: true })
  await page.getByRole('button', { name: '下一步：预览变化' }).click()
}

test('from an empty database to the entries behind a figure', async ({ page }) => {
  await test.step('logs in and sees what is to be done', async () => {
    await log_in(page, server, founder.user_name, founder.password)
    await set_first_password(page, founder.password)
    await page.goto(server.address)
    await expect(page.getByRole('heading', { name: '王立新，您好' })).toBeVisible()
    await expect(page.getByText('已完成 0 / 5')).toBeVisible()
  })

  await test.step('loads the plan', async () => {
    await page.getByRole('link', { name: '装入方案' }).click()
    await upload(page, 'tianfu.toml', await readFile(join(root, 'plans/tianfu-2021-2023.toml')))
    await expect(page.getByText('检查通过，没有发现问题。')).toBeVisible()
    await page.getByRole('button', { name: '开始执行' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('家校社协同育人三年行动计划')
  })

  await test.step('founds a school', async () => {
    await page.goto(server.address)
    await expect(page.getByText('已完成 1 / 5')).toBeVisible()
    await page.getByRole('link', { name: '新增组织' }).click()
    await page.getByRole('button', { name: '新增下级' }).click()
    await fill_drawer(page, '在梅岭县下新增', async (drawer) => {
      await choose(page, drawer.getByRole('combobox', { name: '类型' }), '学校')
      await drawer.getByLabel('名称').fill('江湾小学')
      await drawer.getByText('小学', { exact: true }).click()
    })
    await expect(page.getByRole('link', { name: '江湾小学' }).first()).toBeVisible()
  })

  await test.step('brings the roster and is told every fault in its place', async () => {
    await page.goto(server.address)
    await page.getByRole('link', { name: '导入花名册' }).click()
    await upload(page, '花名册.xlsx', await as_sheets(as_the_school_keeps_it))
    await say_what_the_columns_mean(page)
    await expect(page.getByText('预览变化').first()).toBeVisible()
    const faulty = page.getByRole('tabpanel').getByRole('listitem')
    await expect(faulty.filter({ hasText: '张强' }).first()).toContainText('学生 第 4 行')
    await expect(faulty.filter({ hasText: '张强' }).first()).toContainText('B 列：校验码不对，请核对号码。')
    await expect(faulty.filter({ hasText: '赵敏' }).first()).toContainText('学生 第 5 行')
    await expect(faulty.filter({ hasText: '赵敏' }).first()).toContainText('E 列：日期不存在或看不懂')
    await page.getByRole('button', { name: '放弃' }).click()
    await expect(page.getByText('已放弃这次导入。')).toBeVisible()
  })

  await test.step('brings it corrected, applies it and keeps the report', async () => {
    await upload(page, '花名册（已改）.xlsx', await as_sheets(corrected))
    await say_what_the_columns_mean(page)
    await expect(page.getByRole('tab', { name: '新增 8' })).toBeVisible() // 3 organisations, a teacher, 4 pupils
    await page.getByRole('button', { name: '确认生效' }).click()
    await expect(page.getByRole('heading', { name: '导入已生效' })).toBeVisible()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '下载报告' }).click()
    expect((await download).suggestedFilename()).toBe('导入报告.xlsx')
  })

  await test.step('brings the history', async () => {
    await page.goto(server.address)
    await page.getByRole('link', { name: '导入历史' }).click()
    await upload(page, '家访.xlsx', await as_sheets(visits))
    const faulty = page.getByRole('tabpanel').getByRole('listitem')
    await expect(faulty.filter({ hasText: '家访 第 5 行' }).first()).toContainText('A 列：日期不存在或看不懂')
    await page.getByRole('button', { name: '确认生效' }).click()
    await expect(page.getByRole('heading', { name: '导入已生效' })).toBeVisible()
  })

  await test.step('gives posts and accounts', async () => {
    await page.goto(`${server.address}/people?kind=staff`)
    await page.getByRole('button', { name: '新增教职工' }).click()
    await fill_drawer(page, '新增教职工', async (drawer) => {
      await drawer.getByLabel('姓名').fill('陈校长')
      await drawer.getByRole('combobox', { name: '组织' }).fill('江湾')
      await page.getByRole('option', { name: '江湾小学' }).click()
      await choose(page, drawer.getByRole('combobox', { name: '角色' }), '校（园）长')
    })
    await page.getByRole('link', { name: '陈校长' }).click()
    await expect(page.getByText('江湾小学').first()).toBeVisible()
    await page.goto(`${server.address}/people?kind=staff`)
    await page.getByRole('link', { name: '王芳' }).click()
    await expect(page.getByText('T0012')).toBeVisible()
    await page.getByRole('button', { name: '开通账号' }).click()
    await fill_drawer(page, '开通账号', (drawer) => drawer.getByLabel('用户名').fill('wangfang'), '开通账号')
    await expect(page.getByText('它只显示这一次')).toBeVisible()
    await page.getByRole('button', { name: '我已记下' }).click()
    await page.goto(server.address)
    await expect(page.getByRole('heading', { name: '从这里开始' })).toBeHidden()
  })

  await test.step('sees where the obligations stand', async () => {
    await page.getByRole('link', { name: '查看全部指标' }).first().click()
    await expect(page.getByRole('heading', { name: '同心圆图' })).toBeVisible()
    const ring = page.getByRole('group', { name: '同心圆图' }).getByRole('link', { name: /^每生每学期至少一次教师入户家访/ })
    await expect(ring).toHaveAccessibleName(/：66.6%，2 \/ 3，目标 100%/) // 4 pupils, one excused; 2 of 3
    const row = page.getByRole('row').filter({ hasText: '每生每学期至少一次教师入户家访' })
    await expect(row.getByRole('cell').nth(1)).toHaveText('3')
    await expect(row.getByRole('cell').nth(2)).toHaveText('2')
    await expect(row.getByRole('cell').last()).toHaveText('1')
  })

  await test.step('sees who is missing and the entries behind the figure', async () => {
    await page.getByRole('link', { name: '每生每学期至少一次教师入户家访', exact: true }).first().click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('每生每学期至少一次教师入户家访')
    await expect(page.getByRole('tab', { name: '缺少 1' })).toBeVisible()
    await expect(page.getByRole('link', { name: '张强' })).toBeVisible()
    await page.getByRole('tab', { name: '免计 1' }).click()
    await expect(page.getByRole('link', { name: '赵敏' })).toBeVisible()
    await page.getByRole('tab', { name: '依据' }).click()
    const entries = page.getByRole('table', { name: '台账' }).getByRole('row')
    await expect(entries.filter({ hasText: '入户家访' })).toHaveCount(3) // two visits, and one declined
    await entries.filter({ hasText: '李小明' }).getByRole('button', { name: '入户家访' }).click()
    await expect(page.getByRole('dialog', { name: '入户家访' }).getByText('王立新')).toBeVisible()
  })
})
