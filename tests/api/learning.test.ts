// A course is made, published and learnt; only what was really watched counts, and it stands in the ledger once.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { make_county, type County } from '../harness/county.ts'
import { add_media, digest_of, film, make_course, save, send_chunk, type Draft } from '../harness/courses.ts'
import { make_family, type Family } from '../harness/families.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let family: Family
let clip: Buffer
let course: Draft
beforeAll(async () => {
  county = await make_county({ name: 'learning' })
  family = await make_family(county.server, county.official, county.east)
  clip = await film(5)
  course = await make_course(county.east.leader, county.east.id, clip)
})
afterAll(() => county?.server.stop())

const unit_of = (draft: Draft, index = 0) => draft.sections[0]!.units[index]!

async function beat(visitor: Visitor, viewing: string, unit: string, from_ms: number, to_ms: number, speed = 100) {
  return visitor.call('PUT /viewings/{viewing}/heartbeat', {
    path: { viewing },
    body: { unit, from_ms, to_ms, speed, position_ms: to_ms },
  })
}
const open = (visitor: Visitor, id: string) => visitor.call('POST /units/{id}/viewings', { path: { id } })
const entries_of = async (person: string) =>
  (await county.east.leader.call('GET /entries', { query: { about: person, kind: ['course.parent'] } })).items

test('a film is looked into: its length, a picture of it', () => {
  expect(unit_of(course)).toMatchObject({
    seconds: 5,
    media: { state: 'ready', seconds: 5, has_thumbnail: true, content_type: 'video/mp4' },
  })
  expect(course).toMatchObject({ state: 'published', edition: 1, is_changed: false, level: 'school' })
})

test('a file is sent in pieces, and goes on where it broke off', async () => {
  const { leader } = county.east
  const draft = await leader.call('POST /courses', { body: { title: '大文件', line: 'staff' } })
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(2 * (1 << 20), 7)])
  const { id } = await leader.call('POST /media', {
    body: { course: draft.id, kind: 'document', file_name: '讲义.PDF', size: bytes.length },
  })
  const first = bytes.subarray(0, 1 << 20)

  expect((await send_chunk(leader, id, 0, first)).json).toMatchObject({ received: 1 << 20, state: 'uploading' })
  expect((await send_chunk(leader, id, 0, first)).status).toBe(409)
  expect((await send_chunk(leader, id, 1 << 20, bytes.subarray(1 << 20, (1 << 20) + 5))).status).toBe(422)
  await expect(leader.call('PUT /media/{id}/digest', { path: { id }, body: { digest: digest_of(bytes) } })).rejects.toThrow(/409/)
  expect((await send_chunk(leader, id, 1 << 20, bytes.subarray(1 << 20))).json.received).toBe(bytes.length)
  await expect(leader.call('PUT /media/{id}/digest', { path: { id }, body: { digest: '0'.repeat(64) } })).rejects.toThrow(/409/)
  expect(await leader.call('PUT /media/{id}/digest', { path: { id }, body: { digest: digest_of(bytes) } })).toMatchObject({
    state: 'ready',
  })
  const part = await leader.send('GET', `/api/media/${id}/content`, {
    headers: { range: `bytes=${(1 << 20) - 2}-${(1 << 20) + 10}` },
  })
  expect([part.status, part.text.length]).toEqual([206, 13])
})

test('what is no film is said to be none', async () => {
  const { leader } = county.east
  const draft = await leader.call('POST /courses', { body: { title: '坏文件', line: 'staff' } })

  const media = await add_media(leader, draft.id, 'video', '假的.mp4', Buffer.from('this is no film at all'))
  const odd = await add_media(leader, draft.id, 'video', '旧的.mp4', await film(1, ['-c:v', 'mpeg4']))

  expect(media).toMatchObject({ state: 'failed', problem: '这不是可以播放的音视频文件。' })
  expect(odd.problem).toMatch(/mpeg4/)
  await expect(
    leader.call('POST /media', { body: { course: draft.id, kind: 'video', file_name: 'a.exe', size: 5 } }),
  ).rejects.toThrow(/422/)
})

