// What waits for somebody on the phone: a guardian signs a commitment, a class teacher decides who joins and what is corrected, and passes a
// conversation on.
import { expect, type Browser, type Page } from '@playwright/test'
import { family_password } from '../harness/families.ts'
import { send, without_quiet_hours } from '../harness/notices.ts'
import { demo_password as password, enter, expect_full_marks, expect_no_sideways_scrolling, test } from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { type Server } from '../harness/server.ts'
import type { Visitor } from '../harness/visitor.ts'

let server: Server
let official: Visitor
let teacher: Visitor
let parent: Visitor

test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-duties' })
  official = await server.log_in('official', password)
  await without_quiet_hours(official)
  teacher = await server.log_in('teacher', password)
  parent = await server.log_in('parent', password)
})
test.afterAll(() => server?.stop())

const address = (page: string) => `${server.address}/m/pages/${page}`

async function phone(browser: Browser, user: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    serviceWorkers: 'block',
  })
  const page = await context.newPage()
  await enter(page, server, user, password)
  return page
}

async function is_whole(page: Page) {
  await expect_full_marks(page)
  await expect_no_sideways_scrolling(page)
}

test('a guardian reads a commitment to its end, shows who she is once more, and signs it with her finger', async ({ browser }) => {
  const commitment = (await parent.call('GET /own-forms')).items.find(({ purpose }) => purpose === 'commitment')!
  const turn = commitment.turns.find(({ state, may_sign }) => state !== 'done' && may_sign)!
  const page = await phone(browser, 'parent')
  await server.database.query('UPDATE sessions SET confirmed_at = 0')
  await page.goto(address(`form?id=${commitment.id}`))
  const for_child = page.getByRole('group', { name: '为哪个孩子填写' }).getByRole('button', { name: turn.name })
  if (commitment.turns.length > 1) await for_child.click()
  await expect(page.getByText(`学生：${turn.name}`)).toBeVisible()
  await expect(page.getByText('监护人：')).toBeVisible()
  const agrees = page.getByRole('button', { name: '我已读完全文，承诺做到以上各条' })
  await page.getByText('原文 SHA-256').scrollIntoViewIfNeeded()
  await expect(agrees).toBeEnabled()
  await is_whole(page)

  await page.getByRole('img', { name: '手写签名' }).scrollIntoViewIfNeeded()
  const box = (await page.getByRole('img', { name: '手写签名' }).boundingBox())!
  await page.mouse.move(box.x + 30, box.y + 30)
  await page.mouse.down()
  await page.mouse.move(box.x + 120, box.y + 60)
  await page.mouse.up()
  await agrees.click()
  await page.getByRole('button', { name: `为 ${turn.name} 签署` }).click()
  await page.getByRole('textbox', { name: '密码' }).fill(password)
  await is_whole(page)
  await page.getByRole('button', { name: `确认身份并为 ${turn.name} 签署` }).click()
  await expect(page.getByText(/已于 .+ 签署/)).toBeVisible()

  const proof = page.context().waitForEvent('response', (answer) => answer.url().endsWith('/proof.pdf'))
  await page.getByRole('button', { name: '查看签署凭证（PDF）' }).click()
  expect((await proof).status()).toBe(200)
  const signed = await teacher.call('GET /forms/{id}/signatures', {
    path: { id: commitment.id },
    query: { is_signed: true },
  })
  const own = signed.items.find(({ student }) => student === turn.student)
  expect(own?.signature).toMatchObject({ student_name: turn.name, way: 'online', has_drawing: true })
})

/** Somebody new asks by class code to be this pupil's carer. */
async function ask_to_join(child_name: string, number: string, name: string, phone_number: string) {
  const class_ = (await teacher.call('GET /session')).acting_as!.organisation.id
  await official.call('POST /students', {
    body: { name: child_name, sex: 'female', student_number: number, class: class_, from: '2026-09-01', carers: [] },
  })
  const { code } = await teacher.call('PUT /classes/{id}/code', { path: { id: class_ }, body: {} })
  await server.visitor().call('POST /joins', {
    body: {
      ...{ code: code!, child_name, last_four: number.slice(-4), relation: 'mother' },
      ...{ name, phone: phone_number, password: family_password },
    },
  })
}
const asking = async (name: string) =>
  (await teacher.call('GET /join-requests')).items.filter(({ person }) => person.name === name).map(({ state }) => state)

