// A county goes into one sealed file and comes back on either database; who does not reach the whole county has nothing of it.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { make_county, password, type County } from '../harness/county.ts'
import type { DatabaseKind } from '../harness/database.ts'
import { eventually } from '../harness/eventually.ts'
import { bring, download, apply } from '../harness/imports.ts'
import { load_plan, small_plan } from '../harness/plans.ts'
import { Server } from '../harness/server.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let folder: string
let file: string
let passphrase_file: string
const places: Server[] = []

beforeAll(async () => {
  county = await make_county({ name: 'archives' })
  folder = await mkdtemp(join(tmpdir(), 'concentric-archive-'))
  file = join(folder, 'county.concentric')
  passphrase_file = join(folder, 'passphrase')
  const { official, east, server } = county
  await load_plan(official, small_plan)
  await official.call('PATCH /people/{id}', { path: { id: east.leader_id }, body: { phone: '13900000001' } })
  await east.leader.call('POST /entries', {
    body: { kind: 'visit.home', happened_at: new Date().toISOString(), student: east.pupils[0]!.id },
  })
  const brought = await bring(official, {
    kind: 'roster',
    name: '名册.csv',
    bytes: '姓名,班级,学校名称,家长姓名,家长电话\n李梅,1班,城东小学,李建国,13800000001\n',
    organisation: county.root,
  })
  await apply(official, brought.id)
  await server.command('seal')
})
afterAll(async () => {
  await Promise.all(places.map((place) => place.stop()))
  await county?.server.stop()
  await rm(folder, { recursive: true, force: true })
})

async function made(): Promise<{ id: string; passphrase: string }> {
  const { archive, passphrase } = await county.official.call('POST /archives')
  const look = () => county.official.call('GET /archives/{id}', { path: { id: archive.id } })
  await eventually(async () => (await look()).state !== 'making', 60)
  expect(await look()).toMatchObject({ state: 'ready', made_by: { name: '王立新' } })
  return { id: archive.id, passphrase }
}

/** What people see of the county. */
async function seen_by(visitor: Visitor) {
  const { items: people } = await visitor.call('GET /people', { query: { limit: 200 } })
  const { items: entries } = await visitor.call('GET /entries', { query: { limit: 200 } })
  const indicators = await visitor.call('GET /indicators')
  const imports = await visitor.call('GET /imports')
  return { people, entries, indicators, imports: imports.items.map(({ id, file_name, counts }) => ({ id, file_name, counts })) }
}

async function restored(database: DatabaseKind): Promise<Server> {
  const place = await Server.prepare({ name: `restored-${database}`, database })
  places.push(place)
  await place.command('restore', file, '--passphrase-file', passphrase_file)
  await place.start()
  return place
}

test('an archive is made in the background and downloaded in pieces, and the log says so', async () => {
  const { official } = county
  const { id, passphrase } = await made()
  await writeFile(file, await download(official, `/api/archives/${id}/file`))
  await writeFile(passphrase_file, `${passphrase}\n`)

  const part = await official.send('GET', `/api/archives/${id}/file`, { headers: { range: 'bytes=0-17' } })
  const { items } = await official.call('GET /audit', { query: { limit: 50 } })

  expect(part.status).toBe(206)
  expect(part.text).toBe('concentric-archive')
  expect(items.map(({ action }) => action)).toEqual(expect.arrayContaining(['archive_create', 'archive_download']))
  const bytes = (await readFile(file)).toString('latin1')
  for (const clear of ['13900000001', Buffer.from('李建国').toString('latin1')]) expect(bytes).not.toContain(clear)
  expect(await county.server.command('restore', file, '--check', '--passphrase-file', passphrase_file)).toMatch(/people\s+\d+/)
})

test.each<DatabaseKind>(process.env.CONCENTRIC_TEST_POSTGRES ? ['sqlite', 'postgresql'] : ['sqlite'])(
  'it comes back on %s with the same people and figures',
  async (database) => {
    const before = await seen_by(county.official)

    const place = await restored(database)
    const official = await place.log_in('wanglixin', password)

    expect(await seen_by(official)).toEqual(before)
    const numbers = await official.call('GET /people/{id}/numbers', {
      path: { id: county.east.leader_id },
      query: { purpose: '核对恢复结果' },
    })
    expect(numbers.phone).toBe('13900000001')
    expect((await download(official, `/api/imports/${before.imports[0]!.id}/report`)).byteLength).toBeGreaterThan(1000)
    expect(await place.command('verify')).toContain('0 处问题 faults')
    expect(await place.command('rebuild', '--check')).toBeTruthy()
    await official.call('POST /entries', {
      body: { kind: 'visit.home', happened_at: new Date().toISOString(), student: county.east.pupils[1]!.id },
    })
  },
)

test('a database that holds something is refused with all that it holds, and stays as it is', async () => {
  const before = await seen_by(county.official)

  const refused = county.server.command('restore', file, '--passphrase-file', passphrase_file)

  await expect(refused).rejects.toThrow(/未作任何改动[^]*counties 中有 1 行[^]*people 中有/)
  expect(await seen_by(county.official)).toEqual(before)
})

test('a damaged file and another passphrase are refused before anything is written', async () => {
  const bytes = await readFile(file)
  bytes[bytes.length - 100]! ^= 1
  const damaged = join(folder, 'damaged.concentric')
  await writeFile(damaged, bytes)
  const other = join(folder, 'other')
  await writeFile(other, 'not-this-one\n')
  const place = await Server.prepare({ name: 'restored-damaged' })
  places.push(place)

  await expect(place.command('restore', damaged, '--passphrase-file', passphrase_file)).rejects.toThrow(/已损坏/)
  await expect(place.command('restore', file, '--passphrase-file', other)).rejects.toThrow(/口令不对/)
  await place.command('restore', file, '--passphrase-file', passphrase_file)
})

test('who does not reach the whole county, or did not confirm lately, has nothing of it', async () => {
  const { east, official, server } = county
  const { id } = await made()
  const role = await official.call('POST /roles', {
    body: {
      name_zh: '数据员',
      name_en: 'Data keeper',
      permissions: ['read_directory', 'export_county'],
      kinds: ['school'],
      titles: [],
    },
  })
  await official.call('POST /posts', { body: { person: east.leader_id, organisation: east.id, role: role.role } })
  const { posts } = await east.leader.call('GET /session')
  const keeper = posts.find((post) => post.role === role.role)!
  await east.leader.call('PUT /session/acting-as', { body: { post: keeper.id } })

  const asked = await Promise.all([
    east.leader.send('GET', '/api/archives'),
    east.leader.send('POST', '/api/archives'),
    east.leader.send('GET', `/api/archives/${id}`),
    east.leader.send('GET', `/api/archives/${id}/file`),
    east.leader.send('DELETE', `/api/archives/${id}`),
    county.west.leader.send('GET', `/api/archives/${id}/file`),
  ])
  const stale = await server.log_in('wanglixin', password)
  const { session } = await stale.call('GET /session')
  await server.database.execute(`UPDATE sessions SET confirmed_at = confirmed_at - 11 * 60000 WHERE id = ${session}`)
  const unsure = await stale.send('GET', `/api/archives/${id}/file`)

  expect(asked.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403])
  expect(unsure.json.code).toBe('step_up_needed')
  await official.call('DELETE /archives/{id}', { path: { id } })
  expect((await official.send('GET', `/api/archives/${id}/file`)).status).toBe(409)
})
