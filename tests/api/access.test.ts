// Nobody reaches what their post does not reach: walked for every route of the API document, so that a new one cannot be forgotten.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { operations, path_to_nothing } from '../harness/document.ts'
import { about_calendars } from '../harness/calendar.ts'
import { about_conversations } from '../harness/conversations.ts'
import { about_own_family } from '../harness/families.ts'
import { about_own_safety } from '../harness/safety.ts'
import { about_own_service } from '../harness/service.ts'
import { about_own_duties } from '../harness/rosters.ts'
import { about_own_visits } from '../harness/visits.ts'
import { about_own_forms } from '../harness/forms.ts'
import { about_moments } from '../harness/feed.ts'
import { about_notices } from '../harness/notices.ts'
import { about_learning_records } from '../harness/xapi.ts'
import {
  about_oneself,
  about_the_plan,
  about_the_seals,
  about_the_bills,
  about_the_county,
  about_certificates,
  about_instructors,
  about_data_protection,
  about_delivery,
  examples,
  type Example,
  type Things,
} from '../harness/examples.ts'
import { ask, is_refused, make_things } from '../harness/things.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let things: Things
beforeAll(async () => {
  county = await make_county({ name: 'access' })
  things = await make_things(county)
})
afterAll(() => county?.server.stop())

const protected_operations = operations.filter(({ permission }) => permission !== 'anyone')

describe('without a log-in', () => {
  test.each(protected_operations)('$route answers 401', async (operation) => {
    const nobody = await county.server.visitor().send(operation.method, path_to_nothing(operation))
    const forged = await county.server.visitor().send(operation.method, path_to_nothing(operation), {
      headers: { authorization: 'Bearer forged-token' },
    })

    expect([nobody.status, forged.status]).toEqual([401, 401])
  })

  test('only these routes answer at all', () => {
    const open = operations.filter(({ permission }) => permission === 'anyone').map(({ route }) => route)

    expect(open.sort()).toEqual([
      'DELETE /api/xapi/activities/profile',
      'DELETE /api/xapi/activities/state',
      'DELETE /api/xapi/agents/profile',
      'GET /api/badge-keys/{version}',
      'GET /api/badges/{county}/achievements/{plan}/{credential}',
      'GET /api/badges/{county}/issuers/{plan}',
      'GET /api/badges/{county}/status-lists/{list}',
      'GET /api/calendars/{token}/concentric.ics',
      'GET /api/log-in-methods',
      'GET /api/open-days',
      'GET /api/packages/{ticket}/{path}',
      'GET /api/public-keys',
      'GET /api/xapi/about',
      'GET /api/xapi/activities',
      'GET /api/xapi/activities/profile',
      'GET /api/xapi/activities/state',
      'GET /api/xapi/agents',
      'GET /api/xapi/agents/profile',
      'GET /api/xapi/statements',
      'POST /api/certificate-checks',
      'POST /api/certificate-code-checks',
      'POST /api/join-checks',
      'POST /api/joins',
      'POST /api/log-in-codes',
      'POST /api/password-codes',
      'POST /api/payment-notices/wechat',
      'POST /api/service-record-checks',
      'POST /api/sessions',
      'POST /api/sessions/binding',
      'POST /api/sessions/phone',
      'POST /api/sessions/second-factor',
      'POST /api/sessions/sso',
      'POST /api/sessions/wechat',
      'POST /api/sso-attempts',
      'POST /api/xapi/activities/profile',
      'POST /api/xapi/activities/state',
      'POST /api/xapi/agents/profile',
      'POST /api/xapi/statements',
      'PUT /api/password-codes',
      'PUT /api/xapi/activities/profile',
      'PUT /api/xapi/activities/state',
      'PUT /api/xapi/agents/profile',
      'PUT /api/xapi/statements',
    ])
  })
})