test('a class teacher sees on the first page who asks to join, agrees to one and declines another with a reason', async ({
  browser,
}) => {
  await ask_to_join('苏小满', '51016420260000004321', '林晚晴', '13912345678')
  await ask_to_join('苏大雪', '51016420260000004322', '林不识', '13912345679')
  const page = await phone(browser, 'teacher')
  await page.goto(address('home'))
  await page.getByRole('button', { name: /\d+ 人申请加入/ }).click()
  const card = (name: string) => page.getByRole('article').filter({ has: page.getByRole('heading', { name }) })
  await expect(card('林晚晴')).toContainText('苏小满的母亲')
  await is_whole(page)

  await card('林晚晴').getByRole('button', { name: '通过', exact: true }).click()
  await expect(card('林晚晴')).toHaveCount(0)
  await card('林不识').getByRole('button', { name: '不通过' }).click()
  await page.locator('uni-modal').getByRole('textbox').fill('请由孩子的监护人申请')
  await page.locator('uni-modal').getByText('不通过', { exact: true }).click()
  await expect(card('林不识')).toHaveCount(0)

  expect(await asking('林晚晴')).toEqual([])
  const [refused] = (await teacher.call('GET /join-requests', { query: { state: 'refused' } })).items
  expect(refused).toMatchObject({ person: { name: '林不识' }, words: '请由孩子的监护人申请' })
})

test('a class teacher comes from the letter to those who wait and decides several at once', async ({ browser }) => {
  await teacher.call('PUT /inbox/all-reading') // an older letter about it would only be reworded, far down
  await ask_to_join('何立春', '51016420260000004331', '何大山', '13912345681')
  await ask_to_join('何雨水', '51016420260000004332', '何大川', '13912345682')
  await ask_to_join('何惊蛰', '51016420260000004333', '何大河', '13912345683')
  const page = await phone(browser, 'teacher')
  await page.goto(address('messages'))
  const letter = page.getByRole('article').filter({ has: page.getByRole('heading', { name: /：\d+ 人申请加入，等您审核/ }) })
  await expect(letter).toHaveCount(1)
  await letter.getByRole('button', { name: '去看看' }).click()
  await page.getByRole('button', { name: '选择多个，一起处理' }).click()
  await page.getByRole('button', { name: '选择何大山的申请' }).click()
  await page.getByRole('button', { name: '选择何大川的申请' }).click()
  await is_whole(page)

  await page.getByRole('button', { name: '不通过 2 人' }).click()
  await page.locator('uni-modal').getByRole('textbox').fill('请先与我联系')
  await page.locator('uni-modal').getByText('不通过', { exact: true }).click()
  await expect(page.getByRole('heading', { name: '何大山' })).toHaveCount(0)
  await expect(page.getByRole('heading', { name: '何大河' })).toBeVisible()

  expect(await asking('何大河')).toEqual(['waiting'])
  const refused = (await teacher.call('GET /join-requests', { query: { state: 'refused' } })).items
  expect(refused.filter(({ words }) => words === '请先与我联系').map(({ person }) => person.name)).toEqual(['何大川', '何大山'])
})

test('a correction is agreed to on the phone', async ({ browser }) => {
  const child = (await parent.call('GET /session')).children.find(({ class_name }) => class_name)!
  await parent.call('POST /children/{id}/changes', {
    path: { id: child.id },
    body: { changes: [{ field: 'address', wanted: '滨江路 8 号' }] },
  })
  const page = await phone(browser, 'teacher')
  await page.goto(address('home'))
  await page.getByRole('button', { name: /\d+ 份更正待审核/ }).click()
  await expect(page.getByText('滨江路 8 号')).toBeVisible()
  await is_whole(page)

  await page.getByRole('button', { name: '同意 家庭住址' }).first().click()
  await expect(page.getByText('滨江路 8 号')).toHaveCount(0)
})