test('a course of a school is there for its staff and families, and for nobody else', async () => {
  const { official, east, west } = county
  const titles = async (visitor: Visitor) => (await visitor.call('GET /catalogue')).items.map(({ id }) => id)
  const { id } = unit_of(course).media!

  expect(await titles(family.mother)).toEqual([course.id])
  expect(await titles(east.leader)).toEqual([course.id])
  expect(await titles(west.leader)).toEqual([])
  for (const path of [
    `/api/catalogue/${course.id}`,
    `/api/media/${id}/content`,
    `/api/media/${id}/thumbnail`,
    `/api/units/${unit_of(course).id}`,
  ]) {
    expect([path, (await family.mother.send('GET', path)).status]).toEqual([path, 200])
    expect([path, (await west.leader.send('GET', path)).status]).toEqual([path, 404])
    expect([path, (await county.server.visitor().send('GET', path)).status]).toEqual([path, 401])
  }
  const draft = await official.call('POST /courses', { body: { title: '家庭会议', line: 'grandparents' } })
  const saved = await save(official, draft, [{ title: '', units: [{ title: '怎么开', kind: 'text', body: '每周一次。' }] }], {
    topics: ['family_meetings'],
  })
  await official.call('POST /courses/{id}/editions', { path: { id: draft.id }, body: {}, version: saved.version })
  expect(await titles(west.leader)).toEqual([draft.id])
  expect((await family.mother.call('GET /catalogue', { query: { q: 'jthy' } })).items).toHaveLength(1)
  expect((await family.mother.call('GET /catalogue', { query: { topic: 'emotions' } })).items).toHaveLength(0)
  expect(
    (await family.mother.call('GET /catalogue', { query: { level: 'county', line: 'grandparents', topic: 'family_meetings' } }))
      .items,
  ).toHaveLength(1)
})

test('a player asks for parts of a film', async () => {
  const ask = (range: string) =>
    family.mother.send('GET', `/api/media/${unit_of(course).media!.id}/content`, { headers: { range } })

  const part = await ask('bytes=4-7')
  expect([part.status, part.headers.get('content-range'), part.text]).toEqual([206, `bytes 4-7/${clip.length}`, 'ftyp'])
  expect((await ask(`bytes=${clip.length}-`)).status).toBe(416)
  expect((await ask('bytes=0-')).headers.get('accept-ranges')).toBe('bytes')
})

test('only what was really watched counts, and a lesson done is one entry', async () => {
  const { mother, mother_id } = family
  const { id } = unit_of(course)
  const viewing = await open(mother, id)
  expect(viewing).toMatchObject({ learnt: 0, length: 5, share: 90, is_completed: false })

  // At once to the end: nothing. A stretch of another's player: nothing.
  expect(await beat(mother, viewing.id, id, 0, 5_000)).toMatchObject({ outcome: 'refused', learnt: 0 })
  expect(await beat(county.east.leader, viewing.id, id, 0, 1_000)).toMatchObject({ outcome: 'elsewhere' })

  await sleep(2_100)
  expect(await beat(mother, viewing.id, id, 0, 2_000)).toMatchObject({ outcome: 'credited', credited: 2, learnt: 2 })
  expect(await beat(mother, viewing.id, id, 0, 2_000)).toMatchObject({ credited: 0, learnt: 2 })

  // A second window takes over; time is not doubled.
  const second = await open(mother, id)
  expect(second).toMatchObject({ position_ms: 2_000, learnt: 2 })
  await sleep(1_600)
  expect(await beat(mother, viewing.id, id, 2_000, 3_000)).toMatchObject({ outcome: 'elsewhere' })
  expect(await beat(mother, second.id, id, 2_000, 5_000, 200)).toMatchObject({ credited: 3, learnt: 5, is_completed: true })
  expect(await beat(mother, second.id, id, 0, 1_000)).toMatchObject({ credited: 0, is_completed: true })

  const entries = await entries_of(mother_id)
  expect(entries).toHaveLength(1)
  expect(entries[0]).toMatchObject({
    source: `learning:unit:${id}`,
    student: { id: family.child },
    unit: { id: county.east.class },
    minutes: 0,
  })
  const own = await mother.call('GET /own-learning')
  expect(own).toMatchObject({ courses: 1, completed: 1, lessons_done: 1, seconds: 5 })
})

