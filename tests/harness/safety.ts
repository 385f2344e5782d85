// Safety for tests: drills of a school, counted and stopped, and what whoever leads it may ask.
import { readFileSync } from 'node:fs'
import type { Out } from '../../web/packages/api-client/src/index.ts'
import { add_pupil, type County, type School } from './county.ts'
import type { Example } from './examples.ts'
import type { Family } from './families.ts'
import { photograph_file } from './feed.ts'
import type { Visitor } from './visitor.ts'
import { day_from_now } from './visits.ts'

export type Drill = Out<'GET /drills'>['items'][number]
export type Roll = Out<'GET /drills/{id}/classes/{class}'>

export const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

export const plan_drill = (school: School, coordinator = school.leader_id, minutes = 30): Promise<Drill> =>
  school.leader.call('POST /drills', {
    body: {
      school: school.id,
      kind: 'fire',
      planned_at: soon(minutes),
      minutes: 20,
      place: '操场主席台前',
      coordinator,
      classes: [],
    },
  })
export const roll_of = (visitor: Visitor, drill: string, unit: string): Promise<Roll> =>
  visitor.call('GET /drills/{id}/classes/{class}', { path: { id: drill, class: unit } })
export const report = (visitor: Visitor, drill: string, unit: string, marks: object[], arrived_at?: string) =>
  visitor.send('PUT', `/api/drills/${drill}/classes/${unit}/count`, { body: { marks, ...(arrived_at ? { arrived_at } : {}) } })

/** Begun, everybody there, and stopped. */
export async function hold_drill(school: School): Promise<string> {
  const { id } = await plan_drill(school)
  await school.leader.call('PUT /drills/{id}/start', { path: { id }, body: {} })
  const { pupils } = await roll_of(school.leader, id, school.class)
  const at = new Date().toISOString()
  await report(
    school.leader,
    id,
    school.class,
    pupils.map((pupil) => ({ student: pupil.id, is_present: true, at })),
    at,
  )
  await school.leader.call('PUT /drills/{id}/stop', { path: { id }, body: {} })
  return id
}

/** Routes about one's own school or child; safety.test.ts sends the others away. */
export const about_own_safety = [
  'GET /api/own-drills',
  'GET /api/safety-overview',
  'GET /api/safety-overview.xlsx',
  'GET /api/emergency-cards',
  'POST /api/hazard-photos',
  'GET /api/children/{id}/medical-flag',
  'PUT /api/children/{id}/medical-flag',
  'DELETE /api/children/{id}/medical-flag',
  'GET /api/students/{id}/medical-flag',
]

export interface SafetyThings {
  planned: string
  held: string
  task: string
  alarm: string
  hazard: string
  pupil: string
  family: Family
}

export async function make_safety_things({ official, east }: County, family: Family): Promise<SafetyThings> {
  const { leader, leader_id } = east
  const pupil = await add_pupil(official, east.class, '安小全')
  const planned = await plan_drill(east)
  const held = await hold_drill(east)
  const task = await leader.call('POST /drills/{id}/tasks', {
    path: { id: held },
    body: { words: '三楼楼梯口加一名疏导员', owner: leader_id, due: day_from_now(7) },
  })
  const alarm = await leader.call('POST /alarms', { body: { school: east.id, kind: 'weather', words: '暴雨，留在教室' } })
  const photo = await leader.send('POST', '/api/hazard-photos', { body: readFileSync(photograph_file) })
  const hazard = await leader.call('POST /hazards', {
    body: { school: east.id, place: '二楼东侧楼梯', words: '扶手松动', photo: photo.json.id },
  })
  return { planned: planned.id, held, task: task.id, alarm: alarm.id, hazard: hazard.id, pupil: pupil.id, family }
}

