import type { LessonContent } from '@concentric/api-client'
import { onBeforeUnmount, ref } from 'vue'
import { useViewing } from './useViewing'

/** The time in which a lesson's page is in sight, told to the server until it has the lesson's length. */
export function useSightTime(
  lesson: LessonContent,
  counts: boolean,
  on_progress: (answer: { learnt: number; is_completed: boolean }) => void,
) {
  const viewing = useViewing(lesson.id, on_progress, stop)
  const is_counting = ref(false)
  let seen_ms = lesson.learnt * 1000
  let looked_at = 0
  let timer = 0

  function look() {
    const now = Date.now()
    if (document.visibilityState === 'visible')
      seen_ms = Math.min(seen_ms + Math.min(now - looked_at, 2_000), lesson.seconds * 1000)
    looked_at = now
    void viewing.reach(seen_ms)
    if (seen_ms >= lesson.seconds * 1000) {
      stop()
      void viewing.rest()
    }
  }

  /** True when the server counts from now on. */
  async function start(): Promise<boolean> {
    if (!counts || !(await viewing.open())) return false
    viewing.begin(seen_ms, 100)
    looked_at = Date.now()
    is_counting.value = true
    timer = window.setInterval(look, 1_000)
    return true
  }

  function stop() {
    clearInterval(timer)
    is_counting.value = false
  }

  onBeforeUnmount(stop)
  return { start, is_counting, viewing: viewing.present, is_elsewhere: viewing.is_elsewhere }
}
