// A teaching package is brought in, opened and gone through: what it says is kept, what time it earns is the server's to say.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { make_county, type County } from '../harness/county.ts'
import { add_media, type Draft } from '../harness/courses.ts'
import { make_family, type Family } from '../harness/families.ts'
import { make_package_course, manifest_of, package_of, type PackagePage } from '../harness/packages.ts'
import type { Visitor } from '../harness/visitor.ts'

const pages: PackagePage[] = [
  {
    file: 'read.html',
    html: '<!DOCTYPE html><html><head><title>读</title></head><body><script src="a.js"></script></body></html>',
  },
  { file: 'try.html', html: '<html><body>试</body></html>' },
  { file: 'sheet.pdf', html: '%PDF-1.4', kind: 'asset' },
]
let county: County
let family: Family
let course: Draft
let unit: string
beforeAll(async () => {
  county = await make_county({ name: 'packages' })
  family = await make_family(county.server, county.official, county.east)
  course = await make_package_course(county.east.leader, county.east.id, package_of(pages, { 'img/图 1.txt': '图' }))
  unit = course.sections[0]!.units[0]!.id
})
afterAll(() => county?.server.stop())

const show = (visitor: Visitor) => visitor.call('GET /units/{id}/package', { path: { id: unit } })
const open = (visitor: Visitor) => visitor.call('POST /units/{id}/viewings', { path: { id: unit } })
const said = (state: string, more: Record<string, string> = {}) =>
  Object.entries({ 'cmi.core.lesson_status': state, ...more }).map(([name, value]) => ({ name, value }))
const put = (visitor: Visitor, page: number, viewing: string, data: { name: string; value: string }[]) =>
  visitor.send('PUT', `/api/units/${unit}/package-pages/${page}`, { body: { viewing, data } })
const beat = (visitor: Visitor, viewing: string, from_ms: number, to_ms: number) =>
  visitor.call('PUT /viewings/{viewing}/heartbeat', {
    path: { viewing },
    body: { unit, from_ms, to_ms, speed: 100, position_ms: to_ms },
  })
const entries_of = async (person: string) =>
  (await county.east.leader.call('GET /entries', { query: { about: person, kind: ['course.parent'] } })).items

test('its files are there by ticket, without the session, and for nobody who guesses', async () => {
  const { files } = await show(family.mother)
  const stranger = county.server.visitor()

  const page = await stranger.send('GET', `${files}read.html`)
  expect(page.status).toBe(200)
  expect(page.text).toContain('<head><script src="/player/bridge.js"></script>')
  expect(page.headers.get('content-type')).toBe('text/html')
  expect((await stranger.send('GET', `${files}img/${encodeURIComponent('图 1.txt')}`)).text).toBe('图')
  expect((await stranger.send('GET', `${files}sheet.pdf`, { headers: { range: 'bytes=0-3' } })).text).toBe('%PDF')

  const [code, media, until, proof] = files.split('/')[3]!.split('-') as [string, string, string, string]
  const forged = [
    `${code}-${media}-${Number(until) + 1}-${proof}`,
    `${code}-${BigInt(media) + 1n}-${until}-${proof}`,
    `${Number(code) + 1}-${media}-${until}-${proof}`,
    `${code}-${media}-${until}-${'0'.repeat(32)}`,
    `${code}-${media}-${until}`,
    'x',
  ]
  for (const ticket of forged)
    expect([ticket, (await stranger.send('GET', `/api/packages/${ticket}/read.html`)).status]).toEqual([ticket, 404])
  for (const path of ['nothing.html', '..%2f..%2fetc%2fpasswd', 'imsmanifest.xml/x'])
    expect([path, (await stranger.send('GET', files + path)).status]).not.toEqual([path, 200])
})

