import { type Body } from '@concentric/api-client'
import { reactive } from 'vue'
import { api, is_line_problem } from './api'
import { drop_draft } from './drafts'

// Writes that may wait for the net. Each changes nothing when it comes twice, so that one whose answer was lost may be sent again.
type Waiting =
  | { route: 'PUT /viewings/{viewing}/heartbeat'; options: { path: { viewing: string }; body: Beat } }
  | { route: 'PUT /inbox/reading'; options: { body: { ids: string[] } } }
  | { route: 'PUT /inbox/all-reading'; options?: undefined }
  | { route: 'PUT /own-notices/{id}/reading'; options: Of }
  | { route: 'PUT /own-notices/{id}/answer'; options: Of & { body: Body<'PUT /own-notices/{id}/answer'> } }
  | { route: 'PUT /own-forms/{id}/draft'; options: Of & { body: Filled } }
  | { route: 'PUT /own-forms/{id}/answer'; options: Of & { body: Filled } }
  | { route: 'POST /own-forms/{id}/ballot'; options: Of & { body: Filled } } // a second one is refused

interface Of {
  path: { id: string }
}
export type Filled = Body<'PUT /own-forms/{id}/answer'>

interface Beat {
  unit: string
  from_ms: number
  to_ms: number
  speed: number
  position_ms: number
}

let is_sending = false

const stored = () => (uni.getStorageSync('outbox') || []) as Waiting[]
/** What waits for the net now, for pages that show it. */
export const outbox = reactive({ waiting: stored() })

function keep(writes: Waiting[]) {
  outbox.waiting = writes
  uni.setStorageSync('outbox', writes)
}

/** Sends at once, or keeps it until the net is back; true when the server has it. Throws what the server refuses. */
export async function send_or_keep(write: Waiting): Promise<boolean> {
  try {
    await send(write)
    return true
  } catch (error) {
    if (!is_line_problem(error)) throw error
    keep([...stored().filter((each) => !takes_place_of(write, each)), write])
    return false
  }
}

/** The same thing said again, or said anew of the same children: the last word counts. */
function takes_place_of(write: Waiting, earlier: Waiting): boolean {
  const about = ({ route, options }: Waiting) =>
    route === 'PUT /own-notices/{id}/answer'
      ? [route, options.path, options.body.people]
      : route.includes('/own-forms/')
        ? ['form', (options as Of).path, (options as { body: Filled }).body.student]
        : [route, options]
  return JSON.stringify(about(write)) === JSON.stringify(about(earlier))
}

function send(write: Waiting): Promise<unknown> {
  switch (write.route) {
    case 'PUT /viewings/{viewing}/heartbeat':
      return api(write.route, write.options)
    case 'PUT /inbox/reading':
      return api(write.route, write.options)
    case 'PUT /own-notices/{id}/reading':
      return api(write.route, write.options)
    case 'PUT /own-notices/{id}/answer':
      return api(write.route, write.options)
    case 'PUT /own-forms/{id}/draft':
      return api(write.route, write.options)
    case 'PUT /own-forms/{id}/answer':
      return api(write.route, write.options).then(() => forget_draft(write.options))
    case 'POST /own-forms/{id}/ballot':
      return api(write.route, write.options).then(() => forget_draft(write.options))
    default:
      return api(write.route)
  }
}

const forget_draft = ({ path, body }: Of & { body: Filled }) => drop_draft(path.id, body.student)

/** In the order in which they were made; what the server refuses is dropped, since it would refuse it again. */
export async function send_waiting() {
  if (is_sending) return
  is_sending = true
  try {
    for (const write of stored()) {
      await send(write).catch((error: unknown) => {
        if (is_line_problem(error)) throw error
      })
      keep(stored().filter((each) => JSON.stringify(each) !== JSON.stringify(write)))
    }
  } catch {
    // Still no net: the next return of it tries again.
  } finally {
    is_sending = false
  }
}

export function forget_waiting() {
  outbox.waiting = []
  uni.removeStorageSync('outbox')
}
