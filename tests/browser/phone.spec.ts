// The phone app at /m/: a mother comes in, switches between her children, learns, loses the net, and reads in large type.
import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { gzipSync } from 'node:zlib'
import {
  demo_password as password,
  expect_accessible,
  expect_full_marks,
  expect_no_sideways_scrolling,
  test,
} from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { type Server } from '../harness/server.ts'
import type { Visitor } from '../harness/visitor.ts'

const own_password = 'Apricot-rain-2026'
let server: Server
let official: Visitor
let teacher: Visitor

test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-phone' })
  official = await server.log_in('official', password)
  teacher = await server.log_in('teacher', password)
})
test.afterAll(() => server?.stop())

const address = (page: string) => `${server.address}/m/pages/${page}`

interface Phone {
  context: BrowserContext
  page: Page
}

async function phone(browser: Browser, user?: string, service_worker = false): Promise<Phone> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    serviceWorkers: service_worker ? 'allow' : 'block',
  })
  const page = await context.newPage()
  if (user) {
    const answer = await page.request.post(`${server.address}/api/sessions`, {
      data: { name: user, password },
      headers: { origin: server.address },
    })
    expect(answer.status()).toBe(201)
  }
  return { context, page }
}

/** A new pupil of the class in which this person teaches. */
async function add_pupil(by: Visitor, name: string, number: string) {
  const class_ = (await by.call('GET /session')).acting_as!.organisation.id
  const pupil = await official.call('POST /students', {
    body: { name, sex: 'female', student_number: number, class: class_, from: '2026-09-01', carers: [] },
  })
  return { id: pupil.id, class: class_ }
}

async function class_code(class_: string): Promise<string> {
  return (await teacher.call('PUT /classes/{id}/code', { path: { id: class_ }, body: {} })).code!
}

async function approve_all(child_name: string) {
  const class_ = (await teacher.call('GET /session')).acting_as!.organisation.id
  const { items } = await teacher.call('GET /join-requests', { query: { organisation: class_ } })
  const request = items.find(({ child, state }) => child.name === child_name && state === 'waiting')!
  await teacher.call('POST /join-decisions', { body: { requests: [request.id], decision: 'approve' } })
}

