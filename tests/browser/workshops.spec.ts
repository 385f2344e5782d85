// A teacher applies to a workshop on her phone, the official accepts her, and her mentor's word brings the product to its pass.
import { expect, type Page } from '@playwright/test'
import { choose, expect_accessible, expect_no_sideways_scrolling, pages_of, test } from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { type Server } from '../harness/server.ts'

let server: Server
test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-workshops' })
})
test.afterAll(() => server?.stop())
test.setTimeout(120_000)

const as = pages_of(() => server)

async function hand_in(page: Page, text: string) {
  await page.getByRole('textbox', { name: '稿件' }).fill(text)
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await expect(page.getByText('已提交，等待评审。')).toBeVisible()
}

test('from the application to the product that passes', async ({ browser }) => {
  const official = await as(browser, 'official')
  await official.goto(`${server.address}/training-classes`)
  await official.getByRole('button', { name: '开办培训班' }).first().click()
  const form = official.getByRole('dialog', { name: '开办培训班' })
  await form.getByText('研修工作坊', { exact: true }).click()
  await form.getByRole('textbox', { name: '班名' }).fill('冬季案例工作坊')
  await choose(official, form.getByRole('combobox', { name: '对应证书' }), '《家校社协同育人“教联体”建设专题培训证书》（工作坊）')
  await form.getByRole('button', { name: '保存' }).click()
  await expect(official.getByRole('heading', { level: 1 })).toHaveText('冬季案例工作坊')
  await official.getByRole('button', { name: '开始报名' }).click()
  await expect(official.getByText('还没有人报名')).toBeVisible()
  await expect_accessible(official)

  const phone = await as(browser, 'teacher', { width: 390, height: 844 })
  await phone.goto(`${server.address}/my-training`)
  await expect_no_sideways_scrolling(phone)
  await phone.getByRole('listitem').filter({ hasText: '冬季案例工作坊' }).getByRole('link', { name: '提交方案报名' }).click()
  await hand_in(phone, '案例：我们班用六次家长茶话会，让爸爸们也走进了课堂，孩子说话多了。')
  const me = (await (await phone.request.get(`${server.address}/api/session`)).json()).person.name as string

  await official.reload()
  const line = official.getByRole('row').filter({ hasText: me })
  await line.getByRole('button', { name: '录取', exact: true }).click()
  await expect(line.getByText('已录取')).toBeVisible()
  await official.getByText('面授安排', { exact: true }).click()
  await official.getByRole('button', { name: '导师和专家' }).click()
  const tutors = official.getByRole('dialog', { name: '导师和专家' })
  await tutors.getByRole('button', { name: '添加一位' }).click()
  const principal = await as(browser, 'principal')
  const mentor = (await (await principal.request.get(`${server.address}/api/session`)).json()).person.name as string
  await tutors.getByRole('combobox', { name: '本县教职工' }).fill(mentor)
  await official.locator('.el-select-dropdown:visible').getByRole('option', { name: mentor }).first().click()
  await tutors.getByRole('button', { name: '保存' }).click()
  await expect(official.getByText(mentor).first()).toBeVisible()
  await expect_accessible(official)

  await phone.goto(`${server.address}/my-training`)
  await phone.getByRole('link', { name: '冬季案例工作坊' }).click()
  await expect(phone.getByText('我的小组与导师')).toBeVisible()
  await expect(phone.getByText('理论导师', { exact: true })).toBeVisible()
  await expect_accessible(phone)
  await expect_no_sideways_scrolling(phone)
  await phone.getByRole('link', { name: '提交初稿' }).click()
  await hand_in(phone, '初稿：六次家长茶话会的做法、家长的反馈，以及孩子在校表现的变化。')

  await principal.goto(`${server.address}/my-tutoring`)
  await expect_accessible(principal)
  const workshop = principal.getByRole('listitem').filter({ hasText: '冬季案例工作坊' })
  await expect(workshop.getByText('1 份成果待批阅')).toBeVisible()
  await workshop.getByRole('link').click()
  await principal.getByRole('row').filter({ hasText: me }).getByRole('link').click()
  await principal.getByRole('textbox', { name: /评语/ }).fill('请补充成效数据。')
  await principal.getByRole('button', { name: '退回改进' }).click()
  await expect(principal.getByText('请补充成效数据。')).toBeVisible()

  await phone.reload()
  await expect(phone.getByText('请补充成效数据。')).toBeVisible()
  await hand_in(phone, '第二稿：六次茶话会后，到会的爸爸由两位增加到十六位，孩子主动发言的次数翻了一番。')
  await principal.reload()
  await principal.getByRole('button', { name: '评为合格' }).click()
  await principal.goto(`${server.address}/my-tutoring`)
  await principal.getByRole('listitem').filter({ hasText: '冬季案例工作坊' }).getByRole('link').click()
  await principal.getByRole('row').filter({ hasText: me }).getByRole('button', { name: '同意', exact: true }).click()
  await expect(principal.getByRole('button', { name: '撤回同意' })).toBeVisible()
  await expect_accessible(principal)
  await phone.goto(`${server.address}/my-training`)
  await phone.getByRole('link', { name: '冬季案例工作坊' }).click()
  await expect(phone.getByText(`理论导师${mentor}已同意第 2 稿`)).toBeVisible()
})

test('the days of a class: groups are spread, attendance is ticked and undone, marks are there for the learner', async ({
  browser,
}) => {
  const official = await as(browser, 'official')
  await official.goto(`${server.address}/training-classes`)
  await official.getByRole('link', { name: '家庭教育骨干教师集中面授班' }).click()
  await official.getByText('分组', { exact: true }).click()
  await official.getByRole('button', { name: '平均分组' }).click()
  await expect(official.getByText('已保存。')).toBeVisible()
  await expect_accessible(official)

  await official.getByText('面授安排', { exact: true }).click()
  await official.getByRole('button', { name: /^签到/ }).first().click()
  const list = official.getByRole('dialog')
  const absent = list.getByRole('checkbox', { checked: false }).first()
  const name = (await absent.locator('xpath=ancestor::label').innerText()).trim()
  await list.getByText(name, { exact: true }).click()
  await expect(list.getByRole('checkbox', { name })).toBeChecked()
  await official.locator('.el-message').filter({ hasText: '已登记' }).getByRole('button', { name: '撤销' }).click()
  await expect(list.getByRole('checkbox', { name })).not.toBeChecked()

  const phone = await as(browser, 'teacher', { width: 390, height: 844 })
  await phone.goto(`${server.address}/my-training`)
  await phone.getByRole('link', { name: '家庭教育骨干教师集中面授班' }).click()
  await expect(phone.getByText('案例分析：沉迷手机的孩子')).toBeVisible()
  await expect(phone.getByText(/目标清楚，互动自然/).first()).toBeVisible()
  await expect_accessible(phone)
  await expect_no_sideways_scrolling(phone)
})
