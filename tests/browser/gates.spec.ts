// Two phones at the gates of an event with the net cut: a family's code on its own phone, a class counted, one mother let in twice; then the
// net comes back, and the organiser sees at the desk who was repeated and takes a scan back.
import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test'
import type { ActivityView } from '../../web/packages/api-client/src/index.ts'
import { own_window, phone_size, text_in } from '../harness/camera.ts'
import { announce, from_now, now_on, path } from '../harness/activities.ts'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'
import { console_settings, expect_accessible, expect_full_marks, expect_no_sideways_scrolling, test } from '../harness/pages.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let first: Family
let second: Family
let helper: Visitor
let event: ActivityView

test.beforeAll(async () => {
  county = await make_county({ name: 'browser-gates', settings: console_settings })
  const { server, official, east } = county
  first = await make_family(server, official, east)
  second = await make_family(server, official, east)
  const staff = await add_staff(server, official, east.id, 'teacher', '孟老师')
  helper = staff.leader
  event = await announce(east.leader, {
    starts_at: from_now(5),
    ends_at: from_now(65),
    title: '春季运动会',
    leaders: [staff.leader_id],
  })
  const body = { check_type: 'in_out' as const, gates: ['东门', '西门'] }
  await east.leader.call('PUT /activities/{id}/admission', { ...path(event), body })
  for (const { mother } of [first, second]) await mother.call('PUT /activities/{id}/sign-up', { ...path(event), body: {} })
})
test.afterAll(() => county?.server.stop())
test.setTimeout(240_000)

const address = (page: string) => `${county.server.address}/m/pages/${page}`

const window_of = (browser: Browser, person: Visitor, viewport = phone_size) => own_window(browser, county.server, person, viewport)

/** With the list taken along and the net cut. */
async function at_the_gate(browser: Browser, person: Visitor, gate: string): Promise<{ context: BrowserContext; page: Page }> {
  const phone = await window_of(browser, person)
  await phone.page.goto(address('home'))
  await phone.page.evaluate(() => navigator.serviceWorker.ready.then((worker) => worker.active?.state))
  await phone.page.goto(address(`gate?id=${event.id}`))
  await expect(phone.page.getByText(/名单共 \d+ 人/)).toBeVisible()
  await phone.page.getByRole('group', { name: '入口' }).getByRole('button', { name: gate }).click()
  await expect_full_marks(phone.page)
  await expect_no_sideways_scrolling(phone.page)
  await phone.context.setOffline(true)
  return phone
}
const tab = (page: Page, name: string) => page.getByRole('group', { name: '怎样登记' }).getByRole('button', { name }).click()
const back_on_line = async ({ context, page }: { context: BrowserContext; page: Page }) => {
  await context.setOffline(false)
  await page.reload()
  await expect(page.getByText(/条在本机/)).toBeHidden()
}

