// A month of duty and two drills on a desk (1440) and on phones (390), in a county so small that every figure is worked out by hand:
// two schools, five pupils in the eastern one and three in the western.
import { expect, type Page } from '@playwright/test'
import { desk_size, own_window, phone_size, text_in } from '../harness/camera.ts'
import { written } from '../harness/certificates.ts'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'
import { download } from '../harness/imports.ts'
import {
  console_settings,
  expect_accessible,
  expect_full_marks,
  expect_no_sideways_scrolling,
  fill_drawer,
  test,
} from '../harness/pages.ts'
import { load_plan, small_plan } from '../harness/plans.ts'
import { day_from_now } from '../harness/visits.ts'
import type { Visitor } from '../harness/visitor.ts'

const plan = `${small_plan}
[[requirement]]
key = "duty-posts"
title = "学校每学期至少两次护学岗执勤"
subject = "school"
entries = ["volunteer.duty"]
at_least = { entries = 2 }
per = "term"
target = 1.0

[[requirement]]
key = "pupils-drilled"
title = "每名学生每学期参加两次安全演练"
subject = "student"
entries = ["attended.drill"]
at_least = { entries = 2 }
per = "term"
target = 1.0
`

let county: County
let numbers: Record<string, number>
let first: Family
let second: Family
let teacher: Visitor
let deputy: Visitor
test.beforeAll(async () => {
  county = await make_county({ name: 'browser-duty-month', settings: console_settings })
  const { server, official, east } = county
  numbers = (await load_plan(official, plan)).numbers
  first = await make_family(server, official, east)
  second = await make_family(server, official, east)
  teacher = (await add_staff(server, official, east.class, 'class_teacher', '赵老师')).leader
  deputy = (await add_staff(server, official, east.id, 'school_leader', '韩校长')).leader
})
test.afterAll(() => county?.server.stop())
test.use({ actionTimeout: 60_000 })
test.setTimeout(420_000)

/** "1 of 2": how many subjects of the county have reached it this term. */
async function figure(key: string): Promise<string> {
  const { indicators } = await county.official.call('GET /indicators', {
    query: { organisation: county.root, day: day_from_now(0) },
  })
  const { covered, total } = indicators.find(({ number }) => number === numbers[key])!
  return `${covered} of ${total}`
}
/** The app is on the phone for when the net is gone. */
async function take_along(page: Page) {
  await page.goto(address('home'))
  await page.evaluate(() => navigator.serviceWorker.ready.then((worker) => worker.active?.state))
}
const address = (page: string) => `${county.server.address}/m/pages/${page}`
const own_turns = async (family: Family) => (await family.mother.call('GET /own-duties')).items
async function is_whole(page: Page) {
  await expect_full_marks(page)
  await expect_no_sideways_scrolling(page)
}
/** No test waits for half past seven: the turn is laid where the clock stands. */
const lay = (shift: string, from: number, until: number) =>
  county.server.database.execute(
    `UPDATE roster_shifts SET starts_at = ${Date.now() + from * 60_000}, ends_at = ${Date.now() + until * 60_000} WHERE id = ${shift}`,
  )