export function safety_examples(east: School, things: SafetyThings): Example[] {
  const planned = { id: things.planned }
  const held = { id: things.held }
  const hazard = { id: things.hazard }
  const alarm = { id: things.alarm }
  const owner = { owner: east.leader_id, due: day_from_now(5) }
  const drill = { kind: 'earthquake', planned_at: soon(60), minutes: 20, place: '操场', coordinator: east.leader_id }
  return [
    { route: 'GET /api/drills', query: { school: east.id } },
    { route: 'GET /api/drills.xlsx', query: { school: east.id } },
    { route: 'POST /api/drills', body: { ...drill, school: east.id, classes: [east.class] } },
    { route: 'GET /api/drills/{id}', path: planned },
    { route: 'PATCH /api/drills/{id}', path: planned, body: { place: '西侧操场', coordinator: east.leader_id } },
    { route: 'GET /api/drills/{id}/classes/{class}', path: { ...planned, class: east.class } },
    {
      route: 'PUT /api/drills/{id}/classes/{class}/count',
      path: { ...planned, class: east.class },
      body: { marks: [{ student: things.pupil, is_present: true, at: new Date().toISOString() }] },
    },
    {
      route: 'PUT /api/drills/{id}/classes/{class}/leader',
      path: { ...planned, class: east.class },
      body: { leader: east.leader_id },
    },
    { route: 'PUT /api/drills/{id}/letter', path: planned, body: { words: '孩子们正在操场演练' } },
    { route: 'PUT /api/drills/{id}/start', path: planned, body: {} },
    { route: 'PUT /api/drills/{id}/stop', path: planned, body: {} },
    { route: 'PUT /api/drills/{id}/cancellation', path: planned, body: { reason: '下雨' } },
    { route: 'POST /api/drills/{id}/tasks', path: held, body: { words: '增加指示牌', ...owner } },
    { route: 'PUT /api/drills/{id}/closing', path: held, body: { review: '撤离有序', tasks: [] } },
    { route: 'PUT /api/drills/{id}/reopening', path: held, body: { reason: '点名有误' } },
    { route: 'GET /api/safety-tasks', query: { school: east.id } },
    { route: 'PUT /api/safety-tasks/{id}/outcome', path: { id: things.task }, body: { outcome: '已安排', is_done: true } },
    { route: 'GET /api/alarms' },
    { route: 'POST /api/alarms', body: { school: east.id, kind: 'other', words: '试一试' } },
    { route: 'GET /api/alarms/{id}', path: alarm },
    { route: 'PUT /api/alarms/{id}/confirmation', path: alarm, body: { answer: 'safe' } },
    { route: 'GET /api/alarms/{id}/classes/{class}', path: { ...alarm, class: east.class } },
    {
      route: 'PUT /api/alarms/{id}/classes/{class}/count',
      path: { ...alarm, class: east.class },
      body: { marks: [{ student: things.pupil, is_present: true, at: new Date().toISOString() }] },
    },
    {
      route: 'PUT /api/alarms/{id}/classes/{class}/leader',
      path: { ...alarm, class: east.class },
      body: { leader: east.leader_id },
    },
    { route: 'PUT /api/alarms/{id}/letter', path: alarm, body: { words: '孩子们都在教室' } },
    { route: 'PUT /api/alarms/{id}/end', path: alarm },
    { route: 'GET /api/classes/{id}/pick-up', path: { id: east.class } },
    { route: 'GET /api/students/{id}/pick-up', path: { id: things.family.child } },
    { route: 'POST /api/handovers', body: { student: things.family.child, carer: things.family.mother_id } },
    { route: 'GET /api/handovers', query: { class: east.class } },
    { route: 'GET /api/emergency-cards/{school}', path: { school: east.id } },
    {
      route: 'PUT /api/emergency-cards/{school}',
      path: { school: east.id },
      body: { numbers: [], hospital: '人民医院', hospital_phone: '', contact: '', route: '', aeds: [] },
    },
    { route: 'GET /api/hazards', query: { school: east.id } },
    { route: 'GET /api/hazards.xlsx', query: { school: east.id } },
    { route: 'POST /api/hazards', body: { school: east.id, place: '食堂', words: '地面湿滑' } },
    { route: 'GET /api/hazards/{id}', path: hazard },
    { route: 'GET /api/hazards/{id}/photo', path: hazard },
    { route: 'PUT /api/hazards/{id}/assignment', path: hazard, body: owner },
    { route: 'PUT /api/hazards/{id}/closing', path: hazard, body: { words: '已加固' } },
    { route: 'PUT /api/hazards/{id}/reopening', path: hazard, body: { words: '又松了' } },
  ]
}
