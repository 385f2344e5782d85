// Events: announced, changed, signed up for; nobody gets a place or a slot twice.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ActivityView } from '../../web/packages/api-client/src/index.ts'
import { announce, close, entries_from, next_week, now_on, path, show, sign_up, tick } from '../harness/activities.ts'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let first: Family
let second: Family
let third: Family
beforeAll(async () => {
  county = await make_county({ name: 'activities' })
  const { server, official, east } = county
  first = await make_family(server, official, east)
  second = await make_family(server, official, east)
  third = await make_family(server, official, east)
})
afterAll(() => county?.server.stop())

const withdraw = (visitor: Visitor, activity: ActivityView) => visitor.call('DELETE /activities/{id}/sign-up', path(activity))
const book = (visitor: Visitor, activity: ActivityView, number: number) =>
  visitor.send('PUT', `/api/activities/${activity.id}/slots/${number}/booking`, { body: {} })

describe('who sees an event', () => {
  test('it is there for the families and staff of those invited, and for nobody else', async () => {
    const { east, west, official, server } = county
    const event = await announce(east.leader, { invited: [east.class] })
    const ids = async (visitor: Visitor) => (await visitor.call('GET /activities')).items.map(({ id }) => id)

    expect(await ids(first.mother)).toContain(event.id)
    expect(await ids(east.leader)).toContain(event.id)
    expect(await ids(official)).toContain(event.id)
    expect(await ids(west.leader)).not.toContain(event.id)
    expect((await west.leader.send('GET', `/api/activities/${event.id}`)).status).toBe(404)
    expect((await first.mother.send('PUT', `/api/activities/${event.id}/closing`)).status).toBe(404)
    expect((await first.mother.send('GET', `/api/activities/${event.id}/attendance`)).status).toBe(404)

    const { leader } = await add_staff(server, official, east.id, 'teacher', '何老师')
    const for_staff = await announce(leader, { kind: 'teacher_training', audience: 'staff' })
    expect(await ids(first.mother)).not.toContain(for_staff.id)
    expect((await first.mother.send('GET', `/api/activities/${for_staff.id}`)).status).toBe(404)
    expect((await show(leader, for_staff)).may_manage).toBe(true)
    expect((await show(leader, event)).may_manage).toBe(false)
  })

  test('filters find it by day, kind, words and organiser, page by page', async () => {
    const { east, west } = county
    const day = '2027-03-01'
    const made = []
    for (const hour of ['08', '09', '10'])
      made.push(
        await announce(east.leader, {
          kind: 'salon',
          title: `春季沙龙${hour}`,
          starts_at: `${day}T${hour}:00:00+08:00`,
          ends_at: `${day}T${hour}:30:00+08:00`,
        }),
      )
    const query = { from: day, to: day, kind: 'salon', q: 'cjsl' }

    const page = await east.leader.call('GET /activities', { query: { ...query, limit: 2 } })
    const rest = await east.leader.call('GET /activities', { query: { ...query, limit: 2, after: page.next } })
    const latest = await east.leader.call('GET /activities', { query: { ...query, order: 'latest' } })

    expect([...page.items, ...rest.items].map(({ id }) => id)).toEqual(made.map(({ id }) => id))
    expect(latest.items.map(({ id }) => id)).toEqual(made.map(({ id }) => id).reverse())
    expect((await east.leader.call('GET /activities', { query: { ...query, organiser: west.id } })).items).toEqual([])
    expect((await east.leader.call('GET /activities', { query: { ...query, state: 'closed' } })).items).toEqual([])
  })

  test('who is invited lies within reach, and a time or a place is never missing', async () => {
    const { east, west } = county
    await expect(announce(east.leader, { invited: [west.id] })).rejects.toThrow(/422.*invited/)
    await expect(announce(east.leader, { organiser: west.id })).rejects.toThrow(/422.*organiser/)
    await expect(announce(east.leader, { place: '' })).rejects.toThrow(/422.*place/)
    await expect(announce(east.leader, { link: 'javascript:alert(1)' })).rejects.toThrow(/422.*link/)
    await expect(announce(east.leader, { ends_at: next_week().starts_at })).rejects.toThrow(/422.*ends_at/)
    await expect(announce(east.leader, { kind: 'party' })).rejects.toThrow(/422.*kind/)
    await expect(announce(first.mother)).rejects.toThrow(/403/)
  })
})

