// soak.ts MINUTES PHONES: writers go on while everything under them breaks; afterwards the ledger holds what was acknowledged, each
// fact once. Then phones listen, families rush for places and gates hand in scans while the server is killed under them.
import { setTimeout as sleep } from 'node:timers/promises'
import { entries_about } from '../harness/book.ts'
import { make_county, type County } from '../harness/county.ts'
import type { DatabaseKind } from '../harness/database.ts'
import { load_plan, small_plan } from '../harness/plans.ts'
import { disturbances_of } from './disturbances.ts'
import { faults_in } from './faults.ts'
import { listen_through_crashes } from './listening.ts'
import { rush_through_crashes } from './rushing.ts'
import { write_on, type Fact, type Writer } from './writers.ts'

const milliseconds = Number(process.argv[2]) * 60_000
const phones = Number(process.argv[3])
const manners: Writer['manner'][] = ['key', 'source', 'once']

async function soak(database: DatabaseKind): Promise<string[]> {
  const county = await make_county({ name: 'soak', database })
  try {
    await load_plan(county.official, small_plan)
    const until = Date.now() + milliseconds
    const writers = Array.from({ length: 15 }, (_, number): Writer => {
      const pupil = county.east.pupils[Math.floor(number / 5)]!.id
      return { visitor: county.east.leader, pupil, number, manner: manners[number % 3]! }
    })
    const writing = Promise.all(writers.map((writer) => write_on(writer, () => Date.now() > until)))
    const [facts, disturbed] = await Promise.all([writing, disturb(county, database, until)])
    console.log(`${database}: ${disturbed}`)
    return await faults_of(county, facts.flat())
  } finally {
    await county.server.stop()
  }
}

/** Breaks one thing after the other; tells how often each. */
async function disturb({ server }: County, database: DatabaseKind, until: number): Promise<string> {
  const all = Object.entries(disturbances_of(database))
  const counts = new Map<string, number>()
  while (Date.now() < until) {
    const [name, happen] = all[Math.floor(Math.random() * all.length)]!
    await sleep(200 + Math.random() * 2500)
    await happen(server)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => `${name} ${count}×`).join(', ')
}

async function faults_of(county: County, facts: Fact[]): Promise<string[]> {
  const stored = new Map<number, number>()
  for (const { id } of county.east.pupils)
    for (const { happened_at } of await entries_about(county.east.leader, id)) {
      const second = Date.parse(happened_at) / 1000
      stored.set(second, (stored.get(second) ?? 0) + 1)
    }
  const acknowledged = facts.filter((fact) => fact.is_acknowledged)
  const sent = new Set(facts.map(({ second }) => second))
  console.log(`  ${facts.length} facts sent, ${acknowledged.length} acknowledged, ${stored.size} stored`)
  await county.server.stop_serving()
  const said = await county.server.command('rebuild', '--check')
  return faults_in({
    'acknowledged and not stored': acknowledged.filter(({ second }) => !stored.has(second)).length,
    'stored more than once': [...stored.values()].filter((count) => count > 1).length,
    'stored and never sent': [...stored.keys()].filter((second) => !sent.has(second)).length,
    'figures that differ from rebuilt ones': /differ/i.test(said) ? 1 : 0,
    'no write at all': acknowledged.length === 0 ? 1 : 0,
  })
}

let failed = false
const tell = (faults: string[], praise: string) => {
  console.log(faults.length === 0 ? `  ${praise}` : `  ${faults.join('\n  ')}`)
  failed ||= faults.length > 0
}
for (const database of ['sqlite', 'postgresql'] as const) {
  if (milliseconds > 0) tell(await soak(database), 'nothing was lost, nothing is there twice, rebuilt figures agree')
  console.log(`${database}: ${phones} phones listen`)
  tell(await listen_through_crashes({ database, phones, crashes: 3 }), 'all came back, and each saw every notice once')
  console.log(`${database}: ${phones} families rush for places`)
  tell(await rush_through_crashes({ database, people: phones, crashes: 3 }), 'every place and every scan is there once')
}
process.exit(failed ? 1 : 0)
