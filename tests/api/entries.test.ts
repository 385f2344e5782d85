import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { add_pupil, make_county, type County } from '../harness/county.ts'
import { load_plan, small_plan } from '../harness/plans.ts'

let county: County
let numbers: Record<string, number>
beforeAll(async () => {
  county = await make_county({ name: 'entries' })
  numbers = (await load_plan(county.official, small_plan)).numbers
})
afterAll(() => county?.server.stop())

let pupil: string
beforeEach(async () => {
  pupil = (await add_pupil(county.official, county.east.class, '许诺')).id
})

const evening = '2026-03-02T18:00:00+08:00'
// A period goes by its first day.
const spring = '2026-02-01'
const first_days: Record<string, string> = { 'home-visit': spring, drills: spring, 'service-hours': '2025-09-01' }

function figure(key: string, organisation: string) {
  const query = { organisation, period: first_days[key]! }
  return county.official.call('GET /indicators/{number}', { path: { number: numbers[key]! }, query })
}

describe('an entry', () => {
  test('belongs to the class of the pupil when nobody says otherwise', async () => {
    const entry = await county.east.leader.call('POST /entries', {
      body: { kind: 'visit.home', happened_at: evening, student: pupil },
    })

    expect(entry.unit).toEqual({ id: county.east.class, kind: 'class', name: '1班' })
    expect(entry.student).toEqual({ id: pupil, name: '许诺' })
    expect(entry.recorded_by.id).toBe(county.east.leader_id)
    expect(Date.parse(entry.happened_at)).toBe(Date.parse(evening))
  })

  test('of the same source is written once', async () => {
    const body = { kind: 'visit.home', happened_at: evening, student: pupil, source: 'visit-book:17' }

    const first = await county.east.leader.call('POST /entries', { body })
    const again = await county.east.leader.call('POST /entries', { body })

    expect(again.id).toBe(first.id)
    const { items } = await county.east.leader.call('GET /entries', { query: { about: pupil } })
    expect(items).toHaveLength(1)
  })

  test('covers the pupil in the term and shows behind the figure', async () => {
    const before = await figure('home-visit', county.east.id)

    const entry = await county.east.leader.call('POST /entries', {
      body: { kind: 'visit.home', happened_at: evening, student: pupil },
    })

    const after = await figure('home-visit', county.east.id)
    expect(after.total).toBe(before.total)
    expect(after.covered).toBe(before.covered + 1)
    expect(after.missing).toBe(before.missing - 1)
    const behind = await county.official.call('GET /indicators/{number}/entries', {
      path: { number: numbers['home-visit']! },
      query: { organisation: county.east.id, period: spring },
    })
    expect(behind.items.map(({ id }) => id)).toContain(entry.id)
  })

  test('that is taken back counts no more, and both stay in the book', async () => {
    const before = await figure('home-visit', county.east.id)
    const entry = await county.east.leader.call('POST /entries', {
      body: { kind: 'visit.home', happened_at: evening, student: pupil },
    })

    const reversal = await county.east.leader.call('POST /entries/{id}/reversal', {
      path: { id: entry.id },
      body: { reason: '记错了人' },
    })

    const after = await figure('home-visit', county.east.id)
    expect(after.covered).toBe(before.covered)
    expect(reversal.reverses).toBe(entry.id)
    expect(reversal.reason).toBe('记错了人')
    const shown = await county.east.leader.call('GET /entries/{id}', { path: { id: entry.id } })
    expect(shown.reversed_by).toBe(reversal.id)
    const again = await county.east.leader.send('POST', `/api/entries/${entry.id}/reversal`, { body: { reason: '再来一次' } })
    expect(again.status).toBe(409)
  })

  test('of a family that declined excuses the pupil, who is then not missing', async () => {
    const before = await figure('home-visit', county.east.id)

    await county.east.leader.call('POST /entries', { body: { kind: 'visit.declined', happened_at: evening, student: pupil } })

    const after = await figure('home-visit', county.east.id)
    expect(after.excused).toBe(before.excused + 1)
    expect(after.missing).toBe(before.missing - 1)
    expect(after.covered).toBe(before.covered)
  })

  test.each([
    ['an unknown kind', { kind: 'visit.moon' }, '/kind'],
    ['a time to come', { happened_at: '2199-01-01T00:00:00+08:00' }, '/happened_at'],
    ['a pupil whom nobody knows', { student: '1' }, '/student'],
    ['a person whom nobody knows', { person: '1' }, '/person'],
    ['a place that nobody knows', { unit: '1' }, '/unit'],
    ['a resource that nobody knows', { resource: '1' }, '/resource'],
  ])('with %s is refused in its place', async (_, wrong, path) => {
    const body = { kind: 'visit.home', happened_at: evening, student: pupil, ...wrong }

    const answer = await county.east.leader.send('POST', '/api/entries', { body })

    expect(answer.status, answer.text).toBe(422)
    expect(answer.json.problems.map((fault: { path: string }) => fault.path)).toContain(path)
  })
})

