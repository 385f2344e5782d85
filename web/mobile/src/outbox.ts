import type { ApiProblem } from '@concentric/api-client'
import { reactive } from 'vue'
import { api, is_line_problem, words_of } from './api'

// Writes that may wait for the net. Each is a PUT that changes nothing when it comes twice, so that one whose answer was lost may be
// sent again.
type Waiting =
  | { route: 'PUT /viewings/{viewing}/heartbeat'; options: { path: { viewing: string }; body: Beat } }
  | { route: 'PUT /inbox/reading'; options: { body: { ids: string[] } } }
  | { route: 'PUT /inbox/all-reading'; options?: undefined }
  | { route: 'PUT /conversations/{id}/reading'; options: { path: { id: string }; body: { position: number } } }
  | WaitingMessage

interface Beat {
  unit: string
  from_ms: number
  to_ms: number
  speed: number
  position_ms: number
}

export interface WaitingMessage {
  route: 'PUT /conversations/{id}/messages/{client}'
  options: { path: { id: string; client: string }; body: { body: string; files: string[]; is_sure?: boolean } }
}

/** A message that the server refused: its writer has to look at it again. */
export interface RefusedMessage {
  write: WaitingMessage
  words: string
  is_private_number: boolean
}

let is_sending = false

const stored = <T>(key: string) => (uni.getStorageSync(key) || []) as T[]
const kept = reactive({ waiting: stored<Waiting>('outbox'), refused: stored<RefusedMessage>('refused') })

function keep(waiting: Waiting[], refused = kept.refused) {
  Object.assign(kept, { waiting, refused })
  uni.setStorageSync('outbox', JSON.parse(JSON.stringify(waiting)))
  uni.setStorageSync('refused', JSON.parse(JSON.stringify(refused)))
}

const same = (one: Waiting, other: Waiting) => JSON.stringify(one) === JSON.stringify(other)
const without = (write: Waiting) => kept.waiting.filter((each) => !same(each, write))

/** Sends at once, or keeps it until the net is back. */
export async function send_or_keep(write: Waiting) {
  try {
    await send(write)
  } catch (error) {
    if (is_line_problem(error)) keep([...without(write), write])
  }
}

/** Keeps it first, so that nothing is lost whenever the net or the app goes; then sends. */
export async function keep_and_send(write: WaitingMessage) {
  keep([...without(write), write], without_refusal(write.options.path.client))
  await send_waiting()
}

const is_of = (id: string) => (write: Waiting) =>
  'path' in (write.options ?? {}) && is_message(write) && write.options.path.id === id
const is_message = (write: Waiting): write is WaitingMessage => write.route === 'PUT /conversations/{id}/messages/{client}'

export const waiting_messages = (id: string) => kept.waiting.filter(is_of(id)) as WaitingMessage[]
export const refused_messages = (id: string) => kept.refused.filter(({ write }) => is_of(id)(write))

const without_refusal = (client: string) => kept.refused.filter(({ write }) => write.options.path.client !== client)
export const forget_refusal = (client: string) => keep(kept.waiting, without_refusal(client))

function send(write: Waiting): Promise<unknown> {
  switch (write.route) {
    case 'PUT /viewings/{viewing}/heartbeat':
      return api(write.route, write.options)
    case 'PUT /inbox/reading':
      return api(write.route, write.options)
    case 'PUT /conversations/{id}/reading':
      return api(write.route, write.options)
    case 'PUT /conversations/{id}/messages/{client}':
      return api(write.route, write.options)
    default:
      return api(write.route)
  }
}

/** What the server refuses is dropped, since it would refuse it again; a message goes back to its writer. */
function refuse(write: Waiting, error: unknown) {
  if (!is_message(write)) return
  const is_private_number = (error as ApiProblem).problems?.some(({ code }) => code === 'private_number') ?? false
  const refusal = { write, words: words_of(error), is_private_number }
  keep(kept.waiting, [...without_refusal(write.options.path.client), refusal])
}

/** In the order in which they were made. */
export async function send_waiting() {
  if (is_sending) return
  is_sending = true
  try {
    for (let write = kept.waiting[0]; write; write = kept.waiting[0]) {
      const sent = write
      await send(sent).catch((error: unknown) => {
        if (is_line_problem(error)) throw error
        refuse(sent, error)
      })
      keep(without(sent))
    }
  } catch {
    // Still no net: the next return of it tries again.
  } finally {
    is_sending = false
  }
}

export function forget_waiting() {
  keep([], [])
}
