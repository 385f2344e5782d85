import { ApiProblem, create_client } from '@concentric/api-client'
import { preferences } from './preferences'
import { transport } from './transport'
import { t } from './words'

let expired = () => {}

/** Called when the server does not know this phone's log-in any more. */
export function on_expired(listener: () => void) {
  expired = listener
}

export const api = create_client({
  base: '/api',
  language: () => preferences.language,
  make_key: random_key,
  transport,
  on_problem: (problem, route) => {
    if (problem.status === 401 && !route.startsWith('POST /sessions') && route !== 'GET /session') expired()
  },
})

/** Of a request that carries a file. */
export const current_headers = () => ({
  'accept-language': preferences.language,
  'content-type': 'application/octet-stream',
  'idempotency-key': random_key(),
})

/** Tells two requests apart, no more: it need not be hard to guess. */
function random_key(): string {
  return Array.from({ length: 32 }, () => Math.floor(Math.random() * 16).toString(16)).join('')
}

/** Whether the request may have got nowhere at all. */
export const is_line_problem = (error: unknown) => error instanceof ApiProblem && [0, 502, 503, 504].includes(error.status)

/** What went wrong, in words for the user, with the faults of single fields. */
export function words_of(error: unknown): string {
  if (!(error instanceof ApiProblem)) return t('common.something_failed')
  const faults = error.problems.map(({ words }) => words)
  return faults.length ? faults.join(' ') : error.message || t('common.something_failed')
}

/** The fault of one field of what was sent. */
export function fault_of(error: unknown, field: string): string {
  if (!(error instanceof ApiProblem)) return ''
  return error.problems.find(({ path }) => path === `/${field}`)?.words ?? ''
}
