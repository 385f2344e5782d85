// What every case is given.
import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { median } from './figures.ts'
import { free_port } from '../tests/harness/server.ts'

export class Setting {
  constructor(
    /** Where the programs that only measurements use were built. */
    readonly programs: string,
    readonly is_quick: boolean,
  ) {}

  get rounds(): number {
    return this.is_quick ? 3 : 5
  }

  get seconds(): number {
    return this.is_quick ? 2 : 5
  }

  /** Ours and the yardstick in turns, so that both meet the same weather; the medians of both. */
  async in_turns(ours: () => Promise<number>, yardstick: () => Promise<number>): Promise<[number, number]> {
    const figures: [number[], number[]] = [[], []]
    for (let round = 0; round < this.rounds; ++round) {
      figures[0].push(await ours())
      figures[1].push(await yardstick())
    }
    return [median(figures[0]), median(figures[1])]
  }

  async times(measure: () => Promise<number>): Promise<number> {
    const figures: number[] = []
    for (let round = 0; round < this.rounds; ++round) figures.push(await measure())
    return median(figures)
  }

  /** The answerer that does nearly nothing, while `use` runs. */
  async with_answerer<T>(use: (url: string) => Promise<T>): Promise<T> {
    const port = await free_port()
    const answerer = spawn(`${this.programs}/epoll_answerer`, [String(port), '2'], { stdio: 'ignore' })
    try {
      await sleep(200)
      return await use(`http://127.0.0.1:${port}/`)
    } finally {
      answerer.kill()
    }
  }
}

export type Case = (setting: Setting) => Promise<import('./figures.ts').Figure[]>
