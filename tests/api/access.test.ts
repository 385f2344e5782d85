// Nobody reaches what their post does not reach: walked for every route of the API document, so that a new one cannot be forgotten.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Body } from '../../web/packages/api-client/src/index.ts'
import { add_pupil, add_staff, make_county, type County } from '../harness/county.ts'
import { operations, path_to_nothing } from '../harness/document.ts'
import { about_own_family, make_family_things } from '../harness/families.ts'
import {
  about_oneself,
  about_the_plan,
  about_the_seals,
  about_the_county,
  about_data_protection,
  examples,
  type Example,
  type Things,
} from '../harness/examples.ts'
import { make_coursework_things } from '../harness/coursework.ts'
import { make_course_things } from '../harness/courses.ts'
import { load_plan, small_plan } from '../harness/plans.ts'
import type { Answer, Visitor } from '../harness/visitor.ts'

let county: County
let things: Things
beforeAll(async () => {
  county = await make_county({ name: 'access' })
  things = await make_things(county)
})
afterAll(() => county?.server.stop())

async function make_things(county: County): Promise<Things> {
  const { server, official, east, west, root } = county
  const pupil = await add_pupil(official, east.class, '李梅')
  const { leader_id, post } = await add_staff(server, official, east.id, 'teacher', '赵老师')
  const plan = await load_plan(official, small_plan)
  const role = await official.call('POST /roles', {
    body: { name_zh: '门卫', name_en: 'Guard', permissions: ['read_directory'], kinds: ['school'], titles: [] },
  })
  const entry = await east.leader.call('POST /entries', {
    body: { kind: 'visit.home', happened_at: new Date().toISOString(), student: pupil.id },
  })
  const file = `/api/imports?kind=history&file_name=${encodeURIComponent('家访记录.csv')}&organisation=${east.id}`
  const brought = await east.leader.send('POST', file, { body: '类型,日期,学生\n入户家访,2026-03-01,李梅\n' })
  if (brought.status !== 201) throw new Error(`the import was refused: ${brought.text}`)
  const families = await make_family_things({ server, official, east, west, root })
  return {
    families,
    courses: await make_course_things(county),
    coursework: await make_coursework_things(county),
    pupil: pupil.id,
    carer: pupil.student!.carers[0]!.person,
    teacher: leader_id,
    post,
    role: role.role,
    entry: entry.id,
    import: brought.json.id,
    job: brought.json.job.id,
    plan: plan.id,
    indicator: String(plan.numbers['home-visit']),
    trial: (await official.call('POST /what-ifs', { body: { text: small_plan.replace('home-visit', 'another-visit') } })).id,
    ...(await make_moves(county)),
  }
}

/** Pupils of the eastern school who go elsewhere: to a third school, out of the county, or into no class since theirs was closed. */
async function make_moves({ official, root, east }: County) {
  const found = (input: Omit<Body<'POST /organisations'>, 'stages'>) =>
    official.call('POST /organisations', { body: { ...input, stages: ['primary'], opened_on: '2025-09-01' } })
  const third = await found({ parent: root, kind: 'school', name: '城南小学' })
  const third_class = await found({ parent: third.id, kind: 'class', name: '1班', entry_year: 2025, number: 1 })
  const second_class = await found({ parent: east.grade, kind: 'class', name: '2班', entry_year: 2025, number: 2 })
  const branch = await found({ parent: east.id, kind: 'school', name: '城东分校' })
  const branch_class = await found({ parent: branch.id, kind: 'class', name: '1班', entry_year: 2025, number: 1 })
  await add_pupil(official, branch_class.id, '吴待')
  await official.call('POST /school-closings', { body: { school: branch.id, on: '2026-03-01' } })
  const [mover, leaver, former, transferred] = await Promise.all(
    ['郑动', '钱走', '周别', '林转'].map((name) => add_pupil(official, east.class, name)),
  )
  await official.call('POST /departures', { body: { student: former!.id, place: '邻县小学', on: '2026-02-01', reason: '搬家' } })
  const body = { student: transferred!.id, to_school: third.id, on: '2026-03-01', reason: '搬家' }
  const transfer = await east.leader.call('POST /transfers', { body })
  const turn = await east.leader.call('POST /turns', { body: { organisation: east.id, on: '2027-09-01', schools: [] } })
  return {
    turn: turn.id,
    transfer: transfer.id,
    third_school: third.id,
    third_class: third_class.id,
    second_class: second_class.id,
    mover: mover!.id,
    leaver: leaver!.id,
    former: former!.id,
  }
}

function ask(visitor: Visitor, { route, path = {}, query = {}, body }: Example): Promise<Answer> {
  const [method = '', pattern = ''] = route.split(' ')
  const address = pattern.replace(/\{(\w+)\}/g, (_, name: string) => path[name]!)
  const question = new URLSearchParams(query).toString()
  return visitor.send(method, question ? `${address}?${question}` : address, { body })
}

/** Refused, or answered with nothing in it; a body that names what is not within reach is told so field by field. */
function is_refused({ status, json }: Answer): boolean {
  if (status === 422) return json.problems.some((fault: { code: string }) => fault.code === 'not_found')
  return status === 403 || status === 404 || (status === 200 && json?.items?.length === 0) || is_refused_batch(json)
}

function is_refused_batch(json: any): boolean {
  return json?.added === 0 && json.items.every((item: { entry?: string }) => item.entry === undefined)
}

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
      'GET /api/log-in-methods',
      'POST /api/join-checks',
      'POST /api/joins',
      'POST /api/log-in-codes',
      'POST /api/password-codes',
      'POST /api/sessions',
      'POST /api/sessions/binding',
      'POST /api/sessions/phone',
      'POST /api/sessions/second-factor',
      'POST /api/sessions/sso',
      'POST /api/sessions/wechat',
      'POST /api/sso-attempts',
      'PUT /api/password-codes',
    ])
  })
})

test('every route has an example, or is about oneself or the plan that all may read', () => {
  const known = new Set([
    ...about_oneself,
    ...about_own_family,
    ...about_the_plan,
    ...about_the_seals,
    ...about_the_county,
    ...about_data_protection,
    ...examples(county, things).map(({ route }) => route),
  ])
  const visible_to_all = [
    'GET /api/organisations/tree',
    'GET /api/import-templates/{kind}',
    'GET /api/imports',
    'GET /api/transfer-schools',
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

test("a school's own leader, or else the county, may ask all of it", async () => {
  const refused: string[] = []
  // What takes something away comes last: the plan's figures go with the plan.
  const takes_away = ({ route }: Example) => Number(route.startsWith('DELETE'))
  for (const example of examples(county, things).sort((a, b) => takes_away(a) - takes_away(b))) {
    const own = await ask(county.east.leader, example)
    const answer = is_refused(own) ? await ask(county.official, example) : own
    const only_by_the_teacher = example.route === 'PUT /api/session/acting-as'
    const none_yet = example.route === 'GET /api/accounts/{person}/linked-log-ins' && answer.status === 200
    if (is_refused(answer) && !only_by_the_teacher && !none_yet)
      refused.push(`${example.route} → ${answer.status} ${answer.text.slice(0, 200)}`)
  }

  expect(refused).toEqual([])
})
