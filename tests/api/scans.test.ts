// People let in at the gates of an event by several phones, off line or not: one result, whatever comes when.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ActivityView, Body } from '../../web/packages/api-client/src/index.ts'
import { code_shown, read_code } from '../../web/mobile/src/attendee_code.ts'
import { announce, close, from_now, now_on, path, show, sign_up, study_trip } from '../harness/activities.ts'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'
import { download } from '../harness/imports.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let first: Family
let second: Family
beforeAll(async () => {
  county = await make_county({ name: 'scans' })
  const { server, official, east } = county
  first = await make_family(server, official, east)
  second = await make_family(server, official, east)
})
afterAll(() => county?.server.stop())

type Batch = Required<Body<'PUT /activities/{id}/scans'>>
const batch = (device: string, scans: Batch['scans'], undone: Batch['undone'] = []): Batch => ({ device, scans, undone })
const hand_in = (visitor: Visitor, event: ActivityView, body: Batch) =>
  visitor.call('PUT /activities/{id}/scans', { ...path(event), body })
const trail = async (visitor: Visitor, event: ActivityView, query = {}) =>
  (await visitor.call('GET /activities/{id}/scans', { ...path(event), query })).items
const in_out = (event: ActivityView) =>
  county.east.leader.call('PUT /activities/{id}/admission', {
    ...path(event),
    body: { check_type: 'in_out', gates: ['东门', '西门'] },
  })
const own_code = async (visitor: Visitor, event: ActivityView) =>
  (await visitor.call('GET /activities/{id}/own-codes', path(event))).items[0]!

describe('codes', () => {
  test('what a family’s phone shows is checked by another phone with the list alone, and let in by the server', async () => {
    const { leader } = county.east
    const event = await announce(leader, { ...now_on(), capacity: 5 })
    expect((await first.mother.call('GET /activities/{id}/own-codes', path(event))).items).toEqual([])
    const future = await announce(leader, { starts_at: from_now(1 / 20), ends_at: from_now(60), capacity: 5 })
    await sign_up(first.mother, future)
    const list = await leader.call('GET /activities/{id}/check-in-list', path(future))
    expect(list).toMatchObject({ check_type: 'once', needs_place: true, items: [{ name: '陈兰', has_no_place: false }] })

    const own = await own_code(first.mother, future)
    const text = code_shown(own, Date.now())
    expect(read_code(text, future.id, list.keys, Date.now())).toEqual({ person: first.mother_id, is_paper: false })
    expect(read_code(text, future.id, list.keys, Date.now() + 4 * 60_000)).toEqual({ fault: 'old_code' })
    expect(read_code(text, event.id, list.keys, Date.now())).toEqual({ fault: 'other_event' })
    expect(read_code(text.replace('CC1.1', 'CC1.2'), future.id, list.keys, Date.now())).toEqual({ fault: 'wrong_code' })
    const scan = { number: 1, at: new Date().toISOString(), code: text }
    expect((await hand_in(leader, future, batch('phone-0001', [scan]))).items).toEqual([
      { number: 1, outcome: 'counted', person: first.mother_id, name: '陈兰', is_without_consent: false },
    ])
    expect((await trail(leader, future))[0]).toMatchObject({ means: 'code', name: '陈兰' })
  })

  test('one on paper stays; those of strangers and of other events are refused', async () => {
    const { leader } = county.east
    const event = await announce(leader, now_on())
    const other = await announce(leader, now_on())
    const codes = await leader.call('GET /activities/{id}/paper-codes', { ...path(event), query: { list: 'invited' } })
    const paper = codes.items.find(({ person }) => person === second.mother_id)!
    const at = new Date().toISOString()

    const wrong = code_shown(await own_code(first.mother, event), Date.now() - 30 * 60_000)
    const given = await hand_in(
      leader,
      event,
      batch('phone-0002', [
        { number: 1, at, code: paper.code },
        { number: 2, at, code: wrong },
      ]),
    )
    expect(given.items).toMatchObject([{ outcome: 'counted', person: second.mother_id }, { refusal: 'old_code' }])
    const elsewhere = await hand_in(leader, other, batch('phone-0002', [{ number: 1, at, code: paper.code }]))
    expect(elsewhere.items).toMatchObject([{ refusal: 'other_event' }])
    expect((await first.mother.send('GET', `/api/activities/${event.id}/paper-codes`)).status).toBe(404)
    expect((await first.mother.send('GET', `/api/activities/${event.id}/check-in-list`)).status).toBe(404)
    expect((await county.west.leader.send('GET', `/api/activities/${event.id}/own-codes`)).status).toBe(404)
  })
})

