// Duty rosters for tests: a school's gate with its people, and what whoever runs it may ask.
import type { Body, Out } from '../../web/packages/api-client/src/index.ts'
import { add_staff, type County, type School } from './county.ts'
import type { Example } from './examples.ts'
import type { Visitor } from './visitor.ts'
import { day_from_now } from './visits.ts'

export type Roster = Out<'GET /rosters/{id}'>
export type Shift = Out<'GET /rosters/{id}/shifts'>['items'][number]
export type Post = NonNullable<Body<'POST /rosters'>['posts']>[number]

/** Every day of the week, so that no test waits for a Monday. */
export const gate: Post = {
  name: '校门口',
  place: '滨江路北门',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  from_minute: 450,
  until_minute: 490,
  parents: 0,
  staff: 0,
  police: 0,
  community: 0,
}

export function start_roster(leader: Visitor, school: string, posts: Post[], days = 20): Promise<Roster> {
  return leader.call('POST /rosters', {
    body: { organisation: school, title: '护学岗', kind: 'safety_duty', from: day_from_now(0), to: day_from_now(days), posts },
  })
}
export const shifts_of = async (visitor: Visitor, roster: string, days = 20): Promise<Shift[]> =>
  (
    await visitor.call('GET /rosters/{id}/shifts', {
      path: { id: roster },
      query: { from: day_from_now(0), to: day_from_now(days) },
    })
  ).items
export async function plan_and_publish(leader: Visitor, roster: string) {
  const outcome = await leader.call('PUT /rosters/{id}/plan', { path: { id: roster } })
  await leader.call('PUT /rosters/{id}/publication', { path: { id: roster } })
  return outcome
}

/** Routes of those who answer a colleague, or come in with a child; rosters.test.ts sends the others away. */
export const about_own_duties = [
  'PUT /api/own-rosters/{id}',
  'DELETE /api/own-rosters/{id}',
  'PUT /api/roster-swaps/{id}/acceptance',
  'PUT /api/roster-swaps/{id}/refusal',
  'GET /api/volunteers.xlsx', // what lies out of reach is not in it
]

export interface RosterThings {
  roster: string
  idle_roster: string
  post: string
  idle_post: string
  colleague: string
  own_shift: string
  shift: string
  swap: string
  entry: string
  correction: string
  note: string
}

/** A roster of the eastern school whose leader serves too, so that everything may be asked. */
export async function make_roster_things({ server, official, east }: County): Promise<RosterThings> {
  const posts = [
    { ...gate, staff: 1 },
    { ...gate, name: '放学', from_minute: 980, until_minute: 1020, staff: 1 },
  ]
  const { id, posts: made } = await start_roster(east.leader, east.id, posts)
  const { leader_id: colleague } = await add_staff(server, official, east.id, 'teacher', '孙老师')
  for (const person of [east.leader_id, colleague])
    await east.leader.call('POST /rosters/{roster}/members', {
      path: { roster: id },
      body: { sort: 'staff', person, wished: [], blocked: [] },
    })
  await plan_and_publish(east.leader, id)
  const shifts = (await shifts_of(east.leader, id)).filter(({ starts_at }) => starts_at > `${day_from_now(3)}`)
  const own = shifts.filter(({ person }) => person?.id === east.leader_id)
  const asked = await east.leader.call('POST /own-duties/{id}/swaps', { path: { id: own[1]!.id }, body: { kind: 'cover' } })
  const { id: entry } = await east.leader.call('POST /entries', {
    body: {
      kind: 'volunteer.other',
      happened_at: new Date(Date.now() - 86_400_000).toISOString(),
      person: east.leader_id,
      minutes: 60,
    },
  })
  const correction = await east.leader.call('POST /own-volunteer-record/corrections', { body: { entry, words: '少记了半小时' } })
  const noted = await east.leader.call('POST /volunteers/{person}/notes', {
    path: { person: east.leader_id },
    body: { kind: 'award', day: day_from_now(-2), words: '优秀志愿者' },
  })
  const idle = await start_roster(east.leader, east.id, [{ ...gate, parents: 1 }])
  return {
    roster: id,
    idle_roster: idle.id,
    post: made[0]!.id,
    idle_post: idle.posts[0]!.id,
    colleague,
    own_shift: own[0]!.id,
    shift: shifts.find(({ person }) => person?.id === colleague)!.id,
    swap: asked.id,
    entry,
    correction: correction.id,
    note: noted.notes[0]!.id,
  }
}

