// A principal makes a form and a mother fills it in on her phone; she signs the commitment, and the school's dashboard knows it.
import { expect } from '@playwright/test'
import { choose, expect_accessible, expect_no_sideways_scrolling, pages_of, test } from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { type Server } from '../harness/server.ts'

const phone_size = { width: 390, height: 844 }
let server: Server
test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-forms' })
})
test.afterAll(() => server?.stop())

const as = pages_of(() => server)

test('from the builder to the results', async ({ browser }) => {
  const desk = await as(browser, 'principal')
  await desk.goto(`${server.address}/forms`)
  await expect(desk.getByRole('link', { name: '学生安全责任承诺书' })).toBeVisible()
  await expect_accessible(desk)
  await desk.getByRole('button', { name: '新建表单' }).first().click()
  const drawer = desk.getByRole('dialog')
  await drawer.getByRole('textbox', { name: '标题' }).fill('放学时间意见')
  await drawer.getByRole('button', { name: '开始编辑' }).click()

  await desk.getByRole('button', { name: '发布', exact: true }).click()
  await expect(desk.getByText('表单里还没有题目。')).toBeVisible()
  await choose(desk, desk.getByRole('combobox', { name: '填写人' }), '家长为每个孩子填一份')
  await desk.getByRole('button', { name: '增加一个部分' }).click()
  await desk.getByRole('button', { name: '增加题目' }).click()
  const first = desk.getByRole('article', { name: '第 1 题' })
  await first.getByRole('textbox', { name: '题目' }).fill('放学时间合适吗？')
  await first.getByRole('textbox', { name: '选项 1' }).fill('合适')
  await first.getByRole('textbox', { name: '选项 2' }).fill('不合适')
  await desk.getByRole('button', { name: '增加题目' }).click()
  const second = desk.getByRole('article', { name: '第 2 题' })
  await choose(desk, second.getByRole('combobox', { name: '题型' }), '详细回答')
  await second.getByRole('textbox', { name: '题目' }).fill('希望几点放学？')
  await choose(desk, second.getByRole('combobox', { name: '什么时候显示' }), '放学时间合适吗？')
  await choose(desk, second.getByRole('combobox', { name: '选了其中任意一项时' }), '不合适')
  await desk.keyboard.press('Escape')
  const until = desk.getByRole('combobox', { name: '截止日期' })
  await until.fill(new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10))
  await until.press('Enter')
  await desk.getByRole('button', { name: '保存', exact: true }).click()
  await expect(desk.getByText('草稿已保存').first()).toBeVisible()
  await expect_accessible(desk)
  await desk.getByRole('button', { name: '发布', exact: true }).click()
  await expect(desk.getByText('已发布，正在通知填写人')).toBeVisible()

  const phone = await as(browser, 'parent', phone_size)
  await phone.goto(`${server.address}/my-forms`)
  await expect_accessible(phone)
  await expect_no_sideways_scrolling(phone)
  await phone.getByRole('listitem').filter({ hasText: '放学时间意见' }).getByRole('link').first().click()
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('放学时间意见')
  await expect(phone.getByText('希望几点放学？')).toBeHidden()
  await phone.getByText('不合适', { exact: true }).click()
  await phone.getByRole('textbox', { name: /希望几点放学/ }).fill('五点半')
  await expect(phone.getByText('已为您保存，可以稍后继续')).toBeVisible()
  await phone.reload()
  await expect(phone.getByRole('textbox', { name: /希望几点放学/ })).toHaveValue('五点半')
  await expect_accessible(phone)
  await expect_no_sideways_scrolling(phone)
  await phone.getByRole('button', { name: '提交' }).click()
  await expect(phone.getByText('已提交，谢谢您！')).toBeVisible()

  await desk.reload()
  await expect(desk.getByText('五点半')).toBeVisible()
  await expect(desk.getByText('1 · 100%')).toBeVisible()
  await expect_accessible(desk)
  await desk.getByText('填写情况', { exact: true }).click()
  await expect(desk.getByRole('heading', { name: '还没有填写的' })).toBeVisible()
  await expect(desk.getByRole('row').nth(1).getByRole('cell').first()).not.toHaveText('')
  await expect_accessible(desk)
})

