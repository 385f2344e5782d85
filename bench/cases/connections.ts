import { connect, type Socket } from 'node:net'
import type { DatabaseKind } from '../../tests/harness/database.ts'
import { Listener } from '../../tests/harness/live.ts'
import { draft, without_quiet_hours } from '../../tests/harness/notices.ts'
import type { Server } from '../../tests/harness/server.ts'
import type { Visitor } from '../../tests/harness/visitor.ts'
import type { Figure } from '../figures.ts'
import { prepare_learners } from '../learners.ts'
import { resident_megabytes } from '../process.ts'
import type { Case, Setting } from '../setting.ts'

/** Browsers and phones that asked once and keep their connection. */
export const idle_connections: Case = async (setting) => {
  const count = setting.is_quick ? 2000 : 10_000
  const server = await setting.demo_server('sqlite', { schools: 1, pupils: 100, entries: 1000 })
  const { token } = await setting.official(server)
  const before = await resident_megabytes(server)
  const sockets: Socket[] = []
  try {
    while (sockets.length < count) sockets.push(...(await Promise.all(Array.from({ length: 100 }, () => ask_once(server, token!)))))
    const after = await resident_megabytes(server)
    const what = `memory of an idle connection, of ${count.toLocaleString('en')}`
    return [{ what, figure: ((after - before) * 1024) / count, unit: 'kB', at_most: 20 }]
  } finally {
    sockets.forEach((socket) => socket.destroy())
  }
}

function ask_once(server: Server, token: string): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = connect(server.port, '127.0.0.1')
    socket.once('error', fail)
    socket.once('data', (answer) => {
      if (answer.toString().startsWith('HTTP/1.1 200')) done(socket)
      else fail(new Error(answer.toString()))
    })
    socket.write(`GET /api/session HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${token}\r\n\r\n`)
  })
}

/** Phones that wait for what is new: what each costs, and how soon all of them hear of a notice to the whole county. */
export const listeners: Case = async (setting) => [...(await hearing(setting, 'sqlite')), ...(await hearing(setting, 'postgresql'))]

async function hearing(setting: Setting, database: DatabaseKind): Promise<Figure[]> {
  const count = setting.is_quick ? 2000 : 10_000
  const server = await setting.demo_server(database, { schools: 12, pupils: count, entries: 1000 })
  const official = await setting.official(server)
  await without_quiet_hours(official)
  const { county } = (await official.call('GET /session')).county
  const people = await prepare_learners(setting, server, county, count)
  const before = await resident_megabytes(server)
  const open: Listener[] = []
  try {
    for (let from = 0; from < people.length; from += 100)
      open.push(...(await Promise.all(people.slice(from, from + 100).map(({ token }) => Listener.open(server, { token })))))
    if (open.length !== count || open.some(({ status }) => status !== 101)) throw new Error('not everybody listens')
    const kilobytes = (((await resident_megabytes(server)) - before) * 1024) / count
    const seconds = await until_all_hear(open, official)
    const about = `of ${count.toLocaleString('en')}, ${database === 'sqlite' ? 'SQLite' : 'PostgreSQL'}`
    return [
      { what: `memory of a WebSocket that waits, ${about}`, figure: kilobytes, unit: 'kB', at_most: 20 },
      { what: `until the last one hears of a notice, ${about}`, figure: seconds, unit: 's', at_most: 2 },
    ]
  } finally {
    for (const each of open) each.hang_up()
  }
}

/** From before the publication is asked for, so its commit is within; seconds. */
async function until_all_hear(open: Listener[], official: Visitor): Promise<number> {
  const { id } = await draft(official)
  const all_heard = Promise.all(open.map((each) => each.topics(1)))
  const from = performance.now()
  await Promise.all([official.call('PUT /notices/{id}/sending', { path: { id } }), all_heard])
  return (performance.now() - from) / 1000
}
