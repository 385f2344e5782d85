// What the plan asks of a family, as its people see it: each child, the family once, and nothing of other families.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { make_county, next_phone, type County } from '../harness/county.ts'
import { family_password, make_family, type Family } from '../harness/families.ts'
import { load_plan, small_plan } from '../harness/plans.ts'
import type { Visitor } from '../harness/visitor.ts'

const plan = `${small_plan}
[[requirement]]
key = "family-visit"
title = "每学年家访每户家庭"
subject = "family"
entries = ["visit.home"]
at_least = { entries = 1 }
per = "school-year"
target = 1.0
`

let county: County
let family: Family
beforeAll(async () => {
  county = await make_county({ name: 'own-standing' })
  await load_plan(county.official, plan)
  family = await make_family(county.server, county.official, county.east)
})
afterAll(() => county?.server.stop())

/** Title and state of each obligation, by whom it is about. */
async function standing_of(visitor: Visitor) {
  const { items } = await visitor.call('GET /own-standing')
  return items.map(({ about, people, indicators }) => ({
    about,
    people: people.map(({ name }) => name),
    asked: Object.fromEntries(indicators.map(({ title, state }) => [title, state])),
  }))
}

test('a mother sees her child and her family, and a visit counts for both at once', async () => {
  const before = await standing_of(family.mother)
  await county.east.leader.call('POST /entries', {
    body: { kind: 'visit.home', happened_at: new Date().toISOString(), student: family.child, minutes: 30 },
  })
  const after = await standing_of(family.mother)

  expect(before).toEqual([
    {
      about: 'student',
      people: [family.child_name],
      asked: { 每生每学期至少一次家访: 'missing', '学生每学年社区服务不少于 6 小时': 'missing' },
    },
    { about: 'family', people: [family.child_name], asked: { 每学年家访每户家庭: 'missing' } },
  ])
  expect(after.map(({ asked }) => asked)).toEqual([
    { 每生每学期至少一次家访: 'covered', '学生每学年社区服务不少于 6 小时': 'missing' },
    { 每学年家访每户家庭: 'covered' },
  ])
})

test('a grandmother to whom a child is entrusted sees the child, and answers for no family', async () => {
  const phone = next_phone()
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
  const { delegation, invitation } = await family.mother.call('POST /children/{id}/delegations', {
    path: { id: family.child },
    body: { name: '外婆', phone, scopes: ['see'], until },
  })
  const grandmother = county.server.visitor()
  const joined = await grandmother.call('POST /joins', {
    body: { code: invitation!.code, name: '外婆', phone, password: family_password },
  })
  grandmother.token = joined.token

  const entrusted = await standing_of(grandmother)
  await family.mother.call('DELETE /delegations/{id}', { path: { id: delegation.id } })
  const ended = await standing_of(grandmother)

  expect(entrusted.map(({ about, people }) => [about, people])).toEqual([['student', [family.child_name]]])
  expect(ended).toEqual([])
})

test('nobody of the staff sees families there, and nobody without a log-in sees anything', async () => {
  expect(await standing_of(county.east.leader)).toEqual([])
  expect((await county.server.visitor().send('GET', '/api/own-standing')).status).toBe(401)
})
