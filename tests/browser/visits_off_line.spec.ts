// A day of visits without a net: two colleagues write on their own phones, the school at its desk; when the net is back all of it is there,
// what disagrees is shown to everybody, and whoever saw both decides.
import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { make_family } from '../harness/families.ts'
import { console_settings, expect_accessible, expect_full_marks, expect_no_sideways_scrolling, test } from '../harness/pages.ts'
import { day_from_now, evenings, start_campaign, visits_of } from '../harness/visits.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let teacher: Visitor
let companion: Visitor
/** Those of two families, as the two phones show them. */
const visits: { id: string; name: string }[] = []
let campaign: string
let mother: Visitor

test.beforeAll(async () => {
  county = await make_county({ name: 'browser-visits-off-line', settings: console_settings })
  const { server, official, east } = county
  const families = [await make_family(server, official, east), await make_family(server, official, east)]
  const leading = await add_staff(server, official, east.class, 'class_teacher', '赵老师')
  const coming = await add_staff(server, official, east.id, 'teacher', '刘老师')
  ;[teacher, companion] = [leading.leader, coming.leader]
  const started = await start_campaign(east.leader, east.id)
  campaign = started.id
  mother = families[0]!.mother
  const members = [leading, coming].map(({ leader_id }, n) => ({ person: leader_id, is_leader: n === 0, hours: evenings }))
  await east.leader.call('PUT /visit-teams/{id}', { path: { id: started.teams[0]!.id }, body: { members } })
  for (const [n, { child, child_name }] of families.entries()) {
    const { id, team } = (await visits_of(teacher, campaign)).find(({ student }) => student.id === child)!
    const place = { address: `滨江路 ${n + 8} 号`, latitude: 30.51, longitude: 104.11 + n / 100 }
    await teacher.call('PUT /visits/{id}/wish', { path: { id }, body: { wish: 'home', times: evenings, place } })
    const starts_at = `${day_from_now(2)}T18:00:00.000+08:00`
    await teacher.call('PUT /visits/{id}/time', { path: { id }, body: { team: team!, starts_at } })
    visits.push({ id, name: child_name })
  }
  await east.leader.call('PUT /visit-campaigns/{id}/publication', { path: { id: campaign } })
  // The agreed day has come.
  for (const [n, { id }] of visits.entries())
    await server.database.execute(`UPDATE visits SET starts_at = ${Date.now() - (2 - n) * 60_000} WHERE id = ${id}`)
})
test.afterAll(() => county?.server.stop())
test.setTimeout(300_000)

const address = (page: string) => `${county.server.address}/m/pages/${page}`

async function window_of(browser: Browser, person: Visitor, is_phone: boolean): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    viewport: is_phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    hasTouch: is_phone,
    isMobile: is_phone,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    serviceWorkers: is_phone ? 'allow' : 'block',
  })
  await context.addCookies([{ name: 'concentric_session', value: person.token!, url: county.server.address, httpOnly: true }])
  return { context, page: await context.newPage() }
}

/** Opened once before leaving, then without a net. */
async function on_the_way(browser: Browser, person: Visitor): Promise<{ context: BrowserContext; page: Page }> {
  const phone = await window_of(browser, person, true)
  await phone.page.goto(address('visit_days'))
  await phone.page.evaluate(() => navigator.serviceWorker.ready.then((worker) => worker.active?.state))
  for (const { name } of visits) await expect(phone.page.getByRole('button', { name: new RegExp(name) })).toBeVisible()
  await expect_full_marks(phone.page)
  await phone.context.setOffline(true)
  await phone.page.reload()
  await expect(phone.page.getByText(/没有网络，显示的是.*看到的内容/)).toBeVisible()
  return phone
}

/** By taps: only the app's own pages are there without a net. */
async function to_days(page: Page) {
  const days = page.getByRole('heading', { name: '我的家访' })
  const from_home = page.getByRole('button', { name: '我的家访' })
  await expect(async () => {
    if (await days.isVisible()) return
    await ((await from_home.isVisible()) ? from_home : page.getByRole('button', { name: '返回', exact: true })).click({
      timeout: 2000,
    })
    await expect(days).toBeVisible({ timeout: 2000 })
  }).toPass()
}

async function open_record(page: Page, visit: { name: string }) {
  await to_days(page)
  await page.getByRole('button', { name: new RegExp(visit.name) }).click()
  await expect(page.getByRole('heading', { name: '家访记录' })).toBeVisible()
}

async function hand_in(page: Page, said: string) {
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await expect(page.getByText(said).first()).toBeVisible()
}

