// Starts the real program on a port, a data folder and a database of its own, and ends it in every way that a machine can.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fresh_database, type DatabaseKind, type FreshDatabase } from './database.ts'
import { run } from './run.ts'
import { Visitor } from './visitor.ts'

export const root = resolve(import.meta.dirname, '../..')
export const program = process.env.CONCENTRIC_TEST_PROGRAM ?? join(root, 'build/release/src/concentric')

// Passwords are hashed at the least cost, and one address may ask as often as it likes: both are tested by themselves.
const usual_settings = ['--password-kibibytes', '8', '--password-passes', '1', '--anonymous-per-minute', '1000000']

export interface ServerOptions {
  /** Names the log: var/test/log/NAME-DATABASE.log */
  name: string
  database?: DatabaseKind
  /** More of the command line of `concentric serve`. */
  settings?: string[]
  /** Where it listens; a free port unless somebody else has to know it beforehand. */
  port?: number
}

export class Server {
  private process: ChildProcess | undefined
  /** Answers that say that the fault is ours; `stop` fails the test for them. */
  readonly breakdowns: string[] = []

  private constructor(
    readonly database: FreshDatabase,
    readonly folder: string,
    readonly log_file: string,
    readonly port: number,
    private readonly settings: string[],
  ) {}

  /** A fresh and empty one that is not yet started, so that commands can fill it first. */
  static async prepare(options: ServerOptions): Promise<Server> {
    const test_folder = join(root, 'var/test')
    await mkdir(join(test_folder, 'log'), { recursive: true })
    const folder = await mkdtemp(join(test_folder, 'data-'))
    const database = await fresh_database(folder, options.database)
    const log_file = join(test_folder, 'log', `${options.name}-${database.kind}.log`)
    await rm(log_file, { force: true })
    return new Server(database, folder, log_file, options.port ?? (await free_port()), options.settings ?? [])
  }

  /** A second server on the same data; its owner ends it with stop_serving. */
  async second(): Promise<Server> {
    const second = new Server(
      this.database,
      this.folder,
      this.log_file.replace(/\.log$/, '-second.log'),
      await free_port(),
      this.settings,
    )
    await second.start()
    return second
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Runs a subcommand on this server's data, such as `plan load FILE`; gives what it printed, throws when it failed. */
  command(...words: string[]): Promise<string> {
    return run(program, [...words, ...this.place(), ...usual_settings], { folder: this.folder, environment: clean_environment() })
  }

  async start(): Promise<void> {
    const log = await open(this.log_file, 'a')
    const words = ['serve', '--listen', `127.0.0.1:${this.port}`, ...this.place(), ...usual_settings, ...this.settings]
    this.process = spawn(program, words, { cwd: this.folder, env: clean_environment(), stdio: ['ignore', log.fd, log.fd] })
    await log.close()
    await this.until_ready()
  }

  visitor(): Visitor {
    return new Visitor(this)
  }

  async log_in(name: string, password: string): Promise<Visitor> {
    const visitor = this.visitor()
    await visitor.log_in(name, password)
    return visitor
  }

  /** The machine loses power, as far as the program can tell. */
  async kill9(): Promise<void> {
    await this.end('SIGKILL')
  }

  async restart(): Promise<void> {
    await this.stop_serving()
    await this.start()
  }

  /** Its data stay, for a command to look at. */
  async stop_serving(): Promise<void> {
    if (this.process) await this.end_politely()
  }

  /** Ends it, throws its data away, and fails when it did not end well or had answered with a fault of its own. */
  async stop(): Promise<void> {
    try {
      await this.stop_serving()
    } finally {
      await this.database.drop()
      await rm(this.folder, { recursive: true, force: true })
    }
    if (this.breakdowns.length > 0) throw new Error(`the server broke down (see ${this.log_file}):\n${this.breakdowns.join('\n')}`)
  }

  get process_id(): number {
    if (!this.process?.pid) throw new Error('the server does not run')
    return this.process.pid
  }

  private place(): string[] {
    return ['--data', this.folder, '--database', this.database.address]
  }

  private async until_ready(): Promise<void> {
    const deadline = Date.now() + 60_000
    while (!(await answers(`${this.address}/readyz`))) {
      if (this.process?.exitCode !== null || Date.now() > deadline)
        throw new Error(`the server did not start:\n${await this.last_words()}`)
      await sleep(20)
    }
  }

  private async end_politely(): Promise<void> {
    const status = await this.end('SIGTERM')
    if (status !== 0) throw new Error(`the server ended with ${status}:\n${await this.last_words()}`)
  }

  private async end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null> {
    const ending = this.process
    this.process = undefined
    if (!ending) throw new Error('the server does not run')
    if (ending.exitCode !== null || ending.signalCode !== null) return ending.exitCode ?? ending.signalCode
    const ended = new Promise<number | NodeJS.Signals | null>((done) => ending.once('exit', (status, by) => done(status ?? by)))
    ending.kill(signal)
    const too_late = setTimeout(() => ending.kill('SIGKILL'), 15_000)
    return ended.finally(() => clearTimeout(too_late))
  }

  private async last_words(): Promise<string> {
    const text = await readFile(this.log_file, 'utf8')
    return text.split('\n').slice(-30).join('\n')
  }
}

/** A fresh and empty one that runs. */
export async function start_server(options: ServerOptions): Promise<Server> {
  const server = await Server.prepare(options)
  await server.start()
  return server
}

/** Without the settings of whoever runs the tests. */
function clean_environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CONCENTRIC_')))
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (answer) => answer.ok,
    () => false,
  )
}

export function free_port(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => done(port))
    })
  })
}
