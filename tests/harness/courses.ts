// Courses with films of a few seconds, and what the people of a school may ask about them.
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Body, Out } from '../../web/packages/api-client/src/index.ts'
import type { County, School } from './county.ts'
import { eventually } from './eventually.ts'
import type { Example } from './examples.ts'
import { run } from './run.ts'
import type { Visitor } from './visitor.ts'

export type Draft = Out<'GET /courses/{id}'>
export type Media = Out<'GET /media/{id}'>
type Kind = Body<'POST /media'>['kind']

const piece = 1 << 20

/** A film of coloured stripes with a tone. */
export async function film(seconds: number, more: string[] = []): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'film-'))
  const path = join(folder, 'film.mp4')
  const picture = `testsrc=size=160x90:rate=5:duration=${seconds}`
  const tone = `sine=frequency=440:duration=${seconds}`
  const codecs = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '24k', '-movflags', '+faststart']
  await run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', tone, ...codecs, ...more, path])
  const bytes = await readFile(path)
  await rm(folder, { recursive: true })
  return bytes
}

/** SHA-256 of the pieces' SHA-256, as the console computes it. */
export function digest_of(bytes: Buffer): string {
  const whole = createHash('sha256')
  for (let at = 0; at < bytes.length; at += piece)
    whole.update(
      createHash('sha256')
        .update(bytes.subarray(at, at + piece))
        .digest(),
    )
  return whole.digest('hex')
}

export const send_chunk = (author: Visitor, id: string, from: number, bytes: Buffer) =>
  author.send('PUT', `/api/media/${id}/bytes?from=${from}`, { body: bytes })

/** Brings a file in and waits until it was looked into. */
export async function add_media(author: Visitor, course: string, kind: Kind, file_name: string, bytes: Buffer): Promise<Media> {
  const { id } = await author.call('POST /media', { body: { course, kind, file_name, size: bytes.length } })
  for (let at = 0; at < bytes.length; at += 4 * piece) {
    const answer = await send_chunk(author, id, at, bytes.subarray(at, at + 4 * piece))
    if (answer.status !== 200) throw new Error(`a chunk was refused: ${answer.text}`)
  }
  await author.call('PUT /media/{id}/digest', { path: { id }, body: { digest: digest_of(bytes) } })
  let media: Media | undefined
  await eventually(async () => {
    media = await author.call('GET /media/{id}', { path: { id } })
    return media.state !== 'checking'
  })
  return media!
}

type Sections = Body<'PUT /courses/{id}'>['sections']
export async function save(
  author: Visitor,
  draft: Draft,
  sections: Sections,
  more: Partial<Body<'PUT /courses/{id}'>> = {},
): Promise<Draft> {
  const { id, title, line } = draft
  return author.call('PUT /courses/{id}', {
    path: { id },
    body: { title, line, summary: '', topics: [], sections, ...more },
    version: draft.version,
  })
}

/** A published course of a school: a film and a text. */
export async function make_course(
  author: Visitor,
  owner: string,
  clip: Buffer,
  line: Body<'POST /courses'>['line'] = 'in_school',
): Promise<Draft> {
  const draft = await author.call('POST /courses', { body: { title: '亲子沟通', line, owner } })
  const media = await add_media(author, draft.id, 'video', '第一讲.mp4', clip)
  const sections: Sections = [
    {
      title: '第一章',
      units: [
        { title: '倾听', kind: 'video', media: media.id },
        { title: '读一读', kind: 'text', body: '先听完，再说话。', is_required: false },
      ],
    },
  ]
  const saved = await save(author, draft, sections)
  return author.call('POST /courses/{id}/editions', { path: { id: draft.id }, body: {}, version: saved.version })
}

export interface CourseThings {
  course: string
  draft: string
  unit: string
  media: string
  sending: string
}

export async function make_course_things({ east }: County): Promise<CourseThings> {
  const course = await make_course(east.leader, east.id, await film(2))
  const draft = await east.leader.call('POST /courses', { body: { title: '草稿', line: 'staff' } })
  const sending = await east.leader.call('POST /media', {
    body: { course: draft.id, kind: 'document', file_name: '讲义.pdf', size: 10 },
  })
  const unit = course.sections[0]!.units[0]!
  return { course: course.id, draft: draft.id, unit: unit.id, media: unit.media!.id, sending: sending.id }
}

/** What the people of the course's own school may ask. */
export function course_examples(east: School, things: CourseThings): Example[] {
  const course = { id: things.course }
  const media = { id: things.media }
  return [
    { route: 'GET /api/courses' },
    { route: 'POST /api/courses', body: { title: '新课', line: 'entering', owner: east.id } },
    { route: 'GET /api/courses/{id}', path: course },
    {
      route: 'PUT /api/courses/{id}',
      path: { id: things.draft },
      body: { title: '改名', line: 'staff', summary: '', topics: [], sections: [] },
    },
    { route: 'POST /api/courses/{id}/editions', path: course, body: {} },
    { route: 'PUT /api/courses/{id}/withdrawal', path: course, body: { is_withdrawn: false } },
    { route: 'POST /api/media', body: { course: things.draft, kind: 'picture', file_name: '封面.png', size: 10 } },
    { route: 'GET /api/media/{id}', path: media },
    { route: 'PUT /api/media/{id}/bytes', path: { id: things.sending }, query: { from: '0' }, body: '%PDF-1.7\n\n' },
    { route: 'PUT /api/media/{id}/digest', path: { id: things.sending }, body: { digest: '0'.repeat(64) } },
    { route: 'GET /api/media/{id}/content', path: media },
    { route: 'GET /api/media/{id}/thumbnail', path: media },
    { route: 'GET /api/catalogue' },
    { route: 'GET /api/catalogue/{id}', path: course },
    { route: 'PUT /api/catalogue/{id}/edition', path: course, body: { number: 1 } },
    { route: 'GET /api/units/{id}', path: { id: things.unit } },
    { route: 'POST /api/units/{id}/viewings', path: { id: things.unit } },
    { route: 'DELETE /api/courses/{id}', path: { id: things.draft } },
  ]
}