test('a family finds all that waits for it, and what is done is gone', async ({ browser }) => {
  for (const title of ['春游须知', '校服征订', '体检安排', '家长开放日']) await send(official, { title, ask: 'confirm' })
  const page = await phone(browser, 'parent')
  await page.goto(address('home'))
  const all = page.getByRole('button', { name: /^查看全部 \d+ 件$/ })
  await expect(all).toBeVisible()
  await is_whole(page)
  await all.click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('全部待办')
  await page.getByRole('group', { name: '看哪一类' }).getByRole('button', { name: '通知' }).click()
  const line = page.getByRole('button', { name: /请答复：校服征订/ })
  await expect(line).toBeVisible()
  await is_whole(page)

  await line.click()
  const confirm = page.getByRole('button', { name: '我已知悉' })
  await expect(confirm.first()).toBeVisible()
  for (let left = await confirm.count(); left > 0; --left) {
    await confirm.first().click()
    await expect(confirm).toHaveCount(left - 1)
  }
  await page.goBack()
  await expect(page.getByRole('button', { name: /请答复：春游须知/ })).toBeVisible()
  await expect(line).toHaveCount(0)
})

test('a teacher writes ready answers on the phone, changes them, puts them in order and removes them', async ({ browser }) => {
  await teacher.call('PUT /answer-templates', { body: { items: [] } })
  const page = await phone(browser, 'teacher')
  const kept = async () => (await teacher.call('GET /answer-templates')).items.map(({ title }) => title)
  await page.goto(address('conversations'))
  await page.getByRole('button', { name: '常用回复' }).click()
  for (const [title, body] of [
    ['收到请假', '收到，请保重身体。'],
    ['放学时间', '今天按时放学。'],
  ] as const) {
    await page.getByRole('button', { name: '新增一条' }).click()
    await page.getByRole('textbox', { name: '名称' }).fill(title)
    await page.getByRole('textbox', { name: '回复内容' }).fill(body)
    await page.getByRole('button', { name: '保存' }).click()
    await expect(page.getByRole('heading', { name: title })).toBeVisible()
  }
  await is_whole(page)

  await page.getByRole('button', { name: '上移 放学时间' }).click()
  await expect.poll(kept).toEqual(['放学时间', '收到请假'])
  await page.getByRole('button', { name: '修改常用回复 收到请假' }).click()
  await page.getByRole('textbox', { name: '名称' }).fill('病假')
  await page.getByRole('button', { name: '保存' }).click()
  await expect.poll(kept).toEqual(['放学时间', '病假'])
  await page.getByRole('button', { name: '删除 放学时间' }).click()
  await page.locator('uni-modal').getByText('删除', { exact: true }).click()
  await expect.poll(kept).toEqual(['病假'])
})

test('a teacher answers with a ready answer, marks the conversation as done and hands it to a colleague', async ({ browser }) => {
  const { items } = await teacher.call('GET /conversations', { query: { search: '明天请假' } })
  const id = items[0]!.id
  await teacher.call('PUT /answer-templates', { body: { items: [{ title: '收到', body: '收到，请保重身体。' }] } })
  const page = await phone(browser, 'teacher')
  await page.goto(address(`conversation?id=${id}`))
  await page.getByRole('button', { name: '常用回复' }).click()
  await page.getByRole('button', { name: /收到，请保重身体。/ }).click()
  await expect(page.getByRole('textbox', { name: '写消息' })).toHaveValue('收到，请保重身体。')
  await page.getByRole('button', { name: '发送', exact: true }).click()
  await expect(page.getByRole('log').getByText('收到，请保重身体。').last()).toBeVisible()
  await is_whole(page)

  await page.getByRole('button', { name: '办结' }).click()
  await expect(page.getByRole('button', { name: '重新打开' })).toBeVisible()
  await page.getByRole('button', { name: '交接' }).click()
  const colleagues = (await teacher.call('GET /conversations/{id}/candidates', { path: { id } })).items
  const colleague = colleagues.find(({ side }) => side === 'staff')!
  await is_whole(page)
  await page.getByRole('button', { name: new RegExp(`^${colleague.name}`) }).click()
  await page.locator('uni-modal').getByText('交接', { exact: true }).click()
  await expect(page.getByRole('button', { name: '办结' })).toHaveCount(0)

  expect(await teacher.send('GET', `/api/conversations/${id}`)).toMatchObject({ status: 404 })
})