test('a mother joins by class code in well under a minute, and sees her child once the teacher agrees', async ({ browser }) => {
  const pupil = await add_pupil(teacher, '苏小满', '51016420260000004321')
  const code = await class_code(pupil.class)
  const { page } = await phone(browser)
  const begun = Date.now()

  await page.goto(`${server.address}/m/join#${code}`)
  await page.getByLabel('孩子的姓名').fill('苏小满')
  await expect_accessible(page)
  await page.getByLabel('孩子身份证号或学籍号的后四位').fill('4321')
  await page.getByRole('button', { name: '母亲' }).click()
  await page.getByLabel('您的姓名').fill('林晚晴')
  await page.getByLabel('手机号').fill('13912345678')
  await page.getByLabel('设置登录密码').fill(own_password)
  await page.getByRole('button', { name: '提交' }).click()
  await expect(page.getByRole('heading', { name: '申请已提交' })).toBeVisible()
  expect(Date.now() - begun).toBeLessThan(60_000)
  await approve_all('苏小满')

  await page.getByRole('button', { name: '进入首页' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('林晚晴')
  await page.goto(address('children'))
  await expect(page.getByRole('button', { name: /苏小满/ })).toBeVisible()
})

test('a wrong proof is told and lets nobody in', async ({ browser }) => {
  const class_ = (await teacher.call('GET /session')).acting_as!.organisation.id
  const code = await class_code(class_)
  const { page } = await phone(browser)

  await page.goto(`${server.address}/m/join#${code}`)
  await page.getByLabel('孩子的姓名').fill('查无此人')
  await page.getByLabel('孩子身份证号或学籍号的后四位').fill('0000')
  await page.getByLabel('您的姓名').fill('某某')
  await page.getByLabel('手机号').fill('13912345670')
  await page.getByLabel('设置登录密码').fill(own_password)
  await page.getByRole('button', { name: '提交' }).click()

  await expect(page.getByText(/核对|不一致|不符|没有/).first()).toBeVisible()
  await expect(page.getByRole('heading', { name: '申请已提交' })).toHaveCount(0)
})

test('a mother of three children in two schools turns from one to the other with one tap', async ({ browser }) => {
  const pupil = await add_pupil(teacher, '苏三宝', '51016420260000008765')
  const code = await class_code(pupil.class)
  const { page } = await phone(browser, 'parent')
  await page.goto(address('children'))
  await page.getByRole('button', { name: '用班级码添加孩子' }).click()
  await page.getByLabel('班级码或邀请码').fill(code)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByLabel('孩子的姓名').fill('苏三宝')
  await page.getByLabel('孩子身份证号或学籍号的后四位').fill('8765')
  await page.getByRole('button', { name: '提交' }).click()
  await expect(page.getByRole('heading', { name: '申请已提交' })).toBeVisible()
  await approve_all('苏三宝')

  await page.goto(address('home'))
  const who = page.getByRole('group', { name: '看谁的、以什么身份看' })
  await expect(who.getByRole('button')).toHaveCount(4) // the family and three children
  await expect(who.getByRole('button', { name: '全家' })).toHaveAttribute('aria-pressed', 'true')
  const names = await who.getByRole('button').allInnerTexts()
  expect(new Set(names.slice(1).map((name) => name.split('\n')[1]!.replace(/[^小学幼儿园]*$/, ''))).size).toBeGreaterThan(1)
  await expect(page.getByText('文明路口劝导')).toBeVisible()

  const youngest = who.getByRole('button', { name: /幼儿园/ })
  await youngest.click()
  await expect(youngest).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByText('文明路口劝导')).toBeHidden() // the brother serves there

  await page.reload()
  await expect(who.getByRole('button', { name: /幼儿园/ })).toHaveAttribute('aria-pressed', 'true')
})

test('a teacher turns to a post and sees what they run', async ({ browser }) => {
  const { page } = await phone(browser, 'teacher')

  await page.goto(address('home'))

  await expect(page.getByRole('heading', { name: '我负责的活动' })).toBeVisible()
  await expect_accessible(page)
})

test('a lesson that is really read counts, and stands as done', async ({ browser }) => {
  const { page } = await phone(browser, 'parent')
  await page.goto(address('learning'))
  await page.getByRole('button', { name: /隔代带娃/ }).click()
  await page.getByRole('button', { name: /先和孩子的父母说好/ }).click()

  await expect(page.getByText('三件事说在前面')).toBeVisible()
  await expect(page.getByText('页面在眼前时计入阅读时间。')).toBeVisible()
  await expect(page.getByText(/已学 (0|1?\d)%/)).toBeVisible()
  await expect(page.getByText(/已学 ([3-9]\d|\d{2})%|本课时已完成/)).toBeVisible({ timeout: 40_000 })
  await expect_accessible(page)
})

test('a film plays, and leaping to its end earns nothing', async ({ browser }) => {
  const { page } = await phone(browser, 'parent')
  await page.goto(address('learning'))
  await page.getByRole('button', { name: /入学前，先把焦虑放下/ }).click()
  await page
    .getByRole('button', { name: /视频|音频/ })
    .first()
    .click()
  const film = page.locator('video')
  const do_to = (act: (video: HTMLVideoElement) => unknown) => film.evaluate(act as (video: HTMLElement | SVGElement) => unknown)
  await expect.poll(() => do_to((video) => video.readyState)).toBeGreaterThan(1)

  await do_to((video) => video.play())
  await do_to((video) => (video.currentTime = video.duration - 0.3))
  await expect.poll(() => do_to((video) => video.ended)).toBe(true)
  await page.waitForTimeout(1_500)

  await expect(page.getByText(/已学 \d%/)).toBeVisible() // less than a tenth
  await expect(page.getByText('本课时已完成')).toHaveCount(0)
  await expect_accessible(page)
})

test('a place at an event is taken and given back', async ({ browser }) => {
  const { page } = await phone(browser, 'parent')
  await page.goto(address('activities'))
  await page.getByRole('button', { name: /作业不催也能写完/ }).click()

  await page.getByRole('button', { name: '报名', exact: true }).click()
  await expect(page.getByRole('status').filter({ hasText: '已报名' })).toBeVisible()
  await page.getByRole('button', { name: '取消报名' }).click()
  await page.locator('.uni-modal__btn_primary').click()

  await expect(page.getByRole('button', { name: '报名', exact: true })).toBeVisible()
})

test('without a net the app opens with what was last seen, and what was read is told once it is back', async ({ browser }) => {
  const { context, page } = await phone(browser, 'grandmother', true)
  await page.goto(address('home'))
  await page.evaluate(() => navigator.serviceWorker.ready.then((worker) => worker.active?.state))
  await expect(page.getByRole('heading', { level: 1 })).toContainText('周桂英')
  await page.getByRole('button', { name: /消息/ }).click()
  await expect(page.getByRole('button', { name: '全部已读' })).toBeVisible()
  const unread = async () => (await (await page.request.get(`${server.address}/api/inbox/unread`)).json()).unread as number
  expect(await unread()).toBeGreaterThan(0)

  await context.setOffline(true)
  await page.reload()
  await expect(page.getByText(/没有网络，显示的是.*看到的内容/)).toBeVisible()
  await page.getByRole('button', { name: '全部已读' }).click()
  await expect(page.getByRole('button', { name: '全部已读' })).toBeHidden()
  await page.getByRole('button', { name: '首页' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('周桂英')
  await expect_accessible(page)

  await context.setOffline(false)
  await expect.poll(unread).toBe(0)
  await page.getByRole('button', { name: '活动', exact: true }).click()
  await expect(page.getByText(/没有网络/)).toBeHidden()
})

// A look at every page takes a minute: between them, the two have both languages and both sizes of type.
for (const { language, is_care } of [
  { language: 'zh-CN', is_care: false },
  { language: 'en', is_care: true },
])
  test(`every page is accessible: ${language}, ${is_care ? 'large type' : 'usual type'}`, async ({ browser }) => {
    test.setTimeout(240_000)
    const { page } = await phone(browser, 'parent')
    const ids = await page.request.get(`${server.address}/api/own-activities`).then((answer) => answer.json())
    const course = (await (await page.request.get(`${server.address}/api/own-learning`)).json()).items[0].id
    const child = (await (await page.request.get(`${server.address}/api/children`)).json()).items[0].id
    await page.addInitScript((kept) => localStorage.setItem('preferences', JSON.stringify({ type: 'object', data: kept })), {
      language,
      is_care,
    })
    const tabs = ['home', 'learning', 'activities', 'messages', 'me']
    const others = ['standing', 'points', 'certificates', 'children', 'consents', 'devices', 'password', 'join']
    const single = [`activity?id=${ids.coming[0].id}`, `course?id=${course}`, `child?id=${child}`]

    for (const name of [...tabs, ...others, ...single]) {
      await page.goto(address(name))
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.getByRole('status', { name: /正在读取|Loading/ })).toHaveCount(0)
      await expect_full_marks(page)
      await expect_no_sideways_scrolling(page)
      if (language === 'en') await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(/^(首页|学习|活动|消息|我的)/)
    }
  })

test('large type is larger, is kept, and reads the page aloud', async ({ browser }) => {
  const { page } = await phone(browser, 'grandmother')
  await page.goto(address('me'))
  const size = () => page.getByText('语言').evaluate((element) => parseFloat(getComputedStyle(element).fontSize))
  const before = await size()

  await page.getByRole('button', { name: /关怀版/ }).click()

  expect(await size()).toBeGreaterThanOrEqual(before * 1.25)
  await expect(page.getByRole('button', { name: '朗读', exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: /关怀版/ })).toHaveAttribute('aria-pressed', 'true')
  const targets = await page.getByRole('button').evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height))
  expect(Math.min(...targets)).toBeGreaterThanOrEqual(52)
})