test('a commitment is signed on the phone, proven by a PDF, and stands in the ledger', async ({ browser }) => {
  const phone = await as(browser, 'parent', phone_size)
  const signings = async () =>
    (
      (await (await phone.request.get(`${server.address}/api/own-entries?kind=commitment.signed`)).json()).items as {
        source: string
      }[]
    ).filter(({ source }) => source.startsWith('forms:')).length
  await phone.goto(`${server.address}/my-forms`)
  await phone.getByRole('listitem').filter({ hasText: '学生安全责任承诺书' }).getByRole('link').first().click()
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('学生安全责任承诺书')

  await phone.getByText('原文 SHA-256').scrollIntoViewIfNeeded()
  const box = (await phone.getByRole('img', { name: '手写签名' }).boundingBox())!
  await phone.mouse.move(box.x + 30, box.y + 30)
  await phone.mouse.down()
  await phone.mouse.move(box.x + 120, box.y + 60)
  await phone.mouse.up()
  await phone.getByText('我已读完全文，承诺做到以上各条').click()
  await expect_accessible(phone)
  await expect_no_sideways_scrolling(phone)
  await phone.getByRole('button', { name: /^为 .+ 签署$/ }).click()
  await expect(phone.getByText(/已于 .+ 签署/)).toBeVisible()
  const saved = phone.waitForEvent('download')
  await phone.getByRole('button', { name: '下载签署凭证' }).click()

  expect((await saved).suggestedFilename()).toMatch(/^学生安全责任承诺书-.+\.pdf$/)
  expect(await signings()).toBe(1)

  const desk = await as(browser, 'teacher')
  await desk.goto(`${server.address}/forms`)
  await desk.getByRole('link', { name: '学生安全责任承诺书' }).click()
  await desk.getByText('未签署', { exact: true }).first().click()
  await desk.getByRole('button', { name: '登记纸质签名' }).first().click()
  await desk.getByRole('dialog').getByRole('button', { name: '登记纸质签名' }).click()
  await expect(desk.locator('.el-message').filter({ hasText: '已登记，待另一人复核' })).toBeVisible()
  await desk.getByText('待复核', { exact: true }).first().click()
  await expect(desk.getByText('您已登记，待另一人复核').first()).toBeVisible()
  await expect_accessible(desk)

  const other = await as(browser, 'principal')
  await other.goto(`${server.address}/forms`)
  await other.getByRole('link', { name: '学生安全责任承诺书' }).click()
  await other.getByText('待复核', { exact: true }).first().click()
  await other.getByRole('button', { name: '复核无误' }).first().click()
  await expect(other.locator('.el-message').filter({ hasText: '复核完成，已签署' })).toBeVisible()
  await other.goto(`${other.url().split('?')[0]}?signed=yes`)
  await expect(other.getByText(/纸质，.+登记/).first()).toBeVisible()
})

test('what a family answered on the printed sheet is found by its code and typed in', async ({ browser }) => {
  const [code] = await server.database.query(
    "SELECT c.code FROM sheet_codes c JOIN forms f ON f.county = c.county AND f.id = c.subject WHERE f.title = '作业与睡眠调查'",
  )
  const desk = await as(browser, 'teacher')
  await desk.goto(`${server.address}/forms`)
  await desk.getByRole('textbox', { name: '纸质编码' }).fill(code!.toLowerCase())
  await desk.getByRole('button', { name: '按编码打开' }).click()
  await expect(desk.getByRole('heading', { level: 1 })).toHaveText('作业与睡眠调查')
  const printed = desk.waitForEvent('download')
  await desk.getByRole('button', { name: '打印纸质单' }).click()
  expect((await printed).suggestedFilename()).toBe('作业与睡眠调查.pdf')

  const panel = (title: string) => desk.locator('section').filter({ has: desk.getByRole('heading', { name: title }) })
  const missing = panel('还没有填写的')
  const name = await missing.getByRole('row').nth(1).getByRole('cell').first().innerText()
  await missing.getByRole('button', { name: '录入纸质回答' }).first().click()
  const drawer = desk.getByRole('dialog', { name: `录入 ${name} 家的纸质回答` })
  await drawer.getByText('不到半小时').click()
  await drawer.getByRole('spinbutton').fill('9')
  await drawer.getByRole('button', { name: '录入纸质回答' }).click()
  await expect(drawer.getByText('孩子写作业需要家长陪吗？')).toBeVisible()
  await expect(drawer.getByRole('alert').first()).toBeVisible()
  await drawer.getByText('否', { exact: true }).click()
  await expect_accessible(desk)
  await drawer.getByRole('button', { name: '录入纸质回答' }).click()
  await expect(desk.locator('.el-message').filter({ hasText: '已录入' })).toBeVisible()

  const typed = panel('纸质录入的回答')
  await expect(typed.getByRole('row').nth(1)).toContainText(name)
  await typed.getByRole('row').nth(1).getByRole('button', { name: '撤销录入' }).click()
  await expect(desk.locator('.el-message').filter({ hasText: '录入已撤销' })).toBeVisible()
  await expect(missing.getByRole('row').filter({ hasText: name })).toHaveCount(1)
  await expect_accessible(desk)
})