describe('a timetable', () => {
  test('has a row for each date; one is changed alone or with all after it, and so cancelled', async () => {
    const { leader } = county.east
    const one = await announce(leader, {
      title: '每周读书会',
      starts_at: '2027-05-03T19:00:00+08:00',
      ends_at: '2027-05-03T20:00:00+08:00',
      every: 'week',
      until: '2027-05-24',
    })
    const dates = async () =>
      (await leader.call('GET /activities', { query: { from: '2027-05-01', to: '2027-05-31' } })).items.map(
        ({ starts_at, place, state }) => `${starts_at.slice(5, 16)} ${place} ${state}`,
      )
    expect(one.following).toBe(3)
    const second_date = (await leader.call('GET /activities', { query: { from: '2027-05-10', to: '2027-05-10' } })).items[0]!

    await leader.call('PATCH /activities/{id}', { ...path(one), body: { place: '图书馆' } })
    await leader.call('PATCH /activities/{id}', {
      path: { id: second_date.id },
      body: { scope: 'following', starts_at: '2027-05-11T18:30:00+08:00', ends_at: '2027-05-11T19:30:00+08:00' },
    })
    const last = (await leader.call('GET /activities', { query: { from: '2027-05-18', to: '2027-05-18' } })).items[0]!
    await leader.call('PUT /activities/{id}/cancellation', {
      path: { id: last.id },
      body: { reason: '期末复习', scope: 'following' },
    })

    expect(await dates()).toEqual([
      '05-03T19:00 图书馆 announced',
      '05-11T18:30 报告厅 announced',
      '05-18T18:30 报告厅 cancelled',
      '05-25T18:30 报告厅 cancelled',
    ])
    await expect(announce(leader, { every: 'week', until: '2040-01-01' })).rejects.toThrow(/422.*until/)
  })
})

describe('coming', () => {
  test('whoever waits gets the place of whoever withdraws, in their order, and is told', async () => {
    const event = await announce(county.east.leader, { capacity: 1 })

    expect((await sign_up(first.mother, event)).people).toMatchObject([{ state: 'placed', student: first.child }])
    expect((await sign_up(second.mother, event)).people).toMatchObject([{ state: 'waiting', ahead: 0 }])
    expect((await sign_up(third.mother, event)).people).toMatchObject([{ state: 'waiting', ahead: 1 }])
    expect(await sign_up(first.mother, event)).toMatchObject({ placed: 1, waiting: 2 })
    await withdraw(first.mother, event)

    expect((await show(second.mother, event)).own).toMatchObject([{ state: 'placed' }])
    expect((await show(third.mother, event)).own).toMatchObject([{ state: 'waiting', ahead: 0 }])
    const told = (await second.mother.call('GET /inbox')).items.filter(({ link }) => link === `/activities/${event.id}`)
    expect(told.map(({ title }) => title)).toEqual([`候补成功，您有名额了：${event.title}`])
    await county.east.leader.call('PATCH /activities/{id}', { ...path(event), body: { capacity: 5 } })
    expect((await show(third.mother, event)).own).toMatchObject([{ state: 'placed' }])
  })

  test('places are never more than there are, however many come at once', async () => {
    const event = await announce(county.east.leader, { capacity: 2, audience: 'everybody' })
    const visitors = [first.mother, second.mother, third.mother, county.east.leader]

    await Promise.all(visitors.map((visitor) => sign_up(visitor, event)))

    expect(await show(county.east.leader, event)).toMatchObject({ placed: 2, waiting: 2 })
  })

  test('who is cancelled on is told why, and nobody signs up after that or after the start', async () => {
    const event = await announce(county.east.leader)
    await sign_up(first.mother, event)
    await county.east.leader.call('PUT /activities/{id}/cancellation', { ...path(event), body: { reason: '台风停课' } })

    const told = (await first.mother.call('GET /inbox')).items[0]
    expect(told).toMatchObject({
      link: `/activities/${event.id}`,
      title: `活动取消：${event.title}`,
      body: '台风停课',
      is_read: false,
    })
    await expect(sign_up(second.mother, event)).rejects.toThrow(/409/)
    const begun = await announce(county.east.leader, now_on())
    await expect(sign_up(second.mother, begun)).rejects.toThrow(/409/)
    await expect(sign_up(county.east.leader, begun)).rejects.toThrow(/409/)
  })

  test('a carer signs pupils up one by one, and only their own', async () => {
    const event = await announce(county.east.leader, { kind: 'drill', audience: 'pupils' })
    const body = { student: first.child }

    const seen = await first.mother.call('PUT /activities/{id}/sign-up', { ...path(event), body })
    const strange = await first.mother.send('PUT', `/api/activities/${event.id}/sign-up`, { body: { student: second.child } })

    expect(seen.people).toMatchObject([{ person: first.child, student: first.child, state: 'placed' }])
    expect(strange.status).toBe(403)
    await first.mother.call('DELETE /activities/{id}/sign-up', { ...path(event), query: { student: first.child } })
    expect((await show(first.mother, event)).placed).toBe(0)
  })
})

