// Places of an event: quotas, families who come together, the waiting list with offers, closing sign-up; nobody over, nobody lost.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ActivityView } from '../../web/packages/api-client/src/index.ts'
import { announce, close, entries_from, from_now, now_on, path, show, tick, type ActivityInput } from '../harness/activities.ts'
import { make_county, type County, type School } from '../harness/county.ts'
import { eventually } from '../harness/eventually.ts'
import { make_family, type Family } from '../harness/families.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let families: Family[]
beforeAll(async () => {
  county = await make_county({ name: 'places' })
  const { server, official, east } = county
  families = []
  for (let at = 0; at < 4; ++at) families.push(await make_family(server, official, east))
})
afterAll(() => county?.server.stop())

/** Of whom nobody has had a turn. */
async function newcomers(count: number, school: School = county.east): Promise<Family[]> {
  const made: Family[] = []
  for (let at = 0; at < count; ++at) made.push(await make_family(county.server, county.official, school))
  return made
}
const event = (input: Partial<ActivityInput> = {}) => announce(county.east.leader, { title: '亲子运动会', capacity: 2, ...input })
const family_of = async (visitor: Visitor, activity: ActivityView) =>
  (await visitor.call('GET /activities/{id}/family', path(activity))).items
const come = (visitor: Visitor, activity: ActivityView, people: string[]) =>
  visitor.call('PUT /activities/{id}/family-sign-up', { ...path(activity), body: { people } })
const come_alone = (visitor: Visitor, activity: ActivityView) =>
  visitor.call('PUT /activities/{id}/sign-up', { ...path(activity), body: {} })
const withdraw = (visitor: Visitor, activity: ActivityView) => visitor.call('DELETE /activities/{id}/sign-up', path(activity))
const own_of = async (visitor: Visitor, activity: ActivityView) => (await show(visitor, activity)).own[0]
const waiting_list = async (activity: ActivityView) =>
  (await county.east.leader.call('GET /activities/{id}/waiting-list', path(activity))).items
const letters = async (visitor: Visitor) => (await visitor.call('GET /inbox')).items.map(({ title }) => title)

describe('a family signs up in one go', () => {
  test('children and adults together, with what each has at that time; all of them or nobody', async () => {
    const { mother, child } = families[0]!
    const other = await event({ audience: 'pupils', title: '合唱排练', capacity: 0 })
    await mother.call('PUT /activities/{id}/sign-up', { ...path(other), body: { student: child } })
    const fair = await event({ capacity: 10 })

    const family = await family_of(mother, fair)
    const stranger = families[1]!.child
    const refused = await mother.send('PUT', `/api/activities/${fair.id}/family-sign-up`, {
      body: { people: [family[0]!.person, stranger] },
    })
    const nobody = await show(mother, fair)
    const done = await come(mother, fair, [family[0]!.person, child])
    const again = await come(mother, fair, [family[0]!.person, child])

    expect(family.map(({ role }) => role)).toContain('self')
    expect(family.find(({ person }) => person === child)!.conflicts.map(({ title }) => title)).toEqual(['合唱排练'])
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('/people/1')
    expect(nobody.placed).toBe(0)
    expect(done.people.map(({ state }) => state)).toEqual(['placed', 'placed'])
    expect(again).toEqual(done)
    expect((await show(mother, fair)).own.map(({ student, state }) => [student, state])).toEqual([
      [child, 'placed'],
      [child, 'placed'],
    ])
  })

  test('they wait together while there are too few places, and others who fit go before', async () => {
    const [first, second, third] = families as [Family, Family, Family]
    const fair = await event({ capacity: 2 })
    await come_alone(first.mother, fair)
    const self = (await family_of(second.mother, fair)).find(({ role }) => role === 'self')!.person

    const both = await come(second.mother, fair, [self, second.child])
    const alone = await come_alone(third.mother, fair)
    await withdraw(first.mother, fair)
    const still = await own_of(second.mother, fair)
    await withdraw(third.mother, fair)

    expect(both.people.map(({ state, ahead }) => [state, ahead])).toEqual([
      ['waiting', 0],
      ['waiting', 1],
    ])
    expect(alone.people[0]!.state).toBe('placed')
    expect(still!.state).toBe('waiting')
    expect((await show(second.mother, fair)).own.map(({ state }) => state)).toEqual(['placed', 'placed'])
  })

  test('a child who came along takes a place and leaves no entry of its own', async () => {
    const { mother, child } = families[3]!
    const fair = await event({ capacity: 10, starts_at: from_now(24 * 60), ends_at: from_now(25 * 60) })
    const self = (await family_of(mother, fair)).find(({ role }) => role === 'self')!.person
    await come(mother, fair, [self, child])
    await county.east.leader.call('PATCH /activities/{id}', { ...path(fair), body: now_on() })

    await tick(county.east.leader, fair, [self, child])
    await close(county.east.leader, fair)

    const entries = await entries_from(county.official, fair)
    expect(entries.filter(({ kind }) => kind.startsWith('attended.'))).toHaveLength(1)
  })
})

