// Pupils go from class to class and from school to school: the turn of the year, transfers, closed schools.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { add_pupil, make_county, type County } from '../harness/county.ts'
import { eventually } from '../harness/eventually.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
beforeAll(async () => {
  county = await make_county({ name: 'enrolment' })
})
afterAll(() => county?.server.stop())

const class_of = async (pupil: string) =>
  (await county.official.call('GET /people/{id}', { path: { id: pupil } })).student!.class!.id

async function finished(visitor: Visitor, id: string) {
  await eventually(async () => {
    const { state } = await visitor.call('GET /turns/{id}', { path: { id } })
    return state !== 'applying' && state !== 'undoing'
  })
  return visitor.call('GET /turns/{id}', { path: { id } })
}

async function small_turn(): Promise<string> {
  const body = { organisation: county.west.id, schools: [], on: '2026-03-01', school_year: 2026 }
  return (await county.west.leader.call('POST /turns', { body })).id
}

test('a turn is previewed, applied with one pupil excepted, reported and undone', async () => {
  const { west } = county
  const id = await small_turn()
  const [first, second] = west.pupils
  await west.leader.call('PUT /turns/{id}/classes/{class}', { path: { id, class: west.class }, body: { action: 'regroup' } })
  const sizes = { stage: 'primary' as const, entry_year: 2025, classes: 2 }
  await west.leader.call('PUT /turns/{id}/schools/{school}/sizes', { path: { id, school: west.id }, body: sizes })
  const exception = { kind: 'leave' as const, reason: '出国' }
  await west.leader.call('PUT /turns/{id}/exceptions/{student}', { path: { id, student: first!.id }, body: exception })

  const preview = await west.leader.call('GET /turns/{id}/preview', { path: { id } })
  expect(preview.faults).toEqual([])
  expect([preview.totals.regrouped, preview.totals.left, preview.totals.classes_new]).toEqual([2, 1, 2])

  await west.leader.call('PUT /turns/{id}/application', { path: { id } })
  expect((await finished(west.leader, id)).state).toBe('applied')
  expect(await class_of(second!.id)).not.toBe(west.class)
  const report = await west.leader.send('GET', `/api/turns/${id}/report`)
  expect(report.headers.get('content-type')).toContain('spreadsheetml')

  await west.leader.call('DELETE /turns/{id}/application', { path: { id } })
  expect((await finished(west.leader, id)).state).toBe('undone')
  expect(await class_of(second!.id)).toBe(west.class)
})

test('a turn takes a list of new classes, or says which lines are not clear', async () => {
  const { west } = county
  const id = await small_turn()
  const path = `/api/turns/${id}/places`

  const faulty = await west.leader.send('POST', path, { body: '姓名,新班级\n李梅,2班\n何人,1班\n' })
  const taken = await west.leader.send('POST', path, { body: '姓名,原班级,新班级\n李梅,1班,2班\n' })
  const headless = await west.leader.send('POST', path, { body: '李梅,2班\n' })

  expect([faulty.json.placed, faulty.json.faults.map(({ row }: { row: number }) => row)]).toEqual([0, [3]])
  expect([taken.json.placed, taken.json.faults]).toEqual([1, []])
  expect(headless.status).toBe(422)
})

test('a choice that somebody else made meanwhile is not overwritten', async () => {
  const { west } = county
  const id = await small_turn()
  const { version } = await west.leader.call('GET /turns/{id}', { path: { id } })
  const path = `/api/turns/${id}/classes/${west.class}`
  const headers = { 'if-match': `"${version}"` }

  const first = await west.leader.send('PUT', path, { body: { action: 'leave_out' }, headers })
  const second = await west.leader.send('PUT', path, { body: { action: 'up' }, headers })

  expect([first.status, second.status]).toEqual([204, 412])
})

test('a pupil changes schools with the growth book, and the old school keeps what happened there', async () => {
  const { east, west, official } = county
  const pupil = await add_pupil(official, east.class, '林书')
  const visit = { kind: 'visit.home', happened_at: '2026-02-01T10:00:00+08:00', student: pupil.id }
  const entry = await east.leader.call('POST /entries', { body: visit })
  const body = { student: pupil.id, to_school: west.id, on: '2026-03-01', reason: '搬家' }

  const asked = await east.leader.call('POST /transfers', { body })
  const inbox = await west.leader.call('GET /transfers', { query: { box: 'incoming' } })
  expect(inbox.items.map(({ pupil: { name, is_masked } }) => [name, is_masked])).toEqual([['林*', true]])
  await west.leader.call('PUT /transfers/{id}/acceptance', { path: { id: asked.id }, body: { class: west.class } })

  const at_new_school = await west.leader.call('GET /entries', { query: { about: pupil.id } })
  const at_old_school = await east.leader.call('GET /entries', { query: { about: pupil.id } })
  const file = await east.leader.send('GET', `/api/people/${pupil.id}`)
  const kept = await east.leader.call('GET /former-pupils/{id}', { path: { id: pupil.id } })
  expect(at_new_school.items.map(({ id }) => id)).toEqual([entry.id])
  expect(at_old_school.items.map(({ id }) => id)).toEqual([entry.id])
  expect(file.status).toBe(404)
  expect(kept.stays.map((stay) => [stay.class.name, stay.to])).toEqual([['1班', '2026-02-28']])
})

test('pupils of a closed school wait until the county gives each a class', async () => {
  const { official, root, east } = county
  const school = await official.call('POST /organisations', {
    body: { parent: root, kind: 'school', name: '旧街小学', stages: ['primary'], opened_on: '2025-09-01' },
  })
  const room = await official.call('POST /organisations', {
    body: {
      parent: school.id,
      kind: 'class',
      name: '1班',
      stages: ['primary'],
      entry_year: 2025,
      number: 1,
      opened_on: '2025-09-01',
    },
  })
  const pupil = await add_pupil(official, room.id, '吴待')
  await official.call('POST /school-closings', { body: { school: school.id, on: '2026-03-01' } })
  const waiting = await official.call('GET /unplaced', {})
  expect(waiting.items.map(({ id, until }) => [id, until])).toEqual([[pupil.id, '2026-03-01']])

  const change = { students: [pupil.id], class: east.class, on: '2026-03-02', reason: '学校撤并安置' }
  await official.call('POST /class-changes', { body: change })

  expect((await official.call('GET /unplaced', {})).items).toEqual([])
})
