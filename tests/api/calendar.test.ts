// Everyone's own calendar: what is in it, what leaves the platform by an address, what collides, and who sees nothing of it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { announce, next_week, path, sign_up } from '../harness/activities.ts'
import { calendar_of, day_after, entries_in } from '../harness/calendar.ts'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'
import { evenings, plan, start_campaign, visits_of } from '../harness/visits.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let family: Family
let teacher: Visitor
let teacher_id: string
beforeAll(async () => {
  county = await make_county({ name: 'calendar' })
  const { server, official, east } = county
  family = await make_family(server, official, east)
  ;({ leader: teacher, leader_id: teacher_id } = await add_staff(server, official, east.class, 'class_teacher', '赵老师'))
})
afterAll(() => county?.server.stop())

const titles = async (visitor: Visitor) => (await calendar_of(visitor)).map(({ title }) => title)
const feed_of = async (visitor: Visitor, scope: 'own' | 'own_and_children' = 'own_and_children') =>
  visitor.call('POST /own-calendar-feeds', { body: { name: '我的手机', scope } })
const read = (address: string, headers: Record<string, string> = {}) => county.server.visitor().send('GET', address, { headers })

describe('the list', () => {
  test('holds what one signed up for, leads or may come to, and nothing that is for others', async () => {
    const { east, west } = county
    const lecture = await announce(east.leader, { title: '亲子沟通', needs_sign_up: true, leaders: [teacher_id] })
    await announce(east.leader, { title: '开放日' })
    await announce(east.leader, { title: '另报名', needs_sign_up: true })
    await announce(west.leader, { title: '城西讲座' })
    await sign_up(family.mother, lecture)

    const mothers = await calendar_of(family.mother)
    const own = mothers.filter(({ kind }) => kind === 'activity')

    expect(own.map(({ title, is_binding, link }) => [title, is_binding, link])).toEqual([
      ['亲子沟通', true, `/activities/${lecture.id}`],
      ['开放日', false, own[1]!.link],
    ])
    expect(await titles(teacher)).toContain('亲子沟通')
    expect(await titles(west.leader)).not.toContain('亲子沟通')
  })

  test('holds what one goes to with a child once, under its name, and says where one only waits for a place', async () => {
    const { server, official, east } = county
    const [here, other] = [await make_family(server, official, east), await make_family(server, official, east)]
    const full = await announce(east.leader, { title: '亲子陶艺', needs_sign_up: true, capacity: 1 })
    const free = await announce(east.leader, { title: '亲子跳绳', needs_sign_up: true })
    const go = ({ mother, child }: Family, to: typeof full) =>
      mother.call('PUT /activities/{id}/sign-up', { ...path(to), body: { student: child } })
    await go(other, full)
    await go(here, full)
    await go(here, free)

    const own = (await calendar_of(here.mother)).filter(({ title }) => title.startsWith('亲子') && title !== '亲子沟通')

    expect(own.map(({ title, child, is_binding, is_waiting }) => [title, child?.name, is_binding, is_waiting])).toEqual([
      ['亲子陶艺', here.child_name, false, true],
      ['亲子跳绳', here.child_name, true, false],
    ])
  })

  test('holds a visit on both sides once the family was told, with the child by name', async () => {
    const { id } = await start_campaign(county.east.leader, county.east.id)
    const visit = (await visits_of(teacher, id)).find(({ student }) => student.id === family.child)!
    const place = { address: '滨江路 8 号', latitude: 30.5, longitude: 104.1 }
    await family.mother.call('PUT /own-visits/{id}/wish', {
      path: { id: visit.id },
      body: { wish: 'home', times: evenings, place },
    })
    await plan(county.east.leader, id)

    const before = (await calendar_of(family.mother)).filter(({ kind }) => kind === 'visit')
    await county.east.leader.call('PUT /visit-campaigns/{id}/publication', { path: { id } })
    const after = (await calendar_of(family.mother)).filter(({ kind }) => kind === 'visit')
    const teachers = (await calendar_of(teacher)).filter(({ kind }) => kind === 'visit')

    expect(before).toEqual([])
    expect(after.map(({ title, child }) => [title, child?.name])).toEqual([['家访', family.child_name]])
    expect(teachers.map(({ title, about, link }) => [title, about, link])).toEqual([
      ['家访', family.child_name, `/visits/${visit.id}`],
    ])
  })

  test('holds the arrangement of the State Council for 2026: nine days of Spring Festival and two Saturdays worked', async () => {
    const days = await calendar_of(county.official, '2026-02-10', '2026-02-28')

    expect(days.map(({ kind, first_day, last_day }) => [kind, first_day, last_day])).toEqual([
      ['working_day', '2026-02-14', '2026-02-14'],
      ['holiday', '2026-02-15', '2026-02-23'],
      ['working_day', '2026-02-28', '2026-02-28'],
    ])
  })

  test('is asked for 400 days at most', async () => {
    const answer = await family.mother.send('GET', '/api/own-calendar?from=2026-01-01&to=2027-06-01')

    expect(answer.status).toBe(422)
    expect(answer.json.problems.map(({ path }: { path: string }) => path)).toEqual(['/to'])
  })
})

