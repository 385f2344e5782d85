// Events for tests: soon, running, or long over; and what whoever runs one may ask.
import type { ActivityView, Body } from '../../web/packages/api-client/src/index.ts'
import { add_staff, type County, type School } from './county.ts'
import type { Example } from './examples.ts'
import type { Visitor } from './visitor.ts'

export type ActivityInput = Body<'POST /activities'>

const minute = 60_000
export const from_now = (minutes: number): string => new Date(Date.now() + minutes * minute).toISOString()

/** In a week, an hour long, for families, at the viewer's own organisation. */
export const next_week = (): Pick<ActivityInput, 'starts_at' | 'ends_at'> => ({
  starts_at: from_now(7 * 24 * 60),
  ends_at: from_now(7 * 24 * 60 + 60),
})
/** Begun half an hour ago, half an hour to go. */
export const now_on = (): Pick<ActivityInput, 'starts_at' | 'ends_at'> => ({ starts_at: from_now(-30), ends_at: from_now(30) })
/** Yesterday, an hour long. */
export const yesterday = (): Pick<ActivityInput, 'starts_at' | 'ends_at'> => ({
  starts_at: from_now(-24 * 60),
  ends_at: from_now(-23 * 60),
})

export function announce(organiser: Visitor, input: Partial<ActivityInput> = {}): Promise<ActivityView> {
  return organiser.call('POST /activities', {
    body: { kind: 'guidance', title: '家庭教育讲座', place: '报告厅', audience: 'families', ...next_week(), ...input },
  })
}

export const path = (activity: { id: string }) => ({ path: { id: activity.id } })
export const show = (visitor: Visitor, activity: ActivityView) => visitor.call('GET /activities/{id}', path(activity))
export const sign_up = (visitor: Visitor, activity: ActivityView) =>
  visitor.call('PUT /activities/{id}/sign-up', { ...path(activity), body: {} })
export const tick = (visitor: Visitor, activity: ActivityView, people: string[], is_present = true) =>
  visitor.call('PUT /activities/{id}/attendance', { ...path(activity), body: { people, is_present } })
export const close = (visitor: Visitor, activity: ActivityView) => visitor.call('PUT /activities/{id}/closing', path(activity))

/** Whoever is expected at an event or invited to it, as its organiser sees the list; no more than so many. */
export async function people_of(organiser: Visitor, activity: { id: string }, list: 'expected' | 'invited', most = Infinity) {
  const people = []
  let after: string | undefined
  do {
    const page = await organiser.call('GET /activities/{id}/attendance', { ...path(activity), query: { list, limit: 200, after } })
    people.push(...page.items)
    after = page.next
  } while (after && people.length < most)
  return people.slice(0, most)
}

/** What an event left in the ledger, the oldest first. */
export async function entries_from(official: Visitor, activity: ActivityView) {
  const { items } = await official.call('GET /entries', { query: { limit: 200 } })
  return items.filter(({ source }) => source.startsWith(`activities:${activity.id}:`)).reverse()
}

export interface ActivityThings {
  activity: string
  running: string
  held: string
  consultation: string
  crowded: string
  leader: string
  waits: string
  trip: string
  consent_hash: string
  pupil: string
  draft: string
  template: string
}

/** A week from now, for pupils, with its sheet. */
export function study_trip(): ActivityInput {
  const times = next_week()
  return {
    kind: 'study_trip',
    title: '红色研学',
    place: '校门口',
    audience: 'pupils',
    ...times,
    travel: {
      stages: [{ from: times.starts_at, until: times.ends_at, place: '纪念馆' }],
      risks: [{ risk: '乘车', measure: '清点人数', responsible: '何老师' }],
      insurance: { company: '人保财险', policy: 'P-1', from: '2020-01-01', to: '2040-01-01' },
    },
  }
}

