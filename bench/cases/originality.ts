import { join } from 'node:path'
import type { DatabaseKind } from '../../tests/harness/database.ts'
import { run } from '../../tests/harness/run.ts'
import type { Figure } from '../figures.ts'
import type { Case, Setting } from '../setting.ts'

/** One draft of 5,000 characters compared with everything that was ever handed in. */
export const originality: Case = async (setting) => [await on_database(setting, 'sqlite'), await on_database(setting, 'postgresql')]

async function on_database(setting: Setting, database: DatabaseKind): Promise<Figure> {
  const submissions = setting.is_quick ? 10_000 : 100_000
  const server = await setting.demo_server(database, { schools: 6, pupils: 300, entries: 1_000 })
  const official = await setting.official(server)
  const { county } = (await official.call('GET /session')).county
  const words = [server.database.address, join(server.folder, 'keys'), String(county), String(submissions), '20']
  return {
    what: `copied passages, ${database === 'sqlite' ? 'SQLite' : 'PostgreSQL'}, ${submissions / 1000},000 drafts`,
    figure: Number(await run(join(setting.programs, 'originality_loop'), words)),
    unit: 'ms',
    compared_with: 'what a reviewer waits for, ms',
    reference: 200,
    at_most: 1,
  }
}
