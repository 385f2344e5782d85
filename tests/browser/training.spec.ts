// An official opens a training class; a teacher comes in on her phone and finishes; the board shows it, and a fee is settled on the way.
import { expect, type Page } from '@playwright/test'
import { choose, expect_accessible, expect_no_sideways_scrolling, pages_of, test } from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { type Server } from '../harness/server.ts'
import { components } from '../harness/training.ts'

let server: Server
test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-training' })
})
test.afterAll(() => server?.stop())

const as = pages_of(() => server)

/** What the other parts of the programme would write of her: lives, discussion, question and summary, and the lessons. */
async function finish(official: Page, person: string) {
  const happened_at = new Date().toISOString()
  const answer = await official.request.post(`${server.address}/api/entry-batches`, {
    data: { entries: components.map((component) => ({ ...component, person, happened_at })) },
    headers: { origin: server.address },
  })
  expect((await answer.json()).added).toBe(components.length)
}

test('from the class that is opened to the board that shows her done', async ({ browser }) => {
  const official = await as(browser, 'official')
  await official.goto(`${server.address}/training-classes`)
  await expect_accessible(official)
  await official.getByRole('button', { name: '开办培训班' }).first().click()
  const form = official.getByRole('dialog', { name: '开办培训班' })
  await form.getByRole('textbox', { name: '班名' }).fill('秋季专题培训班')
  await choose(official, form.getByRole('combobox', { name: '对应证书' }), '《家校社协同育人“教联体”建设专题培训证书》（网络研修）')
  await form.getByRole('spinbutton', { name: '费用（元/人）' }).fill('200')
  await form.getByRole('button', { name: '保存' }).click()
  await expect(official.getByRole('heading', { level: 1 })).toHaveText('秋季专题培训班')
  await official.getByRole('button', { name: '开始报名' }).click()
  await expect(official.getByText('已开放报名。')).toBeVisible()

  const phone = await as(browser, 'teacher', { width: 390, height: 844 })
  await phone.goto(`${server.address}/my-training`)
  await expect_accessible(phone)
  await expect_no_sideways_scrolling(phone)
  await phone.getByRole('listitem').filter({ hasText: '秋季专题培训班' }).getByRole('button', { name: '我要报名' }).click()
  await phone.getByRole('dialog').getByRole('button', { name: '报名' }).click()
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('秋季专题培训班')
  await expect(phone.getByText('必修课15学时').first()).toBeVisible()
  await expect(phone.getByText('200 元 · 未缴')).toBeVisible()
  await expect(phone.getByText('已报名。')).toBeHidden()
  await expect_accessible(phone)
  await expect_no_sideways_scrolling(phone)

  const me = await (await phone.request.get(`${server.address}/api/session`)).json()
  await finish(official, me.person.id)
  await phone.reload()
  await expect(phone.getByText('已完成').first()).toBeVisible()
  await expect(phone.getByText(/达到证书要求/)).toBeVisible()

  await official.reload()
  const line = official.getByRole('row').filter({ hasText: me.person.name })
  await expect(line).toContainText('已完成')
  await expect(line).toContainText('100%')
  await line.getByRole('link').click()
  await expect(official.getByRole('heading', { level: 1 })).toHaveText(me.person.name)
  await expect_accessible(official)
  await official.goBack()

  await official.getByText('费用', { exact: true }).first().click()
  await official.getByRole('row').filter({ hasText: me.person.name }).getByRole('button').click()
  await official.getByRole('button', { name: '确认到账' }).click()
  await official.locator('.el-message-box').getByRole('textbox').fill('ICBC-2026-0042')
  await official.locator('.el-message-box').getByRole('button', { name: '确认到账' }).click()
  await expect(official.getByText('已登记。')).toBeVisible()
  await expect(official.getByRole('dialog').getByText('ICBC-2026-0042').first()).toBeVisible()
  await phone.reload()
  await expect(phone.getByText('200 元 · 已缴')).toBeVisible()
})

test('whoever is behind gets a notice', async ({ browser }) => {
  const official = await as(browser, 'official')
  await official.goto(`${server.address}/training-classes`)
  await official.getByRole('link', { name: /教联体.*专题培训班/ }).click()
  await expect(official.getByRole('table', { name: '学习进度' })).toBeVisible()
  await expect_accessible(official)
  await official.getByRole('button', { name: '提醒落后的学员' }).click()
  await official.locator('.el-message-box').getByRole('button', { name: '提醒落后的学员' }).click()
  await expect(official.getByText(/已提醒 \d+ 人/)).toBeVisible()
  await expect(official.getByText(/提醒过/).first()).toBeVisible()
})
