import { pgbench, prepare_pgbench, wrk } from '../load.ts'
import type { Case, DemoCounty } from '../setting.ts'

const county: DemoCounty = { schools: 12, pupils: 3000, entries: 50_000 }
const clients = 64

/** The smallest answer there is, against a program that does nothing else. */
export const hello: Case = async (setting) => {
  const server = await setting.demo_server('sqlite', { schools: 1, pupils: 100, entries: 1000 })
  const load = { clients, seconds: setting.seconds }
  return setting.with_answerer(async (url) => {
    const [ours, bare] = await setting.in_turns(
      async () => (await wrk({ ...load, url: `${server.address}/healthz` })).per_second,
      async () => (await wrk({ ...load, url })).per_second,
    )
    return [
      { what: 'hello over HTTP', figure: ours, unit: '/s', compared_with: 'bare epoll answerer', reference: bare, at_least: 0.6 },
    ]
  })
}

/** One ledger entry by its id: session, permission and reach included. */
export const entry_by_key: Case = async (setting) => [await entry_on_sqlite(setting), await entry_on_postgresql(setting)]

const entry_on_sqlite = async (setting: Parameters<Case>[0]) => {
  const load = await one_entry(setting, 'sqlite')
  return setting.with_answerer(async (url) => {
    const [ours, bare] = await setting.in_turns(
      async () => (await wrk(load)).per_second,
      async () => (await wrk({ url, clients, seconds: setting.seconds })).per_second,
    )
    return {
      what: 'entry by key, SQLite',
      figure: ours,
      unit: '/s',
      compared_with: 'bare epoll answerer',
      reference: bare,
      at_least: 0.4,
    }
  })
}

const entry_on_postgresql = async (setting: Parameters<Case>[0]) => {
  const load = await one_entry(setting, 'postgresql')
  const database = process.env.CONCENTRIC_TEST_POSTGRES!
  await prepare_pgbench(database)
  const [ours, bare] = await setting.in_turns(
    async () => (await wrk(load)).per_second,
    () => pgbench({ database, clients, seconds: setting.seconds, folder: setting.folder }),
  )
  return { what: 'entry by key, PostgreSQL', figure: ours, unit: '/s', compared_with: 'pgbench -S', reference: bare, at_least: 0.6 }
}

async function one_entry(setting: Parameters<Case>[0], database: 'sqlite' | 'postgresql') {
  const server = await setting.demo_server(database, county)
  const official = await setting.official(server)
  const { items } = await official.call('GET /entries', { query: { limit: 1 } })
  return { url: `${server.address}/api/entries/${items[0]!.id}`, token: official.token, clients, seconds: setting.seconds }
}
