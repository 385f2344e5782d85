// Somebody who speaks to the server: through the typed client where all should go well, by hand where it should not.
import { randomUUID } from 'node:crypto'
import { create_client, type Client, type Me } from '../../web/packages/api-client/src/index.ts'
import type { Server } from './server.ts'

export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The body read as JSON; undefined when it is none. */
  json: any
}

export interface RequestOptions {
  /** Sent as it is when it is text or bytes, else as JSON. */
  body?: unknown
  headers?: Record<string, string>
  /** Gives the exchange up. */
  signal?: AbortSignal
}

export class Visitor {
  token: string | undefined
  /** By what the server knows this device again, as a browser keeps it in a cookie. */
  device: string | undefined
  language = 'zh-CN'
  /** The typed client: `await visitor.call('GET /organisations/{id}', { path: { id } })`; throws ApiProblem. */
  readonly call: Client

  constructor(readonly server: Server) {
    this.call = create_client({
      base: '/api',
      language: () => this.language,
      make_key: () => randomUUID(),
      on_problem: (problem, route) => {
        problem.message = `${route} → ${problem.status} ${problem.message} ${JSON.stringify(problem.problems)}`
      },
      transport: async ({ method, url, headers, body }) => {
        const answer = await this.send(method, url, { body, headers })
        return { status: answer.status, text: answer.text, header: (name) => answer.headers.get(name) }
      },
    })
  }

  async log_in(name: string, password: string): Promise<Me> {
    const answer = await this.send('POST', '/api/sessions', { body: { name, password } })
    if (answer.status !== 201 || !answer.json.me) throw new Error(`${name} cannot log in: ${answer.status} ${answer.text}`)
    this.token = answer.json.token
    return answer.json.me
  }

  /** One exchange, whatever comes back. `path` begins with "/api". */
  async send(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    const headers = new Headers({ 'accept-language': this.language, ...options.headers })
    if (this.token && !headers.has('authorization')) headers.set('authorization', `Bearer ${this.token}`)
    if (this.device) headers.set('concentric-device', this.device)
    const reply = await fetch(this.server.address + path, {
      method,
      headers,
      body: wire_body(options.body, headers),
      redirect: 'manual',
      signal: options.signal,
    })
    this.keep_cookies(reply.headers.getSetCookie())
    const text = await reply.text()
    if (reply.status >= 500 && reply.status !== 503) this.server.breakdowns.push(`${method} ${path} → ${reply.status} ${text}`)
    return { status: reply.status, headers: reply.headers, text, json: parsed(text) }
  }

  /** A session that goes on under a new token, and what this device is known by. */
  private keep_cookies(cookies: string[]): void {
    if (this.token) this.token = value_of(cookies, 'concentric_session') ?? this.token
    this.device = value_of(cookies, 'concentric_device') ?? this.device
  }
}

function value_of(cookies: string[], name: string): string | undefined {
  return cookies.map((cookie) => new RegExp(`^(?:__Host-)?${name}=([^;]+)`).exec(cookie)?.[1]).find(Boolean)
}

function wire_body(body: unknown, headers: Headers): BodyInit | undefined {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return body as BodyInit | undefined
  if (!headers.has('content-type')) headers.set('content-type', 'application/json')
  return JSON.stringify(body)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
