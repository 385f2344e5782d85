// Runs the cases that are named (all when none is), prints one table and writes var/bench/results.json.
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { root } from '../tests/harness/server.ts'
import { is_met, ratio_of, table_of, type Figure } from './figures.ts'
import { cases } from './cases/all.ts'
import { Setting } from './setting.ts'

const words = process.argv.slice(2)
const is_quick = words.includes('--quick')
const names = words.filter((word) => !word.startsWith('--'))
const unknown = names.filter((name) => !(name in cases))
if (unknown.length > 0) {
  console.error(`There is no case ${unknown.join(', ')}; there are: ${Object.keys(cases).join(', ')}`)
  process.exit(2)
}

const setting = await Setting.make(join(root, 'build/release/bench'), is_quick)
const figures: Figure[] = []
let broken = 0
for (const name of names.length > 0 ? names : Object.keys(cases)) {
  const from = Date.now()
  process.stderr.write(`${name} …`)
  try {
    figures.push(...(await cases[name]!(setting)))
    process.stderr.write(` ${Math.round((Date.now() - from) / 1000)} s\n`)
  } catch (error) {
    ++broken
    process.stderr.write(` broke: ${(error as Error).message}\n`)
  } finally {
    await setting.clear()
  }
}

await setting.close()
console.log(`\n${table_of(figures)}`)
const folder = join(root, 'var/bench')
await mkdir(folder, { recursive: true })
const report = {
  at: new Date().toISOString(),
  processor: cpus()[0]?.model,
  cores: cpus().length,
  rounds: setting.rounds,
  figures: figures.map((figure) => ({ ...figure, ratio: ratio_of(figure), is_met: is_met(figure) })),
}
await writeFile(join(folder, 'results.json'), JSON.stringify(report, null, 2) + '\n')
process.exit(broken > 0 || figures.some((figure) => !is_met(figure)) ? 1 : 0)
