// An empty database for one server: a file in its folder, or a database in the PostgreSQL that CONCENTRIC_TEST_POSTGRES names, with its
// tables where there is a template.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { run } from './run.ts'

export type DatabaseKind = 'sqlite' | 'postgresql'

export interface FreshDatabase {
  kind: DatabaseKind
  /** As the program's --database takes it. */
  address: string
  drop: () => Promise<void>
  /** Changes what no request can change, such as how long ago something was. */
  execute: (statement: string) => Promise<void>
  /** The first column. */
  query: (statement: string) => Promise<string[]>
}

export function database_kind(): DatabaseKind {
  return process.env.CONCENTRIC_TEST_DATABASE === 'postgresql' ? 'postgresql' : 'sqlite'
}

export async function fresh_database(folder: string, kind = database_kind()): Promise<FreshDatabase> {
  if (kind === 'sqlite') return sqlite_file(join(folder, 'test.sqlite'))
  const server = process.env.CONCENTRIC_TEST_POSTGRES
  if (!server) throw new Error('CONCENTRIC_TEST_POSTGRES is not set; bin/test sets it')
  const name = `test_${randomBytes(8).toString('hex')}`
  const template = process.env.CONCENTRIC_TEST_TEMPLATE
  await psql(server, `CREATE DATABASE ${name}${template ? ` TEMPLATE ${template} STRATEGY file_copy` : ''}`)
  const address = database_on(server, name)
  return {
    kind,
    address,
    drop: () => psql(server, `DROP DATABASE ${name} WITH (FORCE)`),
    execute: (statement) => psql(address, statement),
    query: async (statement) => lines_of(await ask_psql(address, statement)),
  }
}

/** The address of a database of that name on the server. */
export function database_on(server: string, name: string): string {
  const address = new URL(server)
  address.pathname = `/${name}`
  return address.href
}

function sqlite_file(file: string): FreshDatabase {
  const ask = (statement: string) => run('sqlite3', ['-cmd', '.timeout 10000', file, statement])
  return {
    kind: 'sqlite',
    address: `sqlite:${file}`,
    drop: async () => {},
    execute: async (statement) => void (await ask(statement)),
    query: async (statement) => lines_of(await ask(statement)),
  }
}

export async function psql(server: string, statement: string): Promise<void> {
  await ask_psql(server, statement)
}

function ask_psql(server: string, statement: string): Promise<string> {
  const plain = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1']
  return run('psql', [server, ...plain, `--command=${statement}`])
}

function lines_of(text: string): string[] {
  return text.split('\n').slice(0, -1)
}
