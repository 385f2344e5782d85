import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { log_in_first } from '../../tests/harness/county.ts'
import { load_plan, small_plan } from '../../tests/harness/plans.ts'
import type { Server } from '../../tests/harness/server.ts'
import { wrk } from '../load.ts'
import { add_schools, bring_roster } from '../roster.ts'
import type { Case, Setting } from '../setting.ts'

const writers = 64
const pupils_each = 20

interface Hand {
  token: string
  pupils: string[]
}

/** All writers in one county must not stand in each other's way more than writers of as many counties do. */
export const counties: Case = async (setting) => {
  const server = await setting.empty_server('postgresql')
  await server.command('migrate')
  await server.start()
  const alone = await found_county(server, 110_000, writers)
  const many: Hand[] = []
  for (let number = 1; number <= writers; ++number) {
    many.push(...(await found_county(server, 110_000 + number, 1)))
  }
  const appends = async (name: string, of: Hand[]) => {
    const load = { url: `${server.address}/api/entries`, clients: writers, seconds: setting.seconds }
    return (await wrk({ ...load, script: await script(setting, name, of) })).per_second
  }
  const [one, each] = await setting.in_turns(
    () => appends('one', alone),
    () => appends('many', many),
  )
  const compared_with = `${writers} counties`
  return [
    { what: `append, one county, ${writers} writers`, figure: one, unit: '/s', compared_with, reference: each, at_least: 0.8 },
  ]
}

/** With so many schools of a class each; the pupils of each school. */
async function found_county(server: Server, code: number, schools: number): Promise<Hand[]> {
  const user = `official${code}`
  const place = ['--county', String(code), '--county-name', `第${code}县`, '--name', '王立新', '--user', user]
  const said = await server.command('admin', 'create', ...place)
  const official = await log_in_first(server, user, /one-time password: (\S+)/.exec(said)![1]!)
  await load_plan(official, small_plan.replace('360100', String(code)))
  const made = await add_schools(official, schools)
  await bring_roster(official, { schools: made, pupils: schools * pupils_each })
  const hands: Hand[] = []
  for (const { id } of made) {
    const { items } = await official.call('GET /people', { query: { organisation: id, kind: 'student', limit: pupils_each } })
    hands.push({ token: official.token!, pupils: items.map((person) => person.id) })
  }
  return hands
}

async function script(setting: Setting, name: string, hands: Hand[]): Promise<string> {
  const file = join(setting.folder, `${name}.lua`)
  const rows = Array.from({ length: pupils_each }, (_, at) => hands.map(({ token, pupils }) => `{ "${token}", "${pupils[at]!}" }`))
  await writeFile(
    file,
    `local rows = { ${rows.flat().join(',\n')} }
local at = 0
request = function()
  at = at % #rows + 1
  local headers = { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. rows[at][1] }
  local body = '{"kind":"visit.home","happened_at":"2026-03-05T18:00:00+08:00","student":"' .. rows[at][2] .. '"}'
  return wrk.format("POST", nil, headers, body)
end
`,
  )
  return file
}
