// A changed plan is tried over the ledger as it is: what it would make of every figure, and that nothing is written.
import read_workbook from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TrialFindings } from '../../web/packages/api-client/src/index.ts'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { eventually } from '../harness/eventually.ts'
import { download } from '../harness/imports.ts'
import { load_plan, small_plan } from '../harness/plans.ts'
import type { Visitor } from '../harness/visitor.ts'

const points = (each: number) => `
[[points]]
key = "visits"
title = "接受家访"
entries = ["visit.home"]
to = "student"
award = { per_entry = ${each} }
`

const present = small_plan + points(2)
// Two visits instead of one, no more drills, a new obligation, and half the points.
const changed = (small_plan + points(1))
  .replace('at_least = { entries = 1 }', 'at_least = { entries = 2 }')
  .replace(/\[\[requirement\]\]\nkey = "drills"[^]*?(?=\n\[\[points)/, '').concat(`
[[requirement]]
key = "phone-calls"
title = "每生每学期一次电话家访"
subject = "student"
entries = ["visit.phone"]
at_least = { entries = 1 }
per = "term"
target = 1.0
`)

let county: County
beforeAll(async () => {
  county = await make_county({ name: 'what-if' })
  await load_plan(county.official, present)
  const [once, twice] = county.east.pupils
  await visit(once!.id)
  await visit(twice!.id)
  await visit(twice!.id)
  await visit(county.west.pupils[0]!.id)
})
afterAll(() => county?.server.stop())

function visit(student: string) {
  return county.official.call('POST /entries', { body: { kind: 'visit.home', happened_at: '2025-10-15T18:00:00+08:00', student } })
}

async function finished(visitor: Visitor, body: { text?: string; plan?: string; day?: string }): Promise<string> {
  const { id } = await visitor.call('POST /what-ifs', { body })
  await eventually(async () => (await visitor.call('GET /what-ifs/{id}', { path: { id } })).finished_at !== undefined)
  return id
}

const obligation = (findings: TrialFindings, key: string) => findings.obligations.find((one) => one.key === key)!

test('the changed plan is held against the one in force, obligation by obligation', async () => {
  const id = await finished(county.official, { text: changed, day: '2025-10-20' })

  const findings = await county.official.call('GET /what-ifs/{id}/findings', { path: { id } })

  // Of six pupils three were visited once or more, one of them twice.
  const visits = obligation(findings, 'home-visit')
  expect(visits.change).toBe('changed')
  expect([visits.before!.covered, visits.before!.total, visits.after!.covered, visits.after!.total]).toEqual([3, 6, 1, 6])
  expect([visits.newly_covered, visits.newly_missing]).toEqual([0, 2])
  expect(visits.differences).toEqual([{ aspect: '要求', before: '每学期 ≥ 1 次', after: '每学期 ≥ 2 次' }])
  expect(obligation(findings, 'service-hours').change).toBe('same')
  expect(obligation(findings, 'drills')).toMatchObject({ change: 'removed', before: { total: 2, covered: 0 } })
  expect(obligation(findings, 'drills').after).toBeUndefined()
  expect(obligation(findings, 'phone-calls')).toMatchObject({ change: 'added', after: { total: 6, covered: 0 }, newly_missing: 6 })
  expect(findings.entries).toBe(4)
})

test('points lost are counted, and whoever may read files sees the names', async () => {
  const id = await finished(county.official, { text: changed, day: '2025-10-20' })

  const { points } = await county.official.call('GET /what-ifs/{id}/findings', { path: { id } })

  expect(points).toMatchObject([{ subject_kind: 'student', gain: 0, lose: 3, same: 0, before: 8, after: 4 }])
  expect(points[0]!.top_losses[0]).toMatchObject({ name: county.east.pupils[1]!.name, before: 4, after: 2 })
  expect(points[0]!.distribution.reduce((sum, bucket) => sum + bucket.subjects, 0)).toBe(3)
})

test('figures go down to schools and classes, and to those who would newly miss', async () => {
  const id = await finished(county.official, { text: changed, day: '2025-10-20' })
  const path = { id, obligation: 'home-visit' }

  const schools = await county.official.call('GET /what-ifs/{id}/obligations/{obligation}/organisations', { path })
  const grades = await county.official.call('GET /what-ifs/{id}/obligations/{obligation}/organisations', {
    path,
    query: { organisation: county.east.id },
  })
  const subjects = await county.official.call('GET /what-ifs/{id}/obligations/{obligation}/subjects', {
    path,
    query: { organisation: county.east.id },
  })
  const all = await county.official.call('GET /what-ifs/{id}/organisations', { path: { id } })

  const east = schools.items.find(({ organisation }) => organisation.id === county.east.id)!
  expect([east.before.covered, east.after.covered, east.newly_missing]).toEqual([2, 1, 1])
  expect(grades.items.map(({ organisation }) => organisation.id)).toEqual([county.east.grade])
  expect(subjects.items).toEqual([
    { id: county.east.pupils[0]!.id, name: county.east.pupils[0]!.name, place: '城东小学1班', is_covered: false },
  ])
  expect(all.items.find(({ organisation }) => organisation.id === county.east.id)).toMatchObject({ worse: 1, newly_missing: 1 + 3 })
})

test('nothing is put in force and no figure moves', async () => {
  const before = await county.official.call('GET /indicators', { query: { day: '2025-10-20' } })

  await finished(county.official, { text: changed, day: '2025-10-20' })

  const after = await county.official.call('GET /indicators', { query: { day: '2025-10-20' } })
  expect(after).toEqual(before)
  expect(await county.server.command('rebuild', '--check')).toContain('entries')
})

test('a trial is downloaded as sheets', async () => {
  const id = await finished(county.official, { text: changed, day: '2025-10-20' })

  const sheets = await read_workbook(await download(county.official, `/api/what-ifs/${id}/sheet.xlsx`))

  expect(sheets.map(({ sheet }) => sheet)).toEqual(['指标', '单位', '积分规则', '积分', '证书'])
  expect(sheets[0]!.data.find((row) => row[0] === '每生每学期至少一次家访')!.slice(1, 3)).toEqual([
    '修改',
    '要求：每学期 ≥ 1 次 → 每学期 ≥ 2 次',
  ])
})

test('a version that was replaced can be tried again', async () => {
  const { items } = await county.official.call('GET /plans')
  const old = items.find(({ state }) => state === 'in_force')!
  await load_plan(county.official, changed)

  const id = await finished(county.official, { plan: old.id, day: '2025-10-20' })

  const findings = await county.official.call('GET /what-ifs/{id}/findings', { path: { id } })
  expect(obligation(findings, 'home-visit')).toMatchObject({ before: { covered: 1 }, after: { covered: 3 }, newly_covered: 2 })
  await load_plan(county.official, present)
})

test('figures about children in need are for whoever may open files', async () => {
  const care = `${present}
[[requirement]]
key = "care"
title = "留守儿童每学期至少走访一次"
subject = "student"
where = { group = ["left-behind"] }
entries = ["visit.home"]
at_least = { entries = 1 }
per = "term"
target = 1.0
`
  const planner = await county.official.call('POST /roles', {
    body: {
      name_zh: '方案员',
      name_en: 'Planner',
      permissions: ['manage_plan', 'read_plan', 'read_indicators'],
      kinds: ['county'],
      titles: [],
    },
  })
  const { leader } = await add_staff(county.server, county.official, county.root, planner.role, '方老师')
  const id = await finished(county.official, { text: care, day: '2025-10-20' })
  const path = { id, obligation: 'care' }

  const told = obligation(await leader.call('GET /what-ifs/{id}/findings', { path }), 'care')
  const known = obligation(await county.official.call('GET /what-ifs/{id}/findings', { path }), 'care')

  expect([told.is_blank, told.after, known.is_blank, known.after?.covered]).toEqual([true, undefined, false, 0])
  expect((await leader.send('GET', `/api/what-ifs/${id}/obligations/care/subjects`)).status).toBe(403)
})

test('a faulty text is refused with the places of its faults', async () => {
  const answer = await county.official.send('POST', '/api/what-ifs', { body: { text: 'key = 1\n' } })

  expect(answer.status).toBe(422)
  expect(answer.json.problems.every((fault: { path: string }) => /^\d+:\d+$/.test(fault.path))).toBe(true)
})

test('whoever may not change plans may not try them, and a removed trial is gone', async () => {
  const { leader } = await add_staff(county.server, county.official, county.east.class, 'class_teacher', '赵老师')
  const id = await finished(county.official, { text: changed })

  expect((await leader.send('GET', `/api/what-ifs/${id}`)).status).toBe(403)
  await county.official.call('DELETE /what-ifs/{id}', { path: { id } })
  expect((await county.official.send('GET', `/api/what-ifs/${id}`)).status).toBe(404)
})
