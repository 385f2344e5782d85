import { join } from 'node:path'
import type { DatabaseKind } from '../../tests/harness/database.ts'
import { run } from '../../tests/harness/run.ts'
import type { Figure } from '../figures.ts'
import { wrk } from '../load.ts'
import type { Case, Setting } from '../setting.ts'

/** The board of a class of two thousand, and the page of one learner, among a hundred thousand learners. */
export const training: Case = async (setting) => [
  ...(await on_database(setting, 'sqlite')),
  ...(await on_database(setting, 'postgresql')),
]

async function on_database(setting: Setting, database: DatabaseKind): Promise<Figure[]> {
  const server = await setting.demo_server(database, { schools: 12, pupils: 3000, entries: 5_000 })
  const official = await setting.official(server)
  const { county } = (await official.call('GET /session')).county
  const said = await run(join(setting.programs, 'training_learners'), [
    server.database.address,
    join(server.folder, 'keys'),
    String(county),
  ])
  const [class_id, token] = said.trim().split(' ')
  const load = { clients: 1, seconds: setting.seconds }
  const named = database === 'sqlite' ? 'SQLite' : 'PostgreSQL'
  const board_url = `${server.address}/api/training-classes/${class_id}/board`
  const board = (await wrk({ ...load, url: board_url, token: official.token! })).p50
  const learner = (await wrk({ ...load, url: `${server.address}/api/own-training/${class_id}`, token: token! })).p50
  return [
    { what: `board of a class of 2,000, ${named}, p50`, figure: board, unit: 'ms', at_most: 50 },
    { what: `one learner of 100,000, ${named}, p50`, figure: learner, unit: 'ms', at_most: 2 },
  ]
}
