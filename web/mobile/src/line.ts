import { reactive } from 'vue'

/** Whether the server can be reached, as far as the last request told. */
export const line = reactive({ is_down: false })

let came_back = () => {}

/** Hears when the net is there again. */
export function watch_line(listener: () => void) {
  came_back = listener
  uni.onNetworkStatusChange(({ isConnected }) => {
    if (isConnected) listener()
    else line.is_down = true
  })
}

export function note_line(is_up: boolean) {
  const was_down = line.is_down
  line.is_down = !is_up
  if (is_up && was_down) came_back()
}
