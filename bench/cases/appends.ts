import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../../tests/harness/run.ts'
import type { DatabaseKind } from '../../tests/harness/database.ts'
import type { Server } from '../../tests/harness/server.ts'
import type { Figure } from '../figures.ts'
import { pgbench, wrk } from '../load.ts'
import type { Case, Setting } from '../setting.ts'

interface Place {
  server: Server
  county: number
  pupil: string
}

const clients_asked = [1, 16, 64, 256]

/** Durable appends to the ledger with all tallies, one request each, at several numbers of clients. */
export const appends: Case = async (setting) => [
  ...(await on_database(setting, 'sqlite')),
  ...(await on_database(setting, 'postgresql')),
]

async function on_database(setting: Setting, database: DatabaseKind): Promise<Figure[]> {
  const server = await setting.demo_server(database, { schools: 12, pupils: 3000, entries: 50_000 })
  const official = await setting.official(server)
  const { items } = await official.call('GET /people', { query: { kind: 'student', limit: 200 } })
  const { county } = await official.call('GET /session')
  const place: Place = { server, county: county.county, pupil: items[0]!.id }
  const script = await append_script(
    setting,
    items.map(({ id }) => id),
  )
  const figures: Figure[] = []
  for (const clients of clients_asked) {
    const load = { url: `${server.address}/api/entries`, token: official.token, script, clients, seconds: setting.seconds }
    const before = await group_figures(server)
    const warm_up = await wrk({ ...load, seconds: 1 })
    const size = group_size(before, await group_figures(server))
    const [ours, bare] = await setting.in_turns(
      async () => (await wrk(load)).per_second,
      () => yardstick(setting, place, clients, size),
    )
    figures.push({
      what: `append, ${database === 'sqlite' ? 'SQLite' : 'PostgreSQL'}, ${clients} clients (p50 ${warm_up.p50.toFixed(1)} ms)`,
      figure: ours,
      unit: '/s',
      compared_with: database === 'sqlite' ? `loop beside the database, ${size} a transaction` : 'pgbench, one a transaction',
      reference: bare,
      at_least: clients !== 64 ? undefined : database === 'sqlite' ? 0.7 : 2.5,
    })
  }
  return figures
}

export async function append_script(setting: Setting, pupils: string[]): Promise<string> {
  const file = join(setting.folder, 'append.lua')
  await writeFile(
    file,
    `local pupils = { ${pupils.map((id) => `"${id}"`).join(', ')} }
local at = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
request = function()
  at = at + 1
  local body = '{"kind":"visit.phone","happened_at":"2026-03-05T18:00:00+08:00","student":"' .. pupils[at % #pupils + 1] .. '"}'
  return wrk.format(nil, nil, nil, body)
end
`,
  )
  return file
}

interface Groups {
  works: number
  transactions: number
}

/** How many writes the server did so far, in how many transactions. */
async function group_figures(server: Server): Promise<Groups> {
  const text = await (await fetch(`${server.address}/metrics`)).text()
  const sum = (name: string) =>
    [...text.matchAll(new RegExp(`^concentric_lane_${name}_total\\{lane="(?:write|batch)"\\} (\\S+)$`, 'gm'))]
      .map((found) => Number(found[1]))
      .reduce((a, b) => a + b, 0)
  return { works: sum('works'), transactions: sum('transactions') }
}

function group_size(before: Groups, after: Groups): number {
  return Math.max(1, Math.round((after.works - before.works) / Math.max(1, after.transactions - before.transactions)))
}

/** SQLite: the same statements in transactions of the same size, beside the server's file. PostgreSQL: one transaction each. */
async function yardstick(setting: Setting, place: Place, clients: number, size: number): Promise<number> {
  const { kind, address } = place.server.database
  if (kind === 'postgresql')
    return pgbench({
      database: address,
      clients,
      seconds: setting.seconds,
      script: await pgbench_script(place),
      folder: setting.folder,
    })
  const program = join(setting.programs, 'append_loop')
  return Number(
    await run(program, [address, join(place.server.folder, 'keys'), String(place.county), String(size), String(setting.seconds)]),
  )
}

async function pgbench_script({ county, pupil }: Place): Promise<string> {
  const text = await readFile(join(import.meta.dirname, 'append.sql'), 'utf8')
  return text.replaceAll(':the_county', String(county)).replaceAll(':the_pupil', pupil)
}
