import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { people_of } from '../../tests/harness/activities.ts'
import type { DatabaseKind } from '../../tests/harness/database.ts'
import { run } from '../../tests/harness/run.ts'
import type { Visitor } from '../../tests/harness/visitor.ts'
import type { Figure } from '../figures.ts'
import { wrk } from '../load.ts'
import type { Case, Setting } from '../setting.ts'

const clients = 64
const at_once = 200
const most_people = 2000
const an_hour = 35_000 // scans of a large festival, which one server takes without effort

/** Phones at the gates of one event, each handing in a scan at a time. */
export const scans: Case = async (setting) => [
  ...(await on_database(setting, 'sqlite')),
  ...(await on_database(setting, 'postgresql')),
]

async function on_database(setting: Setting, database: DatabaseKind): Promise<Figure[]> {
  const server = await setting.demo_server(database, { schools: 12, pupils: 3000, entries: 5_000 })
  const official = await setting.official(server)
  const { county } = (await official.call('GET /session')).county
  const event = await announce(official)
  const people = (await people_of(official, { id: event }, 'invited', most_people)).map(({ person }) => person)
  for (let from = 0; from < people.length; from += at_once)
    await official.call('PUT /activities/{id}/scans', {
      path: { id: event },
      body: {
        device: 'prepared',
        scans: people.slice(from, from + at_once).map((person, i) => first_scan(from + i, person)),
        undone: [],
      },
    })
  const script = await scan_script(setting, event, people)
  const load = { url: server.address, token: official.token, script, clients, seconds: setting.seconds }
  const words = [server.database.address, join(server.folder, 'keys'), county, event, clients, setting.seconds].map(String)
  const [ours, bare] = await setting.in_turns(
    async () => (await wrk(load)).per_second,
    async () => Number(await run(join(setting.programs, 'scan_loop'), words)),
  )
  const what = `scans at the gates of one event, ${database === 'sqlite' ? 'SQLite' : 'PostgreSQL'}, ${clients} phones`
  return [
    { what, figure: ours, unit: '/s', at_least: (an_hour / 3600) * 10 },
    { what, figure: ours, unit: '/s', compared_with: `loop beside the database, ${clients} a transaction`, reference: bare },
  ]
}

const moment = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
const first_scan = (i: number, person: string) => ({ number: i + 1, person, at: moment(-20) })

async function announce(official: Visitor): Promise<string> {
  const body = { kind: 'lecture', title: '全县讲座', place: '体育馆', audience: 'families' as const }
  return (await official.call('POST /activities', { body: { ...body, starts_at: moment(-30), ends_at: moment(90) } })).id
}

/** Each thread of the generator is a phone of its own, so that no scan is one that was handed in before. */
async function scan_script(setting: Setting, event: string, people: string[]): Promise<string> {
  const file = join(setting.folder, 'scans.lua')
  await writeFile(
    file,
    `wrk.headers["Content-Type"] = "application/json"
local people = { ${people.map((id) => `"${id}"`).join(', ')} }
local threads, at = 0, 0
function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end
function init()
  device = string.format("phone-%d-%d", os.time(), id)
end
request = function()
  at = at + 1
  local body = string.format('{"device":"%s","scans":[{"number":%d,"at":"${moment(-10)}","person":"%s"}],"undone":[]}', device, at, people[(at * 7 + id) % #people + 1])
  return wrk.format("PUT", "/api/activities/${event}/scans", nil, body)
end
`,
  )
  return file
}
