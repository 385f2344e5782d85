import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Case } from '../setting.ts'

/** Certificates printed on one core, and how large the file of one is. */
export const certificates: Case = async (setting) => {
  const said = execFileSync(join(setting.programs, 'certificate_loop'), [String(setting.seconds)], { encoding: 'utf8' })
  const [pages, bytes] = said.trim().split(' ').map(Number) as [number, number]
  return [
    {
      what: 'certificates, pages a second',
      figure: pages,
      unit: '/s',
      at_least: 100,
    },
    { what: 'certificates, a page', figure: bytes, unit: 'bytes', at_most: 60_000 },
  ]
}
