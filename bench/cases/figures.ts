import { resident_megabytes } from '../process.ts'
import type { Figure } from '../figures.ts'
import { median } from '../figures.ts'
import { wrk } from '../load.ts'
import type { Case, Setting } from '../setting.ts'

/** Computing every figure anew from the ledger; one thread reads while another counts. */
export const rebuild: Case = async (setting) => {
  const server = await setting.demo_server('sqlite', big(setting))
  await server.stop_serving()
  const rates: number[] = []
  for (let round = 0; round < setting.rounds; ++round) {
    const said = await server.command('rebuild')
    rates.push(Number(/(\d+) 条\/秒/.exec(said)![1]))
  }
  return [{ what: 'rebuild', figure: median(rates), unit: 'entries/s', at_least: 1_000_000 }]
}

/** The table of obligations of the whole county must not grow slower with the ledger, nor cost much more than one entry by its key. */
export const obligation_table: Case = async (setting) => {
  const small = await p50_of_table(setting, 10_000)
  const large = await p50_of_table(setting, setting.is_quick ? 200_000 : 2_000_000)
  return [
    {
      what: 'obligation table, p50',
      figure: large.table,
      unit: 'ms',
      compared_with: 'with 10,000 entries, ms',
      reference: small.table,
      at_most: 1.2,
    },
    {
      what: 'obligation table, p50',
      figure: large.table,
      unit: 'ms',
      compared_with: 'one entry by key, ms',
      reference: large.key,
      at_most: 20,
    },
  ]
}

async function p50_of_table(setting: Setting, entries: number): Promise<{ table: number; key: number }> {
  const server = await setting.demo_server('sqlite', { ...big(setting), entries })
  const { token, call } = await setting.official(server)
  const { items } = await call('GET /entries', { query: { limit: 1 } })
  const load = { token, clients: 1, seconds: setting.seconds }
  const [table, key] = await setting.in_turns(
    async () => (await wrk({ ...load, url: `${server.address}/api/indicators` })).p50,
    async () => (await wrk({ ...load, url: `${server.address}/api/entries/${items[0]!.id}` })).p50,
  )
  await setting.clear()
  return { table, key }
}

function big(setting: Setting) {
  return setting.is_quick
    ? { schools: 20, pupils: 15_000, entries: 200_000 }
    : { schools: 100, pupils: 150_000, entries: 2_000_000 }
}

/** What the process holds after a start with a demo county and a few log-ins. */
export const memory: Case = async (setting) => {
  const server = await setting.demo_server('sqlite', { schools: 12, pupils: 3000, entries: 50_000 })
  const { call } = await setting.official(server)
  await call('GET /indicators', {})
  const figure: Figure = {
    what: 'memory at rest',
    figure: await resident_megabytes(server),
    unit: 'MB',
    at_most: 60,
  }
  return [figure]
}
