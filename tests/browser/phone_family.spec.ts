// A family with three children in two schools, two homes and a grandmother who may only see, on their phones; and a net that goes
// away in the middle of everything.
import { expect, type Browser, type BrowserContext, type Page, type Route } from '@playwright/test'
import type { FormView } from '../../web/packages/api-client/src/index.ts'
import { make_county, type County } from '../harness/county.ts'
import { content, publish_form } from '../harness/forms.ts'
import { make_large_family, type LargeFamily } from '../harness/large_family.ts'
import { send, without_quiet_hours } from '../harness/notices.ts'
import { console_settings, expect_full_marks, expect_no_sideways_scrolling, test } from '../harness/pages.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let family: LargeFamily
let outing: string
let meeting: string
let survey: FormView

test.beforeAll(async () => {
  county = await make_county({ name: 'browser-family', settings: console_settings })
  await without_quiet_hours(county.official)
  family = await make_large_family(county)
  outing = (await send(county.east.leader, { title: '春季研学', ask: 'choice', choices: ['参加', '不参加'] })).id
  meeting = (await send(county.west.leader, { title: '家长会', ask: 'confirm' })).id
  survey = await publish_form(county.east.leader, 'survey', { audience: 'families', content })
})
test.afterAll(() => county?.server.stop())

const address = (page: string) => `${county.server.address}/m/pages/${page}`

interface Habits {
  language?: 'zh-CN' | 'en'
  is_care?: boolean
  is_dark?: boolean
  service_worker?: boolean
}

async function phone_of(browser: Browser, person: Visitor, habits: Habits = {}): Promise<{ context: BrowserContext; page: Page }> {
  const { language = 'zh-CN', is_care = false, is_dark = false, service_worker = false } = habits
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: is_dark ? 'dark' : 'light',
    serviceWorkers: service_worker ? 'allow' : 'block',
  })
  await context.addCookies([{ name: 'concentric_session', value: person.token!, url: county.server.address, httpOnly: true }])
  const page = await context.newPage()
  await page.addInitScript(
    (kept) => localStorage.getItem('preferences') ?? localStorage.setItem('preferences', kept),
    JSON.stringify({ type: 'object', data: { language, is_care } }),
  )
  return { context, page }
}

const subjects = async (leader: Visitor, notice: string) =>
  (await leader.call('GET /notices/{id}/subjects', { path: { id: notice }, query: { standing: 'everybody' } })).items

test('the mother answers for each child, the father sees it, and each home is asked by itself', async ({ browser }) => {
  const { page } = await phone_of(browser, family.mother)
  await page.goto(address('home'))
  await expect(page.getByRole('group', { name: '看谁的、以什么身份看' }).getByRole('button')).toHaveCount(4)
  await page.getByRole('button', { name: /春季研学/ }).click()
  await expect(page.getByRole('heading', { name: /王一诺/ })).toBeVisible()
  await expect(page.getByRole('heading', { name: /王三多/ })).toHaveCount(0) // goes to the other school

  await page.getByRole('group', { name: '您的答复：王一诺 · 1班' }).getByRole('button', { name: '参加', exact: true }).click()
  await page.getByRole('button', { name: '提交答复：王一诺 · 1班' }).click()
  await page.getByRole('group', { name: '您的答复：王二宝 · 1班' }).getByRole('button', { name: '不参加' }).click()
  await page.getByRole('button', { name: '提交答复：王二宝 · 1班' }).click()
  await expect(page.getByText(/^陈兰 · /)).toHaveCount(2)

  const other = await phone_of(browser, family.father)
  await other.page.goto(address(`notice?id=${outing}`))
  await expect(other.page.getByText(/^陈兰 · /)).toHaveCount(2)
  await page.goto(address(`form?id=${survey.id}`))
  await page.getByRole('button', { name: '赞成', exact: true }).click()
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await expect(page.getByText('已提交，谢谢您！').first()).toBeVisible()
  await other.page.goto(address(`form?id=${survey.id}`))
  await expect(other.page.getByRole('button', { name: '提交', exact: true })).toBeVisible() // the other home has yet to say
})