describe('quotas', () => {
  test('keep places for those who fit and let no more of them in; what is left is released', async () => {
    const { leader } = county.east
    const [first, second] = families as [Family, Family]
    const fair = await event({
      audience: 'everybody',
      capacity: 2,
      places: { quotas: [{ role: 'staff', places: 1 }], release_at: from_now(60) },
    })

    const carer = await come_alone(first.mother, fair)
    const next = await come_alone(second.mother, fair)
    const staff = await come_alone(leader, fair)
    const view = await show(leader, fair)
    await withdraw(leader, fair)
    const before = await own_of(second.mother, fair)
    const quotas = [{ role: 'staff' as const, places: 1 }]
    await leader.call('PATCH /activities/{id}', { ...path(fair), body: { places: { quotas, release_at: from_now(-1) } } })

    expect(carer.people[0]!.state).toBe('placed')
    expect(next.people[0]).toMatchObject({ state: 'waiting', ahead: 0 })
    expect(staff.people[0]!.state).toBe('placed')
    expect(view.places.quotas).toMatchObject([{ role: 'staff', places: 1, taken: 1 }])
    expect(before!.state).toBe('waiting')
    expect(await own_of(second.mother, fair)).toMatchObject({ state: 'placed' })
    expect((await show(leader, fair)).places.is_released).toBe(true)
  })

  test('each fault is named by its field', async () => {
    const faults = async (input: Partial<ActivityInput>) => event(input).catch((error: Error) => error.message)
    expect(await faults({ capacity: 2, places: { quotas: [{ role: 'carer', places: 3 }] } })).toMatch(/422.*places\/quotas/)
    expect(await faults({ places: { quotas: [{ places: 1 }] } })).toMatch(/422.*places\/quotas\/0/)
    expect(await faults({ places: { quotas: [{ unit: county.west.class, places: 1 }] } })).toMatch(/422.*quotas\/0\/unit/)
    expect(await faults({ places: { quotas: [], release_at: from_now(5) } })).toMatch(/422.*release_at/)
    expect(await faults({ places: { quotas: [], opens_at: from_now(9), closes_at: from_now(5) } })).toMatch(/422.*closes_at/)
    const fair = await event({ places: { quotas: [{ role: 'carer', places: 2 }] } })
    const change = county.east.leader.call('PATCH /activities/{id}', { ...path(fair), body: { capacity: 1 } })
    await expect(change).rejects.toThrow(/422.*capacity/)
  })
})

