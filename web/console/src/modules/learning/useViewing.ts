import { Viewing, type LessonProgress } from '@concentric/shared'
import { onBeforeUnmount, ref } from 'vue'
import { api } from '@/api'
import { toast } from '@/parts/toast'

/** A viewing that ends with the page and hands over what it has whenever the page goes out of sight. */
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

  /** True when the player may play. */
  const open = () => toast.attempt(() => viewing.open().then(() => (is_elsewhere.value = false)))
  const begin = (position_ms: number, speed: number) => viewing.begin(position_ms, speed)
  const reach = (position_ms: number) => viewing.reach(position_ms)
  const change_speed = (speed: number) => viewing.change_speed(speed)
  const rest = () => viewing.rest()

  const on_hidden = () => document.visibilityState === 'hidden' && void rest()
  document.addEventListener('visibilitychange', on_hidden)
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', on_hidden)
    void rest()
  })
  return { present: () => viewing.present, open, begin, reach, change_speed, rest, is_elsewhere }
}
