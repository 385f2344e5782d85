// A duty from the roster to the obligation: a school lays it, a parent comes in on the phone, scans in and out, and the points move.
import { expect, test, type Browser, type Page } from '@playwright/test'
import { start_demo } from '../harness/demo.ts'
import { enter, expect_accessible, expect_no_sideways_scrolling, fill_drawer } from '../harness/pages.ts'
import { type Server } from '../harness/server.ts'

const password = 'tongxin-shu-2026'
let server: Server
test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-rosters' })
})
test.afterAll(() => server?.stop())
test.use({ actionTimeout: 20_000 })
test.setTimeout(420_000)

async function as(browser: Browser, user: string, viewport = { width: 1440, height: 900 }): Promise<Page> {
  const page = await (await browser.newContext({ viewport, locale: 'zh-CN' })).newPage()
  await enter(page, server, user, password)
  return page
}
const phone = { width: 390, height: 844 }
const there = (minutes: number) => new Date(Date.now() + 8 * 3_600_000 + minutes * 60_000)
const clock = (minutes: number) => there(minutes).toISOString().slice(11, 16)
const today = () => there(0).toISOString().slice(0, 10)
const ask = async (page: Page, path: string) => (await page.request.get(`${server.address}/api${path}`)).json()
const hours_of = async (page: Page) => (await ask(page, '/own-volunteer-record')) as { minutes: number; services: number }

test('a duty from the roster to the ledger', async ({ browser }) => {
  test.skip(clock(0) > '22:30', 'the turn would lie on two days')
  const principal = await as(browser, 'principal')
  const parent = await as(browser, 'parent', phone)
  const before = await hours_of(parent)

  await test.step('the school begins a roster for every day of the week', async () => {
    await principal.goto(`${server.address}/rosters`)
    await expect(principal.getByRole('link', { name: '本学期护学岗' })).toBeVisible()
    await expect_accessible(principal)
    await principal.getByRole('button', { name: '新建执勤安排' }).click()
    await fill_drawer(
      principal,
      '新建执勤安排',
      async (drawer) => {
        await drawer.getByLabel('名称').fill('考试周护学岗')
        await drawer.getByPlaceholder('早高峰·校门口').fill('考场门口')
        for (const day of ['周六', '周日']) await drawer.getByText(day, { exact: true }).click()
        await drawer.getByPlaceholder('开始日期').fill(today())
        await drawer.getByPlaceholder('结束日期').fill(
          there(14 * 1440)
            .toISOString()
            .slice(0, 10),
        )
        await drawer.getByPlaceholder('结束日期').press('Enter')
        await drawer.getByLabel('开始', { exact: true }).fill(clock(3))
        await drawer.getByLabel('结束', { exact: true }).fill(clock(63))
      },
      '新建执勤安排',
    )
    await expect(principal.getByRole('heading', { name: '考试周护学岗' })).toBeVisible()
  })

  await test.step('a parent comes in on the phone', async () => {
    await parent.goto(`${server.address}/my-duties`)
    const card = parent.locator('article', { hasText: '考试周护学岗' }).last()
    await card.getByRole('button', { name: '自愿报名' }).click()
    await fill_drawer(parent, '考试周护学岗', async () => {}, '自愿报名')
    await expect(card.getByRole('button', { name: '退出' })).toBeVisible()
    await expect_no_sideways_scrolling(parent)
    await expect_accessible(parent)
  })

  await test.step('turns are shared out, gaps are marked, and all is told', async () => {
    await principal.reload()
    await principal.getByRole('button', { name: '排班' }).click()
    await expect(principal.getByText(/共 \d+ 次，缺 \d+ 次/)).toBeVisible()
    await principal.getByRole('button', { name: '公布并通知' }).click()
    await expect(principal.getByText('已公布', { exact: false }).first()).toBeVisible()
    await expect(principal.locator('.turn.gap').first()).toBeVisible()
    await expect_accessible(principal)
  })

  await test.step('the parent scans in, serves, and scans out', async () => {
    await principal.getByRole('tab', { name: '岗位' }).click()
    await principal.getByRole('button', { name: '出示签到码' }).click()
    const code = async () => (await principal.locator('[data-code]').textContent())!.trim()
    await parent.reload()
    const turn = parent.locator('article.shift', { hasText: '考场门口' }).first()
    await expect(turn.getByText(/\d\d:\d\d–\d\d:\d\d/)).toBeVisible()
    await expect(parent.getByText('NaN')).toHaveCount(0)
    await turn.getByLabel('签到码').fill(await code())
    await turn.getByRole('button', { name: '到岗' }).click()
    await expect(turn.getByRole('button', { name: '离岗' })).toBeVisible()
    // As if a quarter of an hour had passed since.
    await server.database.execute(
      "UPDATE roster_shifts SET starts_at = starts_at - 1200000, arrived_at = arrived_at - 900000 WHERE state = 'present'",
    )
    await turn.getByLabel('签到码').fill(await code())
    await turn.getByRole('button', { name: '离岗' }).click()
    await expect(parent.getByText('已离岗，时长已记入台账。')).toBeVisible()
  })

  await test.step('record and points moved by themselves', async () => {
    const after = await hours_of(parent)
    expect(after.services).toBe(before.services + 1)
    expect(after.minutes).toBe(before.minutes + 15)
    const { lines } = await ask(parent, '/own-volunteer-record')
    const standing = await ask(parent, '/own-entries?limit=5')
    expect(standing.items.map(({ id }: { id: string }) => id)).toContain(
      lines.find(({ name }: { name: string }) => name === '考试周护学岗').entry,
    )
    await parent.goto(`${server.address}/my-volunteering`)
    await expect(parent.getByText('考试周护学岗').first()).toBeVisible()
    await expect_accessible(parent)
    await expect_no_sideways_scrolling(parent)
  })
})

