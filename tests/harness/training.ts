// The national training programme in force now, and a class that leads to its certificate.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Body } from '../../web/packages/api-client/src/index.ts'
import { add_staff, type County, type School } from './county.ts'
import type { Example } from './examples.ts'
import { load_plan } from './plans.ts'
import { root } from './server.ts'
import type { Visitor } from './visitor.ts'

type ClassInput = Body<'POST /training-classes'>

/** plans/training-2025.toml, for the years around this one. */
export async function training_plan(): Promise<string> {
  const year = new Date().getFullYear()
  const text = await readFile(join(root, 'plans/training-2025.toml'), 'utf8')
  return text
    .replace('from = 2025-02-15', `from = ${year - 1}-01-01`)
    .replace('to = 2026-03-31', `to = ${year + 1}-12-31`)
    .replace('from = 2025-02-15', `from = ${year}-02-15`)
    .replace('to = 2025-12-31', `to = ${year}-12-31`)
}

export const load_training_plan = async (official: Visitor) => load_plan(official, await training_plan())

/** A class for the certificate of the training on line, open all year. */
export async function open_class(by: Visitor, owner: string, more: Partial<ClassInput> = {}) {
  const made = await by.call('POST /training-classes', {
    body: { title: '专题培训班', summary: '', plan: 'training-2025', credential: 'online-training', courses: [], owner, ...more },
  })
  return by.call('PUT /training-classes/{id}/state', { path: { id: made.id }, body: { state: 'open' } })
}

/** The components of the programme, each as one entry that meets it. */
export const components = [
  { kind: 'course.required', minutes: 15 * 45 },
  { kind: 'course.elective', minutes: 20 * 45 },
  { kind: 'live.attended', minutes: 2 * 45 },
  { kind: 'discussion.helpful', minutes: 45 },
  { kind: 'question.collected' },
  { kind: 'summary.accepted', minutes: 2 * 45 },
]

export async function note(by: Visitor, person: string, entries: { kind: string; minutes?: number }[]) {
  const happened_at = new Date().toISOString()
  const { items } = await by.call('POST /entry-batches', {
    body: { entries: entries.map((entry) => ({ ...entry, person, happened_at })) },
  })
  return items.map(({ entry }) => entry!)
}

export interface TrainingThings {
  class: string
  draft: string
  member: string
  /** Somebody else in the class. */
  other: string
  order: string
  /** Of that fee, and failed. */
  refund: string
}

/** A class of the eastern school with its leader in it, whose fee is paid; and one in preparation. */
export async function make_training_things({ server, official, east }: County): Promise<TrainingThings> {
  await load_training_plan(official)
  const { id } = await open_class(east.leader, east.id, { price: 20000 })
  await east.leader.call('POST /training-classes/{id}/members', {
    path: { id },
    body: { person: east.leader_id, track: 'leaders' },
  })
  const { leader_id: other } = await add_staff(server, official, east.id, 'teacher', '郭老师')
  const draft = await east.leader.call('POST /training-classes', {
    body: { title: '筹备中的班', summary: '', plan: 'training-2025', credential: 'online-training', courses: [] },
  })
  const { items } = await east.leader.call('GET /training-classes/{id}/orders', { path: { id } })
  await east.leader.call('POST /training-classes/{id}/members', { path: { id }, body: { person: other, track: 'teachers' } })
  await east.leader.call('PUT /training-orders/{id}/state', {
    path: { id: items[0]!.id },
    body: { state: 'paid', reference: '20261122-1' },
  })
  const order = items[0]!.id
  const refund = order // a number that nothing else of this kind has
  await server.database.execute(
    `INSERT INTO training_refunds (county, id, payment, cause, amount, state, reason, reference, failure, may_recover, asked_by,
       asked_at, settled_at, checked_at)
     SELECT county, ${refund}, id, 'decided', amount, 'failed', '误收', '', 'NOT_ENOUGH', FALSE, payer, 0, 0, 0
     FROM training_payments WHERE training_order = ${order}`,
  )
  return { class: id, draft: draft.id, member: east.leader_id, other, order, refund }
}

export function training_examples(east: School, things: TrainingThings): Example[] {
  const path = { id: things.class }
  const member = { ...path, person: things.member }
  const content = { title: '改名的班', summary: '', plan: 'training-2025', credential: 'online-training', courses: [] }
  return [
    { route: 'GET /api/training-classes' },
    { route: 'POST /api/training-classes', body: { ...content, owner: east.id } },
    { route: 'GET /api/training-classes/{id}', path },
    { route: 'PUT /api/training-classes/{id}', path: { id: things.draft }, body: content },
    { route: 'GET /api/training-classes/{id}/board', path },
    { route: 'GET /api/training-classes/{id}/board.xlsx', path },
    { route: 'GET /api/training-classes/{id}/orders', path },
    { route: 'GET /api/training-classes/{id}/orders.xlsx', path },
    { route: 'GET /api/training-classes/{id}/payment-differences', path },
    { route: 'GET /api/training-classes/{id}/members/{person}', path: member },
    { route: 'GET /api/training-classes/{id}/members/{person}/transcript.pdf', path: member },
    { route: 'GET /api/training-classes/{id}/members/{person}/transcript.xlsx', path: member },
    { route: 'PUT /api/training-classes/{id}/members/{person}/result', path: member, body: { score: 80, note: '' } },
    { route: 'POST /api/training-classes/{id}/reminders', path, body: { people: [] } },
    { route: 'GET /api/own-training/{id}', path },
    { route: 'GET /api/own-training/{id}/transcript.pdf', path },
    { route: 'GET /api/own-training/{id}/transcript.xlsx', path },
    { route: 'GET /api/training-orders/{id}', path: { id: things.order } },
    { route: 'GET /api/training-orders/{id}/receipt.pdf', path: { id: things.order } },
    { route: 'PUT /api/training-orders/{id}/state', path: { id: things.order }, body: { state: 'refunded', reason: '误收' } },
    { route: 'PUT /api/training-refunds/{id}/asking', path: { id: things.refund } },
    { route: 'PUT /api/training-refunds/{id}/transfer', path: { id: things.refund }, body: { reference: '20261122-2' } },
    { route: 'DELETE /api/own-training/{id}/enrolment', path },
    { route: 'PUT /api/own-training/{id}/enrolment', path, body: { track: 'teachers' } },
    {
      route: 'DELETE /api/training-classes/{id}/members/{person}',
      path: { ...path, person: things.other },
      query: { reason: '调离' },
    },
    { route: 'POST /api/training-classes/{id}/members', path, body: { person: things.member, track: 'everyone' } },
    { route: 'PUT /api/training-classes/{id}/state', path: { id: things.draft }, body: { state: 'draft' } },
    { route: 'DELETE /api/training-classes/{id}', path: { id: things.draft } },
  ]
}
