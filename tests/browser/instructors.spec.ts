// Somebody with a new certificate joins a group and offers a lecture; a principal books it, and who was there rates it.
import { expect, type Page } from '@playwright/test'
import { choose, expect_accessible, expect_no_sideways_scrolling, fill_drawer, pages_of, test } from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { type Server } from '../harness/server.ts'

let server: Server
test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-instructors' })
})
test.afterAll(() => server?.stop())
test.use({ actionTimeout: 15_000 })
test.setTimeout(240_000)

const phone = { width: 390, height: 844 }
const as = pages_of(() => server)
async function send(page: Page, method: 'post' | 'put', path: string, data: unknown) {
  const answer = await page.request[method](`${server.address}/api${path}`, { data, headers: { origin: server.address } })
  expect(answer.ok(), await answer.text()).toBe(true)
  return answer.json()
}
const me = async (page: Page) => (await (await page.request.get(`${server.address}/api/session`)).json()).person.id as string

/** Once its toasts are gone: their colours are the library's. */
async function expect_whole(page: Page): Promise<void> {
  await expect(page.locator('.el-message')).toHaveCount(0)
  await expect_accessible(page)
}
async function give_reason(page: Page, title: string, reason: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title })
  await dialog.getByRole('textbox').fill(reason)
  await dialog.getByRole('button', { name: title, exact: true }).click()
  await expect(dialog).toBeHidden()
}

test('from the certificate to the rating', async ({ browser }) => {
  const official = await as(browser, 'official')
  const guide = await as(browser, 'museum')
  const holder = await me(guide)
  await send(official, 'post', '/entries', {
    kind: 'training.completed',
    happened_at: new Date().toISOString(),
    person: holder,
  })
  const { items } = await (await official.request.get(`${server.address}/api/credentials`)).json()
  const { plan, credential } = items.find((one: { credential: string }) => one.credential === 'instructor-teacher')
  await guide.goto(`${server.address}/my-teaching`)
  await expect(guide.getByText('还没有家庭教育指导师证书')).toBeVisible()
  await send(official, 'post', '/certificates', { plan, credential, holders: [holder] })

  await guide.reload()
  await guide.getByRole('button', { name: '申请加入名优教师团' }).click()
  await fill_drawer(
    guide,
    '申请加入名优教师团',
    (drawer) => drawer.getByLabel('申请理由').fill('博物馆教育十年，带过两百场亲子活动。'),
    '申请加入',
  )
  await official.goto(`${server.address}/instructors?tab=applied`)
  await expect_whole(official)
  await official.locator('section', { hasText: '博物馆教育十年' }).getByRole('button', { name: '通过', exact: true }).click()
  await give_reason(official, '通过', '材料齐全')

  await guide.goto(`${server.address}/my-teaching?tab=items`)
  await guide.getByRole('button', { name: '新增项目' }).click()
  await fill_drawer(guide, '新增项目', async (drawer) => {
    await drawer.getByLabel('项目名称').fill('带着孩子逛博物馆')
    await choose(guide, drawer.getByRole('combobox', { name: '主题' }), '亲子关系')
    await guide.keyboard.press('Escape')
  })
  await expect(guide.getByText('待审核')).toBeVisible()
  await expect_whole(guide)
  await official.goto(`${server.address}/instructors?tab=waiting`)
  await official.locator('section', { hasText: '带着孩子逛博物馆' }).getByRole('button', { name: '通过', exact: true }).click()
  await expect(official.getByText('带着孩子逛博物馆')).toHaveCount(0)

  const principal = await as(browser, 'principal')
  await principal.goto(`${server.address}/training-menu`)
  await expect_whole(principal)
  await principal.getByRole('link', { name: /带着孩子逛博物馆/ }).click()
  await expect_whole(principal)
  await principal.getByRole('button', { name: '预约', exact: true }).click()
  await fill_drawer(principal, '预约“带着孩子逛博物馆”', (drawer) => drawer.getByLabel('地点').fill('报告厅'), '发出预约')
  await expect(principal.getByText('待答复')).toBeVisible()
  const booking = principal.url().split('/').pop()!

  await guide.goto(`${server.address}/my-teaching?tab=requests`)
  await guide.getByRole('link', { name: '带着孩子逛博物馆' }).click()
  await guide.getByRole('button', { name: /^接受/ }).click()
  await fill_drawer(guide, '接受', () => Promise.resolve(), '接受')
  await expect(guide.getByText('已接受')).toBeVisible()
  await expect_whole(guide)

  // It is held today after all; the mother was there.
  await principal.reload()
  await principal.getByRole('link', { name: '查看活动' }).click()
  await principal.waitForURL(/activities/)
  const event = principal.url().split('/').pop()!
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const moved = await principal.request.patch(`${server.address}/api/activities/${event}`, {
    data: { starts_at: `${today}T00:00:00+08:00`, ends_at: `${today}T23:59:00+08:00` },
    headers: { origin: server.address },
  })
  expect(moved.status(), await moved.text()).toBe(200)
  const mother = await as(browser, 'parent', phone)
  await send(principal, 'put', `/activities/${event}/attendance`, { people: [await me(mother)], is_present: true })
  await guide.goto(`${server.address}/activities/${event}`)
  await guide.getByRole('button', { name: '结束并登记' }).click()
  await guide
    .locator('.el-popconfirm')
    .getByRole('button', { name: /确认|确定/ })
    .click()
  await expect(guide.getByText(/1 人参加/)).toBeVisible()

  await mother.goto(`${server.address}/bookings?side=attended`)
  await expect_no_sideways_scrolling(mother)
  await mother.getByRole('link', { name: '带着孩子逛博物馆' }).click()
  await mother.getByText('5 分', { exact: true }).click()
  await mother.getByLabel('想说的话').fill('孩子还想再去')
  await mother.getByRole('button', { name: '提交评价' }).click()
  await expect_no_sideways_scrolling(mother)
  await expect_whole(mother)
  const seen = await (await official.request.get(`${server.address}/api/instructor-ratings`)).json()
  expect(seen.items.find((one: { booking: string }) => one.booking === booking)).toMatchObject({ stars: 5, words: '孩子还想再去' })
  await guide.goto(`${server.address}/my-teaching`)
  await expect(guide.getByText('评价不足 3 条').first()).toBeVisible()
})

test('a mother books a consultation on her phone', async ({ browser }) => {
  const mother = await as(browser, 'parent', phone)
  await mother.goto(`${server.address}/training-menu?form=consultation`)
  await expect_no_sideways_scrolling(mother)
  await expect_whole(mother)
  await mother.getByRole('link', { name: /和青春期的孩子说话/ }).click()
  await expect_no_sideways_scrolling(mother)
  await expect_whole(mother)
  await mother.getByRole('button', { name: '预约', exact: true }).click()
  await fill_drawer(
    mother,
    '预约“和青春期的孩子说话”',
    (drawer) => drawer.getByLabel('给讲师的话').fill('他最近不太说话'),
    '发出预约',
  )
  await expect(mother.getByText('待答复')).toBeVisible()
  await expect(mother.getByText('他最近不太说话')).toBeVisible()
  await expect_no_sideways_scrolling(mother)
})
