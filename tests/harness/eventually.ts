import { setTimeout as sleep } from 'node:timers/promises'

/** Waits for what happens in the background; fails after half a minute, or after so many seconds. Asks again after a pause. */
export async function eventually(has_happened: () => Promise<boolean>, seconds = 30, pause_ms = 30): Promise<void> {
  const deadline = Date.now() + seconds * 1000
  while (!(await has_happened())) {
    if (Date.now() > deadline) throw new Error('what was waited for did not happen')
    await sleep(pause_ms)
  }
}
