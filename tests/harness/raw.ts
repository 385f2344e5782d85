// Bytes as a scanner sends them, which no HTTP client would.
import { connect } from 'node:net'
import type { Server } from './server.ts'

/** Sends them on a connection of their own; gives all that comes back until the server closes or says nothing for a while. */
export function send_raw(server: Server, bytes: string | Buffer, patience = 500): Promise<string> {
  return new Promise((done) => {
    const heard: Buffer[] = []
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes))
    const end = () => {
      socket.destroy()
      done(Buffer.concat(heard).toString('utf8'))
    }
    socket.setTimeout(patience, end)
    socket.on('data', (chunk) => heard.push(chunk))
    socket.on('close', end)
    socket.on('error', end)
  })
}

/** The statuses of the answers, in order: [200, 400]. */
export const statuses_in = (heard: string): number[] =>
  [...heard.matchAll(/HTTP\/1\.[01] (\d{3}) /g)].map(([, status]) => Number(status))
