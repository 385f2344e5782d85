import { ApiProblem, create_client, problem_of, type WireAnswer } from '@concentric/api-client'
import { i18n } from './i18n'

const base = '/api'
const expired_listeners: (() => void)[] = []

/** Called when the server does not know this browser's log-in any more. */
export function on_expired(listener: () => void) {
  expired_listeners.push(listener)
}

let asks_who_is_there: (() => Promise<boolean>) | undefined

/** Says how the user is asked to confirm who they are; the promise tells whether they did. */
export function on_step_up(ask: () => Promise<boolean>) {
  asks_who_is_there = ask
}

export function current_language(): string {
  return i18n.global.locale.value
}

export const api = create_client({
  base,
  language: current_language,
  make_key: random_key,
  transport: async ({ url, signal, ...request }) => {
    const answer = await with_step_up(() => fetch(url, { ...request, signal: signal ?? null, credentials: 'same-origin' }))
    return { status: answer.status, header: (name) => answer.headers.get(name), text: await answer.text() }
  },
  on_problem: (problem, route) => {
    const asks_who_i_am = route.startsWith('POST /sessions') || route === 'GET /session'
    if (problem.status === 401 && !asks_who_i_am) expired_listeners.forEach((listener) => listener())
  },
})

/** Sends a file as it is; `told` hears which share of it has left. XMLHttpRequest, because fetch does not report that. */
export function upload<T>(path: string, file: Blob, told: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', base + path)
    request.setRequestHeader('accept-language', current_language())
    request.setRequestHeader('idempotency-key', random_key())
    request.upload.onprogress = (event) => told(event.total > 0 ? event.loaded / event.total : 0)
    request.onerror = () => reject(unreachable())
    request.onload = () => {
      const answer: WireAnswer = {
        status: request.status,
        header: (name) => request.getResponseHeader(name),
        text: request.responseText,
      }
      if (answer.status >= 200 && answer.status < 300) resolve(JSON.parse(answer.text) as T)
      else reject(problem_of(answer))
    }
    request.send(file)
  })
}

/** Sends a part of a file. */
export async function send_bytes<T>(path: string, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<T> {
  const headers = { 'accept-language': current_language(), 'content-type': 'application/octet-stream' }
  const answer = await fetch(base + path, { method: 'PUT', body: bytes, headers, signal, credentials: 'same-origin' }).catch(
    cannot_reach,
  )
  const text = await answer.text()
  if (answer.ok) return JSON.parse(text) as T
  throw problem_of({ status: answer.status, header: (name) => answer.headers.get(name), text })
}

/** Fetches a file and hands it to the browser to keep, under the name that the server gives it. */
export async function download(path: string): Promise<void> {
  const answer = await fetch_file(path)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = file_name_of(answer.headers.get('content-disposition')) ?? path.split('?')[0]!.split('/').pop()!
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** The text of a file, to be shown. */
export async function fetch_text(path: string): Promise<string> {
  return (await fetch_file(path)).text()
}

async function fetch_file(path: string): Promise<Response> {
  const answer = await with_step_up(() =>
    fetch(base + path, { headers: { 'accept-language': current_language() }, credentials: 'same-origin' }),
  )
  if (answer.ok) return answer
  throw problem_of({ status: answer.status, header: (name) => answer.headers.get(name), text: await answer.text() })
}

/** Where the server first wants to be sure who is there, the user is asked and the request repeated. */
async function with_step_up(send: () => Promise<Response>): Promise<Response> {
  const answer = await send().catch(cannot_reach)
  if (answer.status !== 403 || !asks_who_is_there) return answer
  const problem: { code?: string } = await answer
    .clone()
    .json()
    .catch(() => ({}))
  if (problem.code !== 'step_up_needed' || !(await asks_who_is_there())) return answer
  return send().catch(cannot_reach)
}

function file_name_of(disposition: string | null): string | undefined {
  const encoded = disposition?.match(/filename\*=UTF-8''([^;]+)/i)?.[1]
  return encoded ? decodeURIComponent(encoded) : disposition?.match(/filename="([^"]+)"/i)?.[1]
}

function cannot_reach(error: unknown): never {
  if (error instanceof DOMException && error.name === 'AbortError') throw error
  throw unreachable()
}

function unreachable(): ApiProblem {
  return new ApiProblem(0, i18n.global.t('common.unreachable'))
}

function random_key(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What went wrong, in words for the user. */
export function words_of(error: unknown): string {
  if (error instanceof ApiProblem && error.message) return error.message
  return i18n.global.t('common.something_failed')
}
