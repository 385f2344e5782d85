import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { found_county, log_in_first } from '../../tests/harness/county.ts'
import type { DatabaseKind } from '../../tests/harness/database.ts'
import { load_plan } from '../../tests/harness/plans.ts'
import { root, type Server } from '../../tests/harness/server.ts'
import { bare_load_seconds, grown, row_counts } from '../bare_load.ts'
import type { Figure } from '../figures.ts'
import { processor_seconds } from '../process.ts'
import { add_schools, bring_table, history_table, roster_table } from '../roster.ts'
import type { Case, Setting } from '../setting.ts'

/** A county's roster and its history, from the file to the last commit. One run each: it takes minutes. */
export const imports: Case = async (setting) => [
  ...(await on_database(setting, 'sqlite')),
  ...(await on_database(setting, 'postgresql')),
]

interface Taken {
  seconds: number
  processor: number
  tables: string[]
}

async function on_database(setting: Setting, database: DatabaseKind): Promise<Figure[]> {
  const pupils = setting.is_quick ? 5000 : 100_000
  const carers = pupils * 1.7
  const entries = pupils * 1.5
  const server = await setting.empty_server(database)
  await server.command('migrate')
  await server.start()
  const founder = await found_county(server)
  const official = await log_in_first(server, founder.user_name, founder.password)
  const roster = { schools: await add_schools(official, pupils / 1000), pupils }
  const people = await measured(server, () => bring_table(official, 'roster', roster_table(roster)))
  await load_plan(
    official,
    (await readFile(join(root, 'plans/qilianshan-2025-2027.toml'), 'utf8')).replace(/code = "\d+"/, 'code = "360100"'),
  )
  const history = await measured(server, () => bring_table(official, 'history', history_table(roster, entries)))
  await server.stop_serving()

  const name = database === 'sqlite' ? 'SQLite' : 'PostgreSQL'
  const compared_with = database === 'sqlite' ? '.import' : 'COPY'
  const figure = async (what: string, rows: number, { seconds, tables }: Taken): Promise<Figure> => ({
    what: `${what}, ${name}, one run`,
    figure: rows / seconds,
    unit: 'rows/s',
    compared_with,
    reference: rows / (await bare_load_seconds(setting, server, tables)),
    at_least: 0.25,
  })
  return [
    await figure(`roster of ${pupils} pupils, ${carers} carers`, pupils + carers, people),
    await figure(`history of ${entries} entries`, entries, history),
    {
      what: `processor, a person of a roster, ${name}`,
      figure: (people.processor * 1000) / (pupils + carers),
      unit: 'ms',
      compared_with: 'Moodle, a user imported, ms',
      reference: 3.7,
      at_most: 0.01,
    },
  ]
}

async function measured(server: Server, act: () => Promise<unknown>): Promise<Taken> {
  const counts = await row_counts(server)
  const processor = await processor_seconds(server)
  const from = performance.now()
  await act()
  const seconds = (performance.now() - from) / 1000
  return { seconds, processor: (await processor_seconds(server)) - processor, tables: grown(counts, await row_counts(server)) }
}
