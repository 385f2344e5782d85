// People who are logged in and learn, for the cases that need many of them.
import { join } from 'node:path'
import { run } from '../tests/harness/run.ts'
import type { Server } from '../tests/harness/server.ts'

export interface Learner {
  token: string
  person: string
}

/** Where the programs lie that only measurements use; a Setting is one. */
interface Programs {
  programs: string
}

/** The program beside the database that knows how learners watch. */
export const progress_loop = ({ programs }: Programs, server: Server, what: string, county: number, ...more: number[]) =>
  run(join(programs, 'progress_loop'), [
    what,
    server.database.address,
    join(server.folder, 'keys'),
    String(county),
    ...more.map(String),
  ])

/** Learners with a lesson of which nothing was watched, and a minute in hand each. */
export async function prepare_learners(setting: Programs, server: Server, county: number, count: number): Promise<Learner[]> {
  const said = await progress_loop(setting, server, 'prepare', county, count)
  return said
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
    .map(([token, person]) => ({ token: token!, person: person! }))
}
