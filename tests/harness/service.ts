// Pupils' service for tests: a community with a worker, what it offers, and what whoever runs it may ask.
import type { Body, Out } from '../../web/packages/api-client/src/index.ts'
import { from_now, yesterday } from './activities.ts'
import { add_staff, type County, type School } from './county.ts'
import type { Example } from './examples.ts'
import type { Family } from './families.ts'
import type { Visitor } from './visitor.ts'

export type Offer = Out<'GET /service-offers/{id}'>
export type OfferInput = Body<'POST /service-offers'>

/** A community of the county with somebody who works there. */
export async function make_community({ server, official, root }: County, name: string) {
  const { id } = await official.call('POST /organisations', {
    body: { parent: root, kind: 'community', name, stages: [], opened_on: '2025-09-01' },
  })
  const { leader: worker } = await add_staff(server, official, id, 'community_worker', `${name.slice(0, 2)}社工`)
  return { id, worker }
}

export function offer(organiser: Visitor, input: Partial<OfferInput> = {}): Promise<Offer> {
  return organiser.call('POST /service-offers', {
    body: {
      kind: 'community',
      title: '清洁楼道',
      place: '三号楼',
      starts_at: from_now(24 * 60),
      ends_at: from_now(26 * 60),
      ...input,
    },
  })
}

/** Signed up for before it began: moved into the past afterwards, as nobody signs up for what is over. */
export async function begun_with(organiser: Visitor, signed_up: [Visitor, string][], input: Partial<OfferInput> = {}) {
  const made = await offer(organiser, input)
  for (const [carer, student] of signed_up)
    await carer.call('PUT /activities/{id}/sign-up', { path: { id: made.id }, body: { student } })
  await organiser.call('PATCH /activities/{id}', { path: { id: made.id }, body: { ...yesterday(), remind_minutes: 0 } })
  return organiser.call('GET /service-offers/{id}', { path: { id: made.id } })
}

export const hours_of = (organiser: Visitor, event: { id: string }) =>
  organiser.call('GET /service-offers/{id}/hours', { path: { id: event.id } })
export const close = (organiser: Visitor, event: { id: string }) =>
  organiser.call('PUT /activities/{id}/closing', { path: { id: event.id } })

/** Routes about one's own children; service.test.ts sends the others away. */
export const about_own_service = [
  'GET /api/service-targets',
  'GET /api/service-bases',
  'GET /api/service-bases.xlsx',
  'GET /api/service-offers.xlsx', // what lies out of reach is not in it
  'GET /api/service-ratings.xlsx',
  'GET /api/service-bases/{id}',
  'GET /api/own-service',
  'GET /api/own-service/{student}/record.pdf',
  'PUT /api/service-offers/{id}/rating',
  'PUT /api/service-ratings/{id}/hiding',
  'DELETE /api/service-ratings/{id}/hiding',
]

export interface ServiceThings {
  offer: string
  /** Begun, with the child signed up. */
  begun: string
  child: string
  reminder: string
}

/** Offers of the eastern school: one to come, one that has begun, and one that a child has served at and rated. */
export async function make_service_things(east: School, { mother, child }: Family): Promise<ServiceThings> {
  const { id } = await offer(east.leader)
  const over = await begun_with(east.leader, [[mother, child]], { organiser: east.id })
  const lines = [{ student: child, from_at: over.starts_at, until_at: over.ends_at }]
  await east.leader.call('PUT /service-offers/{id}/hours', { path: { id: over.id }, body: { lines } })
  await close(east.leader, over)
  const rating = { student: child, stars: 5, words: '很好' }
  await mother.call('PUT /service-offers/{id}/rating', { path: { id: over.id }, body: rating })
  const begun = await begun_with(east.leader, [[mother, child]], { organiser: east.id })
  const reminder = await east.leader.call('POST /service-reminders', { body: { unit: east.class, due: '2027-06-30' } })
  return { offer: id, begun: begun.id, child, reminder: reminder.id }
}

export function service_examples(east: School, things: ServiceThings): Example[] {
  const path = { id: things.offer }
  const class_path = { class: east.class }
  return [
    { route: 'GET /api/service-offers', query: { organiser: east.id } },
    {
      route: 'POST /api/service-offers',
      body: {
        organiser: east.id,
        kind: 'charity',
        title: '义卖',
        place: '操场',
        starts_at: from_now(60),
        ends_at: from_now(120),
      },
    },
    { route: 'GET /api/service-offers/{id}', path },
    { route: 'PUT /api/service-offers/{id}/terms', path, body: { age_from: 6, age_to: 12, needs: '水杯' } },
    { route: 'GET /api/service-offers/{id}/hours', path: { id: things.begun } },
    { route: 'PUT /api/service-offers/{id}/hours', path: { id: things.begun }, body: { lines: [{ student: things.child }] } },
    { route: 'GET /api/service-ratings' },
    { route: 'GET /api/service-meters/{class}', path: class_path },
    { route: 'GET /api/service-meters/{class}/pupils.xlsx', path: class_path },
    { route: 'GET /api/service-meters/{class}/records.pdf', path: class_path },
    { route: 'GET /api/service-records/{student}/record.pdf', path: { student: east.pupils[0]!.id } },
    { route: 'GET /api/service-reminders' },
    { route: 'POST /api/service-reminders', body: { unit: east.grade, due: '2027-06-30' } },
    { route: 'DELETE /api/service-reminders/{id}', path: { id: things.reminder } },
  ]
}