describe('consultations', () => {
  const afternoon = { kind: 'consultation', starts_at: '2027-06-01T14:00:00+08:00', ends_at: '2027-06-01T15:00:00+08:00' }

  test('a slot is booked by one, however many ask for it at once', async () => {
    const event = await announce(county.east.leader, { ...afternoon, audience: 'everybody', slot_minutes: 20 })
    expect(event.slots.map(({ starts_at }) => starts_at.slice(11, 16))).toEqual(['14:00', '14:20', '14:40'])
    const visitors = [first.mother, second.mother, third.mother, county.east.leader]

    const answers = await Promise.all(visitors.map((visitor) => book(visitor, event, 2)))

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
    expect(await show(county.east.leader, event)).toMatchObject({ placed: 1, capacity: 3 })
  })

  test('one books one slot of an event, gives it back, and takes another', async () => {
    const event = await announce(county.east.leader, afternoon)
    expect((await book(first.mother, event, 1)).status).toBe(200)
    expect((await book(first.mother, event, 2)).status).toBe(409)
    expect((await second.mother.send('DELETE', `/api/activities/${event.id}/slots/1/booking`)).status).toBe(404)

    await first.mother.call('DELETE /activities/{id}/slots/{number}/booking', { path: { id: event.id, number: 1 } })

    expect((await book(second.mother, event, 1)).status).toBe(200)
    expect((await book(first.mother, event, 2)).status).toBe(200)
    expect((await show(first.mother, event)).own).toMatchObject([{ slot: 2 }])
    await expect(sign_up(third.mother, event)).rejects.toThrow(/409/)
  })

  test('whoever came is one consultation of the organiser', async () => {
    const event = await announce(county.east.leader, {
      ...afternoon,
      starts_at: '2026-03-02T14:00:00+08:00',
      ends_at: '2026-03-02T15:00:00+08:00',
    })
    await tick(county.east.leader, event, [first.mother_id])

    const closed = await close(county.east.leader, event)

    expect(closed.result).toMatchObject({ participants: 1, minutes: 60, held: [] })
    expect(await entries_from(county.official, event)).toMatchObject([
      {
        kind: 'consultation.held',
        minutes: 60,
        person: { id: first.mother_id },
        student: { id: first.child },
        unit: { id: county.east.id },
      },
    ])
  })
})
