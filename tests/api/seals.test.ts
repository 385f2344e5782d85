// The ledger and the audit log are sealed; whoever changes a row behind the program's back is found, and an entry can be proved elsewhere.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { make_county, type County } from '../harness/county.ts'
import { psql } from '../harness/database.ts'
import { load_plan, small_plan } from '../harness/plans.ts'
import { run } from '../harness/run.ts'
import { root } from '../harness/server.ts'

let county: County
let entry: string
beforeAll(async () => {
  county = await make_county({ name: 'seals', settings: ['--seal-minutes', '1'] })
  const { official, east, server } = county
  await load_plan(official, small_plan)
  const made = await east.leader.call('POST /entries', {
    body: { kind: 'visit.home', happened_at: new Date().toISOString(), student: east.pupils[0]!.id, minutes: 45 },
  })
  entry = made.id
  await server.command('seal')
})
afterAll(() => county?.server.stop())

test('the chain and its state are shown to those who may read the audit log', async () => {
  const { official } = county
  const state = await official.call('GET /seals/state')
  const { items } = await official.call('GET /seals', { query: { stream: 'ledger' } })

  expect(state.streams.map(({ stream, entries }) => [stream, entries > 0])).toEqual([
    ['ledger', true],
    ['audit', true],
  ])
  expect(items[0]).toMatchObject({ number: 1, entries: 1, is_late: false, previous: '' })
  expect(items[0]!.digest).toBe(state.streams[0]!.digest)
})

test('an entry is proved without the installation', async () => {
  const { east, server } = county
  const shown = await east.leader.call('GET /entries/{id}/proof', { path: { id: entry } })
  const file = await east.leader.send('GET', `/api/entries/${entry}/proof.json`)
  const path = join(server.folder, 'proof.json')
  await writeFile(path, file.text)
  const key = /公钥 \/ public key (\S+)/.exec(await server.command('keys', 'show'))![1]!

  expect(shown).toMatchObject({ is_sealed: true, holds: true, block_number: 1 })
  expect(await run('python3', [join(root, 'docs/check_proof.py'), path, key])).toMatch(/minutes: 45[^]*genuine/)
  await writeFile(path, file.text.replace(/"record":"(..)/, '"record":"00'))
  await expect(run('python3', [join(root, 'docs/check_proof.py'), path, key])).rejects.toThrow()
  expect((await county.west.leader.send('GET', `/api/entries/${entry}/proof`)).status).toBe(404)
})

test('a row that was changed in the database is named by the console and by the command', async () => {
  const { official, server } = county
  const verify = async () => {
    await official.call('POST /seal-checks')
    await expect.poll(async () => (await official.call('GET /seals/state')).running_check, { timeout: 20_000 }).toBeUndefined()
    return (await official.call('GET /seals/state')).last_check!.report
  }
  expect((await verify()).fault_count).toBe(0)
  expect(await server.command('verify')).toMatch(/0 处问题 faults/)

  await behind_the_back('entries_keep', `UPDATE entries SET minutes = 450 WHERE id = ${entry}`)

  expect((await verify()).faults).toEqual([
    expect.objectContaining({ stream: 'ledger', kind: 'tampered', block: 1, row: entry, en: 'minutes was "45" and is "450".' }),
  ])
  await expect(server.command('verify')).rejects.toThrow(new RegExp(entry))
  expect(await official.call('GET /entries/{id}/proof', { path: { id: entry } })).toMatchObject({ is_sealed: true, holds: false })
})

/** As somebody with the database's password would. */
async function behind_the_back(trigger: string, sql: string): Promise<void> {
  const { address, kind } = county.server.database
  if (kind === 'postgresql') return psql(address, `ALTER TABLE entries DISABLE TRIGGER ${trigger}; ${sql}`)
  await run('sqlite3', [address.replace('sqlite:', ''), `DROP TRIGGER ${trigger}; ${sql}`])
}
