// What every case is given: counties to measure on, the yardstick, and how often to measure.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseKind } from '../tests/harness/database.ts'
import { free_port, Server } from '../tests/harness/server.ts'
import type { Visitor } from '../tests/harness/visitor.ts'
import { median, type Figure } from './figures.ts'

export type Case = (setting: Setting) => Promise<Figure[]>

export interface DemoCounty {
  schools: number
  pupils: number
  entries: number
}

const demo_password = 'tongxin-shu-2026'

export class Setting {
  private readonly servers: Server[] = []

  private constructor(
    /** Where the programs that only measurements use were built. */
    readonly programs: string,
    readonly is_quick: boolean,
    /** For scripts and files of the load generators. */
    readonly folder: string,
  ) {}

  static async make(programs: string, is_quick: boolean): Promise<Setting> {
    return new Setting(programs, is_quick, await mkdtemp(join(tmpdir(), 'concentric-bench-')))
  }

  get rounds(): number {
    return this.is_quick ? 3 : 5
  }

  get seconds(): number {
    return this.is_quick ? 2 : 5
  }

  /** Without anybody in it, and not yet started; gone when the case ends. */
  async empty_server(database: DatabaseKind): Promise<Server> {
    const server = await Server.prepare({ name: 'bench', database, settings: ['--log-requests', 'false'] })
    this.servers.push(server)
    return server
  }

  /** A county of its own for one case. */
  async demo_server(database: DatabaseKind, { schools, pupils, entries }: DemoCounty): Promise<Server> {
    const server = await this.empty_server(database)
    await server.command('demo', '--schools', String(schools), '--pupils', String(pupils), '--entries', String(entries))
    await server.start()
    return server
  }

  official(server: Server): Promise<Visitor> {
    return server.log_in('official', demo_password)
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

  /** The answerer that does nearly nothing, while `use` runs. */
  async with_answerer<T>(use: (url: string) => Promise<T>): Promise<T> {
    const port = await free_port()
    const answerer = spawn(join(this.programs, 'epoll_answerer'), [String(port), '2'], { stdio: 'ignore' })
    try {
      await sleep(200)
      return await use(`http://127.0.0.1:${port}/`)
    } finally {
      answerer.kill()
    }
  }

  /** The end of a case. */
  async clear(): Promise<void> {
    for (const server of this.servers.splice(0)) await server.stop()
  }

  async close(): Promise<void> {
    await this.clear()
    await rm(this.folder, { recursive: true, force: true })
  }
}
