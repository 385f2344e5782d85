// A growth book goes to a school of another installation: taken along by a guardian, looked at, taken in, taken out.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'

let here: County
let there: County
let family: Family
/** The pupil at the new school, and a class-mate. */
let arrived: string
let class_mate: string
beforeAll(async () => {
  here = await make_county({ name: 'growth-here' })
  there = await make_county({ name: 'growth-there' })
  family = await make_family(here.server, here.official, here.east)
  await here.east.leader.call('POST /entries', {
    body: { kind: 'service.community', happened_at: '2026-02-01T10:00:00+08:00', student: family.child, minutes: 90 },
  })
  const body = { sex: 'female' as const, class: there.east.class, from: '2025-09-01', carers: [] }
  arrived = (await there.official.call('POST /students', { body: { ...body, name: family.child_name } })).id
  class_mate = there.east.pupils[0]!.id
}, 120_000)
afterAll(() => Promise.all([here?.server.stop(), there?.server.stop()]))

const take_along = () =>
  family.mother.call('POST /children/{id}/growth-book-files', { path: { id: family.child }, body: { agrees: true } })
/** What a family gives the new school. */
async function given() {
  const { file, passphrase } = await take_along()
  return { file, passphrase }
}
const look = (student: string, body: object) =>
  there.east.leader.send('POST', `/api/students/${student}/growth-book-previews`, { body })
const take_in = (student: string, body: object) =>
  there.east.leader.send('POST', `/api/students/${student}/growth-book-parts`, { body })
const book_of = (id: string) => there.east.leader.call('GET /students/{id}/growth-book', { path: { id } })

test('a guardian takes it along, and nobody else', async () => {
  const path = `/api/children/${family.child}/growth-book-files`
  const without = await family.mother.send('POST', path, { body: { agrees: false } })
  const stranger = await make_family(here.server, here.official, here.east)
  const by_stranger = await stranger.mother.send('POST', path, { body: { agrees: true } })
  const by_school = await here.east.leader.send('POST', path, { body: { agrees: true } })
  const made = await take_along()

  expect([without.status, without.json.problems[0].path]).toEqual([422, '/agrees'])
  expect([by_stranger.status, by_school.status]).toEqual([404, 404])
  expect(made.file).not.toContain(family.child_name)
  expect(made.file).not.toContain('城东小学')
})

test('the new school sees what it is before it takes it in, and may take it out again', async () => {
  const { file, passphrase, key_mark } = await take_along()
  const seen = await look(arrived, { file, passphrase: passphrase.toLowerCase().replaceAll('-', ' ') })

  expect(seen.json).toMatchObject({
    manifest: { county_name: '梅岭县', student_name: family.child_name },
    ...{ key_mark, is_same_name: true, is_there_already: false, lines: 1, visits: 0 },
  })
  expect((await book_of(arrived)).earlier).toEqual([])

  const taken = await take_in(arrived, { file, passphrase })
  expect(taken.json.earlier).toMatchObject([
    {
      county_name: '梅岭县',
      taken_by: '城东校长',
      stays: [{ school: '城东小学' }],
      chapters: [{ chapter: 'service', minutes: 90 }],
    },
  ])
  expect((await take_in(arrived, { file, passphrase })).status).toBe(409)
  expect((await look(arrived, { file, passphrase })).json.is_there_already).toBe(true)
  const pdf = await there.east.leader.send('GET', `/api/students/${arrived}/growth-book.pdf`)
  expect(pdf.text.startsWith('%PDF')).toBe(true)

  const path = { id: arrived, part: taken.json.earlier[0].part }
  const after = await there.east.leader.call('DELETE /students/{id}/growth-book-parts/{part}', { path })
  expect(after.earlier).toEqual([])
})

test('another name has to be confirmed', async () => {
  const body = await given()
  const seen = await look(class_mate, body)
  const refused = await take_in(class_mate, body)
  const confirmed = await take_in(class_mate, { ...body, is_sure: true })

  expect([seen.json.is_same_name, refused.status, confirmed.status]).toEqual([false, 409, 201])
})

test('another passphrase opens nothing, and a changed file is refused', async () => {
  const { file, passphrase } = await take_along()
  const parsed = JSON.parse(file)
  const letter = parsed.sealed[200] === 'A' ? 'B' : 'A'
  const changed = JSON.stringify({ ...parsed, sealed: parsed.sealed.slice(0, 200) + letter + parsed.sealed.slice(201) })
  const dear = JSON.stringify({ ...parsed, memory: 64 * 1024 ** 3 })
  const fault = async (body: object) => {
    const answer = await look(arrived, body)
    return [answer.status, answer.json.problems[0].path]
  }

  expect(await fault({ file, passphrase: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEEE' })).toEqual([422, '/passphrase'])
  expect(await fault({ file: changed, passphrase })).toEqual([422, '/passphrase'])
  expect(await fault({ file: dear, passphrase })).toEqual([422, '/file'])
  expect(await fault({ file: '{"kind":"else"}', passphrase })).toEqual([422, '/file'])
})

test('a school that the pupil does not belong to finds no pupil', async () => {
  const body = await given()
  for (const route of ['growth-book-previews', 'growth-book-parts'])
    expect((await there.west.leader.send('POST', `/api/students/${arrived}/${route}`, { body })).status).toBe(404)
})

test('what was brought is in the pupil’s own data, and sealed in the database', async () => {
  await take_in(arrived, await given())
  const rows = await there.server.database.query(`SELECT book FROM growth_parts WHERE student = ${arrived}`)
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) expect(String(row)).not.toContain('城东小学')
})