test('every route has an example, or is about oneself or the plan that all may read', () => {
  const known = new Set([
    ...about_oneself,
    ...about_own_family,
    ...about_own_forms,
    ...about_own_visits,
    ...about_own_safety,
    ...about_own_service,
    ...about_own_duties,
    ...about_notices,
    ...about_moments,
    ...about_the_plan,
    ...about_the_seals,
    ...about_the_bills,
    ...about_the_county,
    ...about_certificates,
    ...about_instructors,
    ...about_data_protection,
    ...about_delivery,
    ...about_learning_records,
    ...about_conversations,
    ...about_calendars,
    ...examples(county, things).map(({ route }) => route),
  ])
  const visible_to_all = [
    'GET /api/organisations/tree',
    'GET /api/family-requests', // how much waits in one's own classes
    'GET /api/import-templates/{kind}',
    'GET /api/imports',
    'GET /api/transfer-schools',
    'GET /api/form-templates',
    'GET /api/turn-defaults',
    'GET /api/setup',
  ]

  const forgotten = protected_operations
    .map(({ route }) => route)
    .filter((route) => !known.has(route) && !visible_to_all.includes(route))

  expect(forgotten).toEqual([])
})

async function let_through(visitor: Visitor): Promise<string[]> {
  const reached: string[] = []
  for (const example of examples(county, things)) {
    const answer = await ask(visitor, example)
    if (!is_refused(answer)) reached.push(`${example.route} → ${answer.status} ${answer.text.slice(0, 200)}`)
  }
  return reached
}

test('the leader of another school reaches nothing of this one', async () => {
  expect(await let_through(county.west.leader)).toEqual([])
})

test('somebody whose post has ended reaches nothing', async () => {
  const { leader, post } = await add_staff(county.server, county.official, county.east.id, 'school_leader', '冯校长')
  const before = await leader.send('GET', `/api/people/${things.pupil}`)

  await county.official.call('PATCH /posts/{id}', { path: { id: post }, body: { from: '2025-09-01' } })
  await county.official.call('PUT /posts/{id}/ending', { path: { id: post }, body: { on: '2025-12-31' } })

  expect(before.status).toBe(200)
  expect(await let_through(leader)).toEqual([])
})

test('lists hold nothing of another school', async () => {
  const people = await county.west.leader.call('GET /people', { query: { limit: 200 } })
  const tree = await county.west.leader.call('GET /organisations/tree', { query: { depth: 'class' } })
  const accounts = await county.west.leader.call('GET /accounts', { query: { limit: 200 } })
  const entries = await county.west.leader.call('GET /entries', { query: { limit: 200 } })

  expect(people.items.length).toBeGreaterThan(0)
  expect(people.items.every(({ school }) => school === undefined || school.id === county.west.id)).toBe(true)
  expect(tree.items.map(({ id }) => id)).not.toContain(county.east.id)
  expect(accounts.items.map(({ person }) => person)).not.toContain(county.east.leader_id)
  expect(entries.items).toEqual([])
})

// Nobody has linked a log-in, answered a notice or a journey, the one role at an event is taken back, and no visit's record came late.
const may_be_empty = [
  'GET /api/accounts/{person}/linked-log-ins',
  'GET /api/notices/{id}/answers',
  'GET /api/activities/{id}/consents',
  'DELETE /api/activities/{id}/roles/{person}',
  'GET /api/visit-campaigns/{id}/corrections',
  'PUT /api/visit-campaigns/{id}/corrections-reading',
]
// A class teacher's, a guardian's, and that of whoever was there.
const not_a_leaders = [
  'PUT /api/session/acting-as',
  'PUT /api/activities/{id}/consents/{student}',
  'PUT /api/activities/{id}/feedback',
]

test("a school's own leader, or else the county, may ask all of it", async () => {
  const refused: string[] = []
  // What takes something away comes last: the plan's figures go with the plan.
  const takes_away = ({ route }: Example) => Number(route.startsWith('DELETE'))
  for (const example of examples(county, things).sort((a, b) => takes_away(a) - takes_away(b))) {
    const own = await ask(county.east.leader, example)
    const answer = is_refused(own) ? await ask(county.official, example) : own
    const none_yet = may_be_empty.includes(example.route) && answer.status === 200
    if (is_refused(answer) && !not_a_leaders.includes(example.route) && !none_yet)
      refused.push(`${example.route} → ${answer.status} ${answer.text.slice(0, 200)}`)
  }

  expect(refused).toEqual([])
})