export function roster_examples(east: School, things: RosterThings): Example[] {
  const roster = { id: things.roster }
  const own = { id: things.own_shift }
  const shift = { id: things.shift }
  const days = { from: day_from_now(0), to: day_from_now(20) }
  const weekly = { wished: [], blocked: [] }
  const member = { roster: things.roster, person: things.colleague }
  return [
    { route: 'GET /api/rosters' },
    { route: 'POST /api/rosters', body: { organisation: east.id, title: '课后', kind: 'class_care', ...days, posts: [] } },
    { route: 'GET /api/rosters/{id}', path: roster },
    { route: 'PUT /api/rosters/{id}', path: roster, body: { give_back_hours: 12 } },
    { route: 'PUT /api/rosters/{id}/invitation', path: roster, body: { unit: east.class } },
    { route: 'POST /api/rosters/{roster}/posts', path: { roster: things.roster }, body: { ...gate, name: '路口', staff: 1 } },
    { route: 'PUT /api/roster-posts/{id}', path: { id: things.post }, body: { ...gate, staff: 1 } },
    { route: 'GET /api/roster-posts/{id}/code', path: { id: things.post } },
    { route: 'GET /api/roster-posts/{id}/poster', path: { id: things.post } },
    { route: 'PUT /api/roster-posts/{id}/poster', path: { id: things.post } },
    { route: 'GET /api/rosters/{id}/members', path: roster },
    {
      route: 'POST /api/rosters/{roster}/members',
      path: { roster: things.roster },
      body: { sort: 'staff', person: things.colleague, ...weekly },
    },
    {
      route: 'PUT /api/rosters/{roster}/members/{person}',
      path: member,
      body: { is_leader: true, is_paused: false, ...weekly },
    },
    { route: 'PUT /api/rosters/{id}/plan', path: roster },
    { route: 'PUT /api/rosters/{id}/publication', path: roster },
    { route: 'GET /api/rosters/{id}/shifts', path: roster, query: days },
    { route: 'GET /api/rosters/{id}/shifts.xlsx', path: roster },
    { route: 'PUT /api/roster-shifts/{id}/person', path: shift, body: { person: east.leader_id } },
    { route: 'GET /api/rosters/{id}/changes', path: roster },
    { route: 'PUT /api/roster-shifts/{id}/hours', path: shift, body: { minutes: 40, reason: '忘记扫码' } },
    { route: 'PUT /api/roster-shifts/{id}/signature', path: shift, body: { agrees: true } },
    { route: 'PUT /api/roster-shifts/{id}/correction', path: shift, body: { minutes: 20, reason: '提前离开' } },
    { route: 'PUT /api/own-duties/{id}/arrival', path: own, body: { code: '123456' } },
    { route: 'PUT /api/own-duties/{id}/departure', path: own, body: { code: '123456' } },
    { route: 'GET /api/own-duties/{id}/exchanges', path: own },
    { route: 'POST /api/own-duties/{id}/swaps', path: own, body: { kind: 'cover' } },
    { route: 'DELETE /api/roster-swaps/{id}', path: { id: things.swap } },
    { route: 'DELETE /api/own-duties/{id}', path: own },
    { route: 'POST /api/own-volunteer-record/corrections', body: { entry: things.entry, words: '少记了半小时' } },
    { route: 'GET /api/volunteers' },
    { route: 'GET /api/volunteers/{id}', path: { id: east.leader_id } },
    { route: 'GET /api/volunteers/{id}/certificate.pdf', path: { id: east.leader_id } },
    {
      route: 'POST /api/volunteers/{person}/notes',
      path: { person: east.leader_id },
      body: { kind: 'training', day: day_from_now(-1), words: '交通安全培训', minutes: 60 },
    },
    { route: 'GET /api/volunteer-corrections' },
    {
      route: 'PUT /api/volunteer-corrections/{id}/answer',
      path: { id: things.correction },
      body: { is_corrected: false, answer: '以签退为准' },
    },
    { route: 'DELETE /api/volunteer-notes/{id}', path: { id: things.note } },
    { route: 'DELETE /api/rosters/{roster}/members/{person}', path: member },
    { route: 'DELETE /api/roster-posts/{id}', path: { id: things.idle_post } },
    { route: 'PUT /api/rosters/{id}/closing', path: { id: things.idle_roster } },
  ]
}
