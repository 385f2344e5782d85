// An empty database for one server: a file in its folder, or a database in the PostgreSQL that CONCENTRIC_TEST_POSTGRES names.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { run } from './run.ts'

export type DatabaseKind = 'sqlite' | 'postgresql'

export interface FreshDatabase {
  kind: DatabaseKind
  /** As the program's --database takes it. */
  address: string
  drop: () => Promise<void>
}

export function database_kind(): DatabaseKind {
  return process.env.CONCENTRIC_TEST_DATABASE === 'postgresql' ? 'postgresql' : 'sqlite'
}

export async function fresh_database(folder: string, kind = database_kind()): Promise<FreshDatabase> {
  if (kind === 'sqlite') return { kind, address: `sqlite:${join(folder, 'test.sqlite')}`, drop: async () => {} }
  const server = process.env.CONCENTRIC_TEST_POSTGRES
  if (!server) throw new Error('CONCENTRIC_TEST_POSTGRES is not set; bin/test sets it')
  const name = `test_${randomBytes(8).toString('hex')}`
  await psql(server, `CREATE DATABASE ${name}`)
  const address = new URL(server)
  address.pathname = `/${name}`
  return { kind, address: address.href, drop: () => psql(server, `DROP DATABASE ${name} WITH (FORCE)`) }
}

export async function psql(server: string, statement: string): Promise<void> {
  await run('psql', [server, '--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', `--command=${statement}`])
}
