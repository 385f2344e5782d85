/** An open WebSocket, as a browser or a mini-program gives it. */
export interface Line {
  close: () => void
}

export interface LineEvents {
  opened: () => void
  heard: (text: string) => void
  /** Also when it could not be opened at all. */
  closed: () => void
}

export interface LiveOptions {
  /** Opens a line to the server's /api/live with the person's log-in. */
  open: (events: LineEvents) => Line
  /** Told what to read anew; "all" when anything may have been missed, as after every connection. */
  on_news: (topics: string[]) => void
  /** Between 0 and 1, so that thousands of clients do not come back in the same moment. */
  random?: () => number
  wait?: (milliseconds: number, next: () => void) => () => void
}

const first_pause = 1000
const longest_pause = 60_000

const by_timer = (milliseconds: number, next: () => void) => {
  const timer = setTimeout(next, milliseconds)
  return () => clearTimeout(timer)
}

/** Hears at once that something is new, for as long as it runs: a line that breaks is opened again, later each time. */
export class Live {
  private line: Line | undefined
  private failures = 0
  private forget_pause: (() => void) | undefined

  constructor(private readonly options: LiveOptions) {}

  /** Opens the line unless it is open; call it also when the net or the window is back, to lose no time. */
  start(): void {
    this.forget_pause?.()
    this.forget_pause = undefined
    if (this.line) return
    let is_over = false
    const line = this.options.open({
      opened: () => {
        this.failures = 0
        this.options.on_news(['all'])
      },
      heard: (text) => this.options.on_news(topics_in(text)),
      closed: () => {
        if (is_over) return
        is_over = true
        if (this.line !== line) return
        this.line = undefined
        this.come_back()
      },
    })
    this.line = line
  }

  stop(): void {
    this.forget_pause?.()
    this.forget_pause = undefined
    const line = this.line
    this.line = undefined
    line?.close()
  }

  private come_back(): void {
    const { random = Math.random, wait = by_timer } = this.options
    const pause = Math.min(longest_pause, first_pause * 2 ** this.failures++)
    this.forget_pause = wait(pause * (0.5 + random() / 2), () => this.start())
  }
}

function topics_in(text: string): string[] {
  const said = JSON.parse(text) as { new?: string[] }
  return said.new ?? []
}

/** The browser's line; its cookie goes along by itself. */
export function browser_line(url: string): LiveOptions['open'] {
  return ({ opened, heard, closed }) => {
    const socket = new WebSocket(url)
    socket.onopen = opened
    socket.onmessage = ({ data }) => heard(String(data))
    socket.onclose = closed
    return { close: () => socket.close() }
  }
}
