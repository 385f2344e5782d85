// What the server's process costs the machine.
import { readFile } from 'node:fs/promises'
import type { Server } from '../tests/harness/server.ts'

export async function resident_megabytes(server: Server): Promise<number> {
  const status = await readFile(`/proc/${server.process_id}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024
}

/** Since its start, in all its threads; the kernel counts in hundredths of a second. */
export async function processor_seconds(server: Server): Promise<number> {
  const stat = await readFile(`/proc/${server.process_id}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
