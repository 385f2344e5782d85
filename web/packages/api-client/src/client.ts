import type { Problem, ProblemDocument } from './types'
import type { Body, Out, Query, RouteName } from './routes'

/** One exchange with the server; the browser's is built on fetch, a mini-program's on its own request function. */
export type Transport = (request: WireRequest) => Promise<WireAnswer>

export interface WireRequest {
  method: string
  url: string
  headers: Record<string, string>
  body?: string
  signal?: AbortSignal
}

export interface WireAnswer {
  status: number
  header: (name: string) => string | null
  text: string
}

/** What the server refused, in words for the user; `status` 0 means that it could not be reached. */
export class ApiProblem extends Error {
  readonly name = 'ApiProblem'

  constructor(
    readonly status: number,
    words: string,
    readonly code = '',
    readonly problems: Problem[] = [],
    readonly request_id = '',
    readonly retry_after_seconds = 0,
  ) {
    super(words)
  }
}

export interface ClientOptions {
  /** Where the API is: "/api". */
  base: string
  transport: Transport
  /** Asked at every call: "zh-CN" or "en". */
  language: () => string
  /** A fresh random text for each POST, so that a repeated one is done once. */
  make_key: () => string
  /** Told of every refusal before it is thrown. */
  on_problem?: (problem: ApiProblem, route: RouteName) => void
}

type PathNames<Path> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | PathNames<Rest> : never

export type CallOptions<Name extends RouteName> = {
  /** The version that the change was made on; a change by somebody else meanwhile is then refused. */
  version?: number
  signal?: AbortSignal
} & ([PathNames<Name>] extends [never] ? object : { path: Record<PathNames<Name>, string | number> }) &
  (Query<Name> extends undefined ? object : { query?: Query<Name> }) &
  (Body<Name> extends undefined ? object : { body: Body<Name> })

type Needs<Name extends RouteName> = object extends CallOptions<Name> ? [options?: CallOptions<Name>] : [options: CallOptions<Name>]

export type Client = <Name extends RouteName>(route: Name, ...options: Needs<Name>) => Promise<Out<Name>>

interface LooseOptions {
  path?: Record<string, string | number>
  query?: object
  body?: unknown
  version?: number
  signal?: AbortSignal
}

export function create_client(options: ClientOptions): Client {
  return async (route, ...given) => {
    const asked: LooseOptions = given[0] ?? {}
    const answer = await exchange(options, wire_request(options, route, asked)).catch((error: unknown) => {
      if (error instanceof ApiProblem) options.on_problem?.(error, route)
      throw error
    })
    return answer.text === '' ? undefined : JSON.parse(answer.text)
  }
}

function wire_request(options: ClientOptions, route: string, asked: LooseOptions): WireRequest {
  const [method = 'GET', path = ''] = route.split(' ')
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': options.language() }
  if (method === 'POST') headers['idempotency-key'] = options.make_key()
  if (asked.version !== undefined) headers['if-match'] = `"${asked.version}"`
  const request: WireRequest = { method, url: options.base + url_of(path, asked.path, asked.query), headers }
  if (asked.signal) request.signal = asked.signal
  if (typeof asked.body === 'string') {
    headers['content-type'] = 'application/octet-stream'
    request.body = asked.body
  } else if (asked.body !== undefined) {
    headers['content-type'] = 'application/json'
    request.body = JSON.stringify(asked.body)
  }
  return request
}

async function exchange(options: ClientOptions, request: WireRequest): Promise<WireAnswer> {
  const answer = await options.transport(request)
  if (answer.status >= 200 && answer.status < 300) return answer
  throw problem_of(answer)
}

/** The refusal that an answer other than 2xx means, also when it does not come from our own server. */
export function problem_of(answer: WireAnswer): ApiProblem {
  const retry_after = Number(answer.header('retry-after') ?? 0) || 0
  const document = read_problem(answer.text)
  return new ApiProblem(
    answer.status,
    document?.detail || document?.title || '',
    document?.code ?? '',
    document?.problems ?? [],
    document?.request_id ?? '',
    retry_after,
  )
}

function read_problem(text: string): ProblemDocument | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as ProblemDocument) : undefined
  } catch {
    return undefined
  }
}

/** "/organisations/{id}" with its names filled in and the query behind it; empty and absent values are left out. */
export function url_of(path: string, names: Record<string, string | number> = {}, query: object = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(names[name] ?? '')))
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
  return pairs.length === 0 ? filled : `${filled}?${pairs.join('&')}`
}
