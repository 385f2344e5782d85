import { connect, type Socket } from 'node:net'
import type { Server } from '../../tests/harness/server.ts'
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
