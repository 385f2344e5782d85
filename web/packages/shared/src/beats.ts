// What a player tells the server: the stretches that were really shown, in order, so that each second can be credited.

export interface Stretch {
  from_ms: number
  to_ms: number
  speed: number
  position_ms: number
}

export interface BeatAnswer {
  outcome: 'credited' | 'elsewhere' | 'refused'
  credited_to_ms: number
  learnt: number
  is_completed: boolean
}

export const beat_every_ms = 10_000
/** How far a position may run ahead between two looks and still be playing rather than a leap. */
const longest_step_ms = 2_500

/** Follows a player. `send` hands a stretch over; what the server did not credit yet goes with the next one. */
export class Watcher {
  private from = 0
  private to = 0
  private speed = 100
  private sent_at = 0
  private is_sending = false

  constructor(
    private readonly send: (stretch: Stretch) => Promise<BeatAnswer>,
    private readonly told: (answer: BeatAnswer) => void,
    private readonly now: () => number = () => Date.now(),
  ) {}

  /** The player plays from here, at this speed in per cent. */
  begin(position_ms: number, speed: number) {
    this.from = this.to = Math.round(position_ms)
    this.speed = speed
    this.sent_at = this.now()
  }

  /** The player has come to here. A leap, back or ahead, begins a new stretch after the old one was handed over. */
  async reach(position_ms: number) {
    const position = Math.round(position_ms)
    const step = position - this.to
    if (step < 0 || step > (longest_step_ms * this.speed) / 100) {
      await this.hand_over()
      this.begin(position, this.speed)
      return
    }
    this.to = position
    if (this.now() - this.sent_at >= beat_every_ms) await this.hand_over()
  }

  async change_speed(speed: number) {
    await this.hand_over()
    this.speed = speed
  }

  /** Hands over what is there; false when nothing was. */
  async hand_over(): Promise<boolean> {
    if (this.is_sending || this.to <= this.from) return false
    this.is_sending = true
    this.sent_at = this.now()
    const { from, to } = this
    try {
      const answer = await this.send({ from_ms: from, to_ms: to, speed: this.speed, position_ms: to })
      if (this.from === from) this.from = answer.outcome === 'credited' ? Math.min(Math.max(answer.credited_to_ms, from), to) : to
      this.told(answer)
    } finally {
      this.is_sending = false
    }
    return true
  }

  /** What was shown and is not credited, whether it was tried or not. */
  get left_over(): Stretch | undefined {
    return this.is_behind ? { from_ms: this.from, to_ms: this.to, speed: this.speed, position_ms: this.to } : undefined
  }

  /** Whether a part of what was shown is not credited yet. */
  get is_behind() {
    return this.to - this.from >= 500
  }
}