test('beats that come together count each second once', async () => {
  const { leader } = county.east
  const { id } = unit_of(course)
  const viewing = await open(leader, id)
  await sleep(2_100)

  const answers = await Promise.all(Array.from({ length: 8 }, () => beat(leader, viewing.id, id, 0, 2_000)))

  expect(answers.reduce((sum, { credited }) => sum + credited, 0)).toBe(2)
})

test('a new edition keeps what was learnt of lessons that did not change', async () => {
  const { leader } = county.east
  const { mother } = family
  const film_unit = unit_of(course)
  const draft = await leader.call('GET /courses/{id}', { path: { id: course.id } })
  const saved = await save(leader, draft, [
    {
      title: '新的章节',
      units: [
        { id: film_unit.id, title: '学会倾听', kind: 'video', media: film_unit.media!.id },
        { id: unit_of(course, 1).id, title: '读一读', kind: 'text', body: '改过的正文。' },
      ],
    },
  ])
  expect(saved.is_changed).toBe(true)
  expect(unit_of(saved).id).toBe(film_unit.id)
  expect(unit_of(saved, 1).id).not.toBe(unit_of(course, 1).id)
  await leader.call('POST /courses/{id}/editions', { path: { id: course.id }, body: { note: '补充正文' }, version: saved.version })

  const before = await mother.call('GET /catalogue/{id}', { path: { id: course.id } })
  expect(before.sections[0]!.lessons.map(({ title }) => title)).toEqual(['倾听', '读一读'])
  expect(before.newer).toMatchObject({ number: 2, note: '补充正文', kept: 1 })
  const after = await mother.call('PUT /catalogue/{id}/edition', { path: { id: course.id }, body: { number: 2 } })
  expect(after.sections[0]!.lessons.map(({ title, is_completed }) => [title, is_completed])).toEqual([
    ['学会倾听', true],
    ['读一读', false],
  ])
  expect(after.newer).toBeUndefined()
})

test('a draft that is not ready says everything that is missing', async () => {
  const { leader } = county.east
  const draft = await leader.call('POST /courses', { body: { title: '未完成', line: 'entering' } })
  const saved = await save(leader, draft, [
    {
      title: '',
      units: [
        { title: '视频', kind: 'video' },
        { title: '文章', kind: 'text', body: ' ' },
      ],
    },
  ])

  const answer = await leader.send('POST', `/api/courses/${draft.id}/editions`, { body: {} })

  expect(saved.state).toBe('draft')
  expect(answer.json.problems.map(({ path }: { path: string }) => path)).toEqual([
    '/sections/0/units/0/media',
    '/sections/0/units/1/body',
  ])
  await leader.call('DELETE /courses/{id}', { path: { id: draft.id } })
  expect((await leader.send('GET', `/api/courses/${draft.id}`)).status).toBe(404)
})

test('a course taken out of the catalogue is gone for learners and stays for its makers', async () => {
  const { leader } = county.east
  await leader.call('PUT /courses/{id}/withdrawal', { path: { id: course.id }, body: { is_withdrawn: true } })

  expect((await family.mother.send('GET', `/api/catalogue/${course.id}`)).status).toBe(404)
  expect((await leader.send('GET', `/api/courses/${course.id}`)).status).toBe(200)
})