export async function make_activity_things({ east, official, server }: County): Promise<ActivityThings> {
  const held = await announce(east.leader, { ...yesterday(), audience: 'everybody' })
  const carer = east.pupils[0]!.student!.carers[0]!.person
  await east.leader.call('PUT /activities/{id}/attendance', { path: { id: held.id }, body: { people: [carer], is_present: true } })
  const crowded = await announce(east.leader, { audience: 'staff', capacity: 1 })
  await sign_up(east.leader, crowded)
  const teacher = await add_staff(server, official, east.id, 'teacher', '何老师')
  await sign_up(teacher.leader, crowded)
  const person_of = async (visitor: Visitor) => (await visitor.call('GET /session')).person.id
  const trip = await announce(east.leader, study_trip())
  const content = { kind: 'salon', title: '沙龙', place: '礼堂', audience: 'families' as const, ...next_week() }
  return {
    crowded: crowded.id,
    leader: await person_of(east.leader),
    waits: await person_of(teacher.leader),
    trip: trip.id,
    consent_hash: (await east.leader.call('GET /activities/{id}/travel', path(trip))).hash,
    pupil: east.pupils[0]!.id,
    draft: (await east.leader.call('POST /activity-drafts', { body: { content } })).id,
    template: (await east.leader.call('POST /activity-templates', { body: { title: '沙龙', content } })).id,
    activity: (await announce(east.leader, { audience: 'everybody' })).id,
    running: (await announce(east.leader, { ...now_on(), audience: 'everybody' })).id,
    held: held.id,
    consultation: (await announce(east.leader, { kind: 'consultation', audience: 'everybody' })).id,
  }
}

