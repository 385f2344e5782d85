import { browser_line, Live, type LiveOptions } from '@concentric/api-client'
import { watch } from 'vue'
import { count_unread } from './messages'
import { session } from './session'
// #ifndef H5
import { authorisation, server } from './transport'
// #endif

const listeners = { inbox: new Set<() => void>(), feed: new Set<() => void>() }

// #ifdef H5
const line: LiveOptions['open'] = (events) => browser_line(`${location.origin.replace(/^http/, 'ws')}/api/live`)(events)
// #endif

// #ifndef H5
const line: LiveOptions['open'] = ({ opened, heard, closed }) => {
  const socket = uni.connectSocket({
    url: `${server.replace(/^http/, 'ws')}/api/live`,
    header: authorisation(),
    complete: () => {},
  })
  socket.onOpen(opened)
  socket.onMessage(({ data }) => heard(String(data)))
  socket.onClose(closed)
  socket.onError(closed)
  return { close: () => socket.close({}) }
}
// #endif

const live = new Live({
  open: line,
  on_news: (topics) => {
    const concerns = (...of: string[]) => topics.some((each) => each === 'all' || of.includes(each))
    if (concerns('inbox', 'conversations')) {
      void count_unread().catch(() => undefined)
      for (const read_anew of listeners.inbox) read_anew()
    }
    if (concerns('feed')) for (const read_anew of listeners.feed) read_anew()
  },
})

/** Hears of new messages for as long as somebody is logged in. */
export function keep_line() {
  watch(
    () => session.me?.person.id,
    (person) => (person ? live.start() : live.stop()),
    { immediate: true },
  )
}

/** The net, or the app, is back: no time is lost. */
export function look_after_pause() {
  if (session.me) live.start()
}

function on_news(topic: keyof typeof listeners, read_anew: () => void): () => void {
  listeners[topic].add(read_anew)
  return () => listeners[topic].delete(read_anew)
}

/** Called whenever a message came or a conversation moved, until the answer is called. */
export const on_message = (read_anew: () => void) => on_news('inbox', read_anew)

/** The same for the class feed: a moment is new or has changed. */
export const on_moment = (read_anew: () => void) => on_news('feed', read_anew)
