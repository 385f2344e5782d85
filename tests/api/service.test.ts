// Pupils' service over HTTP: offered, signed up for, confirmed, counted, rated, printed; and who finds nothing of it.
import read_workbook from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { from_now, yesterday } from '../harness/activities.ts'
import { written } from '../harness/certificates.ts'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'
import { download } from '../harness/imports.ts'
import { load_plan, small_plan } from '../harness/plans.ts'
import { begun_with, close, hours_of, make_community, offer } from '../harness/service.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let families: Family[]
let teacher: Visitor
let green: { id: string; worker: Visitor }
let river: { id: string; worker: Visitor }
beforeAll(async () => {
  county = await make_county({ name: 'service' })
  const { server, official, east } = county
  await load_plan(official, small_plan)
  families = []
  for (let i = 0; i < 6; ++i) families.push(await make_family(server, official, east))
  ;({ leader: teacher } = await add_staff(server, official, east.class, 'class_teacher', '赵老师'))
  green = await make_community(county, '绿地社区')
  river = await make_community(county, '河畔社区')
})
afterAll(() => county?.server.stop())

const meter = async (family: Family) =>
  (await teacher.call('GET /service-meters/{class}', { path: { class: county.east.class } })).items.find(
    ({ student }) => student.id === family.child,
  )!
const put_hours = (worker: Visitor, id: string, lines: object[]) =>
  worker.send('PUT', `/api/service-offers/${id}/hours`, { body: { lines } })
const whole = (event: { starts_at: string; ends_at: string }, family: Family) => ({
  student: family.child,
  from_at: event.starts_at,
  until_at: event.ends_at,
})
const as_pair = (family: Family): [Visitor, string] => [family.mother, family.child]
const faults = (answer: { json: any }) => answer.json.problems.map(({ path, code }: any) => `${path} ${code}`)

describe('offering', () => {
  test('a community offers to the schools around it; ages and needs stand with it, families find it', async () => {
    const made = await offer(green.worker, { title: '图书角', age_from: 6, age_to: 12, needs: '水杯' })
    const seen = (await families[0]!.mother.call('GET /service-offers')).items.find(({ id }) => id === made.id)

    expect(seen).toMatchObject({ kind: 'service.community', age_from: 6, age_to: 12, needs: '水杯', audience: 'pupils' })
    const ids = async (query: object) => (await green.worker.call('GET /service-offers', { query })).items.map(({ id }) => id)
    expect(await ids({ is_mine: true, q: '图书' })).toEqual([made.id])
    expect(await ids({ kind: 'charity' })).not.toContain(made.id)
    expect(await ids({ when: 'past' })).not.toContain(made.id)
    expect((await river.worker.call('GET /service-offers', { query: { is_mine: true } })).items).toEqual([])
    const changed = await green.worker.call('PUT /service-offers/{id}/terms', {
      path: { id: made.id },
      body: { age_from: 7, age_to: 9, needs: '' },
    })
    expect(changed).toMatchObject({ age_from: 7, age_to: 9, needs: '' })
    expect((await river.worker.send('GET', `/api/service-offers/${made.id}/hours`)).status).toBe(404)
  })

  test('every date of a timetable has the same ages', async () => {
    const starts_at = from_now(24 * 60)
    const made = await offer(green.worker, {
      title: '每周服务',
      age_from: 10,
      starts_at,
      ends_at: from_now(25 * 60),
      every: 'week',
      until: from_now(16 * 24 * 60).slice(0, 10),
    })
    const all = (await green.worker.call('GET /service-offers', { query: { q: '每周服务' } })).items

    expect(made.age_from).toBe(10)
    expect(all.map(({ age_from }) => age_from)).toEqual([10, 10, 10])
  })

  test('faults are told by field', async () => {
    const answer = await green.worker.send('POST', '/api/service-offers', {
      body: { kind: 'community', title: '', place: '', starts_at: from_now(60), ends_at: from_now(30), age_from: 12, age_to: 8 },
    })

    expect(answer.status).toBe(422)
    expect(answer.json.problems.map(({ path }: any) => path)).toEqual(expect.arrayContaining(['/title', '/place']))
    const order = await green.worker.send('POST', '/api/service-offers', {
      body: {
        kind: 'community',
        title: '服务',
        place: '楼道',
        starts_at: from_now(60),
        ends_at: from_now(90),
        age_from: 12,
        age_to: 8,
      },
    })
    expect(faults(order)).toEqual(['/age_to order'])
  })

  test('an event of service is for pupils, whoever announces it', async () => {
    const body = { kind: 'service.community', title: '服务', place: '楼道', audience: 'families', ...yesterday() }

    expect(faults(await green.worker.send('POST', '/api/activities', { body }))).toEqual(['/audience kind'])
  })

  test('a pupil of another age is not let in, and no place is taken', async () => {
    const { official } = county
    const [family] = families
    await official.call('PATCH /people/{id}', { path: { id: family!.child }, body: { birth_day: '2018-05-04' } })
    const made = await offer(green.worker, { age_from: 14, capacity: 1 })
    const answer = await family!.mother.send('PUT', `/api/activities/${made.id}/sign-up`, { body: { student: family!.child } })

    expect(answer.status).toBe(409)
    expect((await green.worker.call('GET /service-offers/{id}', { path: { id: made.id } })).placed).toBe(0)
  })
})

