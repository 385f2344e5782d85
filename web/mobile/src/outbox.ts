import { api, is_line_problem } from './api'

// Writes that may wait for the net. Each is a PUT that changes nothing when it comes twice, so that one whose answer was lost may be
// sent again.
type Waiting =
  | { route: 'PUT /viewings/{viewing}/heartbeat'; options: { path: { viewing: string }; body: Beat } }
  | { route: 'PUT /inbox/reading'; options: { body: { ids: string[] } } }
  | { route: 'PUT /inbox/all-reading'; options?: undefined }

interface Beat {
  unit: string
  from_ms: number
  to_ms: number
  speed: number
  position_ms: number
}

let is_sending = false

const waiting = () => (uni.getStorageSync('outbox') || []) as Waiting[]

/** Sends at once, or keeps it until the net is back. */
export async function send_or_keep(write: Waiting) {
  try {
    await send(write)
  } catch (error) {
    if (is_line_problem(error)) uni.setStorageSync('outbox', [...without(write), write])
  }
}

const without = (write: Waiting) => waiting().filter((each) => JSON.stringify(each) !== JSON.stringify(write))

function send(write: Waiting): Promise<unknown> {
  switch (write.route) {
    case 'PUT /viewings/{viewing}/heartbeat':
      return api(write.route, write.options)
    case 'PUT /inbox/reading':
      return api(write.route, write.options)
    default:
      return api(write.route)
  }
}

/** In the order in which they were made; what the server refuses is dropped, since it would refuse it again. */
export async function send_waiting() {
  if (is_sending) return
  is_sending = true
  try {
    for (const write of waiting()) {
      await send(write).catch((error: unknown) => {
        if (is_line_problem(error)) throw error
      })
      uni.setStorageSync('outbox', without(write))
    }
  } catch {
    // Still no net: the next return of it tries again.
  } finally {
    is_sending = false
  }
}

export function forget_waiting() {
  uni.removeStorageSync('outbox')
}