test('a certificate becomes a picture to share', async ({ browser }) => {
  const { page } = await phone(browser, 'parent')
  await page.goto(address('certificates'))

  await page.getByRole('button', { name: '分享图片' }).first().click()

  const picture = page.getByRole('img', { name: /分享图片/ })
  await expect(picture).toBeVisible()
  expect(await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(750)
})

test('certificates are switched from one’s own to those of a child', async ({ browser }) => {
  const { page } = await phone(browser, 'parent')
  const [child] = (await (await page.request.get(`${server.address}/api/children`)).json()).items
  await page.goto(address('certificates'))
  await expect(page.getByRole('button', { name: '分享图片' }).first()).toBeVisible()

  await page.getByRole('button', { name: child.name }).click()

  await expect(page.getByText('孩子达到方案规定的要求后，证书就会出现在这里。')).toBeVisible()
  await expect(page.getByRole('button', { name: '分享图片' })).toHaveCount(0)
})

test('logging out leaves nothing of the person on the phone', async ({ browser }) => {
  const { page } = await phone(browser, 'parent')
  await page.goto(address('home'))
  await expect(page.getByText('接下来')).toBeVisible()
  await page.getByRole('button', { name: '我的' }).click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.locator('.uni-modal__btn_primary').click()

  await expect(page.getByLabel('用户名或手机号')).toBeVisible()
  const kept = await page.evaluate(() => Object.keys(localStorage))
  expect(kept.filter((name) => name !== 'preferences' && !name.includes('log-in-methods') && name !== 'seen')).toEqual([])
})

test('the first view weighs less than 150 kB and is there soon on a slow line', async ({ browser }) => {
  const { context, page } = await phone(browser)
  const bodies: Promise<number>[] = []
  page.on('response', (answer) => {
    const own = answer.body().then((body) => (answer.url().endsWith('.png') ? body.length : gzipSync(body).length))
    bodies.push(own.catch(() => 0))
  })
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  // "Slow 3G" of Lighthouse: 400 kbit/s, 400 ms there and back.
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: 50_000,
    uploadThroughput: 50_000,
  })

  const begun = Date.now()
  await page.goto(`${server.address}/m/`, { waitUntil: 'commit' })
  await expect(page.getByLabel('用户名或手机号')).toBeVisible()
  const waited = Date.now() - begun

  const weight = (await Promise.all(bodies)).reduce((sum, each) => sum + each, 0)
  console.log(`first view: ${weight} bytes gzip, ${waited} ms on slow 3G`)
  expect(weight).toBeLessThan(150_000)
  expect(waited).toBeLessThan(5_000)
})

test('an address that leads nowhere opens the first page', async ({ browser }) => {
  const { page } = await phone(browser, 'parent')
  await page.goto(address('nowhere'))
  await expect(page.getByText(/好，/).first()).toBeVisible()
  await expect(page).toHaveURL(`${server.address}/m/`)
})