describe('confirming', () => {
  test('the hours that the community confirms are one entry, and the meter moves by itself', async () => {
    const family = families[1]!
    const event = await begun_with(green.worker, [as_pair(family), as_pair(families[2]!)])
    const half = new Date(Date.parse(event.starts_at) + 30 * 60_000).toISOString()
    const answer = await put_hours(green.worker, event.id, [
      { student: family.child, from_at: event.starts_at, until_at: half },
      { student: families[2]!.child },
    ])
    expect(answer.status).toBe(200)
    expect(answer.json.items.find(({ student }: any) => student === family.child)).toMatchObject({ minutes: 30, is_by_hand: true })
    await close(green.worker, event)

    expect(await meter(family)).toMatchObject({ minutes: 30, needed: 360, state: 'missing' })
    expect(await meter(families[2]!)).toMatchObject({ minutes: 0 })
    const own = (await family.mother.call('GET /own-service')).items[0]!
    expect(own.served.map(({ minutes, base_name, is_by_hand }) => ({ minutes, base_name, is_by_hand }))).toEqual([
      { minutes: 30, base_name: '绿地社区', is_by_hand: true },
    ])
    expect(own.targets).toMatchObject([{ minutes: 30, needed: 360 }])
    expect((await put_hours(green.worker, event.id, [whole(event, family)])).status).toBe(409)
  })

  test('confirmed and closed in one step, and the same again by a phone that never heard the answer changes nothing', async () => {
    const family = families[2]!
    const event = await begun_with(green.worker, [as_pair(family)])
    const send = (line: object) =>
      green.worker.send('PUT', `/api/service-offers/${event.id}/hours`, { body: { lines: [line], closes: true } })

    const answers = [await send(whole(event, family)), await send(whole(event, family))]

    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect((await meter(family)).minutes).toBe(60)
    expect((await green.worker.call('GET /service-offers/{id}', { path: { id: event.id } })).state).toBe('closed')
    const early = new Date(Date.parse(event.starts_at) + 45 * 60_000).toISOString()
    expect((await send({ ...whole(event, family), until_at: early })).status).toBe(409) // other words: correct it instead
    const stranger = await begun_with(green.worker, [as_pair(families[2]!)])
    const nobody = await green.worker.send('PUT', `/api/service-offers/${stranger.id}/hours`, {
      body: { lines: [{ student: families[2]!.child }], closes: true },
    })
    expect(nobody.status).toBe(409)
    expect((await green.worker.call('GET /service-offers/{id}', { path: { id: stranger.id } })).state).toBe('announced')
  })

  test('a correction takes the entries back, says why, and counts once', async () => {
    const family = families[3]!
    const event = await begun_with(green.worker, [as_pair(family)])
    await put_hours(green.worker, event.id, [whole(event, family)])
    await close(green.worker, event)
    expect((await meter(family)).minutes).toBe(60)
    const body = { reason: '提前离开' }
    await green.worker.call('PUT /activities/{id}/reopening', { path: { id: event.id }, body })
    expect((await meter(family)).minutes).toBe(0)
    const early = new Date(Date.parse(event.starts_at) + 45 * 60_000).toISOString()
    await put_hours(green.worker, event.id, [{ student: family.child, from_at: event.starts_at, until_at: early }])
    await close(green.worker, event)

    expect((await meter(family)).minutes).toBe(45)
    expect((await hours_of(green.worker, event)).corrections).toMatchObject([{ reason: '提前离开' }])
  })

  test('nobody serves in two places at one time', async () => {
    const family = families[4]!
    const one = await begun_with(green.worker, [as_pair(family)])
    const other = await begun_with(river.worker, [as_pair(family)])
    await put_hours(green.worker, one.id, [whole(one, family)])
    await close(green.worker, one)

    const answer = await put_hours(river.worker, other.id, [whole(other, family)])
    expect(answer.status).toBe(422)
    expect(faults(answer)).toEqual(['/lines/0/from_at overlap'])
    await river.worker.call('PUT /activities/{id}/attendance', {
      path: { id: other.id },
      body: { people: [family.child], is_present: true },
    })
    expect((await river.worker.send('PUT', `/api/activities/${other.id}/closing`)).status).toBe(409)
    expect((await meter(family)).minutes).toBe(60)
  })

  test('times outside the event and pupils who did not sign up are refused line by line', async () => {
    const family = families[1]!
    const event = await begun_with(river.worker, [as_pair(families[5]!)])
    const late = new Date(Date.parse(event.ends_at) + 60_000).toISOString()

    expect(
      faults(
        await put_hours(river.worker, event.id, [
          { student: families[5]!.child, from_at: event.starts_at, until_at: late },
          whole(event, family),
        ]),
      ),
    ).toEqual(expect.arrayContaining(['/lines/0/from_at range', '/lines/1/student not_found']))
    expect(faults(await put_hours(river.worker, event.id, [{ student: family.child, from_at: event.starts_at }]))).toEqual([
      '/lines/0/until_at required',
    ])
    expect((await put_hours(river.worker, event.id, [])).status).toBe(422)
  })
})

