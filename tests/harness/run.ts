import { execFile } from 'node:child_process'

export interface RunOptions {
  input?: string
  folder?: string
  environment?: NodeJS.ProcessEnv
}

/** Runs a program to its end; gives what it printed, throws with everything that it said when it failed. */
export function run(program: string, words: string[], { input, folder, environment }: RunOptions = {}): Promise<string> {
  return new Promise((done, fail) => {
    const child = execFile(
      program,
      words,
      { cwd: folder, env: environment, maxBuffer: 64 * 1024 * 1024 },
      (error, printed, complained) => {
        if (error) fail(new Error(`${program} ${words.join(' ')} failed:\n${complained}${printed}`))
        else done(printed)
      },
    )
    child.stdin?.on('error', () => {}) // it ended without reading all of it (EPIPE); how it ended is told above
    child.stdin?.end(input ?? '')
  })
}