test('two phones off line and a family’s code off line become one list', async ({ browser }) => {
  const mother = await window_of(browser, first.mother)
  await mother.page.goto(address(`activity?id=${event.id}`))
  await expect(mother.page.getByRole('button', { name: '出示入场码' })).toBeVisible()
  await mother.context.setOffline(true)
  await mother.page.getByRole('button', { name: '出示入场码' }).click()
  const picture = mother.page.getByRole('img', { name: '陈兰的入场码二维码' })
  await expect(picture).toBeVisible()
  await expect_full_marks(mother.page)
  const code = await text_in(picture)
  expect(code).toMatch(/^CC1\./)

  const east = await at_the_gate(browser, county.east.leader, '东门')
  await east.page.getByLabel('扫码枪输入或粘贴入场码').fill(code)
  await east.page.getByRole('button', { name: '登记', exact: true }).click()
  await expect(east.page.getByText('陈兰 已进场')).toBeVisible()
  await east.page.getByLabel('扫码枪输入或粘贴入场码').fill('https://example.gov.cn/')
  await east.page.getByLabel('扫码枪输入或粘贴入场码').press('Enter')
  await expect(east.page.getByText('这不是平台发出的入场码。')).toBeVisible()
  await tab(east.page, '点名')
  await expect(east.page.getByText(/^已到 1 人，共 \d+ 人$/)).toBeVisible()
  await expect_full_marks(east.page)
  await east.page.getByRole('button', { name: '全不选' }).click()
  await east.page
    .getByRole('button', { name: /陈兰.*来了/ })
    .first()
    .click()
  await east.page.getByRole('button', { name: '登记 1 人到场' }).click()
  await expect(east.page.getByText(/^已到 2 人，共 \d+ 人$/)).toBeVisible()

  const west = await at_the_gate(browser, helper, '西门')
  await tab(west.page, '名单')
  await west.page.getByRole('button', { name: '陈兰 进场' }).first().click()
  await expect(west.page.getByText('陈兰 已进场')).toBeVisible()
  await west.page.getByRole('group', { name: '进场还是离场' }).getByRole('button', { name: '离场' }).click()
  await tab(west.page, '记录')
  await expect(west.page.getByText('未上交')).toBeVisible()
  await west.page.reload()
  await tab(west.page, '记录')
  await expect(west.page.getByText('未上交')).toBeVisible()
  await expect(west.page.getByText('1 条在本机')).toBeVisible()
  await expect_full_marks(west.page)

  await back_on_line(west)
  await back_on_line(east)
  await tab(east.page, '记录')
  await expect(east.page.getByText('计入').first()).toBeVisible()
  const scans = (await county.east.leader.call('GET /activities/{id}/scans', path(event))).items
  expect(scans.map(({ outcome, gate, name }) => [name, gate, outcome]).sort()).toEqual(
    [
      ['陈兰', '东门', 'counted'],
      ['陈兰', '东门', 'counted'],
      ['陈兰', '西门', 'repeated'],
    ].sort(),
  )
  expect(scans.find(({ outcome }) => outcome === 'repeated')).toMatchObject({ noted_by: '孟老师', means: 'hand' })

  const desk = await window_of(browser, county.east.leader, { width: 1440, height: 900 })
  await desk.page.goto(`${county.server.address}/activities/${event.id}`)
  await expect(desk.page.getByText('签到和签退 · 在场 2 人')).toBeVisible()
  await expect_accessible(desk.page)
  await desk.page.getByRole('radio', { name: '重复和未配对' }).check({ force: true })
  const repeated = desk.page.getByRole('table', { name: '入口与扫码' }).getByRole('row').filter({ hasText: '重复' })
  await expect(repeated).toHaveCount(1)
  await repeated.getByRole('button', { name: /撤销/ }).click()
  await desk.page
    .locator('.el-popconfirm:visible')
    .getByRole('button', { name: /确认|确定/ })
    .click()
  await expect(desk.page.getByText('已撤销。')).toBeVisible()
  await desk.page.getByRole('radio', { name: '已撤销' }).check({ force: true })
  await expect(desk.page.getByRole('table', { name: '入口与扫码' }).getByRole('row').filter({ hasText: '西门' })).toContainText(
    '已撤销',
  )
  await desk.page.getByRole('button', { name: /签退$/ }).first().click()
  await expect(desk.page.getByText('已签退。')).toBeVisible()

  await desk.page.getByRole('link', { name: '打印纸质入场码' }).click()
  await expect(desk.page.getByRole('img', { name: /的入场码$/ })).toHaveCount(2)
  await expect(desk.page.getByRole('button', { name: '打印 2 张' })).toBeVisible()
  await expect(desk.page.locator('.el-message')).toHaveCount(0)
  await expect_accessible(desk.page)
})

test('the venue’s code that was read without a net is handed in when it is back', async ({ browser }) => {
  const { code } = await county.east.leader.call('GET /activities/{id}/check-in-code', path(event))
  const { context, page } = await window_of(browser, first.mother)
  const other = await announce(county.east.leader, now_on())
  const shown = await county.east.leader.call('GET /activities/{id}/check-in-code', path(other))
  expect(shown.code).not.toBe(code)
  await page.goto(address(`activity?id=${other.id}`))
  await page.getByLabel('签到码').fill(shown.code)
  await context.setOffline(true)
  await page.getByRole('button', { name: '签到', exact: true }).click()
  await expect(page.getByText(/没有网络，.*读到的签到码已记下/)).toBeVisible()

  await context.setOffline(false)
  const there = async () => (await county.east.leader.call('GET /activities/{id}/attendance', path(other))).items.length
  await expect.poll(there, { timeout: 60_000 }).toBe(1)
  await expect(page.getByText(/读到的签到码已记下/)).toBeHidden()
})
