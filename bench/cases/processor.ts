import type { Figure } from '../figures.ts'
import { wrk, type HttpLoad } from '../load.ts'
import { processor_seconds } from '../process.ts'
import type { Case } from '../setting.ts'
import { append_script } from './appends.ts'

/** Processor time that one request takes, against what Moodle takes for the nearest thing (measured on the same kind of machine). */
export const processor: Case = async (setting) => {
  const server = await setting.demo_server('sqlite', { schools: 12, pupils: 3000, entries: 50_000 })
  const { token, call } = await setting.official(server)
  const pupils = (await call('GET /people', { query: { kind: 'student', limit: 200 } })).items.map(({ id }) => id)
  const { indicators } = await call('GET /indicators', {})
  const missing = indicators.find((indicator) => indicator.missing > 25)!
  const per_request = async (what: string, moodle: string, milliseconds: number, request: Partial<HttpLoad>): Promise<Figure> => {
    const before = await processor_seconds(server)
    const { requests } = await wrk({ url: server.address, clients: 16, seconds: setting.seconds, token, ...request })
    const figure = ((await processor_seconds(server)) - before) * (1000 / requests)
    return {
      what: `processor, ${what}`,
      figure,
      unit: 'ms',
      compared_with: `Moodle, ${moodle}, ms`,
      reference: milliseconds,
      at_most: 0.01,
    }
  }
  const at = (path: string) => ({ url: server.address + path })
  return [
    await per_request('who is logged in', 'smallest web-service read', 15, at('/api/session')),
    await per_request('an entry appended', 'an activity marked complete', 19, {
      ...at('/api/entries'),
      script: await append_script(setting, pupils),
    }),
    await per_request('a pupil’s file', 'a course page', 62, at(`/api/people/${pupils[0]}`)),
    await per_request('the table of obligations', 'a dashboard', 130, at('/api/indicators')),
    await per_request(
      '25 who are missing',
      '25 rows of a progress report',
      160,
      at(`/api/indicators/${missing.number}/subjects?state=missing&limit=25`),
    ),
  ]
}
