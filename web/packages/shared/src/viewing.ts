import { Watcher, type BeatAnswer, type Stretch } from './beats'

export interface LessonProgress {
  learnt: number
  is_completed: boolean
}

/** What the server offers to a player of one lesson. */
export interface ViewingServer {
  open: () => Promise<{ id: string } & LessonProgress>
  beat: (viewing: string, stretch: Stretch) => Promise<BeatAnswer>
}

/** A player of one lesson, known to the server: opened when it first plays, and again after another one took its place. */
export class Viewing {
  private id = ''
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly watcher: Watcher

  constructor(
    private readonly server: ViewingServer,
    private readonly on_progress: (progress: LessonProgress) => void,
    private readonly on_elsewhere: () => void,
  ) {
    this.watcher = new Watcher(
      (stretch) => server.beat(this.id, stretch),
      (answer) => this.told(answer),
    )
  }

  private told(answer: BeatAnswer) {
    if (answer.outcome !== 'elsewhere') return this.on_progress(answer)
    this.id = ''
    this.on_elsewhere()
  }

  /** Under which the server knows it; empty while it does not play. */
  get present(): string {
    return this.id
  }

  /** Throws where the server does not let it play. */
  async open() {
    if (this.id) return
    const opened = await this.server.open()
    this.id = opened.id
    this.on_progress(opened)
  }

  begin(position_ms: number, speed: number) {
    this.watcher.begin(position_ms, speed)
  }

  async reach(position_ms: number) {
    if (this.id) await unless_lost(this.watcher.reach(position_ms))
  }

  async change_speed(speed: number) {
    await unless_lost(this.watcher.change_speed(speed))
  }

  /** Hands over the last of it, and what the server's clock could not credit at once a second later. */
  async rest() {
    if (!this.id) return
    await unless_lost(this.watcher.hand_over())
    clearTimeout(this.timer)
    if (this.id && this.watcher.is_behind) this.timer = setTimeout(() => void this.rest(), 1_000)
  }

  /** The player goes away for good; gives what could not be handed over. */
  async leave(): Promise<{ viewing: string; stretch: Stretch } | undefined> {
    await this.rest()
    clearTimeout(this.timer)
    const stretch = this.watcher.left_over
    return this.id && stretch ? { viewing: this.id, stretch } : undefined
  }
}

/** Lost while the line is down: the next beat takes the stretch along. */
async function unless_lost(step: Promise<unknown>) {
  await step.catch(() => undefined)
}
