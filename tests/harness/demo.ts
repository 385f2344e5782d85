// The small demo county of the browser's journeys: made once for a run, copied for each file of journeys, on SQLite.
import { cp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { console_settings } from './pages.ts'
import { root, Server, type ServerOptions } from './server.ts'

const original = join(root, 'var/test/demo')

/** Before the first journey. */
export default async function make_demo(): Promise<void> {
  const server = await Server.prepare({ name: 'demo', database: 'sqlite' })
  await server.command('demo', '--schools', '6', '--pupils', '400', '--seed', '7')
  await rm(original, { recursive: true, force: true })
  await rename(server.folder, original)
}

/** A running server, with the console, on a demo county of its own. */
export async function start_demo(options: ServerOptions): Promise<Server> {
  const settings = [...console_settings, ...(options.settings ?? [])]
  const server = await Server.prepare({ ...options, database: 'sqlite', settings })
  await cp(original, server.folder, { recursive: true })
  await server.start()
  return server
}