test('its pages run in a sandbox that loads nothing from elsewhere', async () => {
  const { files } = await show(family.mother)

  const { headers } = await county.server.visitor().send('GET', `${files}read.html`)

  const policy = headers.get('content-security-policy')!
  expect(policy).toMatch(/^sandbox allow-scripts/)
  expect(policy).not.toContain('allow-same-origin')
  expect(policy).not.toContain('allow-popups')
  expect(policy).not.toMatch(/https?:|\*/)
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('it learns no name and no number of the learner', async () => {
  const [mother, father, again] = [await show(family.mother), await show(county.east.leader), await show(family.mother)]

  expect(mother.learner).toMatch(/^[0-9a-f]{20}$/)
  expect(again.learner).toBe(mother.learner)
  expect(father.learner).not.toBe(mother.learner)
})

test('it is for whoever may see the course, and whole only for its makers', async () => {
  const media = course.sections[0]!.units[0]!.media!.id
  const statuses = async (path: string) =>
    Promise.all([family.mother, county.west.leader, county.east.leader].map(async (who) => (await who.send('GET', path)).status))

  expect(await statuses(`/api/units/${unit}/package`)).toEqual([200, 404, 200])
  expect(await statuses(`/api/units/${unit}/package-pages/0`)).toEqual([200, 404, 200])
  expect(await statuses(`/api/media/${media}/content`)).toEqual([404, 404, 200])
})

test('what a page says is kept, and it goes on there; once done it stays done', async () => {
  const { id } = await open(family.mother)

  const kept = await put(family.mother, 0, id, said('incomplete', { 'cmi.core.lesson_location': '2', 'cmi.suspend_data': '甲' }))
  expect(kept.json).toMatchObject({ state: 'incomplete', is_done: false, is_through: false })
  const page = await family.mother.call('GET /units/{id}/package-pages/{page}', { path: { id: unit, page: 0 } })
  expect(page.data).toContainEqual({ name: 'cmi.suspend_data', value: '甲' })
  expect((await put(family.mother, 0, id, said('passed', { 'cmi.core.score.raw': '80' }))).json).toMatchObject({
    state: 'passed',
    is_done: true,
    score: 8000,
  })
  expect((await put(family.mother, 0, id, said('incomplete'))).json).toMatchObject({ state: 'incomplete', is_done: true })
  expect((await show(county.east.leader)).pages[0]).toMatchObject({ state: 'not_attempted', is_done: false })
})

test('what is forged or too much is refused', async () => {
  const { id } = await open(family.mother)
  const refused = async (page: number, data: { name: string; value: string }[]) => (await put(family.mother, page, id, data)).status

  expect(await refused(9, [])).toBe(404)
  expect(await refused(0, [{ name: 'document.cookie', value: 'x' }])).toBe(422)
  expect(await refused(0, said('passed', { 'cmi.core.score.raw': '1e999' }))).toBe(422)
  expect(await refused(0, Array(5).fill({ name: 'cmi.suspend_data', value: 'x'.repeat(60_000) }))).toBe(422)
  expect(await refused(0, [{ name: 'cmi.suspend_data', value: 'x'.repeat(70_000) }])).toBe(422)
  expect((await put(county.east.leader, 0, id, said('passed'))).status).toBe(409)
  const elsewhere = await open(family.mother)
  expect((await put(family.mother, 0, id, said('passed'))).status).toBe(409)
  expect((await put(family.mother, 0, elsewhere.id, said('passed'))).status).toBe(200)
})

// The lesson counts as one minute and asks for half of it: whatever a package says, thirty seconds have to pass.
test('a package that says at once that it is done earns nothing before the time is there, and one entry then', async () => {
  const before = (await entries_of(family.mother_id)).length
  const { id } = await open(family.mother)
  for (const page of [0, 1]) await put(family.mother, page, id, said('passed', { 'cmi.core.session_time': '20:00:00' }))

  const through = (await put(family.mother, 2, id, [])).json
  expect(through).toMatchObject({ is_through: true, is_completed: false, learnt: 0 })
  expect(await beat(family.mother, id, 0, 40_000)).toMatchObject({ outcome: 'refused', learnt: 0 })
  expect(await entries_of(family.mother_id)).toHaveLength(before)

  let at = 0
  for (let i = 0; i < 4; i++) {
    await sleep(8_000)
    at = (await beat(family.mother, id, at, at + 8_000)).credited_to_ms
  }
  expect(await entries_of(family.mother_id)).toHaveLength(before + 1)
  expect((await put(family.mother, 0, id, said('passed'))).json).toMatchObject({ is_completed: true })
  expect(await entries_of(family.mother_id)).toHaveLength(before + 1)
}, 60_000)

test('a package that cannot be taken is told why, fault by fault', async () => {
  const { leader } = county.east
  const draft = await leader.call('POST /courses', { body: { title: '坏课件', line: 'staff' } })
  const problem_of = async (bytes: Buffer) => {
    const media = await add_media(leader, draft.id, 'package', '课件.zip', bytes)
    expect(media.state).toBe('failed')
    return media.problem!
  }
  const page = { file: 'a.html', html: '<html>' }

  expect(await problem_of(Buffer.from('PK no zip'))).toMatch(/不是 ZIP/)
  expect(await problem_of(package_of([page], { '../../etc/cron.d/x': 'x' }))).toMatch(/试图跳出包外/)
  expect(
    await problem_of(package_of([page], { 'imsmanifest.xml': `<!DOCTYPE x [<!ENTITY a "b">]>${manifest_of([page])}` })),
  ).toMatch(/DOCTYPE/)
  expect(await problem_of(package_of([page], { 'a.html': '' }))).toMatch(/为空/)
  const two = manifest_of(
    [
      { ...page, file: 'missing.html' },
      { ...page, file: 'film.mp4' },
    ],
    '9',
  )
  const faults = await problem_of(package_of([page], { 'imsmanifest.xml': two, 'film.mp4': 'x' }))
  expect(faults.split('\n')).toHaveLength(3)
})
