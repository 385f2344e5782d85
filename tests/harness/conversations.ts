// Conversations: a class teacher and a mother who speak about her child, and what a school's leader may ask of them.
import { randomUUID } from 'node:crypto'
import { add_staff, type County, type School } from './county.ts'
import type { Example } from './examples.ts'
import { make_family, type Family } from './families.ts'
import type { Server } from './server.ts'
import type { Visitor } from './visitor.ts'

export const new_client = () => randomUUID()

export interface Speakers {
  family: Family
  teacher: Visitor
  teacher_id: string
  teacher_post: string
}

/** Always within the hours of the one, so that no test waits for the morning. */
export async function be_there_always(teacher: Visitor) {
  await teacher.call('PUT /own-office-hours', { body: { days: [1, 2, 3, 4, 5, 6, 7], from: 0, until: 1439, answer: '' } })
}

export async function make_speakers(server: Server, official: Visitor, school: School): Promise<Speakers> {
  const family = await make_family(server, official, school)
  const { leader, leader_id, post } = await add_staff(server, official, school.class, 'class_teacher', '周老师')
  await be_there_always(leader)
  return { family, teacher: leader, teacher_id: leader_id, teacher_post: post }
}

export function begin(
  writer: Visitor,
  student: string,
  people: string[],
  more: { body?: string; subject?: string; is_confidential?: boolean; client?: string } = {},
) {
  return writer.call('POST /conversations', {
    body: { client: new_client(), student, people, subject: '午睡', body: '老师您好', ...more },
  })
}

export function send(writer: Visitor, id: string, body: string, client = new_client()) {
  return writer.call('PUT /conversations/{id}/messages/{client}', { path: { id, client }, body: { body, files: [] } })
}

export const messages = async (reader: Visitor, id: string) =>
  (await reader.call('GET /conversations/{id}/messages', { path: { id } })).items

export interface ConversationThings {
  report: string
  file: string
}

export async function make_conversation_things({ server, official, east }: County): Promise<ConversationThings> {
  const { family, teacher_id } = await make_speakers(server, official, east)
  const { id } = await begin(family.mother, family.child, [teacher_id])
  const path = `/api/conversations/${id}`
  const file = await family.mother.send('POST', `${path}/files?file_name=a.pdf`, { body: '%PDF-1.4 test' })
  await family.mother.send('PUT', `${path}/messages/${new_client()}`, { body: { body: '', files: [file.json.id] } })
  const report = await family.mother.call('POST /conversations/{id}/reports', { path: { id }, body: { reason: '语气不好' } })
  return { report: report.id, file: file.json.id }
}

/** What the leader of the school may ask. */
export function conversation_examples(east: School, { report, file }: ConversationThings): Example[] {
  const hours = { days: [1, 2, 3, 4, 5], from: 480, until: 1080, answer: '' }
  const query = { from: '2026-01-01', to: '2026-12-31' }
  return [
    { route: 'GET /api/conversation-reports' },
    { route: 'GET /api/conversation-reports/{id}', path: { id: report } },
    { route: 'GET /api/conversation-reports/{id}/files/{file}', path: { id: report, file } },
    { route: 'PUT /api/conversation-reports/{id}/outcome', path: { id: report }, body: { state: 'working', outcome: '' } },
    { route: 'GET /api/conversation-figures', query },
    { route: 'GET /api/schools/{id}/office-hours', path: { id: east.id } },
    { route: 'PUT /api/schools/{id}/office-hours', path: { id: east.id }, body: hours },
  ]
}

/** Of those who are in them, whatever their post; walked in conversations.test.ts. */
export const about_conversations = [
  'GET /api/conversations',
  'POST /api/conversations',
  'GET /api/conversations/unread',
  'GET /api/conversations/{id}',
  'GET /api/conversations/{id}/candidates',
  'GET /api/conversations/{id}/messages',
  'PUT /api/conversations/{id}/messages/{client}',
  'PUT /api/conversations/{id}/messages/{client}/withdrawal',
  'PUT /api/conversations/{id}/reading',
  'PUT /api/conversations/{id}/state',
  'POST /api/conversations/{id}/members',
  'PUT /api/conversations/{id}/handover',
  'POST /api/conversations/{id}/files',
  'GET /api/conversations/{id}/files/{file}',
  'POST /api/conversations/{id}/reports',
  'GET /api/conversation-partners',
  'GET /api/conversation-figures.xlsx',
  'GET /api/answer-templates',
  'PUT /api/answer-templates',
  'GET /api/own-office-hours',
  'PUT /api/own-office-hours',
  'DELETE /api/own-office-hours',
]
