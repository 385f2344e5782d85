// Conversations: a mother writes on her phone while the net goes, the teacher answers at the message desk, and the principal looks at a report.
import { expect, test, type Browser, type Page } from '@playwright/test'
import { without_quiet_hours } from '../harness/notices.ts'
import { enter, expect_accessible, expect_no_sideways_scrolling } from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { type Server } from '../harness/server.ts'
import type { Visitor } from '../harness/visitor.ts'

const password = 'tongxin-shu-2026'
const subject = '明天请假'
let server: Server
let parent: Visitor

test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-conversations' })
  await without_quiet_hours(await server.log_in('official', password))
  parent = await server.log_in('parent', password)
  const teacher = await server.log_in('teacher', password)
  await teacher.call('PUT /own-office-hours', { body: { days: [1, 2, 3, 4, 5, 6, 7], from: 0, until: 1439, answer: '' } })
})
test.afterAll(() => server?.stop())

async function screen(browser: Browser, user: string, is_phone: boolean): Promise<Page> {
  const context = await browser.newContext({
    viewport: is_phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    hasTouch: is_phone,
    isMobile: is_phone,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    serviceWorkers: 'block',
  })
  const page = await context.newPage()
  await enter(page, server, user, password)
  return page
}

async function conversation(): Promise<string> {
  const { items } = await parent.call('GET /conversations', { query: { search: subject } })
  return items[0]!.id
}

const log = (page: Page) => page.getByRole('log', { name: subject })

/** The next message reaches the server, its answer is lost on the way back, and nothing else comes through. */
async function cut_the_line(page: Page) {
  await page.route('**/api/**', async (route) => {
    if (route.request().method() === 'PUT') await route.fetch()
    await route.abort('internetdisconnected')
  })
}

test('a message that was cut off in the middle is there once, and is answered at the desk', async ({ browser }) => {
  const id = await conversation()
  const phone = await screen(browser, 'parent', true)
  await phone.goto(`${server.address}/m/pages/conversation?id=${id}`)
  const field = phone.getByRole('textbox', { name: '写消息' })
  await expect(field).toBeVisible()
  await cut_the_line(phone)

  await field.fill('烧退了，明天还是请假')
  await phone.getByRole('button', { name: '发送', exact: true }).click()
  await expect(log(phone).getByText('等待发送')).toBeVisible()
  await phone.unrouteAll({ behavior: 'wait' }) // it may be trying again just now
  await phone.reload()

  await expect(log(phone).getByText('烧退了，明天还是请假')).toHaveCount(1)
  await expect(log(phone).getByText('等待发送')).toHaveCount(0)
  const written = await parent.call('GET /conversations/{id}/messages', { path: { id } })
  expect(written.items.filter(({ body }) => body === '烧退了，明天还是请假')).toHaveLength(1)
  await expect_accessible(phone)
  await expect_no_sideways_scrolling(phone)

  const desk = await screen(browser, 'teacher', false)
  await desk.goto(`${server.address}/conversations?box=unanswered`)
  await desk.getByRole('button', { name: new RegExp(subject) }).click()
  await expect(log(desk).getByText('烧退了，明天还是请假')).toBeVisible()
  await desk.getByRole('textbox', { name: /^写消息/ }).fill('好的，已登记请假。')
  await desk.getByRole('button', { name: '发送', exact: true }).click()
  await expect(log(phone).getByText('好的，已登记请假。')).toBeVisible() // without looking again
  await desk.getByRole('button', { name: '办结' }).click()
  await expect(desk.getByRole('button', { name: '重新打开' })).toBeVisible()
  await expect_accessible(desk)
})

test('a telephone number is warned about before it is sent', async ({ browser }) => {
  const phone = await screen(browser, 'parent', true)
  await phone.goto(`${server.address}/m/pages/conversation?id=${await conversation()}`)

  await phone.getByRole('textbox', { name: '写消息' }).fill('我的电话 139 1234 5678')
  await phone.getByRole('button', { name: '发送', exact: true }).click()
  await expect(phone.getByRole('alert').filter({ hasText: '手机号' })).toBeVisible()
  await phone.getByRole('button', { name: '修改' }).click()

  await expect(phone.getByRole('textbox', { name: '写消息' })).toHaveValue('我的电话 139 1234 5678')
  await expect(phone.getByRole('alert')).toHaveCount(0)
})

test('what was begun stays on the phone, and a new conversation goes to the class teacher', async ({ browser }) => {
  const phone = await screen(browser, 'parent', true)
  await phone.goto(`${server.address}/m/pages/messages`)
  await phone.getByRole('button', { name: /^家校沟通 和老师/ }).click()
  await phone.getByRole('button', { name: '发起沟通' }).click()
  await expect(phone.getByRole('button', { name: /班主任/, pressed: true })).toBeVisible()
  await phone.getByLabel('主题').fill('想参加合唱团')
  await phone.getByLabel('内容').fill('需要什么准备？')
  await phone.reload()
  await expect(phone.getByLabel('内容')).toHaveValue('需要什么准备？')
  await expect_accessible(phone)

  await phone.getByRole('button', { name: '发送', exact: true }).click()

  await expect(phone.getByRole('log', { name: '想参加合唱团' }).getByText('需要什么准备？')).toBeVisible()
  const { items } = await (await server.log_in('teacher', password)).call('GET /conversations', { query: { search: '合唱团' } })
  expect(items).toHaveLength(1)
})

test('the principal works on a report, and those in the conversation see that it was read', async ({ browser }) => {
  const principal = await screen(browser, 'principal', false)
  await principal.goto(`${server.address}/conversation-reports`)
  await expect(principal.getByRole('heading', { name: '答复情况' })).toBeVisible()
  await principal.getByRole('link', { name: /言语威胁/ }).click()
  await expect(principal.getByText('为什么又换座位')).toBeVisible()
  await expect_accessible(principal)

  await principal.getByRole('textbox', { name: '处理结果' }).fill('已与家长面谈，座位按期轮换。')
  await principal.getByRole('button', { name: '处理完毕' }).click()
  await expect(principal.getByText('已处理', { exact: true })).toBeVisible()

  const desk = await screen(browser, 'teacher', false)
  await desk.goto(`${server.address}/conversations?search=座位`)
  await desk.getByRole('button', { name: /座位/ }).first().click()
  await expect(desk.getByText(/因收到举报查看了本对话/)).toBeVisible()
})