test('the grandmother reads about the child entrusted to her, and is asked for nothing', async ({ browser }) => {
  const { page } = await phone_of(browser, family.grandmother, { is_care: true })
  await page.goto(address(`notice?id=${outing}`))

  await expect(page.getByText('周五出发。')).toBeVisible()
  await expect(page.getByRole('button', { name: /提交答复/ })).toHaveCount(0)
  await page.goto(address(`notice?id=${meeting}`))
  await expect(page.getByRole('alert')).toBeVisible() // the youngest is not hers to know
  await page.goto(address('children'))
  await expect(page.getByRole('button', { name: /王一诺/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /王二宝|王三多/ })).toHaveCount(0)
})

const looks = [
  { language: 'zh-CN', is_care: true, is_dark: false },
  { language: 'en', is_care: false, is_dark: true },
] as const
for (const look of looks)
  test(`what a family is asked can be used by everybody: ${look.language}${look.is_care ? ', large type' : ''}${look.is_dark ? ', dark' : ''}`, async ({
    browser,
  }) => {
    for (const person of [family.mother, family.grandmother]) {
      const { context, page } = await phone_of(browser, person, look)
      const pages = ['home', `notice?id=${outing}`, ...(person === family.mother ? [`form?id=${survey.id}`] : [])]
      for (const name of pages) {
        await page.goto(address(name))
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.getByRole('status', { name: /正在读取|Loading/ })).toHaveCount(0)
        await expect_full_marks(page)
        await expect_no_sideways_scrolling(page)
      }
      await context.close()
    }
  })

test('what was said while the net was away is there once when it is back', async ({ browser }) => {
  const { context, page } = await phone_of(browser, family.father, { service_worker: true })
  const form = await publish_form(county.east.leader, 'survey', { audience: 'families', content, may_change: true })
  const asked = await send(county.east.leader, { title: '午餐意见', ask: 'yes_no' })
  await page.goto(address('home'))
  await page.evaluate(() => navigator.serviceWorker.ready.then((worker) => worker.active?.state))
  // The server hears of the reading, and its answer is lost on the way.
  const lose_answer = async (route: Route) => {
    await route.fetch()
    await route.abort()
  }
  await context.route(`**/own-notices/${asked.id}/reading`, lose_answer, { times: 1 })
  const lost = context.waitForEvent('requestfailed', (request) => request.url().endsWith('/reading'))
  await page.goto(address(`notice?id=${asked.id}`))
  await expect(page.getByRole('button', { name: '提交答复：王一诺 · 1班' })).toBeVisible()
  await lost
  await context.setOffline(true)
  await page.getByRole('group', { name: '您的答复：王一诺 · 1班' }).getByRole('button', { name: '是', exact: true }).click()
  await page.getByRole('button', { name: '提交答复：王一诺 · 1班' }).click()
  await expect(page.getByText('待提交：是')).toBeVisible()
  await page.reload()
  await expect(page.getByText('待提交：是')).toBeVisible()

  await context.setOffline(false)
  await expect(page.getByText('待提交：是')).toBeHidden()
  await expect(page.getByText(/^王刚 · /)).toHaveCount(1)
  const eldest = (await subjects(county.east.leader, asked.id)).filter(({ person }) => person.id === family.children[0]!.id)
  expect(eldest).toMatchObject([{ answer: 'yes', done_by: '王刚', read_by: '王刚' }])

  await page.goto(address(`form?id=${form.id}`))
  await expect(page.getByRole('button', { name: '不赞成' })).toBeVisible()
  await context.setOffline(true)
  await page.getByRole('button', { name: '不赞成' }).click()
  await page.getByLabel(/为什么/).fill('太早了')
  await expect(page.getByText('已为您保存，可以稍后继续。')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel(/为什么/)).toHaveValue('太早了')
  await context.setOffline(false)
  const draft = async () =>
    (await family.father.call('GET /own-forms/{id}', { path: { id: form.id } })).answers.items.find(
      ({ question }) => question === 'q2',
    )?.text
  await page.getByLabel(/为什么/).fill('太早了。')
  await expect.poll(draft).toBe('太早了。')

  await context.setOffline(true)
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await expect(page.getByRole('status').filter({ hasText: '联网后自动提交' })).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByRole('status').filter({ hasText: '已提交' })).toBeVisible()
  const results = await county.east.leader.call('GET /forms/{id}/results', { path: { id: form.id } })
  expect(results.answered).toBe(1)
  expect(results.questions.find(({ key }) => key === 'q2')!.texts).toEqual(['太早了。'])
})
