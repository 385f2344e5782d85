import type { DatabaseKind } from '../../tests/harness/database.ts'
import { median, type Figure } from '../figures.ts'
import type { Case, Setting } from '../setting.ts'

// What a person waits without losing the thread (Nielsen, Usability Engineering, 1993).
const milliseconds_of_a_thought = 1000

/** The lists that look at a whole county. Asked often enough that PostgreSQL has settled on its plans. */
const lists = (county: string, school: string) => [
  `/organisations/${county}`,
  `/entries?unit=${school}`,
  '/people?q=王',
  '/posts',
  '/volunteers',
  '/volunteers?search=王',
  '/like-carers',
  '/delivery-gaps',
  `/delivery-gaps/${county}/families`,
  '/unplaced',
  '/former-pupils',
  '/notices',
  '/check-campaigns',
  '/privacy/consents',
]

export const pages: Case = async (setting) => [await slowest(setting, 'sqlite'), await slowest(setting, 'postgresql')]

async function slowest(setting: Setting, database: DatabaseKind): Promise<Figure> {
  const pupils = setting.is_quick ? 10_000 : 60_000
  const server = await setting.demo_server(database, { schools: pupils / 1000, pupils, entries: pupils * 10 })
  const official = await setting.official(server)
  const { organisation } = (await official.call('GET /session')).acting_as!
  const [school] = (await official.call('GET /organisations', { query: { kind: ['school'], limit: 1 } })).items
  const took: { path: string; milliseconds: number }[] = []
  for (const path of lists(organisation.id, school!.id)) {
    const times: number[] = []
    for (let time = 0; time < 16; ++time) {
      const from = performance.now()
      const answer = await official.send('GET', encodeURI(`/api${path}`))
      if (answer.status !== 200) throw new Error(`GET ${path} was answered with ${answer.status}`)
      times.push(performance.now() - from)
    }
    took.push({ path, milliseconds: median(times.slice(-4)) })
  }
  const last = took.toSorted((a, b) => b.milliseconds - a.milliseconds)[0]!
  return {
    what: `slowest list of ${pupils / 1000},000 pupils, ${database === 'sqlite' ? 'SQLite' : 'PostgreSQL'}: ${last.path}`,
    figure: last.milliseconds,
    unit: 'ms',
    compared_with: 'what a person waits, ms',
    reference: milliseconds_of_a_thought,
    at_most: 1,
  }
}
