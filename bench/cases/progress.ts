import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseKind } from '../../tests/harness/database.ts'
import type { Server } from '../../tests/harness/server.ts'
import type { Figure } from '../figures.ts'
import { prepare_learners, progress_loop, type Learner } from '../learners.ts'
import { pgbench, wrk } from '../load.ts'
import type { Case, Setting } from '../setting.ts'

const learners_asked = 2000
const clients = 64

/** Durable heartbeats of people who watch a lesson, one request each, against the same statements without a server. */
export const progress: Case = async (setting) => [
  ...(await on_database(setting, 'sqlite')),
  ...(await on_database(setting, 'postgresql')),
]

async function on_database(setting: Setting, database: DatabaseKind): Promise<Figure[]> {
  const server = await setting.demo_server(database, { schools: 12, pupils: 3000, entries: 5_000 })
  const official = await setting.official(server)
  const { county } = (await official.call('GET /session')).county
  const learners = () => prepare_learners(setting, server, county, learners_asked)
  const [ours, bare] = await setting.in_turns(
    async () => {
      const script = await beat_script(setting, await learners())
      return (await wrk({ url: server.address, clients, seconds: setting.seconds, script })).per_second
    },
    async () => yardstick(setting, server, county, await learners()),
  )
  const what = `heartbeats, ${database === 'sqlite' ? 'SQLite' : 'PostgreSQL'}, ${clients} clients`
  if (database === 'postgresql')
    return [{ what, figure: ours, unit: '/s', compared_with: 'pgbench, one a transaction', reference: bare, at_least: 0.6 }]
  await learners()
  const one_by_one = Number(await progress_loop(setting, server, 'run', county, 1, setting.seconds))
  const loop = 'loop beside the database'
  return [
    { what, figure: ours, unit: '/s', compared_with: `${loop}, one a transaction`, reference: one_by_one },
    { what, figure: ours, unit: '/s', compared_with: `${loop}, ${clients} a transaction`, reference: bare, at_least: 0.6 },
  ]
}

/** Each learner in turn, a second further each time. */
async function beat_script(setting: Setting, learners: Learner[]): Promise<string> {
  const file = join(setting.folder, 'progress.lua')
  await writeFile(
    file,
    `local learners = { ${learners.map(({ token, person }) => `{"${token}","${person}"}`).join(', ')} }
local at = 0
request = function()
  local one = learners[at % #learners + 1]
  local from = math.floor(at / #learners) * 1000
  at = at + 1
  local body = '{"unit":"1","from_ms":' .. from .. ',"to_ms":' .. (from + 1000) .. ',"speed":100,"position_ms":' .. (from + 1000) .. '}'
  return wrk.format("PUT", "/api/viewings/" .. one[2] .. "/heartbeat", { ["Authorization"] = "Bearer " .. one[1], ["Content-Type"] = "application/json" }, body)
end
`,
  )
  return file
}

async function yardstick(setting: Setting, server: Server, county: number, learners: Learner[]): Promise<number> {
  const { kind, address } = server.database
  if (kind !== 'postgresql') return Number(await progress_loop(setting, server, 'run', county, clients, setting.seconds))
  const people = learners.map(({ person }) => person)
  const script = (await readFile(join(import.meta.dirname, 'progress.sql'), 'utf8'))
    .replaceAll(':the_county', String(county))
    .replaceAll(':the_learners', String(people.length))
    .replaceAll(':the_people', people.join(','))
  return pgbench({ database: address, clients, seconds: setting.seconds, script, folder: setting.folder })
}
