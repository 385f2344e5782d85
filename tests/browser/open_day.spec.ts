// An open day from a template to its entries: planned, approved, published, read by a stranger, joined by a family, held and closed; the
// obligations that it touches move by themselves. At a desk and on phones.
import { expect, type Browser, type Page } from '@playwright/test'
import { path } from '../harness/activities.ts'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'
import { choose, console_settings, expect_accessible, expect_no_sideways_scrolling, fill_drawer, test } from '../harness/pages.ts'
import { load_plan } from '../harness/plans.ts'
import type { Visitor } from '../harness/visitor.ts'

const plan = `[plan]
key = "open-days"
title = "开放日方案"
issuer = "教体局"
region = { code = "360100", name = "梅岭县" }
from = 2020-09-01
to = 2040-08-31

[[requirement]]
key = "open-day"
title = "每校每学年一次开放日"
subject = "school"
entries = ["held.open_day"]
at_least = { entries = 1 }
per = "school-year"
target = 1.0

[[requirement]]
key = "families-there"
title = "每家每学年来一次"
subject = "family"
entries = ["attended.open_day"]
at_least = { entries = 1 }
per = "school-year"
target = 1.0
`

const desk = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }
const title = '走进课堂开放日'

let county: County
let family: Family
let teacher: Visitor
test.beforeEach(async () => {
  county = await make_county({ name: 'browser-open-day', settings: console_settings })
  const { server, official, east } = county
  family = await make_family(server, official, east)
  teacher = (await add_staff(server, official, east.id, 'teacher', '何老师')).leader
})
test.afterEach(() => county?.server.stop())
test.use({ actionTimeout: 30_000 })
test.setTimeout(300_000)

async function window_of(browser: Browser, viewport: typeof desk, person?: Visitor): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', serviceWorkers: 'block' })
  if (person)
    await context.addCookies([{ name: 'concentric_session', value: person.token!, url: county.server.address, httpOnly: true }])
  return context.newPage()
}
const address = (page: string) => `${county.server.address}${page}`
async function look_at(page: Page, name: string) {
  await expect(page.locator('.el-message')).toHaveCount(0)
  await expect_no_sideways_scrolling(page)
  await expect_accessible(page)
  await page.screenshot({ path: test.info().outputPath(`${name}.png`), fullPage: true })
}

/** "covered/total" of both obligations, as the API tells it. */
async function figures(numbers: Record<string, number>, organisation: string) {
  const one = async (key: string) => {
    const options = { path: { number: numbers[key]! }, query: { organisation } }
    const { covered, total } = await county.official.call('GET /indicators/{number}', options)
    return `${covered}/${total}`
  }
  return [await one('open-day'), await one('families-there')]
}

