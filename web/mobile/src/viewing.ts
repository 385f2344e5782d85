import { Viewing, type LessonProgress } from '@concentric/shared'
import { onHide, onUnload } from '@dcloudio/uni-app'
import { ref } from 'vue'
import { api } from './api'
import { send_or_keep } from './outbox'

/** A viewing that ends with the page; what the net did not take along then waits for the net. */
export function useViewing(unit: string, on_progress: (progress: LessonProgress) => void, on_elsewhere: () => void) {
  const is_elsewhere = ref(false)
  const viewing = new Viewing(
    {
      open: () => api('POST /units/{id}/viewings', { path: { id: unit } }),
      beat: (viewing, stretch) => api('PUT /viewings/{viewing}/heartbeat', { path: { viewing }, body: { unit, ...stretch } }),
    },
    on_progress,
    () => {
      is_elsewhere.value = true
      on_elsewhere()
    },
  )

  async function open() {
    await viewing.open()
    is_elsewhere.value = false
  }

  async function leave() {
    const left = await viewing.leave()
    if (!left) return
    const options = { path: { viewing: left.viewing }, body: { unit, ...left.stretch } }
    await send_or_keep({ route: 'PUT /viewings/{viewing}/heartbeat', options }).catch(() => undefined)
  }

  onHide(() => void viewing.rest())
  onUnload(() => void leave())
  return { viewing, open, is_elsewhere }
}