test('hours entered by hand count when a second person has signed', async ({ browser }) => {
  const principal = await as(browser, 'principal')
  const teacher = await as(browser, 'teacher')
  await principal.goto(`${server.address}/rosters`)
  await principal.getByRole('link', { name: '本学期护学岗' }).click()
  await principal.getByRole('heading', { name: '本学期护学岗' }).waitFor()
  const id = principal.url().split('/').at(-1)!.split('?')[0]!
  const { posts } = await ask(principal, `/rosters/${id}`)
  expect(posts.length).toBe(3)
  const days = `from=${there(-29 * 1440)
    .toISOString()
    .slice(0, 10)}&to=${today()}`
  const claimed = (await ask(principal, `/rosters/${id}/shifts?${days}`)).items.find(
    ({ state }: { state: string }) => state === 'claimed',
  )
  const volunteer = `/volunteers/${claimed.person.id}`
  const minutes = async () => ((await ask(principal, volunteer)) as { minutes: number }).minutes
  const before = await minutes()

  await teacher.goto(`${server.address}/rosters/${id}`)
  const label = new RegExp(`${claimed.post_name}.*${claimed.person.name}`)
  const turn = teacher.locator('.turn.wait').filter({ hasText: claimed.person.name }).first()
  for (let week = 0; week < 6 && !(await turn.isVisible()); ++week) {
    const loaded = teacher.waitForResponse((answer) => answer.url().includes('/shifts'))
    await teacher.getByRole('button', { name: '上一周' }).click()
    await loaded
    await teacher.waitForTimeout(300)
  }
  await expect(turn).toHaveAttribute('aria-label', label)
  await turn.click()
  await teacher.getByRole('button', { name: '复核通过' }).click()
  await expect(teacher.getByText('已保存。')).toBeVisible()

  expect(await minutes()).toBe(before + 40)
  await principal.goto(`${server.address}${volunteer}`)
  await expect(principal.getByText('补登，已复核').first()).toBeVisible()
  await expect_accessible(principal)
})
