// A roster goes to another county as OneRoster and comes in there by the steps of every roster.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unzipSync } from 'fflate'
import { found_county, log_in_first, make_county, type County } from '../harness/county.ts'
import { apply, bring, counts_of, download, problems_of, rows_of, undo } from '../harness/imports.ts'
import { start_server, type Server } from '../harness/server.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let other: Server
let elsewhere: { official: Visitor; root: string }
beforeAll(async () => {
  county = await make_county({ name: 'oneroster' })
  const { official, root } = county
  const roster =
    '姓名,性别,出生日期,年级,班级,学校名称,成员1姓名,成员1关系,成员1联系电话\n李梅,女,2016-05-12,三年级,1班,城东小学,李建国,父亲,13800000001\n李兰,女,2018-05-12,一年级,2班,城东小学,李建国,父亲,13800000001\n'
  await apply(official, (await bring(official, { kind: 'roster', name: '名册.csv', bytes: roster, organisation: root })).id)
  other = await start_server({ name: 'oneroster-other' })
  const founder = await found_county(other)
  const there = await log_in_first(other, founder.user_name, founder.password)
  elsewhere = { official: there, root: (await there.call('GET /session')).acting_as!.organisation.id }
})
afterAll(async () => {
  await other?.stop()
  await county?.server.stop()
})

const exported = (visitor: Visitor, organisation = '') => download(visitor, `/api/oneroster.zip?organisation=${organisation}`)

/** Everybody, without what a number of their own would tell. */
async function people_of(visitor: Visitor) {
  const { items } = await visitor.call('GET /people', { query: { limit: 200 } })
  return items
    .map(({ name, sex, birth_day, phone, school, organisation }) => ({
      name,
      sex,
      birth_day,
      phone,
      school: school?.name,
      organisation: organisation?.name,
    }))
    .sort((a, b) => a.name.localeCompare(b.name))
}

test('what one county exports another takes in, with the same people, and can undo', async () => {
  const bytes = await exported(county.official, county.root)
  const { official, root } = elsewhere

  const import_ = await bring(official, { kind: 'roster', name: 'OneRoster.zip', bytes, organisation: root })
  const rows = await rows_of(official, import_.id)
  await apply(official, import_.id)

  expect(problems_of(rows)).toEqual([])
  expect(counts_of(import_)).toMatch(/^\d+ added/)
  expect(await people_of(official)).toEqual(await people_of(county.official))
  expect(counts_of(await bring(official, { kind: 'roster', name: 'again.zip', bytes, organisation: root }))).toMatch(/^\d+ left$/)
  await undo(official, import_.id)
  expect((await people_of(official)).map(({ name }) => name)).toEqual(['王立新'])
})

test('a package that is none is refused with every reason', async () => {
  const parts = unzipSync(await exported(county.official, county.root))
  const { zipSync } = await import('fflate')
  delete parts['users.csv']
  parts['manifest.csv'] = Buffer.from(
    Buffer.from(parts['manifest.csv']!).toString().replace('oneroster.version,1.2', 'oneroster.version,1.1'),
  )

  const refused = bring(county.official, { kind: 'roster', name: 'old.zip', bytes: zipSync(parts), organisation: county.root })

  await expect(refused).rejects.toThrow(/oneroster.version 应为 1.2[^]*users.csv/)
})

test('an export reaches as far as the post, has numbers only for who may read them, and leaves a line in the log', async () => {
  const { east, west, official } = county
  const own = unzipSync(await exported(east.leader, east.id))
  const { items } = await official.call('GET /audit', { query: { limit: 50 } })

  expect(Buffer.from(own['orgs.csv']!).toString()).toContain('城东小学')
  expect(Buffer.from(own['orgs.csv']!).toString()).not.toContain('城西小学')
  expect((await west.leader.send('GET', `/api/oneroster.zip?organisation=${east.id}`)).status).toBe(404)
  expect(items.find(({ action }) => action === 'oneroster_export')).toBeTruthy()
})