describe('six hours of service', () => {
  test('are reached by 359 minutes and one more', async () => {
    const serve = (minutes: number) =>
      county.east.leader.call('POST /entries', {
        body: { kind: 'service.community', happened_at: evening, student: pupil, minutes },
      })
    const before = await figure('service-hours', county.east.id)

    await serve(359)
    const nearly = await figure('service-hours', county.east.id)
    await serve(1)
    const reached = await figure('service-hours', county.east.id)

    expect(nearly.covered).toBe(before.covered)
    expect(reached.covered).toBe(before.covered + 1)
  })
})

describe('a batch', () => {
  test('keeps the good entries and names each bad one', async () => {
    const entries = [
      { kind: 'visit.home', happened_at: evening, student: pupil, source: 'batch:1' },
      { kind: 'visit.moon', happened_at: evening, student: pupil },
      { kind: 'visit.phone', happened_at: evening, student: pupil },
      { kind: 'visit.home', happened_at: evening, student: county.west.pupils[0]!.id },
      { kind: 'visit.home', happened_at: evening, student: pupil, source: 'batch:1' },
    ]

    const outcome = await county.east.leader.call('POST /entry-batches', { body: { entries } })

    expect(outcome.added).toBe(2)
    expect(outcome.items.map(({ is_new }) => is_new)).toEqual([true, false, true, false, false])
    expect(outcome.items[4]!.entry).toBe(outcome.items[0]!.entry)
    expect(JSON.stringify(outcome.items[1])).toContain('/kind')
    expect(JSON.stringify(outcome.items[3])).toContain('/student')
  })

  test('of more than a thousand is refused', async () => {
    const entry = { kind: 'visit.home', happened_at: evening, student: pupil }

    const answer = await county.east.leader.send('POST', '/api/entry-batches', { body: { entries: Array(1001).fill(entry) } })

    expect(answer.status).toBe(422)
  })
})

describe('two drills a term', () => {
  test('cover the school by the second one', async () => {
    const drill = (day: string) =>
      county.west.leader.call('POST /entries', {
        body: { kind: 'held.drill', happened_at: `${day}T10:00:00+08:00`, unit: county.west.id },
      })
    const county_before = await figure('drills', county.root)

    await drill('2026-03-02')
    const after_one = await figure('drills', county.root)
    await drill('2026-03-03')
    const after_two = await figure('drills', county.root)

    expect([county_before.total, county_before.covered]).toEqual([2, 0])
    expect(after_one.covered).toBe(0)
    expect(after_two.covered).toBe(1)
    expect(after_two.share).toBe(0.5)
  })
})

test('figures that were computed entry by entry equal those that are computed anew', async () => {
  await county.server.stop_serving()

  const said = await county.server.command('rebuild', '--check')

  expect(said).not.toMatch(/differ/i)
  await county.server.start()
})
