// A phone that listens as the app does: one line to the server, a cursor, and what it has shown by id.
import { Live, type LineEvents } from '../../web/packages/api-client/src/index.ts'
import { Listener } from './live.ts'
import type { Server } from './server.ts'
import type { Visitor } from './visitor.ts'

export interface PhoneOptions {
  /** How many of the app's milliseconds pass in one of the phone's: a test's minute may be three seconds. */
  haste?: number
  /** Lets a look at the inbox begin; thousands of phones in one program cannot all look at once. */
  in_turn?: <T>(look: () => Promise<T>) => Promise<T>
}

export class Phone {
  /** Titles of letters by their id. */
  readonly shown = new Map<string, string>()
  connections = 0
  private cursor: string | undefined
  private readonly live: Live

  constructor(
    private readonly server: Server,
    private readonly person: Visitor,
    { haste = 1, in_turn = (look) => look() }: PhoneOptions = {},
  ) {
    let looking = Promise.resolve()
    this.live = new Live({
      open: (events) => this.open_line(events),
      // A look that fails breaks with the line, or is made up for by the next one.
      on_news: () => (looking = looking.then(() => in_turn(() => this.look())).catch(() => undefined)),
      wait: (milliseconds, next) => {
        const timer = setTimeout(next, milliseconds / haste)
        return () => clearTimeout(timer)
      },
    })
    this.live.start()
  }

  count(title: string): number {
    return [...this.shown.values()].filter((shown) => shown.endsWith(title)).length
  }

  switch_off(): void {
    this.live.stop()
  }

  private open_line({ opened, heard, closed }: LineEvents) {
    const opening = Listener.open(this.server, { token: this.person.token! })
    void opening.then(async (line) => {
      line.on_text = heard
      if (line.status === 101) {
        ++this.connections
        opened()
      }
      await line.closing(3_600_000)
      closed()
    }, closed)
    return { close: () => void opening.then((line) => line.hang_up()) }
  }

  private async look(): Promise<void> {
    for (let has_more = true; has_more;) {
      const news = await this.person.call('GET /inbox/news', { query: { after: this.cursor } })
      for (const { id, title } of news.items) this.shown.set(id, title)
      this.cursor = news.cursor
      has_more = news.has_more
    }
  }
}
