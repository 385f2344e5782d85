// A plan of another county, written from docs/plan-format.md alone: terms, windows and points that no shipped plan has, counted by hand.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EntryInput } from '../../web/packages/api-client/src/index.ts'
import { make_county, type County } from '../harness/county.ts'
import { load_plan } from '../harness/plans.ts'

let county: County
let numbers: Record<string, number>
beforeAll(async () => {
  county = await make_county({ name: 'other-county-plan' })
  const text = await readFile(join(import.meta.dirname, '../plans/suole-2025-2028.toml'), 'utf8')
  numbers = (await load_plan(county.official, text)).numbers
})
afterAll(() => county?.server.stop())

async function happens(kind: string, day: string, more: Partial<EntryInput> = {}): Promise<string> {
  const body = { kind, happened_at: `${day}T10:00:00+08:00`, ...more }
  return (await county.official.call('POST /entries', { body })).id
}

/** "covered/total" in the eastern school, in the period that begins on that day. */
async function figure(rule: string, period: string): Promise<string> {
  const query = { organisation: county.east.id, period }
  const { covered, total } = await county.official.call('GET /indicators/{number}', { path: { number: numbers[rule]! }, query })
  return `${covered}/${total}`
}

test('a call counts for its month, whatever the way in which the home was contacted', async () => {
  const [first, second] = county.east.pupils
  await happens('visit.phone', '2025-10-31', { student: first!.id })
  await happens('visit.online', '2025-11-01', { student: second!.id })

  expect(await figure('monthly-contact', '2025-10-01')).toBe('1/3')
  expect(await figure('monthly-contact', '2025-11-01')).toBe('1/3')
})

test('a window across the new year holds both visits of a class', async () => {
  const [first] = county.east.pupils
  await happens('visit.home', '2025-12-28', { student: first!.id })
  const short_of_it = await figure('moving-visit', '2025-12-20')

  const second_visit = await happens('visit.home', '2026-01-05', { student: first!.id })

  expect(short_of_it).toBe('0/1')
  expect(await figure('moving-visit', '2025-12-20')).toBe('1/1')
  await county.official.call('POST /entries/{id}/reversal', { path: { id: second_visit }, body: { reason: '登记错了' } })
  expect(await figure('moving-visit', '2025-12-20')).toBe('0/1')
})

test('a family collects points up to the cap of a term, and the rest by helping', async () => {
  const [, , child] = county.east.pupils
  const carer = child!.student!.carers[0]!.person
  const learn = (day: string) => happens('course.parent', day, { student: child!.id, person: carer, minutes: 240 })
  const help = (day: string) => happens('volunteer.duty', day, { student: child!.id, person: carer })
  await learn('2025-09-10') // six credit hours of 40 minutes: 12 points, the cap of the term
  await learn('2025-10-10') // nothing more
  await help('2025-09-20') // 5 points: 17
  const short_of_it = await figure('points', '2025-09-01')

  await help('2025-09-21') // 22 of 20

  expect(short_of_it).toBe('0/3')
  expect(await figure('points', '2025-09-01')).toBe('1/3')
  expect(await figure('carer-hours', '2025-09-01')).toBe('1/3')
})

test('three terms make the school year, and days between them belong to the term before', async () => {
  const term_of = async (day: string) => {
    const { indicators } = await county.official.call('GET /indicators', { query: { organisation: county.east.id, day } })
    const { period } = indicators.find(({ key }) => key === 'left-behind')!
    return `${period.title}: ${period.from} to ${period.to}`
  }

  expect(await term_of('2026-01-11')).toBe('2025年秋学期: 2025-09-01 to 2026-01-11')
  expect(await term_of('2026-01-12')).toBe('2026年冬学期: 2026-01-12 to 2026-04-26')
  expect(await term_of('2026-08-01')).toBe('2026年夏学期: 2026-04-27 to 2026-08-31')
})

test('what has no ring of its own stands in that of its subject', async () => {
  const { requirements } = (
    await county.official.call('GET /plans/{id}', {
      path: { id: (await county.official.call('GET /plans')).items[0]!.id },
    })
  ).plan

  const ring_of = (key: string) => requirements.find((requirement) => requirement.key === key)!.ring
  expect(['tent-lessons', 'points', 'resources-used', 'monthly-contact'].map(ring_of)).toEqual([
    'school',
    'family',
    'community',
    'family',
  ])
})
