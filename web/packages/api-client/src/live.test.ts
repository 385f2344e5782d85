import { describe, expect, test } from 'vitest'
import { Live, type LineEvents } from './live'

/** A server that a test opens and breaks, and a clock that it winds. */
function stage() {
  const lines: (LineEvents & { is_closed: boolean })[] = []
  const news: string[] = []
  const pauses: number[] = []
  let next: (() => void) | undefined
  const live = new Live({
    open: (events) => {
      const line = { ...events, is_closed: false }
      lines.push(line)
      return { close: () => (line.is_closed = true) }
    },
    on_news: (topics) => news.push(...topics),
    random: () => 1,
    wait: (milliseconds, then) => {
      pauses.push(milliseconds)
      next = then
      return () => (next = undefined)
    },
  })
  return { live, lines, news, pauses, pass_time: () => next?.() }
}

describe('a client that listens', () => {
  test('looks at everything when it is connected, then at what it is told', () => {
    const { live, lines, news } = stage()

    live.start()
    lines[0]!.opened()
    lines[0]!.heard('{"new":["inbox","orders"]}')

    expect(news).toEqual(['all', 'inbox', 'orders'])
  })

  test('comes back later each time while the server is away, and at once after it was there', () => {
    const { live, lines, pauses, pass_time } = stage()

    live.start()
    for (let i = 0; i < 8; ++i) {
      lines.at(-1)!.closed()
      pass_time()
    }
    lines.at(-1)!.opened()
    lines.at(-1)!.closed()

    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 1000])
  })

  test('opens one line, however often it is started', () => {
    const { live, lines } = stage()

    live.start()
    live.start()

    expect(lines).toHaveLength(1)
  })

  test('loses no time when the net is back', () => {
    const { live, lines, pass_time } = stage()
    live.start()
    lines[0]!.closed()

    live.start()
    pass_time()

    expect(lines).toHaveLength(2)
  })

  test('stays away when it was stopped', () => {
    const { live, lines, pauses } = stage()
    live.start()

    live.stop()
    lines[0]!.closed()

    expect(lines[0]!.is_closed).toBe(true)
    expect(pauses).toEqual([])
  })
})