for (const [name, size] of Object.entries({ desk, phone }))
  test(`an open day from the template to the obligation, ${name}`, async ({ browser }) => {
    const { official, east } = county
    await east.leader.call('PUT /activity-approval-rule', { body: { kinds: ['open_day'], travelling: true } })
    const soon = new Date(Date.now() + 7 * 86_400_000).toISOString()
    const later = new Date(Date.now() + 7 * 86_400_000 + 3_600_000).toISOString()
    const content = { kind: 'open_day', title, place: '第一食堂', audience: 'families' as const, starts_at: soon, ends_at: later }
    await east.leader.call('POST /activity-templates', { body: { title: '开放日模板', content } })
    const { numbers } = await load_plan(official, plan)
    // Three pupils of the county's beginning and the family's child, each in a family of their own.
    const before = await figures(numbers, east.id)
    const families = Number(before[1]!.split('/')[1])
    expect(before).toEqual(['0/1', `0/${families}`])

    const planner = await window_of(browser, size, teacher)
    await planner.goto(address('/activities/planning'))
    await look_at(planner, `${name}-planning`)
    await planner.getByRole('button', { name: '拟定活动计划' }).first().click()
    await fill_drawer(planner, '拟定活动计划', async (drawer) => {
      await choose(planner, drawer.getByRole('combobox', { name: '从模板开始' }), `开放日模板 · ${east.name}`)
      await expect(drawer.getByRole('textbox', { name: '活动名称' })).toHaveValue(title)
      await drawer.getByRole('spinbutton', { name: '预算（元）' }).fill('600')
    })
    await expect(planner.getByRole('heading', { level: 1 })).toHaveText(title)
    await look_at(planner, `${name}-draft`)
    await planner.getByRole('button', { name: '提交审批' }).click()
    await expect(planner.getByText('待审批').first()).toBeVisible()
    expect((await family.mother.call('GET /activities')).items).toEqual([])

    const principal = await window_of(browser, size, east.leader)
    if (name === 'phone') {
      await principal.goto(address('/m/pages/home'))
      await principal.getByRole('button', { name: /1 份活动计划等您审批/ }).click()
      await look_at(principal, 'phone-plans')
      await principal.getByRole('button', { name: new RegExp(title) }).click()
      await expect(principal.getByText('600 元')).toBeVisible()
      await look_at(principal, 'phone-plan')
      await principal.getByRole('button', { name: '批准', exact: true }).click()
      await principal.locator('.uni-modal').getByText('批准', { exact: true }).click()
      await expect(principal.getByText('已批准', { exact: true })).toBeVisible()
    } else {
      await principal.goto(planner.url())
      await expect(principal.getByText('600')).toBeVisible()
      await principal.getByRole('button', { name: '批准', exact: true }).click()
      await expect(principal.getByRole('button', { name: '批准', exact: true })).toBeHidden()
    }
    await planner.reload()
    await planner.getByRole('button', { name: '发布', exact: true }).click()
    await expect(planner).toHaveURL(/\/activities\/\d+$/)
    await expect(planner.getByRole('heading', { name: '活动档案' })).toBeVisible()
    await look_at(planner, `${name}-event`)
    const event = { id: /(\d+)$/.exec(planner.url())![1]! }

    const stranger = await window_of(browser, size)
    await stranger.goto(address('/open-days'))
    await expect(stranger.getByText(title)).toBeVisible()
    await expect(stranger.getByText('第一食堂')).toBeVisible()
    await look_at(stranger, `${name}-public`)

    const mother = await window_of(browser, phone, family.mother)
    await mother.goto(address(`/m/pages/activity?id=${event.id}`))
    await mother.getByRole('button', { name: '报名', exact: true }).click()
    await expect(mother.getByText('已报名').first()).toBeVisible()
    await look_at(mother, `${name}-family`)

    // It is held today after all, so that whoever signed up can come.
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    await teacher.call('PATCH /activities/{id}', {
      ...path(event),
      body: { starts_at: `${today}T00:00:00+08:00`, ends_at: `${today}T23:59:00+08:00` },
      version: (await teacher.call('GET /activities/{id}', path(event))).version,
    })
    await planner.reload()
    await planner.getByRole('button', { name: '出示签到码' }).click()
    const code = await planner.locator('[data-code]').innerText()
    await look_at(planner, `${name}-code`)
    await mother.reload()
    await mother.getByRole('textbox', { name: '签到码' }).fill(code)
    await mother.getByRole('button', { name: '签到', exact: true }).click()
    await expect(mother.getByText(/您已签到|已到场|已签到/).first()).toBeVisible()
    await look_at(mother, `${name}-checked-in`)
    const at_home = await window_of(browser, size, family.mother)
    await at_home.goto(address(`/activities/${event.id}/own-codes`))
    await expect(at_home.getByRole('img', { name: '陈兰的入场码' })).toBeVisible()
    await expect(at_home.getByText('已进场')).toBeVisible()
    await look_at(at_home, `${name}-own-code`)

    await planner.goto(address(`/activities/${event.id}`))
    await planner.getByRole('button', { name: '结束并登记' }).click()
    await planner
      .locator('.el-popconfirm')
      .getByRole('button', { name: /确认|确定/ })
      .click()
    await expect(planner.getByText(/1 人参加/)).toBeVisible()
    await look_at(planner, `${name}-closed`)
    // One school of one held it, and one family of those was there.
    await expect.poll(() => figures(numbers, east.id)).toEqual(['1/1', `1/${families}`])
    expect(await figures(numbers, county.root)).toEqual(['1/2', expect.stringMatching(/^1\//)])
  })