describe('two phones off line for a day', () => {
  const at = (minutes: number) => from_now(minutes)
  const scan = (number: number, person: string, minutes: number, direction: 'in' | 'out', gate: string) => ({
    number,
    person,
    at: at(minutes),
    direction,
    gate,
  })

  test('every order of what they hand in gives one result, and nothing is lost', async () => {
    const { leader } = county.east
    const [mother, other] = [first.mother_id, second.mother_id]
    const batches = [
      batch('phone-east', [scan(1, mother, -25, 'in', '东门'), scan(2, mother, -10, 'out', '东门')]),
      batch('phone-east', [scan(3, other, -20, 'in', '东门')], [{ device: 'phone-west', number: 2, at: at(-1) }]),
      batch('phone-west', [scan(1, mother, -24, 'in', '西门'), scan(2, other, -28, 'in', '西门')]),
      batch('console-1', [scan(1, mother, -5, 'in', '')], [{ device: 'phone-west', number: 2, at: at(-2) }]),
    ]
    const results = new Set<string>()
    for (const order of orders(batches)) {
      const event = await announce(leader, now_on())
      await in_out(event)
      for (const one of order) await hand_in(leader, event, one)
      await hand_in(leader, event, order[0]!)
      const scans = await trail(leader, event)
      const seen = scans.map(({ received_at, noted_by, ...rest }) => [rest, !!received_at, noted_by])
      const people = (await leader.call('GET /activities/{id}/attendance', path(event))).items
      const minutes = people.map(({ name, minutes, gate, lacks_out }) => [name, minutes, gate, lacks_out])
      const admission = await leader.call('GET /activities/{id}/admission', path(event))
      expect(scans).toHaveLength(6)
      results.add(JSON.stringify([seen, minutes, admission]))
    }

    expect(results.size).toBe(1)
    const [seen, , admission] = JSON.parse([...results][0]!)
    const repeated = seen.filter(([one]: [{ outcome: string }]) => one.outcome === 'repeated')
    expect(repeated).toMatchObject([[{ device: 'phone-west', number: 1, gate: '西门', name: '陈兰' }, true, expect.any(String)]])
    expect(admission).toMatchObject({
      check_type: 'in_out',
      inside: 2,
      figures: [{ name: '东门', came: 2, left: 1 }, { repeated: 1 }, {}],
    })
  })

  test('two at the same moment give one arrival', async () => {
    const { leader } = county.east
    const event = await announce(leader, now_on())
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        hand_in(leader, event, batch(`phone-${1000 + i}`, [scan(1, first.mother_id, -20 + (i % 7), 'in', '')])),
      ),
    )

    expect(answers.flatMap(({ items }) => items)).toHaveLength(20)
    const scans = await trail(leader, event)
    expect(scans.filter(({ outcome }) => outcome === 'counted')).toHaveLength(1)
    expect(scans.at(-1)!.outcome).toBe('counted')
    expect((await show(leader, event)).present).toBe(1)
  })
})

