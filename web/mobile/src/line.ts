import { reactive } from 'vue'

/** Whether the server can be reached, as far as the last request told. */
export const line = reactive({ is_down: false })

// A net that looked connected and carried nothing comes back without a word of the system.
const try_again_after_ms = 15_000
let next_try: ReturnType<typeof setTimeout> | undefined
let came_back = () => {}

/** Hears when the net is there again, or may be. */
export function watch_line(listener: () => void) {
  came_back = listener
  // #ifdef H5
  // By the window itself: uni-app asks navigator.connection, which not every browser keeps up to date.
  window.addEventListener('online', listener)
  window.addEventListener('offline', () => (line.is_down = true))
  // #endif
  // #ifndef H5
  uni.onNetworkStatusChange(({ isConnected }) => {
    if (isConnected) listener()
    else line.is_down = true
  })
  // #endif
}

export function note_line(is_up: boolean) {
  const was_down = line.is_down
  line.is_down = !is_up
  clearTimeout(next_try)
  if (!is_up) next_try = setTimeout(came_back, try_again_after_ms)
  else if (was_down) came_back()
}