describe('rating', () => {
  test('who was there rates once; too few ratings are nobody’s business; the school hides words', async () => {
    const event = await begun_with(river.worker, families.slice(0, 5).map(as_pair), {
      title: '评价一次',
      starts_at: from_now(48 * 60),
      ends_at: from_now(49 * 60),
    })
    // Elsewhere at that time: everybody serves here two days ago instead.
    const two_days_ago = { starts_at: from_now(-50 * 60), ends_at: from_now(-49 * 60) }
    await river.worker.call('PATCH /activities/{id}', { path: { id: event.id }, body: two_days_ago })
    await put_hours(
      river.worker,
      event.id,
      families.slice(0, 5).map((family) => whole(two_days_ago, family)),
    )
    await close(river.worker, event)
    const rate = (family: Family, stars: number, words = '') =>
      family.mother.send('PUT', `/api/service-offers/${event.id}/rating`, { body: { student: family.child, stars, words } })
    const base = async () => county.west.leader.call('GET /service-bases/{id}', { path: { id: river.id } })

    expect((await rate(families[5]!, 1)).status).toBe(403)
    expect((await rate(families[0]!, 1, '还行')).status).toBe(200)
    expect((await rate(families[0]!, 4, '很好')).status).toBe(200)
    for (const family of families.slice(1, 4)) await rate(family, 5)
    expect(await base()).toMatchObject({ rating: { count: 4 }, said: [] })
    expect((await base()).rating.mean).toBeUndefined()
    await rate(families[4]!, 5, '不合适的话')
    expect((await base()).rating.mean).toBeCloseTo(24 / 5)
    expect((await base()).said.map(({ words }) => words)).toContain('不合适的话')
    expect(JSON.stringify(await base())).not.toContain(families[4]!.child_name)

    const listed = (await teacher.call('GET /service-ratings', { query: { has_words: true } })).items
    expect(listed.map(({ words }) => words)).toEqual(['不合适的话', '很好'])
    expect((await county.west.leader.call('GET /service-ratings')).items).toEqual([])
    const path = { id: listed[0]!.id }
    expect(
      (await county.west.leader.send('PUT', `/api/service-ratings/${path.id}/hiding`, { body: { reason: '不文明' } })).status,
    ).toBe(404)
    await teacher.call('PUT /service-ratings/{id}/hiding', { path, body: { reason: '不文明' } })
    expect((await base()).said.map(({ words }) => words)).not.toContain('不合适的话')
    expect((await base()).rating.mean).toBeCloseTo(24 / 5)
    expect((await rate(families[4]!, 1)).status).toBe(409)
    await teacher.call('DELETE /service-ratings/{id}/hiding', { path })
    expect((await base()).said.map(({ words }) => words)).toContain('不合适的话')
  })
})

test('what a resource offers at its own place counts as used, and its stars are entries that a change replaces', async () => {
  const { server, official, root } = county
  const { id } = await official.call('POST /organisations', {
    body: { parent: root, kind: 'resource', name: '县博物馆', stages: [], opened_on: '2025-09-01', resource_kind: 'museum' },
  })
  const { leader: guide } = await add_staff(server, official, id, 'resource_contact', '馆员')
  const family = families[5]!
  const event = await begun_with(guide, [as_pair(family)])
  await put_hours(guide, event.id, [whole(event, family)])
  await close(guide, event)
  const rate = (stars: number) =>
    family.mother.call('PUT /service-offers/{id}/rating', {
      path: { id: event.id },
      body: { student: family.child, stars, words: '' },
    })
  await rate(3)
  await rate(3)
  await rate(5)
  const { items } = await official.call('GET /entries', { query: { kind: ['rated.resource'], limit: 50 } })
  const standing = items.filter((one) => !one.reverses && !one.reversed_by)

  expect(event.base.name).toBe('县博物馆')
  expect(standing.map(({ count }) => count)).toEqual([5])
  expect((await official.call('GET /entries', { query: { kind: ['resource.used'], limit: 50 } })).items).toHaveLength(1)
})

