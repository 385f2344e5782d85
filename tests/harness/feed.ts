// The class feed: moments, the consent that pictures need, and a photograph that tells where it was taken.
import { readFile } from 'node:fs/promises'
import type { Body } from '../../web/packages/api-client/src/index.ts'
import type { County, School } from './county.ts'
import type { Example } from './examples.ts'
import type { Family } from './families.ts'
import type { Visitor } from './visitor.ts'

export type MomentInput = Body<'POST /moments'>

/** 120 by 40 dots, to be turned by a quarter; its Exif, XMP and comment name a place. */
export const photograph_file = new URL('taken_at_a_place.jpg', import.meta.url).pathname
export const photograph = () => readFile(photograph_file)

/** The county begins to ask guardians for pictures in the class feed. */
export const ask_for_pictures = ({ official, root }: County) =>
  official.call('POST /privacy/consents', {
    body: {
      key: 'class-feed',
      organisation: root,
      title: '在学生动态中使用孩子的照片',
      words: '老师会在学生动态里发布课堂和活动的照片，只给照片里孩子的家长看。',
      data_items: '照片',
      recipients: '照片里孩子的家长',
      kept_months: 36,
    },
  })

export const answer_for_pictures = (family: Family, act: 'given' | 'withdrawn') =>
  family.mother.call('POST /me/consents', { body: { key: 'class-feed', version: 1, student: family.child, act } })

export async function add_picture(teacher: Visitor): Promise<string> {
  const added = await teacher.send('POST', '/api/moment-pictures', { body: await photograph() })
  if (added.status !== 201) throw new Error(added.text)
  return added.json.id
}

export const post = (teacher: Visitor, input: Partial<MomentInput> & { class: string }) =>
  teacher.call('POST /moments', {
    body: { audience: 'tagged', words: '今天种豆子。', children: [], pictures: [], ...input },
  })

export interface MomentThings {
  moment: string
  picture: string
  taken_down: string
  comment: string
  report: string
}

export async function make_moment_things({ east }: County): Promise<MomentThings> {
  const { leader } = east
  const children = [east.pupils[0]!.id]
  const picture = await add_picture(leader)
  const content = { children, pictures: [{ id: picture, children: [] }] }
  const moment = await post(leader, { class: east.class, ...content })
  const path = { id: moment.id }
  await leader.call('PUT /moments/{id}', { path, body: { ...content, words: '今天种玉米。', version: moment.version } })
  const comment = await leader.call('POST /moments/{id}/comments', { path, body: { words: '长得真快' } })
  const taken_down = await post(leader, { class: east.class, children })
  await leader.call('PUT /moments/{id}/taking-down', { path: { id: taken_down.id }, body: { reason: '发错了' } })
  await leader.call('POST /moments/{id}/reports', { path, body: { reason: '请核实' } })
  const [report] = (await leader.call('GET /moment-reports', {})).items
  return { moment: moment.id, picture, taken_down: taken_down.id, comment: comment.id, report: report!.id }
}

/** What the people of the class's own school may ask. */
export function moment_examples(east: School, things: MomentThings): Example[] {
  const moment = { id: things.moment }
  const picture = { ...moment, picture: things.picture }
  const comment = { id: things.comment }
  const content = { words: '今天种花。', children: [east.pupils[0]!.id], pictures: [] }
  return [
    { route: 'GET /api/moments', query: { class: east.class } },
    { route: 'GET /api/moments/{id}', path: moment },
    { route: 'GET /api/moments/{id}/editions', path: moment },
    { route: 'GET /api/moments/{id}/comments', path: moment },
    { route: 'GET /api/moments/{id}/pictures/{picture}', path: picture },
    { route: 'GET /api/moments/{id}/pictures/{picture}/thumbnail', path: picture },
    { route: 'GET /api/moment-classes/{id}/pupils', path: { id: east.class } },
    { route: 'POST /api/moments', body: { class: east.class, audience: 'tagged', ...content } },
    { route: 'PUT /api/moments/{id}', path: moment, body: { ...content, version: 2 } },
    { route: 'PUT /api/moments/{id}/commenting', path: moment, body: { is_open: true } },
    { route: 'PUT /api/moments/{id}/reaction', path: moment, body: { kind: 'like' } },
    { route: 'POST /api/moments/{id}/comments', path: moment, body: { words: '真好' } },
    { route: 'POST /api/moments/{id}/reports', path: moment, body: { reason: '请再核实' } },
    { route: 'PUT /api/moment-comments/{id}/hiding', path: comment, body: { reason: '不合适' } },
    { route: 'PUT /api/moment-reports/{id}/outcome', path: { id: things.report }, body: { verdict: 'keep', note: '已核实' } },
    { route: 'PUT /api/moments/{id}/taking-down', path: { id: things.taken_down }, body: { reason: '再次撤下' } },
    { route: 'DELETE /api/moments/{id}/taking-down', path: { id: things.taken_down } },
    { route: 'DELETE /api/moment-comments/{id}', path: comment },
    { route: 'DELETE /api/moments/{id}/reaction', path: moment },
  ]
}

/** Routes whose answers differ by who asks, never by whom they name; feed.test.ts covers the others. */
export const about_moments = [
  'GET /api/moment-classes',
  'POST /api/moment-pictures',
  'GET /api/own-moments',
  'GET /api/moment-reports',
  'GET /api/own-picture-exports',
  'POST /api/own-picture-exports',
  'GET /api/own-picture-exports/{id}/file.zip',
]
