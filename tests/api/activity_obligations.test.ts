// The obligations that schools have by events alone: from the plans that ship, one event short, reached, and taken back again.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ActivityView } from '../../web/packages/api-client/src/index.ts'
import { announce } from '../harness/activities.ts'
import { make_obligation_county, type ObligationCounty } from '../harness/obligation_county.ts'
import { load_plan } from '../harness/plans.ts'
import { root } from '../harness/server.ts'

let county: ObligationCounty
let numbers: Record<string, number>
beforeAll(async () => {
  county = await make_obligation_county({ name: 'activity-obligations' })
  for (const plan of ['tianfu-2021-2023.toml', 'qilianshan-2025-2027.toml'])
    numbers = { ...numbers, ...(await load_plan(county.official, readFileSync(join(root, 'plans', plan), 'utf8'))).numbers }
})
afterAll(() => county?.server.stop())

const called = (name: string) => county.subjects.find((subject) => subject.name === name)!.id
const carer_of = (name: string) => county.subjects.find((subject) => subject.kind === 'carer' && subject.name === name)!.id

/** Held on that day with these people there, and entered. */
async function hold(
  organiser: string,
  kind: string,
  day: string,
  people: string[],
  audience: ActivityView['audience'] = 'families',
) {
  const event = await announce(county.official, {
    organiser,
    kind,
    audience,
    title: kind,
    starts_at: `${day}T19:00:00+08:00`,
    ends_at: `${day}T20:00:00+08:00`,
  })
  const path = { id: event.id }
  await county.official.call('PUT /activities/{id}/attendance', { path, body: { people, is_present: true } })
  return county.official.call('PUT /activities/{id}/closing', { path })
}
const take_back = ({ id }: ActivityView) =>
  county.official.call('PUT /activities/{id}/reopening', { path: { id }, body: { reason: '登记有误' } })

/** "1 of 2": how many subjects have reached the obligation in the period of that day. */
async function figure(key: string, organisation: string, day: string): Promise<string> {
  const { indicators } = await county.official.call('GET /indicators', { query: { organisation, day } })
  const { covered, total } = indicators.find(({ number }) => number === numbers[key])!
  return `${covered} of ${total}`
}

const spring = '2022-03-15'

test('D: a school owes one guidance and one practice every term', async () => {
  const [key, school] = ['school-guidance-and-practice', called('梅岭中学')]
  expect(await figure(key, county.root, spring)).toBe('0 of 2')

  await hold(school, 'guidance', '2022-03-10', [carer_of('许军'), carer_of('赵兰')])
  expect(await figure(key, county.root, spring)).toBe('0 of 2')
  const practice = await hold(school, 'practice', '2022-04-20', [carer_of('许军')])
  expect(await figure(key, county.root, spring)).toBe('1 of 2')
  expect(await figure(key, school, spring)).toBe('1 of 1')
  expect(await figure(key, school, '2022-10-15')).toBe('0 of 1')

  await take_back(practice)
  expect(await figure(key, county.root, spring)).toBe('0 of 2')
  await county.official.call('PUT /activities/{id}/closing', { path: { id: practice.id } })
  expect(await figure(key, county.root, spring)).toBe('1 of 2')
})

test('D: a kindergarten owes one guidance and two parent–child practices, and a big one is one', async () => {
  const [key, kindergarten] = ['kindergarten-guidance-and-practice', called('江湾幼儿园')]
  await hold(kindergarten, 'guidance', '2022-03-11', [carer_of('孙涛')])
  await hold(kindergarten, 'parent_child', '2022-03-12', [carer_of('孙涛'), carer_of('周敏')])
  expect(await figure(key, county.root, spring)).toBe('0 of 1')

  const second = await hold(kindergarten, 'parent_child', '2022-05-12', [carer_of('孙涛')])
  expect(await figure(key, county.root, spring)).toBe('1 of 1')
  await take_back(second)
  expect(await figure(key, county.root, spring)).toBe('0 of 1')
})

test('D: guidance reaches every family every year, a family of two schools once', async () => {
  const [key, school] = ['guidance-every-family', called('祁连山路学校')]
  const autumn = '2022-10-15'
  expect(await figure(key, county.root, autumn)).toBe('0 of 7')

  const carers = ['周敏', '张伟', '陈刚', '何英'].map(carer_of)
  await hold(school, 'meeting', '2022-10-20', carers.slice(1))
  expect(await figure(key, school, autumn)).toBe('3 of 4')
  const last = await hold(school, 'lecture', '2022-11-20', carers.slice(0, 1))
  expect(await figure(key, school, autumn)).toBe('4 of 4')
  expect(await figure(key, county.root, autumn)).toBe('4 of 7')

  await take_back(last)
  expect(await figure(key, school, autumn)).toBe('3 of 4')
})

test('S: two trainings of teachers and two of parents every term', async () => {
  const [key, school] = ['two-joint-trainings', called('祁连山路学校')]
  const day = '2025-10-15'
  const teacher = [county.subjects.find(({ kind, name }) => kind === 'staff' && name === '王芳')!.id]
  const parents = [carer_of('周敏')]
  for (const date of ['2025-10-10', '2025-11-10']) await hold(school, 'teacher_training', date, teacher, 'staff')
  await hold(school, 'parent_training', '2025-10-11', parents)
  expect(await figure(key, school, day)).toBe('0 of 1')

  const last = await hold(school, 'parent_training', '2025-11-11', parents)
  expect(await figure(key, school, day)).toBe('1 of 1')
  await take_back(last)
  expect(await figure(key, school, day)).toBe('0 of 1')
})