describe('the list and the trail', () => {
  test('whoever did not check out is told apart, and the sheet has the gates', async () => {
    const { leader } = county.east
    const event = await announce(leader, now_on())
    await in_out(event)
    const scans = [
      { number: 1, at: from_now(-25), person: first.mother_id, gate: '东门' },
      { number: 2, at: from_now(-5), person: first.mother_id, direction: 'out' as const, gate: '西门' },
      { number: 3, at: from_now(-15), person: second.mother_id, gate: '东门' },
    ]
    await hand_in(leader, event, batch('phone-0003', scans))

    const people = (await leader.call('GET /activities/{id}/attendance', path(event))).items
    expect(people.find(({ person }) => person === first.mother_id)).toMatchObject({ minutes: 20, gate: '东门', lacks_out: false })
    expect(people.find(({ person }) => person === second.mother_id)).toMatchObject({ lacks_out: true, sources: ['code'] })
    expect((await trail(leader, event, { gate: '西门' })).map(({ number }) => number)).toEqual([2])
    expect((await trail(leader, event, { q: '陈兰', limit: 1 })).length).toBe(1)
    const page = await leader.call('GET /activities/{id}/scans', { ...path(event), query: { limit: 2 } })
    const rest = await leader.call('GET /activities/{id}/scans', { ...path(event), query: { limit: 2, after: page.next! } })
    expect([...page.items, ...rest.items].map(({ number }) => number)).toEqual([2, 3, 1])
    expect(rest.next).toBeUndefined()
    expect((await download(leader, `/api/activities/${event.id}/attendance.xlsx`)).subarray(0, 2).toString()).toBe('PK')
    expect((await close(leader, event)).result).toMatchObject({ participants: 2 })
  })

  test('only whoever runs the event hands in; gates have names of their own; faults come by field', async () => {
    const { server, official, east } = county
    const { leader, leader_id } = await add_staff(server, official, east.id, 'teacher', '易老师')
    const event = await announce(east.leader, { ...now_on(), leaders: [leader_id] })
    const body = batch('phone-0004', [{ number: 1, at: from_now(-3), person: first.mother_id }])
    const refused = await hand_in(leader, event, body)
    expect(refused.items).toMatchObject([{ refusal: 'not_invited' }])
    expect((await first.mother.send('PUT', `/api/activities/${event.id}/scans`, { body })).status).toBe(404)
    expect((await county.west.leader.send('PUT', `/api/activities/${event.id}/scans`, { body })).status).toBe(404)
    const nobody = await east.leader.send('PUT', `/api/activities/${event.id}/scans`, {
      body: batch('phone-0004', [{ number: 2, at: from_now(-3) }]),
    })
    expect([nobody.status, nobody.json.problems[0].path]).toEqual([422, '/scans/0/person'])
    const twice = await east.leader.send('PUT', `/api/activities/${event.id}/admission`, {
      body: { check_type: 'once', gates: ['东门', '东门'] },
    })
    expect([twice.status, twice.json.problems[0].path]).toEqual([422, '/gates/1'])
  })
})

describe('the venue’s code, read off line', () => {
  test('is taken later with the moment when it was read, out too, and not after a week or by guessing', async () => {
    const { leader } = county.east
    const event = await announce(leader, now_on())
    await in_out(event)
    const own = async () => (await second.mother.call('GET /activities/{id}/own-paper-codes', path(event))).items[0]!
    expect(await own()).toMatchObject({ was_there: false })
    const { code } = await leader.call('GET /activities/{id}/check-in-code', path(event))
    const check_in = (body: object) =>
      second.mother.send('POST', `/api/activities/${event.id}/check-in`, { body: { code, ...body } })
    const now = new Date().toISOString()

    expect((await check_in({ code_read_at: from_now(-20) })).status).toBe(422)
    expect((await check_in({ code_read_at: from_now(-8 * 24 * 60) })).status).toBe(422)
    expect((await check_in({ code_read_at: now })).status).toBe(201)
    expect((await check_in({ code_read_at: now })).status).toBe(201)
    const inside = await own()
    expect([inside.was_there, inside.left_at]).toEqual([true, undefined])
    expect((await check_in({ direction: 'out' })).status).toBe(201)
    expect((await own()).left_at).toBeDefined()
    expect(
      read_code(inside.code, event.id, (await leader.call('GET /activities/{id}/check-in-list', path(event))).keys, Date.now()),
    ).toEqual({ person: second.mother_id, is_paper: true })
    const scans = await trail(leader, event)
    expect(scans.map(({ means, direction }) => [means, direction]).sort()).toEqual([
      ['venue', 'in'],
      ['venue', 'out'],
    ])
    expect((await show(second.mother, event)).own).toMatchObject([{ is_present: true }])
  })
})