const seen_by = (person: Visitor, n: number) => person.call('GET /visits/{id}', { path: { id: visits[n]!.id } })

test('nothing of a day off line is lost, and what disagrees is decided by people', async ({ browser }) => {
  const own = await on_the_way(browser, teacher)
  const other = await on_the_way(browser, companion)
  const kept = '已存在手机上，有网时自动上传。'

  await test.step('the teacher leaves and writes, without a net', async () => {
    await own.page.getByRole('button', { name: '出发，报平安' }).click()
    await expect(own.page.getByText(/出发（等有网时上传）/)).toBeVisible()
    await open_record(own.page, visits[0]!)
    await own.page.getByLabel('在场的人').fill('妈妈')
    await own.page.getByLabel('谈了什么').fill('作息')
    await own.page.getByRole('button', { name: '添加约定' }).click()
    await own.page.getByLabel('约定 1', { exact: true }).fill('九点半前睡觉')
    await hand_in(own.page, kept)
    // The phone is put away and taken out again, and more comes to mind.
    await own.page.reload()
    await expect(own.page.getByLabel('谈了什么')).toHaveValue('作息')
    await own.page.getByLabel('给家长的建议').fill('睡前不看屏幕')
    await hand_in(own.page, kept)
    await expect_full_marks(own.page)
    await expect_no_sideways_scrolling(own.page)
  })

  await test.step('so does the colleague, on another phone', async () => {
    await open_record(other.page, visits[0]!)
    await other.page.getByLabel('在场的人').fill('妈妈')
    await other.page.getByLabel('谈了什么').fill('屏幕时间')
    await other.page.getByRole('button', { name: '添加约定' }).click()
    await other.page.getByLabel('约定 1', { exact: true }).fill('每周通话一次')
    await hand_in(other.page, kept)
    await open_record(other.page, visits[1]!)
    await other.page.getByLabel('谈了什么').fill('课外阅读')
    await hand_in(other.page, kept)
    // Begun and not handed in: it is a draft on this phone.
    await other.page.getByLabel('孩子的长处').fill('爱读书')
    await to_days(other.page)
    await expect(other.page.getByText('等有网时上传').first()).toBeVisible()
  })

  await test.step('meanwhile the school writes at its desk', async () => {
    expect((await seen_by(teacher, 0)).record).toBeUndefined()
    const { page: desk } = await window_of(browser, county.east.leader, false)
    await desk.goto(`${county.server.address}/visits/${visits[1]!.id}`)
    await desk.getByRole('button', { name: '登记家访' }).click()
    const drawer = desk.getByRole('dialog', { name: '登记家访' })
    await drawer.getByLabel('谈了什么').fill('电话里说过转学的打算')
    await drawer.getByRole('button', { name: '保存', exact: true }).click()
    await expect(desk.getByText('电话里说过转学的打算')).toBeVisible()
  })

  await test.step('the net is back: the phones hand in, each in its turn', async () => {
    for (const { context, page } of [other, own]) {
      await context.setOffline(false)
      await to_days(page)
      await expect(page.getByText('等有网时上传')).toHaveCount(0)
      await expect(page.getByText(/没有网络/)).toHaveCount(0)
    }
    const { items } = await county.east.leader.call('GET /visit-campaigns/{id}/outings', {
      path: { id: campaign },
    })
    expect(items).toHaveLength(1)
    const first = await seen_by(teacher, 0)
    expect(first.record).toMatchObject({ present: '妈妈', advice: '睡前不看屏幕' })
    expect(first.points.map(({ words }) => words).sort()).toEqual(['九点半前睡觉', '每周通话一次'])
    expect(first.record_conflicts.map(({ field }) => field)).toEqual(['points', 'talk'])
    const words = (await seen_by(teacher, 1)).record_conflicts.find(({ field }) => field === 'talk')!.choices
    expect(words.map(({ value }) => value.talk).sort()).toEqual(['电话里说过转学的打算', '课外阅读'])
  })

  await test.step('one of them decides on her phone, both having been read', async () => {
    await to_days(own.page)
    await own.page.reload()
    await expect(own.page.getByText('几个人改了同一处').first()).toBeVisible()
    await open_record(own.page, visits[0]!)
    const talk = own.page.getByRole('group', { name: '谈了什么' })
    await expect(talk.getByText('屏幕时间')).toBeVisible()
    await expect(talk.getByText(/刘老师/)).toBeVisible()
    await expect_full_marks(own.page)
    await expect_no_sideways_scrolling(own.page)
    await talk.getByRole('button', { name: /屏幕时间/ }).click()
    await expect(talk).toHaveCount(0)
    await expect(own.page.getByLabel('谈了什么')).toHaveValue('屏幕时间')
    await expect(own.page.getByRole('group', { name: '约定事项' })).toBeVisible()
  })

  await test.step('the other one sees it, with a draft where it was left, and the desk decides the rest', async () => {
    await open_record(other.page, visits[1]!)
    await expect(other.page.getByLabel('孩子的长处')).toHaveValue('爱读书')
    const { page: desk } = await window_of(browser, county.east.leader, false)
    await desk.goto(`${county.server.address}/visits/${visits[0]!.id}`)
    await expect(desk.getByRole('heading', { name: '几个人改了同一处' })).toBeVisible()
    await expect_accessible(desk)
    await desk.getByRole('button', { name: /约定事项.*刘老师/ }).click()
    await expect(desk.getByRole('heading', { name: '几个人改了同一处' })).toHaveCount(0)

    const decided = await seen_by(companion, 0)
    expect(decided.record_conflicts).toEqual([])
    expect(decided.record).toMatchObject({ talk: '屏幕时间', advice: '睡前不看屏幕' })
    expect(decided.points.map(({ words }) => words)).toEqual(['每周通话一次'])
    const entered = await county.server.database.query(
      `SELECT count(*) FROM entries e WHERE e.kind = 'visit.home' AND e.reverses = 0 AND NOT EXISTS (SELECT 1 FROM entries r WHERE r.county = e.county AND r.reverses = e.id)`,
    )
    expect(entered).toEqual(['2'])
  })
})