/** What the people of the organiser may ask. */
export function activity_examples(east: School, things: ActivityThings): Example[] {
  const activity = { id: things.activity }
  const slot = { id: things.consultation, number: '1' }
  const held = { id: things.held }
  const crowded = { id: things.crowded }
  const trip = { id: things.trip }
  const draft = { id: things.draft }
  const template = { id: things.template }
  const content = { kind: 'salon', title: '沙龙', place: '礼堂', audience: 'families', organiser: east.id, ...next_week() }
  const carer = east.pupils[0]!.student!.carers[0]!.person
  return [
    { route: 'GET /api/activities', query: { organiser: east.id } },
    {
      route: 'POST /api/activities',
      body: { kind: 'lecture', title: '讲座', place: '礼堂', audience: 'families', organiser: east.id, ...next_week() },
    },
    { route: 'GET /api/activities/{id}', path: activity },
    { route: 'PATCH /api/activities/{id}', path: activity, body: { place: '操场' } },
    { route: 'PUT /api/activities/{id}/sign-up', path: activity, body: {} },
    { route: 'GET /api/activities/{id}/family', path: activity },
    { route: 'PUT /api/activities/{id}/family-sign-up', path: activity, body: { people: [things.leader] } },
    { route: 'PUT /api/activities/{id}/offer', path: activity },
    { route: 'PUT /api/activities/{id}/sign-up-closing', path: activity },
    { route: 'DELETE /api/activities/{id}/sign-up-closing', path: activity },
    { route: 'GET /api/activities/{id}/waiting-list', path: crowded },
    { route: 'GET /api/activities/{id}/waiting-list.xlsx', path: crowded },
    {
      route: 'PUT /api/activities/{id}/waiting-list/{person}/position',
      path: { ...crowded, person: things.waits },
      body: { to: 'front', reason: '上次没有轮到' },
    },
    { route: 'PUT /api/activities/{id}/slots/{number}/booking', path: slot, body: {} },
    { route: 'GET /api/activities/{id}/check-in-code', path: { id: things.running } },
    { route: 'POST /api/activities/{id}/check-in', path: { id: things.running }, body: { code: '000000' } },
    { route: 'GET /api/activities/{id}/admission', path: activity },
    { route: 'PUT /api/activities/{id}/admission', path: activity, body: { check_type: 'in_out', gates: ['东门', '西门'] } },
    { route: 'GET /api/activities/{id}/check-in-list', path: activity, query: { list: 'invited' } },
    { route: 'GET /api/activities/{id}/paper-codes', path: activity, query: { list: 'invited' } },
    { route: 'GET /api/activities/{id}/own-codes', path: activity },
    { route: 'GET /api/activities/{id}/own-paper-codes', path: activity },
    { route: 'GET /api/partner-organisations', query: { q: '城东' } },
    {
      route: 'PUT /api/activities/{id}/scans',
      path: { id: things.running },
      body: {
        device: 'phone-0001',
        scans: [{ number: 1, at: new Date().toISOString(), person: east.pupils[0]!.student!.carers[0]!.person }],
        undone: [],
      },
    },
    { route: 'GET /api/activities/{id}/scans', path: { id: things.running } },
    { route: 'GET /api/activities/{id}/attendance', path: activity, query: { list: 'invited' } },
    {
      route: 'PUT /api/activities/{id}/attendance',
      path: { id: things.running },
      body: { people: [east.pupils[0]!.student!.carers[0]!.person], is_present: true },
    },
    { route: 'GET /api/activities/{id}/attendance.xlsx', path: activity },
    { route: 'POST /api/activities/{id}/join-logs', path: held, query: { file_name: 'log.csv' }, body: '姓名,入会时间,退会时间\n' },
    { route: 'PUT /api/activities/{id}/replay', path: activity, body: {} },
    { route: 'PUT /api/activities/{id}/closing', path: held },
    { route: 'PUT /api/activities/{id}/reopening', path: held, body: { reason: '少记了人' } },
    { route: 'PUT /api/activities/{id}/cancellation', path: { id: things.running }, body: { reason: '下雨' } },
    { route: 'DELETE /api/activities/{id}/sign-up', path: activity },
    { route: 'GET /api/activities/{id}/travel', path: trip },
    { route: 'PUT /api/activities/{id}/travel', path: trip, body: study_trip().travel },
    {
      route: 'PUT /api/activities/{id}/consents/{student}',
      path: { ...trip, student: things.pupil },
      body: { agrees: true, hash: things.consent_hash },
    },
    { route: 'GET /api/activities/{id}/consents', path: trip },
    { route: 'GET /api/activities/{id}/consents.xlsx', path: trip },
    { route: 'GET /api/activities/{id}/dossier', path: activity },
    { route: 'PUT /api/activities/{id}/budget', path: activity, body: { planned: 100 } },
    { route: 'GET /api/activities/{id}/helpers', path: activity, query: { q: '家长' } },
    { route: 'PUT /api/activities/{id}/roles/{person}', path: { ...activity, person: carer }, body: { role: 'helped' } },
    { route: 'DELETE /api/activities/{id}/roles/{person}', path: { ...activity, person: carer } },
    { route: 'PUT /api/activities/{id}/feedback', path: held, body: { stars: 5 } },
    { route: 'GET /api/activities/{id}/feedback.xlsx', path: held },
    { route: 'POST /api/activity-drafts', body: { content } },
    { route: 'GET /api/activity-drafts/{id}', path: draft },
    { route: 'PUT /api/activity-drafts/{id}', path: draft, body: { content } },
    { route: 'PUT /api/activity-drafts/{id}/proposal', path: draft },
    { route: 'PUT /api/activity-drafts/{id}/decision', path: draft, body: { approves: true } },
    { route: 'PUT /api/activity-drafts/{id}/publication', path: draft },
    { route: 'DELETE /api/activity-drafts/{id}', path: draft },
    { route: 'GET /api/activity-approval-rule', query: { organisation: east.id } },
    { route: 'PUT /api/activity-approval-rule', body: { organisation: east.id, kinds: [], travelling: true } },
    { route: 'POST /api/activity-templates', body: { title: '沙龙', owner: east.id, content } },
    { route: 'GET /api/activity-templates/{id}', path: template },
    { route: 'PUT /api/activity-templates/{id}', path: template, body: { title: '沙龙', content } },
    { route: 'DELETE /api/activity-templates/{id}', path: template },
    { route: 'DELETE /api/activities/{id}/slots/{number}/booking', path: slot },
  ]
}