test('a month of duty: laid, told, swapped, served by code and by hand, printed', async ({ browser }, info) => {
  const { server, east } = county
  const { page: desk } = await own_window(browser, server, east.leader, desk_size)
  const { page: phone, context } = await own_window(browser, server, first.mother, phone_size)
  const { page: other } = await own_window(browser, server, second.mother, phone_size)
  let roster = ''

  await test.step('the school begins a roster for a month', async () => {
    await desk.goto(`${server.address}/rosters`)
    await desk.getByRole('button', { name: '新建执勤安排' }).first().click()
    await fill_drawer(
      desk,
      '新建执勤安排',
      async (drawer) => {
        await drawer.getByLabel('名称').fill('十二月护学岗')
        await drawer.getByPlaceholder('早高峰·校门口').fill('校门口')
        for (const day of ['周六', '周日']) await drawer.getByText(day, { exact: true }).click()
        await drawer.getByRole('spinbutton', { name: '家长' }).fill('1')
        await drawer.getByPlaceholder('开始日期').fill(day_from_now(0))
        await drawer.getByPlaceholder('结束日期').fill(day_from_now(30))
        await drawer.getByPlaceholder('结束日期').press('Enter')
      },
      '新建执勤安排',
    )
    await expect(desk.getByRole('heading', { name: '十二月护学岗' })).toBeVisible()
    roster = /rosters\/(\d+)/.exec(desk.url())![1]!
  })

  await test.step('two families come in on their phones', async () => {
    for (const page of [phone, other]) {
      await page.goto(address('duties'))
      await page.getByRole('button', { name: '自愿报名' }).click()
      await expect(page.getByRole('button', { name: '退出' })).toBeVisible()
    }
    await is_whole(phone)
  })

  await test.step('the turns of the month are shared out and told', async () => {
    await desk.reload()
    await desk.getByRole('button', { name: '排班' }).click()
    await expect(desk.getByText(/共 \d+ 次，缺 \d+ 次/)).toBeVisible()
    await desk.getByRole('button', { name: '公布并通知' }).click()
    await expect(desk.getByText('已公布', { exact: false }).first()).toBeVisible()
    await expect_accessible(desk)
    await desk.screenshot({ path: info.outputPath('month-desk.png') })
    const counts = (await Promise.all([own_turns(first), own_turns(second)])).map((turns) => turns.length)
    expect(Math.abs(counts[0]! - counts[1]!)).toBeLessThanOrEqual(1)
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(4) // once a week
  })

  await test.step('one is swapped with the other family', async () => {
    await phone.reload()
    const card = phone.getByRole('article').filter({ has: phone.getByRole('button', { name: '换班' }) })
    await card.first().getByRole('button', { name: '换班' }).click()
    await card.first().getByRole('button', { name: /^陈兰/ }).first().click()
    await card.first().getByRole('button', { name: '发出请求' }).click()
    await expect(phone.getByRole('button', { name: '撤回请求' })).toBeVisible()
    await phone.screenshot({ path: info.outputPath('swap-phone.png') })
    await other.reload()
    await other.getByRole('button', { name: '我来' }).click()
    await expect(other.getByRole('button', { name: '我来' })).toHaveCount(0)
    const { items } = await east.leader.call('GET /rosters/{id}/changes', { path: { id: roster }, query: {} })
    expect(items.map(({ kind }) => kind)).toEqual(['swapped', 'swapped'])
  })

  await test.step('a mother comes by the code that her phone’s camera reads, and goes while there is no net', async () => {
    expect(await figure('duty-posts')).toBe('0 of 2')
    const [turn] = await own_turns(first)
    await lay(turn!.id, -30, 10)
    await desk.getByRole('tab', { name: '岗位' }).click()
    await desk.getByRole('button', { name: '出示签到码' }).click()
    await expect(desk.locator('[data-code]')).toBeVisible()
    const read = await text_in(desk.getByAltText(/二维码/))
    expect(read).toMatch(/\/m\/pages\/duties#\d{6}$/)

    await phone.goto('about:blank')
    await phone.goto(read)
    await expect(phone.getByText('在岗', { exact: true })).toBeVisible()
    expect(phone.url()).not.toContain('#')
    await is_whole(phone)
    await server.database.execute(`UPDATE roster_shifts SET arrived_at = arrived_at - 1200000 WHERE id = ${turn!.id}`)
    await context.setOffline(true)
    const card = phone.getByRole('article').filter({ hasText: '在岗' })
    await card.getByLabel('签到码').fill((await desk.locator('[data-code]').textContent())!.trim())
    await card.getByRole('button', { name: '离岗' }).click()
    await expect(phone.getByText(/\d\d:\d\d 离岗，等有网时上传/)).toBeVisible()
    await phone.screenshot({ path: info.outputPath('off-line-phone.png') })
    await context.setOffline(false)
    await expect(phone.getByText('已完成', { exact: true })).toBeVisible()

    expect((await first.mother.call('GET /own-duties')).past[0]).toMatchObject({ state: 'done', minutes: 20, source: 'code' })
    expect(await figure('duty-posts')).toBe('0 of 2') // two are asked for
    await desk.keyboard.press('Escape')
  })

  await test.step('another forgot to scan: her hours count once a second person has signed', async () => {
    const [turn] = await own_turns(second)
    await lay(turn!.id, -120, -80)
    await other.reload()
    const card = other.getByRole('article').filter({ has: other.getByRole('button', { name: '补登' }) })
    await card.getByRole('button', { name: '补登' }).click()
    await other.locator('uni-modal').getByRole('textbox').fill('手机没电，值班老师在场')
    await other.locator('uni-modal').getByText('补登', { exact: true }).last().click()
    await expect(other.getByText('待复核', { exact: true })).toBeVisible()
    expect(await figure('duty-posts')).toBe('0 of 2')

    const { page: vice } = await own_window(browser, server, deputy, desk_size)
    await vice.goto(`${server.address}/rosters/${roster}`)
    const turn_there = vice.locator('.turn.wait').first()
    await expect(vice.locator('.turn').first()).toBeVisible()
    // In the small hours of a Monday it was last week.
    if (!(await turn_there.isVisible())) await vice.getByRole('button', { name: '上一周' }).click()
    await turn_there.click()
    await vice.getByRole('button', { name: '复核通过' }).click()
    await expect(vice.getByText('已保存。')).toBeVisible()

    expect(await figure('duty-posts')).toBe('1 of 2') // the eastern school
  })

  await test.step('the volunteer record has both, and is printed in two languages', async () => {
    await desk.goto(`${server.address}/volunteers`)
    await desk.getByPlaceholder('姓名或拼音').or(desk.getByLabel('姓名或拼音')).first().fill('chenlan')
    await expect(desk.getByRole('link', { name: '陈兰' })).toHaveCount(2)
    await desk.screenshot({ path: info.outputPath('volunteers-desk.png') })
    await phone.goto(address('volunteering'))
    await expect(phone.getByText('0.3 小时')).toBeVisible()
    await expect(phone.getByRole('button', { name: '英文证明' })).toBeVisible()
    await is_whole(phone)
    await phone.screenshot({ path: info.outputPath('record-phone.png') })
    const english = await written(await download(second.mother, '/api/own-volunteer-record/certificate.pdf?language=en'))
    expect(english).toContain('0.67 hours') // forty minutes
    const chinese = await written(await download(first.mother, '/api/own-volunteer-record/certificate.pdf?language=zh'))
    expect(chinese).toContain('0.33 小时') // twenty
  })
})

test('two drills: one begun at the desk and counted off line, one begun and ended on a phone', async ({ browser }, info) => {
  const { server, east } = county
  const { page: desk } = await own_window(browser, server, east.leader, desk_size)
  const { page: phone, context } = await own_window(browser, server, teacher, phone_size)
  const plan_one = (minutes: number) =>
    east.leader.call('POST /drills', {
      body: {
        school: east.id,
        kind: 'fire',
        planned_at: new Date(Date.now() + minutes * 60_000).toISOString(),
        minutes: 20,
        place: '操场',
        coordinator: east.leader_id,
        classes: [],
      },
    })
  const close = async (id: string) => {
    await desk.goto(`${server.address}/safety/drills/${id}`)
    await desk.getByRole('button', { name: '登记演练' }).click()
    await fill_drawer(desk, '登记演练', (drawer) => drawer.getByLabel('复盘与整改').fill('撤离有序。'), '登记演练')
    await expect(desk.getByText('撤离有序。')).toBeVisible()
  }

  await test.step('the first: a leader of the class is named, one child is missing', async () => {
    const { id } = await plan_one(5)
    expect([await figure('drills'), await figure('pupils-drilled')]).toEqual(['0 of 2', '0 of 8'])
    await desk.goto(`${server.address}/safety/drills/${id}`)
    await desk.getByRole('button', { name: '指定点名人 1班' }).click()
    await fill_drawer(desk, '指定点名人 · 1班', async (drawer) => {
      await drawer.getByLabel('点名人').fill('韩校长')
      await desk.getByRole('option', { name: '韩校长' }).first().click()
    })
    await expect(desk.getByRole('row', { name: /1班.*韩校长/ })).toBeVisible()
    await desk.getByRole('button', { name: '开始演练' }).click()
    await expect(desk.getByText('进行中').first()).toBeVisible()

    await take_along(phone)
    await phone.goto(address(`head_count?drill=${id}&class=${east.class}`))
    await expect(phone.getByRole('button', { name: '全部到齐' })).toBeVisible()
    await context.setOffline(true)
    await phone.getByRole('button', { name: '全部到齐' }).click()
    await phone.locator('.count-name').first().click()
    await expect(phone.getByText('待上报')).toBeVisible()
    await phone
      .getByRole('button', { name: /^接送与提示/ })
      .first()
      .click()
    await expect(phone.getByText('可以接走孩子的人')).toBeVisible() // kept for the day
    await expect(phone.getByRole('button', { name: /^交给/ }).first()).toBeVisible()
    await phone.screenshot({ path: info.outputPath('pick-up-off-line-phone.png') })
    await phone.goBack()
    await context.setOffline(false)
    await expect(phone.getByText('已上报')).toBeVisible()
    await is_whole(phone)
    await expect(desk.getByRole('row', { name: /有人未到/ })).toBeVisible()
    await desk.screenshot({ path: info.outputPath('board-desk.png') })
    await desk.getByRole('button', { name: '结束演练' }).click()
    await close(id)
    // Two are asked for: one drill, and four of five pupils in it, reach nothing yet.
    expect([await figure('drills'), await figure('pupils-drilled')]).toEqual(['0 of 2', '0 of 8'])
  })

  await test.step('the second, on phones: everybody is there', async () => {
    const { id } = await plan_one(5)
    const { page: leader } = await own_window(browser, server, east.leader, phone_size)
    await leader.goto(address(`drill?id=${id}`))
    await leader.getByRole('button', { name: '开始演练' }).click()
    await leader.locator('uni-modal').getByText('开始演练', { exact: true }).last().click()
    await expect(leader.getByText('进行中')).toBeVisible()
    await phone.goto(address(`head_count?drill=${id}&class=${east.class}`))
    await phone.getByRole('button', { name: '全部到齐' }).click()
    await expect(phone.getByText('已上报')).toBeVisible()
    await expect(leader.getByText('全部到齐')).toBeVisible()
    await expect_full_marks(leader)
    await expect_no_sideways_scrolling(leader)
    await leader.screenshot({ path: info.outputPath('drill-phone.png') })
    await leader.getByRole('button', { name: '结束演练' }).click()
    await leader.locator('uni-modal').getByText('结束演练', { exact: true }).last().click()
    await expect(leader.getByText('待登记')).toBeVisible()
    await close(id)
    // The eastern school has its two; four of its five pupils were at both, none of the western school's three at any.
    expect([await figure('drills'), await figure('pupils-drilled')]).toEqual(['1 of 2', '4 of 8'])
  })
})

test('a real alarm: pupils are counted, families are told once a second person agrees, a refused count stays on the phone', async ({
  browser,
}, info) => {
  const { server, east, official } = county
  const { page: desk } = await own_window(browser, server, east.leader, desk_size)
  const { page: phone, context } = await own_window(browser, server, teacher, phone_size)
  const { id } = await east.leader.call('POST /alarms', { body: { kind: 'fire', words: '实验室起火' } })

  await phone.goto(address(`alarm?id=${id}`))
  await phone.getByRole('button', { name: /^1班/ }).click()
  await phone.getByRole('button', { name: '全部到齐' }).click()
  await expect(phone.getByText('已上报')).toBeVisible()
  await is_whole(phone)
  await phone.screenshot({ path: info.outputPath('alarm-count-phone.png') })

  await desk.goto(`${server.address}/safety/alarms/${id}`)
  await expect(desk.getByRole('row', { name: /1班.*5 \/ 5/ })).toBeVisible()
  await desk.getByRole('button', { name: '写给家长' }).click()
  await fill_drawer(
    desk,
    '写给家长',
    (drawer) => drawer.getByLabel('发生了什么、孩子在哪里、家长该怎么做').fill('孩子都在操场'),
    '提交审批',
  )
  await expect(desk.getByRole('link', { name: /【真实警报 REAL ALARM】火警/ })).toBeVisible()
  await expect(desk.getByText('待审批')).toBeVisible()
  await expect_accessible(desk)
  await desk.screenshot({ path: info.outputPath('alarm-desk.png'), fullPage: true })

  await context.setOffline(true)
  await phone.locator('.count-name').first().click()
  await expect(phone.getByText('待上报')).toBeVisible()
  await phone.waitForTimeout(1500) // it is kept now
  const pupil = (await official.call('GET /alarms/{id}/classes/{class}', { path: { id, class: east.class } })).pupils[0]!
  await east.leader.call('PUT /alarms/{id}/end', { path: { id } })
  const may_count = async () => (await east.leader.call('GET /alarms/{id}', { path: { id } })).classes.map((line) => line.may_count)
  expect(await may_count()).toContain(true)
  await server.database.execute(`UPDATE alarms SET ended_at = ended_at - 172800000 WHERE id = ${id}`)
  expect(await may_count()).not.toContain(true)
  await context.setOffline(false)
  await expect(phone.getByRole('heading', { name: '没有报成的内容' })).toBeVisible()
  await expect(phone.getByText('警报早已解除，不能再点名。').first()).toBeVisible()
  await phone.screenshot({ path: info.outputPath('refused-phone.png') })
  await server.database.execute(`UPDATE alarms SET ended_at = ${Date.now()} WHERE id = ${id}`)
  await phone.getByRole('button', { name: '重新上报' }).click()
  await expect(phone.getByRole('heading', { name: '没有报成的内容' })).toHaveCount(0)
  const roll = await official.call('GET /alarms/{id}/classes/{class}', { path: { id, class: east.class } })
  expect(roll.pupils.find((one) => one.id === pupil.id)!.is_present).toBe(false)
})
