// What goes wrong in a machine room, made to happen.
import { setTimeout as sleep } from 'node:timers/promises'
import { psql, type DatabaseKind } from '../harness/database.ts'
import { run } from '../harness/run.ts'
import type { Server } from '../harness/server.ts'

export type Disturbance = (server: Server) => Promise<void>

const everywhere: Record<string, Disturbance> = {
  'server killed': async (server) => {
    await server.kill9()
    await sleep(Math.random() * 500)
    await server.start()
  },
  'server restarted': (server) => server.restart(),
}

const on_postgresql: Record<string, Disturbance> = {
  'connections cut': () =>
    psql(
      postgres(),
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL',
    ),
  'database crashed': () => control_postgres('--mode immediate restart'),
  'database and server crashed': async (server) => {
    await Promise.all([server.kill9(), control_postgres('--mode immediate restart')])
    await server.start()
  },
}

export function disturbances_of(kind: DatabaseKind): Record<string, Disturbance> {
  return kind === 'sqlite' ? everywhere : { ...everywhere, ...on_postgresql }
}

function postgres(): string {
  return process.env.CONCENTRIC_TEST_POSTGRES!
}

async function control_postgres(words: string): Promise<void> {
  await run('sh', ['-c', `exec ${process.env.CONCENTRIC_TEST_POSTGRES_CONTROL!} ${words} >/dev/null`])
}