describe('meter, reminders and records', () => {
  test('a class is listed from the least, filtered, and exported; others do not find it', async () => {
    const path = { class: county.east.class }
    const list = await teacher.call('GET /service-meters/{class}', { path, query: { order: 'least' } })
    const minutes = list.items.map((line) => line.minutes)

    expect(minutes).toEqual([...minutes].sort((a, b) => a - b))
    expect(list.items).toHaveLength(9)
    expect((await teacher.call('GET /service-meters/{class}', { path, query: { state: 'covered' } })).items).toEqual([])
    const sheet = (await read_workbook(await download(teacher, `/api/service-meters/${county.east.class}/pupils.xlsx`))).flatMap(
      ({ data }) => data as unknown[][],
    )
    expect(sheet).toHaveLength(10)
    expect((await county.west.leader.send('GET', `/api/service-meters/${county.east.class}`)).status).toBe(404)
    expect((await families[0]!.mother.send('GET', `/api/service-meters/${county.east.class}`)).status).toBe(403)
    expect((await county.east.leader.send('GET', `/api/service-meters/${county.east.id}`)).status).toBe(422)
  })

  test('a reminder of a unit takes the place of the one before, and ends', async () => {
    const set = (body: object) => teacher.send('POST', '/api/service-reminders', { body })
    expect(faults(await set({ due: '2027-01-01', every_days: 3 }))).toEqual(['/every_days range'])
    expect(faults(await set({ due: '2020-01-01' }))).toEqual(['/due past'])
    expect(faults(await set({ due: '2027-01-01', unit: county.west.class }))).toEqual(['/unit not_found'])
    await set({ due: '2027-01-01', first: '2026-12-30' })
    const { json } = await set({ due: '2027-02-01', first: '2026-12-30', every_days: 14 })
    const listed = (await teacher.call('GET /service-reminders')).items

    expect(listed.map(({ due }) => due)).toEqual(['2027-02-01'])
    expect((await county.west.leader.send('DELETE', `/api/service-reminders/${json.id}`)).status).toBe(404)
    await teacher.call('DELETE /service-reminders/{id}', { path: { id: json.id } })
    expect((await teacher.call('GET /service-reminders')).items).toEqual([])
  })

  test('offers, ratings and bases leave as sheets, of what one may see alone', async () => {
    const rows = async (by: Visitor, sheet: string) => (await read_workbook(await download(by, `/api/${sheet}`)))[0]!.data.length
    const { east, west } = county
    expect(await rows(east.leader, 'service-ratings.xlsx')).toBeGreaterThan(1)
    expect(await rows(west.leader, 'service-ratings.xlsx')).toBe(1) // the headings
    expect(await rows(green.worker, `service-offers.xlsx?when=past&organiser=${green.id}`)).toBeGreaterThan(1)
    expect(await rows(green.worker, 'service-offers.xlsx?q=没有这样的服务')).toBe(1)
    expect(await rows(east.leader, 'service-bases.xlsx')).toBeGreaterThan(1)
    expect((await families[0]!.mother.send('GET', '/api/service-ratings.xlsx')).status).toBe(403)
  })

  test('a printed record can be checked by its code and name, and by nothing else', async () => {
    const family = families[3]!
    const pdf = await download(family.mother, `/api/own-service/${family.child}/record.pdf`)
    const text = await written(pdf)
    const code = /核验码：([A-Z0-9]+)/.exec(text)![1]!
    const anybody = county.server.visitor()
    const check = (body: { code: string; name: string }) => anybody.call('POST /service-record-checks', { body })
    const found = await check({ code: code.toLowerCase(), name: family.child_name })

    expect(text).toContain('绿地社区')
    expect(text).toContain('手工')
    expect(found).toMatchObject({ is_known: true, times: 2, minutes: 105, minutes_now: 105 })
    expect(found.name).not.toBe(family.child_name)
    expect(await check({ code, name: '别人' })).toEqual({ is_known: false })
    expect(await check({ code: 'AAAAAAAAAAAA', name: family.child_name })).toEqual({ is_known: false })
    const again = await written(await download(teacher, `/api/service-records/${family.child}/record.pdf`))
    expect(again).toContain(code)
    const whole_class = await written(await download(teacher, `/api/service-meters/${county.east.class}/records.pdf`))
    expect(whole_class).toContain(families[4]!.child_name)
    expect((await families[0]!.mother.send('GET', `/api/own-service/${family.child}/record.pdf`)).status).toBe(404)
    expect((await county.west.leader.send('GET', `/api/service-records/${family.child}/record.pdf`)).status).toBe(404)
  })
})