describe('a journey', () => {
  test('whoever has no consent is turned away at the gate; who was let in off line stays, and the organiser is shown', async () => {
    const { leader } = county.east
    const times = { starts_at: from_now(30), ends_at: from_now(90) }
    const sheet = study_trip().travel!
    const stages = [{ ...sheet.stages[0]!, from: times.starts_at, until: times.ends_at }]
    const event = await announce(leader, { ...study_trip(), ...times, travel: { ...sheet, stages } })
    await leader.call('PUT /activities/{id}/roles/{person}', {
      path: { id: event.id, person: second.mother_id },
      body: { role: 'helped' },
    })
    const { hash } = await first.mother.call('GET /activities/{id}/travel', path(event))
    await first.mother.call('PUT /activities/{id}/consents/{student}', {
      path: { id: event.id, student: first.child },
      body: { agrees: true, hash },
    })
    const listed = await leader.call('GET /activities/{id}/check-in-list', { ...path(event), query: { list: 'invited' } })
    const lacks = Object.fromEntries(listed.items.map(({ person, lacks_consent }) => [person, lacks_consent]))
    expect([lacks[first.child], lacks[second.child]]).toEqual([false, true])

    const now = new Date().toISOString()
    const at_once = await hand_in(
      leader,
      event,
      batch('phone-0007', [
        { number: 1, at: now, person: first.child },
        { number: 2, at: now, person: second.child },
        { number: 3, at: now, person: second.child, direction: 'out' },
        { number: 4, at: now, person: second.mother_id },
      ]),
    )
    expect(at_once.items).toMatchObject([
      { outcome: 'counted', is_without_consent: false },
      { refusal: 'no_consent' },
      { outcome: 'unmatched' },
      { outcome: 'counted', is_without_consent: false },
    ])
    expect(await trail(leader, event, { choice: 'without_consent' })).toEqual([])

    const kept = batch('phone-0008', [{ number: 1, at: from_now(-2), person: second.child }])
    const later = await hand_in(leader, event, kept)
    expect(later.items).toMatchObject([{ outcome: 'counted', is_without_consent: true }])
    expect(await hand_in(leader, event, kept)).toEqual(later)
    const shown = await trail(leader, event, { choice: 'without_consent' })
    expect(shown).toMatchObject([{ person: second.child, device: 'phone-0008', is_without_consent: true }])
    const people = await leader.call('GET /activities/{id}/attendance', { ...path(event), query: { is_without_consent: true } })
    expect(people.items).toMatchObject([{ person: second.child, is_without_consent: true, sources: ['code'] }])
    expect((await leader.call('GET /activities/{id}/admission', path(event))).without_consent).toBe(1)
  })

  test('a venue’s code that was read off line is kept as well, one that is typed now is refused', async () => {
    const { leader } = county.east
    const times = { starts_at: from_now(30), ends_at: from_now(90) }
    const sheet = study_trip().travel!
    const stages = [{ ...sheet.stages[0]!, from: times.starts_at, until: times.ends_at }]
    const event = await announce(leader, { ...study_trip(), ...times, travel: { ...sheet, stages } })
    const { code } = await leader.call('GET /activities/{id}/check-in-code', path(event))
    const check_in = (body: object) =>
      first.mother.send('POST', `/api/activities/${event.id}/check-in`, { body: { code, student: first.child, ...body } })

    const refused = await check_in({})
    expect([refused.status, refused.json.problems[0].code]).toEqual([422, 'no_consent'])
    expect((await check_in({ code_read_at: from_now(-1.5) })).status).toBe(201)
    expect(await trail(leader, event, { choice: 'without_consent' })).toMatchObject([{ person: first.child, means: 'venue' }])
  })
})

/** Every order of a few things. */
function orders<T>(things: T[]): T[][] {
  if (things.length < 2) return [things]
  return things.flatMap((one, i) => orders([...things.slice(0, i), ...things.slice(i + 1)]).map((rest) => [one, ...rest]))
}