describe('the waiting list', () => {
  test('a free place is offered, taken with one tap, and goes on when nobody answers', async () => {
    const [first, second, third] = (await newcomers(3)) as [Family, Family, Family]
    const fair = await event({ capacity: 1, places: { waiting: 'offer', offer_minutes: 5, quotas: [] } })
    await come_alone(first.mother, fair)
    await come_alone(second.mother, fair)
    await come_alone(third.mother, fair)
    expect((await second.mother.send('PUT', `/api/activities/${fair.id}/offer`)).status).toBe(409)

    await withdraw(first.mother, fair)
    const offered = await own_of(second.mother, fair)
    const late = await come_alone(first.mother, fair)
    const declined = await withdraw(second.mother, fair)
    const taken = await third.mother.call('PUT /activities/{id}/offer', path(fair))
    const twice = await third.mother.call('PUT /activities/{id}/offer', path(fair))

    expect(offered!.offered_until).toBeDefined()
    expect(late.people[0]).toMatchObject({ state: 'waiting', ahead: 1 })
    expect(declined.own[0]!.state).toBe('cancelled')
    expect(taken.own[0]!.state).toBe('placed')
    expect(twice.own[0]!.state).toBe('placed')
    expect(await letters(third.mother)).toContain('有名额了，请限时确认：亲子运动会')
    expect(await own_of(first.mother, fair)).toMatchObject({ state: 'waiting', ahead: 0 })
  })

  test('the organiser sees it in order and moves somebody with a reason; nobody else does', async () => {
    const { leader } = county.east
    const [first, second, third] = (await newcomers(3)) as [Family, Family, Family]
    const fair = await event({ capacity: 1 })
    for (const { mother } of [first, second, third]) await come_alone(mother, fair)
    const [ahead, behind] = await waiting_list(fair)
    const place = `/api/activities/${fair.id}/waiting-list/${behind!.person}/position`

    const hidden = await first.mother.send('GET', `/api/activities/${fair.id}/waiting-list`)
    const refused = await county.west.leader.send('PUT', place, { body: { to: 'front', reason: '走错门了' } })
    const bare = await leader.send('PUT', place, { body: { to: 'front' } })
    const moved = await leader.send('PUT', place, { body: { to: 'front', reason: '上次因故取消' } })
    const list = await waiting_list(fair)
    const found = async (q: string, after?: string) =>
      leader.call('GET /activities/{id}/waiting-list', { ...path(fair), query: { q, limit: 1, after } })
    const page = await found(ahead!.name)
    const rest = await found(ahead!.name, page.next)

    expect([ahead!.position, behind!.position]).toEqual([1, 2])
    expect(hidden.status).toBe(404)
    expect(refused.status).toBe(404)
    expect(bare.status).toBe(422)
    expect(moved.status).toBe(200)
    expect(list.map(({ person }) => person)).toEqual([behind!.person, ahead!.person])
    expect(list[0]!.moved_for).toBe('上次因故取消')
    expect([...page.items, ...rest.items].map(({ person }) => person)).toEqual([behind!.person, ahead!.person])
    expect((await found('没有这个人')).items).toEqual([])
    expect(await own_of(second.mother, fair)).toMatchObject({ ahead: 1 })
    expect((await leader.send('GET', `/api/activities/${fair.id}/waiting-list.xlsx`)).status).toBe(200)
  })

  test('who had a turn this term lets others go first', async () => {
    const { leader } = county.west
    const [host, regular, newcomer] = (await newcomers(3, county.west)) as [Family, Family, Family]
    const before = await announce(leader, { title: '上一次', capacity: 5 })
    await come_alone(regular.mother, before)
    const fair = await announce(leader, { title: '这一次', capacity: 1 })
    await come_alone(host.mother, fair)

    const early = await come_alone(regular.mother, fair)
    const late = await come_alone(newcomer.mother, fair)
    const position = await own_of(regular.mother, fair)
    await withdraw(host.mother, fair)

    expect(early.people[0]!.ahead).toBe(0)
    expect(late.people[0]!.ahead).toBe(0)
    expect(position).toMatchObject({ ahead: 1 })
    expect(await own_of(newcomer.mother, fair)).toMatchObject({ state: 'placed' })
    expect(await own_of(regular.mother, fair)).toMatchObject({ state: 'waiting', ahead: 0 })
  })
})

describe('sign-up', () => {
  test('opens and closes at its moments, and by the organiser', async () => {
    const { leader } = county.east
    const { mother } = families[0]!
    const soon = await event({ places: { opens_at: from_now(10), quotas: [] } })
    const over = await event({ places: { closes_at: from_now(-1), quotas: [] } })
    const fair = await event()
    const status = async (activity: ActivityView) =>
      (await mother.send('PUT', `/api/activities/${activity.id}/sign-up`, { body: {} })).status

    await leader.call('PUT /activities/{id}/sign-up-closing', path(fair))
    const closed = await status(fair)
    const stranger = await county.west.leader.send('DELETE', `/api/activities/${fair.id}/sign-up-closing`)
    await leader.call('DELETE /activities/{id}/sign-up-closing', path(fair))

    expect(await status(soon)).toBe(409)
    expect(await status(over)).toBe(409)
    expect(closed).toBe(409)
    expect(stranger.status).toBe(404)
    expect(await status(fair)).toBe(200)
  })

  test('of many who come at once each is answered, and the places are given exactly once', async () => {
    const fair = await event({ capacity: 3 })
    const mothers = families.map(({ mother }) => mother)

    const answers = await Promise.all([...mothers, ...mothers, ...mothers].map((mother) => come_alone(mother, fair)))
    const view = await show(county.east.leader, fair)

    expect(answers).toHaveLength(12)
    expect([view.placed, view.waiting]).toEqual([3, 1])
    expect((await waiting_list(fair)).map(({ position }) => position)).toEqual([1])
  })

  test('what was acknowledged before the power failed is there once', async () => {
    const fair = await event({ capacity: 2 })
    await Promise.all(families.map(({ mother }) => come_alone(mother, fair)))

    await county.server.kill9()
    await county.server.start()

    await eventually(async () => (await show(county.east.leader, fair)).placed === 2, 20)
    expect((await show(county.east.leader, fair)).waiting).toBe(2)
  })
})
