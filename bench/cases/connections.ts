import { connect, type Socket } from 'node:net'
import { Listener } from '../../tests/harness/live.ts'
import type { Server } from '../../tests/harness/server.ts'
import { prepare_learners } from '../learners.ts'
import { resident_megabytes } from '../process.ts'
import type { Case } from '../setting.ts'

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

/** Phones that wait for what is new. */
export const listeners: Case = async (setting) => {
  const count = setting.is_quick ? 2000 : 10_000
  const server = await setting.demo_server('sqlite', { schools: 12, pupils: 3000, entries: 1000 })
  const official = await setting.official(server)
  const { county } = (await official.call('GET /session')).county
  const learners = await prepare_learners(setting, server, county, 2000)
  const before = await resident_megabytes(server)
  const open: Listener[] = []
  try {
    while (open.length < count) {
      const some = learners.slice(open.length % learners.length, (open.length % learners.length) + 100)
      open.push(...(await Promise.all(some.map(({ token }) => Listener.open(server, { token })))))
    }
    if (open.some(({ status }) => status !== 101)) throw new Error('a listener was turned away')
    const after = await resident_megabytes(server)
    const what = `memory of a WebSocket that waits, of ${count.toLocaleString('en')}`
    return [{ what, figure: ((after - before) * 1024) / count, unit: 'kB', at_most: 20 }]
  } finally {
    for (const each of open) each.hang_up()
  }
}
