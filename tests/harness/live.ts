// The WebSocket on which people hear that something is new for them, spoken byte by byte: its frames are short and come unmasked.
import { connect, type Socket } from 'node:net'
import type { Server } from './server.ts'

export interface Handshake {
  token?: string
  headers?: Record<string, string>
}

export class Listener {
  readonly heard: string[] = []
  on_text: (text: string) => void = () => undefined
  /** The status line's number; 101 when the WebSocket is open. */
  status = 0
  /** Why the server closed (RFC 6455 section 7.4); 0 while it has not. */
  closed_with = 0
  private bytes = Buffer.alloc(0)
  private readonly waiting = new Set<() => void>()

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk) => this.take(chunk))
    socket.on('close', () => {
      this.closed_with ||= 1006
      this.wake()
    })
    socket.on('error', () => socket.destroy())
  }

  static async open(server: Server, { token, headers = {} }: Handshake = {}): Promise<Listener> {
    const listener = new Listener(connect(server.port, '127.0.0.1'))
    const lines = {
      host: server.address.slice('http://'.length),
      upgrade: 'websocket',
      connection: 'Upgrade',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-version': '13',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    }
    const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
    listener.socket.write(`GET /api/live HTTP/1.1\r\n${head.join('')}\r\n`)
    await listener.until(() => listener.status > 0 || listener.closed_with > 0)
    return listener
  }

  /** The topics told so far, as soon as there are so many. */
  async topics(count: number): Promise<string[]> {
    await this.until(() => this.told().length >= count)
    return this.told()
  }

  async closing(patience?: number): Promise<number> {
    await this.until(() => this.closed_with > 0, patience)
    return this.closed_with
  }

  hang_up(): void {
    this.socket.destroy()
  }

  private told(): string[] {
    return this.heard.flatMap((text) => (JSON.parse(text) as { new: string[] }).new)
  }

  private until(condition: () => boolean, patience = 10_000): Promise<void> {
    return new Promise((done, fail) => {
      const late = setTimeout(() => fail(new Error(`nothing came; heard ${JSON.stringify(this.heard)}`)), patience)
      const look = () => {
        if (!condition()) return
        clearTimeout(late)
        this.waiting.delete(look)
        done()
      }
      this.waiting.add(look)
      look()
    })
  }

  private wake(): void {
    for (const look of this.waiting) look()
  }

  private take(chunk: Buffer): void {
    this.bytes = Buffer.concat([this.bytes, chunk])
    if (!this.status) this.take_head()
    if (this.status === 101) while (this.take_frame());
    this.wake()
  }

  private take_head(): void {
    const end = this.bytes.indexOf('\r\n\r\n')
    if (end < 0) return
    this.status = Number(this.bytes.toString('latin1', 9, 12))
    this.bytes = this.bytes.subarray(end + 4)
  }

  private take_frame(): boolean {
    const [kind, length] = this.bytes
    if (length === undefined || this.bytes.length < 2 + length) return false
    const payload = this.bytes.subarray(2, 2 + length)
    this.bytes = this.bytes.subarray(2 + length)
    if (kind === 0x81) {
      this.heard.push(payload.toString())
      this.on_text(payload.toString())
    }
    if (kind === 0x88) this.closed_with = payload.readUInt16BE(0)
    return true
  }
}
