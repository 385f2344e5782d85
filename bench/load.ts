// The load generators: wrk for HTTP, pgbench for the bare database.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../tests/harness/run.ts'

export interface HttpLoad {
  url: string
  clients: number
  seconds: number
  token?: string
  /** A file of wrk's own language that makes each request. */
  script?: string
}

export interface HttpResult {
  per_second: number
  requests: number
  /** Half of the answers came within so many milliseconds. */
  p50: number
  p99: number
}

export async function wrk(load: HttpLoad): Promise<HttpResult> {
  const words = ['-t1', `-c${load.clients}`, `-d${load.seconds}s`, '--latency']
  if (load.token) words.push('-H', `Authorization: Bearer ${load.token}`)
  if (load.script) words.push('-s', load.script)
  const said = await run('wrk', [...words, load.url])
  if (/Non-2xx|Socket errors/.test(said)) throw new Error(`not every request to ${load.url} was answered:\n${said}`)
  return {
    per_second: number_after(said, 'Requests/sec:'),
    requests: Number(/(\d+) requests in/.exec(said)![1]),
    p50: milliseconds_after(said, '50%'),
    p99: milliseconds_after(said, '99%'),
  }
}

function number_after(text: string, label: string): number {
  const found = new RegExp(`${label}\\s+([0-9.]+)`).exec(text)
  if (!found) throw new Error(`wrk said no "${label}":\n${text}`)
  return Number(found[1])
}

function milliseconds_after(text: string, label: string): number {
  const found = new RegExp(`${label}\\s+([0-9.]+)(us|ms|s)`).exec(text)
  if (!found) throw new Error(`wrk said no "${label}":\n${text}`)
  return Number(found[1]) * { us: 0.001, ms: 1, s: 1000 }[found[2] as 'us' | 'ms' | 's']
}

export interface DatabaseLoad {
  database: string
  clients: number
  seconds: number
  /** pgbench's own read-only test when empty. */
  script?: string
  folder: string
}

/** Transactions a second. */
export async function pgbench(load: DatabaseLoad): Promise<number> {
  const words = ['--no-vacuum', '--protocol=prepared', `--client=${load.clients}`, '--jobs=1', `--time=${load.seconds}`]
  if (load.script === undefined) {
    words.push('--select-only')
  } else {
    const file = join(load.folder, 'pgbench.sql')
    await writeFile(file, load.script)
    words.push(`--file=${file}`)
  }
  const said = await run('pgbench', [...words, load.database])
  const found = /tps = ([0-9.]+)/.exec(said) ?? /actually processed: (0)$/m.exec(said)
  if (!found) throw new Error(`pgbench said no tps:\n${said}`)
  return Number(found[1])
}

export async function prepare_pgbench(database: string): Promise<void> {
  await run('pgbench', ['--initialize', '--scale=10', '--quiet', database])
}
