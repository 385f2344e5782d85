// A server that stands in for one of the world outside: it speaks the real protocol, and remembers what it was asked.
import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  method: string
  url: URL
  headers: IncomingMessage['headers']
  body: string
}

export type Answering = (received: Received, reply: ServerResponse) => void

export class StandIn {
  readonly received: Received[] = []

  private constructor(
    private readonly server: HttpServer,
    readonly address: string,
  ) {}

  static async start(answer: Answering): Promise<StandIn> {
    const server = createServer(async (request, reply) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const url = new URL(request.url ?? '/', stand_in.address)
      const received = { method: request.method ?? '', url, headers: request.headers, body: Buffer.concat(chunks).toString() }
      stand_in.received.push(received)
      answer(received, reply)
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const stand_in = new StandIn(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    return stand_in
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((done) => this.server.close(done))
  }
}