describe("the county's own days", () => {
  test('stand in everybody’s calendar until they are taken away; a school sets none', async () => {
    const body = { title: '秋假', kind: 'day_off' as const, from: day_after(20), to: day_after(22) }
    const day = await county.official.call('POST /calendar-days', { body })

    const refused = await county.east.leader.send('POST', '/api/calendar-days', { body })
    const seen = (await calendar_of(family.mother)).find(({ title }) => title === '秋假')
    const changed = await county.official.call('PUT /calendar-days/{id}', {
      path: { id: day.id },
      body: { ...body, title: '秋收假' },
      version: day.version,
    })
    const late = await county.official.send('PUT', `/api/calendar-days/${day.id}`, {
      body,
      headers: { 'if-match': `"${day.version}"` },
    })
    await county.official.call('DELETE /calendar-days/{id}', { path: { id: day.id } })

    expect(refused.status).toBe(403)
    expect([seen?.first_day, seen?.last_day]).toEqual([body.from, body.to])
    expect(changed.title).toBe('秋收假')
    expect(late.status).toBe(412)
    expect(await titles(family.mother)).not.toContain('秋收假')
  })
})

describe('an address for other programs', () => {
  test('is read by another parser: moments, whole days, and no name of a child or title of a visit', async () => {
    const { path: address } = await feed_of(family.mother)

    const answer = await read(address!)
    const entries = entries_in(answer.text)
    const of = (summary: string) => entries.find((one) => one.summary === summary)

    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain('text/calendar')
    expect(of('亲子沟通')).toMatchObject({ status: 'CONFIRMED', is_day: false })
    expect(of('孩子：家访')).toMatchObject({ status: 'CONFIRMED' })
    expect(entries.filter(({ is_day }) => is_day).length).toBeGreaterThan(5)
    expect(new Set(entries.map(({ uid }) => uid)).size).toBe(entries.length)
    expect(answer.text).not.toContain(family.child_name)
    expect(answer.text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
  })

  test('of the scope "own" says nothing of the children', async () => {
    const { path: address } = await feed_of(family.mother, 'own')

    const summaries = entries_in((await read(address!)).text).map(({ summary }) => summary)

    expect(summaries).toContain('亲子沟通')
    expect(summaries.filter((summary) => summary.includes('孩子'))).toEqual([])
  })

  test('says that an event was moved or called off, under the same name', async () => {
    const activity = await announce(county.east.leader, { title: '家长沙龙', needs_sign_up: true })
    await sign_up(family.mother, activity)
    const { path: address } = await feed_of(family.mother)
    const salon = async () => entries_in((await read(address!)).text).find(({ summary }) => summary === '家长沙龙')!
    const before = await salon()

    await county.east.leader.call('PUT /activities/{id}/cancellation', { ...path(activity), body: { reason: '讲师生病' } })
    const after = await salon()

    expect(after.uid).toBe(before.uid)
    expect([before.status, after.status]).toEqual(['CONFIRMED', 'CANCELLED'])
    expect(Number(after.sequence)).toBeGreaterThan(Number(before.sequence))
  })

  test('calls off, once, what is planned no more, and numbers its return', async () => {
    const salon = await announce(county.east.leader, { title: '读书会', needs_sign_up: true })
    await sign_up(family.mother, salon)
    const { path: address } = await feed_of(family.mother)
    const entry = async () => entries_in((await read(address!)).text).find(({ uid }) => uid.startsWith(`activity-${salon.id}@`))
    const before = await entry()
    await family.mother.call('DELETE /activities/{id}/sign-up', path(salon))
    const gone = await entry()
    const later = await entry()
    await sign_up(family.mother, salon)
    const again = await entry()

    expect([before?.status, gone?.status, later?.status, again?.status]).toEqual(['CONFIRMED', 'CANCELLED', undefined, 'CONFIRMED'])
    expect(gone?.summary).not.toContain('读书会')
    expect(Number(gone?.sequence)).toBeGreaterThan(Number(before?.sequence))
    expect(Number(again?.sequence)).toBeGreaterThan(Number(gone?.sequence))
  })

  test('stands in its owner’s access log when it was read', async () => {
    const me = (await teacher.call('GET /session')).person.id
    const { path: address } = await feed_of(teacher)
    await read(address!)
    await read(address!)

    const { items } = await teacher.call('GET /children/{id}/readings', { path: { id: me } })

    expect(items.filter(({ why }) => why.startsWith('日历订阅')).length).toBeGreaterThan(0)
  })

  test('answers 304 to whoever has it already', async () => {
    const { path: address } = await feed_of(teacher)
    const first = await read(address!)
    const again = await read(address!, { 'if-none-match': first.headers.get('etag')! })
    await announce(county.east.leader, { title: '教师会', audience: 'staff' })
    const changed = await read(address!, { 'if-none-match': first.headers.get('etag')! })

    expect([first.status, again.status, changed.status]).toEqual([200, 304, 200])
    expect(again.text).toBe('')
    expect(changed.text).toContain('教师会')
  })

  test('ends when it is made anew or taken away, and only its owner may do that', async () => {
    const made = await feed_of(teacher)
    const strangers = await family.mother.send('DELETE', `/api/own-calendar-feeds/${made.id}`)
    const renewed = await teacher.call('PUT /own-calendar-feeds/{id}/address', { path: { id: made.id } })
    const old = await read(made.path!)
    const fresh = await read(renewed.path!)
    const [listed] = (await teacher.call('GET /own-calendar-feeds')).items.filter(({ id }) => id === made.id)
    await teacher.call('DELETE /own-calendar-feeds/{id}', { path: { id: made.id } })
    const gone = await read(renewed.path!)

    expect([strangers.status, old.status, fresh.status, gone.status]).toEqual([404, 404, 200, 404])
    expect(listed!.read_at).toBeDefined()
    expect(listed!.path).toBeUndefined()
  })

  test('ends with the log-in of its owner', async () => {
    const { leader, leader_id } = await add_staff(county.server, county.official, county.east.id, 'teacher', '周老师')
    const { path: address } = await feed_of(leader)
    const before = await read(address!)
    await county.official.call('PATCH /accounts/{person}', { path: { person: leader_id }, body: { disabled: true } })
    const after = await read(address!)

    expect([before.status, after.status]).toEqual([200, 404])
  })

  test('is no more than five for each person', async () => {
    const { leader } = await add_staff(county.server, county.official, county.east.id, 'teacher', '吴老师')
    for (let i = 0; i < 5; ++i) await feed_of(leader)

    const sixth = await leader.send('POST', '/api/own-calendar-feeds', { body: { name: '平板', scope: 'own' } })

    expect(sixth.status).toBe(409)
  })
})

describe('conflicts', () => {
  // In the morning, since the families' visits are in the evening.
  const morning = Date.parse(`${day_after(1)}T10:00:00+08:00`)
  const tomorrow = { starts_at: new Date(morning).toISOString(), ends_at: new Date(morning + 3_600_000).toISOString() }
  const hour = { from: tomorrow.starts_at, until: tomorrow.ends_at }

  test('are told with titles of oneself, and of a colleague only as occupied', async () => {
    const activity = await announce(county.east.leader, { ...tomorrow, title: '备课', audience: 'staff', leaders: [teacher_id] })
    const ask = (visitor: Visitor, body: object) => visitor.send('POST', '/api/calendar-conflicts', { body: { ...hour, ...body } })

    const own = await ask(teacher, { people: [], own: true })
    const leaders = await ask(county.east.leader, { people: [teacher_id] })
    const without = await ask(county.east.leader, { people: [teacher_id], except: `activity-${activity.id}` })
    const strangers = await ask(county.west.leader, { people: [teacher_id] })
    const carers = await ask(family.mother, { people: [teacher_id] })

    expect(own.json.items.map(({ title }: { title: string }) => title)).toEqual(['备课'])
    expect(leaders.json.items).toMatchObject([{ person: { name: '赵老师' }, title: '' }])
    expect(without.json.items).toEqual([])
    expect([strangers.status, carers.status]).toEqual([404, 404])
  })

  test('of a child are told to its family; what only invites is none', async () => {
    await announce(county.east.leader, { ...tomorrow, title: '随便来' })
    const trip = await announce(county.east.leader, { ...tomorrow, title: '研学', audience: 'pupils', needs_sign_up: true })
    const student = { body: { student: family.child } }
    await family.mother.call('PUT /activities/{id}/sign-up', { ...path(trip), ...student })

    const { items } = await family.mother.call('POST /calendar-conflicts', {
      body: { ...hour, people: [family.child], own: true },
    })

    expect(items.map(({ person, title }) => [person?.name, title])).toEqual([[family.child_name, '研学']])
  })

  test('never keep anybody from signing up', async () => {
    const same_time = await announce(county.east.leader, { ...next_week(), title: '同一时间', needs_sign_up: true })

    const answer = await family.mother.send('PUT', `/api/activities/${same_time.id}/sign-up`, { body: {} })

    expect(answer.status, answer.text).toBe(200)
  })
})
