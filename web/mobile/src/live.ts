import { browser_line, Live, type LiveOptions } from '@concentric/api-client'
import { watch } from 'vue'
import { count_unread } from './messages'
import { session } from './session'
// #ifndef H5
import { authorisation, server } from './transport'
// #endif

const topics_of_pages = ['inbox', 'conversations', 'feed', 'safety'] as const
type Topic = (typeof topics_of_pages)[number]
const listeners = new Map<Topic, Set<() => void>>(topics_of_pages.map((topic) => [topic, new Set()]))

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
    const concerns = (topic: Topic) => topics.some((each) => each === 'all' || each === topic)
    if (concerns('inbox') || concerns('conversations')) void count_unread().catch(() => undefined)
    for (const topic of topics_of_pages.filter(concerns)) for (const read_anew of listeners.get(topic)!) read_anew()
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

/** Called whenever something of the topic is new or changed, until the answer is called. */
export function on_news(topic: Topic, read_anew: () => void): () => void {
  listeners.get(topic)!.add(read_anew)
  return () => listeners.get(topic)!.delete(read_anew)
}
