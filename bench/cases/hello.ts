import { wrk } from '../load.ts'
import type { Case } from '../setting.ts'

/** The smallest answer there is, against a program that does nothing else. */
export const hello: Case = async (setting) => {
  const server = await setting.demo_server('sqlite')
  const load = { clients: 64, seconds: setting.seconds }
  return setting.with_answerer(async (url) => {
    const [ours, bare] = await setting.in_turns(
      async () => (await wrk({ ...load, url: `${server.address}/healthz` })).per_second,
      async () => (await wrk({ ...load, url })).per_second,
    )
    return [{ what: 'hello over HTTP, 64 clients', figure: ours, unit: '/s', compared_with: 'bare epoll answerer', reference: bare, bar: 0.6 }]
  })
}
