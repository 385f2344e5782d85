import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseKind } from '../../tests/harness/database.ts'
import { eventually } from '../../tests/harness/eventually.ts'
import { send, without_quiet_hours } from '../../tests/harness/notices.ts'
import { run } from '../../tests/harness/run.ts'
import type { Server } from '../../tests/harness/server.ts'
import type { Figure } from '../figures.ts'
import { prepare_learners } from '../learners.ts'
import { wrk } from '../load.ts'
import type { Case, Setting } from '../setting.ts'

const families_asked = 2000
const clients = 64

/** A notice to a whole county: how soon its sender goes on, how soon everybody has it, and what comes back in a second. */
export const notices: Case = async (setting) => [
  ...(await publishing(setting, 'sqlite')),
  ...(await publishing(setting, 'postgresql')),
  ...(await receipts(setting, 'sqlite')),
  ...(await receipts(setting, 'postgresql')),
]

const named = (database: DatabaseKind) => (database === 'sqlite' ? 'SQLite' : 'PostgreSQL')

async function publishing(setting: Setting, database: DatabaseKind): Promise<Figure[]> {
  const pupils = setting.is_quick ? 30_000 : 120_000 // four carers to three pupils
  const server = await setting.demo_server(database, { schools: pupils / 800, pupils, entries: 5_000 })
  const official = await setting.official(server)
  await without_quiet_hours(official)
  const everybody = { organisations: [], stages: [], roles: [] }
  const { people } = await official.call('POST /notice-previews', { body: everybody })
  const { id } = await official.call('POST /notices', { body: { title: '全县通知', ...everybody, choices: [], ask: 'confirm' } })
  const start = performance.now()
  await official.call('PUT /notices/{id}/sending', { path: { id } })
  const answered = performance.now() - start
  await eventually(async () => (await official.call('GET /notices/{id}', { path: { id } })).state === 'sent', 120, 250)
  const arrived = (performance.now() - start) / 1000
  const about = `${people.toLocaleString('en')} people, ${named(database)}`
  return [
    { what: `sending a notice, ${about}`, figure: answered, unit: 'ms', at_most: 200 },
    { what: `until the last inbox has it, ${about}`, figure: arrived, unit: 's', at_most: 5 },
  ]
}

async function receipts(setting: Setting, database: DatabaseKind): Promise<Figure[]> {
  const server = await setting.demo_server(database, { schools: 12, pupils: 3000, entries: 5_000 })
  const official = await setting.official(server)
  await without_quiet_hours(official)
  const { id } = await send(official, { is_per_child: false })
  const { county } = (await official.call('GET /session')).county
  const script = await answer_script(setting, server, id, county)
  const words = [server.database.address, join(server.folder, 'keys'), county, id, clients, setting.seconds].map(String)
  const [ours, bare] = await setting.in_turns(
    async () => (await wrk({ url: server.address, clients, seconds: setting.seconds, script })).per_second,
    async () => Number(await run(join(setting.programs, 'receipt_loop'), words)),
  )
  const what = `answers to a notice, ${named(database)}, ${clients} clients`
  return [
    { what, figure: ours, unit: '/s', at_least: 1500 },
    { what, figure: ours, unit: '/s', compared_with: `loop beside the database, ${clients} a transaction`, reference: bare },
  ]
}

/** Each family in turn. */
async function answer_script(setting: Setting, server: Server, notice: string, county: number): Promise<string> {
  const families = await prepare_learners(setting, server, county, families_asked)
  const file = join(setting.folder, 'notices.lua')
  await writeFile(
    file,
    `local families = { ${families.map(({ token }) => `"${token}"`).join(', ')} }
local at = 0
request = function()
  local token = families[at % #families + 1]
  at = at + 1
  return wrk.format("PUT", "/api/own-notices/${notice}/answer", { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }, '{"people":[]}')
end
`,
  )
  return file
}
