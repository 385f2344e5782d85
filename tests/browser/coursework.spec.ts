// A principal makes a quiz and asks on the board; a mother passes and answers on her phone, and the ledger shows both.
import { expect, type Page } from '@playwright/test'
import { choose, expect_accessible, expect_no_sideways_scrolling, pages_of, test } from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { type Server } from '../harness/server.ts'

let server: Server
test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-coursework' })
})
test.afterAll(() => server?.stop())

const as = pages_of(() => server)

async function make_bank(page: Page) {
  await page.goto(`${server.address}/question-banks`)
  await page.getByRole('button', { name: '新建题库' }).first().click()
  await page.getByRole('dialog').getByRole('textbox', { name: '题库名称' }).fill('等一等')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('等一等')
  for (const [prompt, right, wrong] of [
    ['孩子说到一半停下来，家长最好？', '等一等', '催他快说'],
    ['等待的时候，家长可以？', '看着孩子', '看手机'],
  ] as const) {
    await page.getByRole('button', { name: '添加题目' }).first().click()
    const form = page.getByRole('dialog')
    await form.getByRole('textbox', { name: '题干' }).fill(prompt)
    await form.getByRole('textbox', { name: '选项 1' }).fill(right)
    await form.getByRole('textbox', { name: '选项 2' }).fill(wrong)
    await form.getByRole('button', { name: '保存' }).click()
    await expect(page.getByText(prompt)).toBeVisible()
    await expect(form).toBeHidden()
  }
  await expect_accessible(page)
}

async function make_course(page: Page) {
  await page.goto(`${server.address}/courses`)
  await page.getByRole('button', { name: '新建课程' }).first().click()
  await page.getByRole('dialog').getByRole('textbox', { name: '课程名称' }).fill('学会等一等')
  await page.getByRole('button', { name: '开始制作' }).click()
  await page.getByRole('button', { name: '添加章节' }).click()
  await page.getByRole('button', { name: '测验', exact: true }).click()
  await page.getByRole('button', { name: '从题库抽题' }).click()
  await choose(page, page.getByRole('combobox', { name: '题库' }), '等一等')
  await page.getByRole('spinbutton', { name: '题数' }).fill('2')
  await page.getByRole('spinbutton', { name: '题数' }).blur()
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已保存。')).toBeVisible()
  await expect(page.getByText('已保存。')).toBeHidden()
  await expect_accessible(page)
  await page.getByRole('button', { name: '发布', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '发布' }).click()
  await expect(page.getByText('第 1 版')).toBeVisible()
  await page.getByRole('link', { name: '学员看到的页面' }).click()
}

async function ask(page: Page) {
  await page.getByRole('link', { name: '进入讨论区' }).click()
  await page.getByRole('button', { name: '提问' }).first().click()
  await page.getByRole('dialog').getByRole('textbox', { name: '标题' }).fill('您家怎么练习等待')
  await page.getByRole('dialog').getByRole('textbox', { name: '内容' }).fill('请说一件小事。')
  await page.getByRole('dialog').getByRole('button', { name: '发布' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('您家怎么练习等待')
}

async function pass(phone: Page) {
  await phone.goto(`${server.address}/learning`)
  await phone.getByRole('link', { name: /学会等一等/ }).click()
  await phone.getByRole('link', { name: '开始学习' }).click()
  await expect(phone.getByText('共 2 题，答对 60% 通过。')).toBeVisible()
  await expect_accessible(phone)
  await phone.getByRole('button', { name: '开始答题' }).click()
  await phone.getByText('等一等', { exact: true }).last().click()
  await expect(phone.getByText('已答 1 / 2 题')).toBeVisible()
  await expect(phone.getByText('已保存', { exact: true })).toBeVisible()

  // The page is left and opened again: the answer is there.
  await phone.reload()
  await phone.getByRole('button', { name: '继续答题' }).click()
  await expect(phone.getByText('已答 1 / 2 题')).toBeVisible()
  await phone.getByText('看着孩子', { exact: true }).click()
  await expect(phone.getByText('已答 2 / 2 题')).toBeVisible()
  await expect_accessible(phone)
  await expect_no_sideways_scrolling(phone)
  await phone.getByRole('button', { name: '提交' }).click()
  await phone.getByRole('dialog').getByRole('button', { name: '提交' }).click()
  await expect(phone.getByText(/通过了：答对 2 \/ 2 题/)).toBeVisible()
  await expect(phone.locator('[data-learnt]')).toContainText('本课时已完成')
  await expect_accessible(phone)
}

test.setTimeout(240_000) // three people on a slow machine

test('a quiz is passed and an answer helps, and both stand in the ledger', async ({ browser }) => {
  const principal = await as(browser, 'principal')
  await make_bank(principal)
  await make_course(principal)
  await ask(principal)
  const phone = await as(browser, 'parent', { width: 390, height: 844 })

  await pass(phone)
  await phone.goto(`${server.address}/learning`)
  await phone.getByRole('link', { name: /学会等一等/ }).click()
  await phone.getByRole('link', { name: '进入讨论区' }).click()
  await expect_accessible(phone)
  await expect_no_sideways_scrolling(phone)
  await phone.getByRole('link', { name: /您家怎么练习等待/ }).click()
  await phone.getByRole('textbox', { name: '写下您的回答' }).fill('饭前一起数到二十。')
  await phone.getByRole('button', { name: '回答', exact: true }).click()
  await expect(phone.getByText('饭前一起数到二十。')).toBeVisible()
  await expect(phone.getByText('已回答。')).toBeHidden()
  await expect_accessible(phone)
  await expect_no_sideways_scrolling(phone)

  await principal.reload()
  await principal.getByRole('button', { name: '采纳' }).click()
  await expect(principal.getByText('有帮助的回答')).toBeVisible()
  await expect(principal.getByText('已采纳，已为解答人计学时。')).toBeHidden()
  await expect_accessible(principal)

  const entries = async (kind: string) =>
    (await (await phone.request.get(`${server.address}/api/own-entries?kind=${kind}`)).json()).items as { source: string }[]
  const ours = async (kind: string) => (await entries(kind)).filter(({ source }) => source.startsWith('coursework:')).length
  expect([await ours('quiz.passed'), await ours('discussion.helpful')]).toEqual([1, 1])
})