test('where a family is met is marked on the map, on the phone and at the desk', async ({ browser }) => {
  const { page: desk } = await window_of(browser, teacher, false)
  await desk.goto(`${county.server.address}/visits/${visits[1]!.id}`)
  await desk.getByRole('button', { name: '查看地点' }).click()
  await desk.getByRole('button', { name: '编辑' }).click()
  const map = desk.getByRole('application', { name: /地图/ })
  await expect(map.getByText(visits[0]!.name)).toBeVisible()
  await expect_accessible(desk)
  const box = (await map.boundingBox())!
  await map.click({ position: { x: box.width * 0.25, y: box.height * 0.25 } })
  await desk.getByRole('button', { name: '保存', exact: true }).click()
  await expect(desk.getByRole('dialog')).toBeHidden()
  const place = await teacher.call('GET /visits/{id}/place', { path: { id: visits[1]!.id } })
  expect(place.longitude!).toBeLessThan(104.12)
  expect(place.latitude!).toBeGreaterThan(30.5)

  const asked = await start_campaign(county.east.leader, county.east.id)
  const { page: phone } = await window_of(browser, mother, true)
  await phone.goto(address('visits'))
  await phone.getByRole('button', { name: '在图上标出地点（可以不标）' }).first().click()
  const small = phone.getByRole('application', { name: /地图/ })
  await small.tap({ position: { x: 60, y: 60 } })
  await expect_full_marks(phone)
  await expect_no_sideways_scrolling(phone)
  await phone.getByRole('button', { name: '发送' }).first().click()
  const own = async () => (await mother.call('GET /own-visits')).items.filter(({ place: at }) => at.latitude !== undefined)
  await expect.poll(async () => (await own()).length).toBe(2)
  expect((await mother.call('GET /own-visits')).items.map(({ title }) => title)).toContain(asked.title)
})

test('what was written before the closing comes in after it, and the leader looks at it', async ({ browser }) => {
  const phone = await on_the_way(browser, companion)
  await open_record(phone.page, visits[1]!)
  await phone.page.getByLabel('时长（分钟）').fill('75')
  await phone.page.getByLabel('家庭的需要').fill('借书')
  await hand_in(phone.page, '已存在手机上，有网时自动上传。')
  await county.east.leader.call('PUT /visit-campaigns/{id}/closing', { path: { id: campaign } })

  await phone.context.setOffline(false)
  await to_days(phone.page)
  await expect(phone.page.getByText('等有网时上传')).toHaveCount(0)
  const { page: desk } = await window_of(browser, county.east.leader, false)
  await desk.goto(`${county.server.address}/visit-campaigns/${campaign}?tab=corrections`)
  const row = desk.getByRole('row', { name: new RegExp(visits[1]!.name) })
  await expect(row).toContainText('40 → 75 分钟')
  await expect(row).toContainText('刘老师')
  await expect_accessible(desk)
  await desk.getByRole('button', { name: '全部已阅' }).click()
  await expect(desk.getByRole('button', { name: '全部已阅' })).toHaveCount(0)
})
