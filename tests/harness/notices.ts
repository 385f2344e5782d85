// Notices: written, sent and waited for until they have arrived.
import type { Body } from '../../web/packages/api-client/src/index.ts'
import type { County, School } from './county.ts'
import { eventually } from './eventually.ts'
import type { Example } from './examples.ts'
import type { Visitor } from './visitor.ts'

export type NoticeInput = Body<'POST /notices'>

/** A draft with what is left out filled in. */
export function draft(sender: Visitor, input: Partial<NoticeInput> = {}) {
  return sender.call('POST /notices', {
    body: {
      title: '春季研学',
      body: '周五出发。',
      organisations: [],
      stages: [],
      roles: [],
      choices: [],
      ask: 'confirm',
      ...input,
    },
  })
}

/** At any hour, so that tests do not wait for the morning. */
export async function without_quiet_hours(official: Visitor, weekly_minutes = 1000) {
  const rules = await official.call('GET /notice-rules')
  await official.call('PUT /notice-rules', { body: { ...rules, quiet_from: 0, quiet_until: 0, weekly_minutes } })
}

/** Sent, and with everybody whom it goes to. */
export async function send(sender: Visitor, input: Partial<NoticeInput> = {}) {
  const { id } = await draft(sender, input)
  await sender.call('PUT /notices/{id}/sending', { path: { id } })
  await eventually(async () => (await sender.call('GET /notices/{id}', { path: { id } })).state === 'sent')
  return sender.call('GET /notices/{id}', { path: { id } })
}

export interface NoticeThings {
  notice: string
  draft: string
  waiting: string
  file: string
}

export async function make_notice_things({ official, east }: County): Promise<NoticeThings> {
  await without_quiet_hours(official)
  const waiting = await draft(official, { organisations: [east.id], is_urgent: true })
  await official.call('PUT /notices/{id}/sending', { path: { id: waiting.id } })
  const with_file = await draft(east.leader)
  const file = await east.leader.send('POST', `/api/notices/${with_file.id}/files?file_name=a.pdf`, { body: '%PDF-1.4 test' })
  return {
    notice: (await send(east.leader)).id,
    draft: with_file.id,
    waiting: waiting.id,
    file: file.json.files[0].id,
  }
}

/** What the people of the office that issues a notice may ask. */
export function notice_examples(east: School, things: NoticeThings): Example[] {
  const notice = { id: things.notice }
  const unsent = { id: things.draft }
  const subject = { id: things.notice, subject: east.pupils[0]!.id }
  const body = { title: '春游', organisations: [east.id], stages: [], roles: [], choices: [] }
  return [
    { route: 'GET /api/notices', query: { organisation: east.id } },
    { route: 'GET /api/notices/{id}', path: notice },
    { route: 'GET /api/notices/{id}/units', path: notice },
    { route: 'GET /api/notices/{id}/subjects', path: notice },
    { route: 'GET /api/notices/{id}/subjects.xlsx', path: notice },
    { route: 'GET /api/notices/{id}/answers', path: notice },
    { route: 'GET /api/notices/{id}/sheet.pdf', path: notice },
    { route: 'POST /api/notices/{id}/reminders', path: notice, body: {} },
    { route: 'PUT /api/notices/{id}/subjects/{subject}/paper-answer', path: subject, body: {} },
    { route: 'DELETE /api/notices/{id}/subjects/{subject}/paper-answer', path: subject },
    { route: 'POST /api/notices', body },
    { route: 'POST /api/notice-previews', body: { organisations: [east.id], stages: [], roles: [] } },
    { route: 'PUT /api/notices/{id}', path: unsent, body },
    { route: 'POST /api/notices/{id}/files', path: unsent, query: { file_name: 'b.pdf' }, body: '%PDF-1.4 test' },
    { route: 'GET /api/notices/{id}/files/{file}', path: { ...unsent, file: things.file } },
    { route: 'DELETE /api/notices/{id}/files/{file}', path: { ...unsent, file: things.file } },
    { route: 'PUT /api/notices/{id}/sending', path: unsent },
    {
      route: 'PUT /api/notices/{id}/correction',
      path: notice,
      body: { changes: '改为周六', asks_again: false },
    },
    { route: 'PUT /api/notices/{id}/recall', path: notice, body: { reason: '改期' } },
  ]
}

/** Routes whose answers differ by what the viewer's post reaches, never by whom they name; notices.test.ts covers the others. */
export const about_notices = [
  'GET /api/notice-rules',
  'PUT /api/notice-rules',
  'GET /api/notice-burden',
  'GET /api/sheet-codes/{code}',
  'PUT /api/notices/{id}/decision',
  'DELETE /api/notices/{id}',
  'GET /api/own-notices',
  'GET /api/own-notices/{id}',
  'GET /api/own-notices/{id}/files/{file}',
  'PUT /api/own-notices/{id}/reading',
  'PUT /api/own-notices/{id}/answer',
]
