import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseKind } from '../../tests/harness/database.ts'
import { run } from '../../tests/harness/run.ts'
import type { Server } from '../../tests/harness/server.ts'
import type { Figure } from '../figures.ts'
import type { Case, Setting } from '../setting.ts'

/** A county into one sealed file and back, beside the database's own dump of the same rows, which seals nothing. */
export const archives: Case = async (setting) => [
  ...(await on_database(setting, 'sqlite')),
  ...(await on_database(setting, 'postgresql')),
]

async function on_database(setting: Setting, database: DatabaseKind): Promise<Figure[]> {
  const server = await setting.demo_server(
    database,
    setting.is_quick ? { schools: 12, pupils: 3000, entries: 50_000 } : { schools: 60, pupils: 40_000, entries: 600_000 },
  )
  await server.stop_serving()
  const file = join(setting.folder, `${database}.concentric`)
  const passphrase = join(setting.folder, 'passphrase')
  await writeFile(passphrase, 'QW7F3-ZK2MD-8RTXC-5HJNP-VBG4AS\n')
  let rows = 0
  const [ours, dump] = await setting.in_turns(
    () =>
      seconds(
        async () => (rows = Number(/(\d+) 行/.exec(await server.command('archive', file, '--passphrase-file', passphrase))![1])),
      ),
    () => seconds(() => dumped(server, join(setting.folder, `${database}.sql`))),
  )
  const restored = await seconds(async () => {
    const place = await setting.empty_server(database)
    await place.command('restore', file, '--passphrase-file', passphrase)
  })
  const name = database === 'sqlite' ? 'SQLite' : 'PostgreSQL'
  const compared_with = database === 'sqlite' ? '.dump' : 'pg_dump'
  return [
    {
      what: `archive, ${Math.round((await stat(file)).size / 1e6)} MB, ${name}`,
      figure: rows / ours,
      unit: 'rows/s',
      compared_with,
      reference: rows / dump,
      at_least: 0.2,
    },
    { what: `restore, checked first, ${name}, one run`, figure: rows / restored, unit: 'rows/s' },
  ]
}

async function dumped(server: Server, file: string): Promise<unknown> {
  const { kind, address } = server.database
  return kind === 'sqlite'
    ? run('sh', ['-c', `sqlite3 '${address.slice('sqlite:'.length)}' .dump > '${file}'`])
    : run('pg_dump', [address, `--file=${file}`])
}

async function seconds(act: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await act()
  return (performance.now() - from) / 1000
}
