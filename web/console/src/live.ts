import { browser_line, Live } from '@concentric/api-client'
import { onMounted, onUnmounted } from 'vue'

const listeners = new Map<string, Set<() => void>>()

const live = new Live({
  open: browser_line(`${location.origin.replace(/^http/, 'ws')}/api/live`),
  on_news: (topics) => {
    for (const [topic, those] of listeners)
      if (topics.includes('all') || topics.includes(topic)) for (const read_anew of those) read_anew()
  },
})

function look_after_pause() {
  if (document.visibilityState === 'visible') live.start()
}

/** Keeps the line to the server open while a logged-in page is shown. */
export function useLiveLine() {
  onMounted(() => {
    live.start()
    window.addEventListener('online', look_after_pause)
    document.addEventListener('visibilitychange', look_after_pause)
  })
  onUnmounted(() => {
    live.stop()
    window.removeEventListener('online', look_after_pause)
    document.removeEventListener('visibilitychange', look_after_pause)
  })
}

/** Reads anew when the server says that something is new under this topic, and whenever the line was opened. */
export function useNews(topic: string, read_anew: () => void) {
  onMounted(() => listeners.set(topic, (listeners.get(topic) ?? new Set()).add(read_anew)))
  onUnmounted(() => listeners.get(topic)?.delete(read_anew))
}
