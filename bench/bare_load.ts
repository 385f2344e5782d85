// The yardstick of imports: the rows that an import made, brought into an empty copy of the same indexed tables by the database's own tool.
import { join } from 'node:path'
import { run } from '../tests/harness/run.ts'
import type { Server } from '../tests/harness/server.ts'
import type { Setting } from './setting.ts'

export type RowCounts = Record<string, number>

export async function row_counts(server: Server): Promise<RowCounts> {
  const tables = (await ask(server, list_tables[server.database.kind])).trim().split('\n')
  const counts = await ask(server, tables.map((table) => `SELECT count(*) FROM ${table};`).join('\n'))
  return Object.fromEntries(
    counts
      .trim()
      .split('\n')
      .map((count, at) => [tables[at]!, Number(count)]),
  )
}

/** The tables that grew by a hundred rows or more. */
export function grown(before: RowCounts, after: RowCounts): string[] {
  return Object.keys(after).filter((table) => after[table]! - (before[table] ?? 0) >= 100)
}

/** Seconds that the same rows take, a transaction for each table. */
export async function bare_load_seconds(setting: Setting, server: Server, tables: string[]): Promise<number> {
  const file_of = (table: string) => join(setting.folder, `${table}.csv`)
  const kind = server.database.kind
  for (const table of tables) await (kind === 'sqlite' ? dump_sqlite : dump_postgresql)(server, table, file_of(table))
  const copy = await setting.empty_server(kind)
  await copy.command('migrate')
  const from = performance.now()
  await (kind === 'sqlite'
    ? ask(copy, ['PRAGMA cache_size = -16384;', ...tables.map((table) => `.import --csv ${file_of(table)} ${table}`)].join('\n'))
    : ask(copy, tables.map((table) => `\\copy ${table} FROM '${file_of(table)}' WITH (FORMAT csv)`).join('\n')))
  return (performance.now() - from) / 1000
}

const list_tables = {
  sqlite: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name;",
  postgresql: "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename;",
}

/** `.import` knows no NULL, and a STRICT table takes no empty text for a number: a 0 weighs the same. */
async function dump_sqlite(server: Server, table: string, file: string): Promise<void> {
  const columns = (await ask(server, `SELECT name FROM pragma_table_info('${table}');`)).trim().split('\n')
  const values = columns.map((column) => `coalesce(${column}, 0)`).join(', ')
  await ask(server, `.mode csv\n.once ${file}\nSELECT ${values} FROM ${table};`)
}

async function dump_postgresql(server: Server, table: string, file: string): Promise<void> {
  await ask(server, `\\copy ${table} TO '${file}' WITH (FORMAT csv)`)
}

function ask(server: Server, input: string): Promise<string> {
  const { kind, address } = server.database
  return kind === 'sqlite'
    ? run('sqlite3', ['-bail', address.replace(/^sqlite:/, '')], { input })
    : run('psql', [address, '--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1'], { input })
}
