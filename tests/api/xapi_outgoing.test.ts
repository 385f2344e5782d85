// What the ledger says about learning, told to other platforms: read by them, handed on, and as a file.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { make_county, password, type County } from '../harness/county.ts'
import { eventually } from '../harness/eventually.ts'
import { StandIn } from '../harness/stand_in.ts'
import { account, add_platform, add_rule, home, number_of, Platform, statement, verb, type Account } from '../harness/xapi.ts'

let county: County
let player: Platform
let ours: Account
beforeAll(async () => {
  county = await make_county({ name: 'xapi-outgoing', settings: ['--public-url', 'https://tongxin.example'] })
  player = await add_platform(county, county.east.leader, 'send')
  await add_rule(county.east.leader)
  ours = await number_of(county.east.leader, county.east.pupils[0]!.student!.carers[0]!.person)
  for (const lesson of [1, 2, 3]) await sent(statement(ours, `lessons/${lesson}`))
})
afterAll(() => county?.server.stop())

let lessons = 100
const fresh_lesson = () => `lessons/${++lessons}`
const sent = async (body: unknown) => {
  const answer = await player.post(body)
  expect(answer.status, answer.text).toBe(200)
  return answer.json as string[]
}

describe('what the ledger says', () => {
  test('is read by a log-in of the school: numbers, stable ids, no name, and nothing of other schools', async () => {
    const reader = await add_platform(county, county.east.leader, 'read')
    const western = await add_platform(county, county.west.leader, 'read')
    const lesson = fresh_lesson()
    await sent(statement(ours, lesson))

    const { json, text } = await reader.find({ agent: JSON.stringify({ account: ours }), activity: `${home}/${lesson}` })

    expect(json.statements).toHaveLength(1)
    const [told] = json.statements
    expect(told).toMatchObject({
      actor: { account: ours },
      verb: { id: verb('completed') },
      object: { id: `${home}/${lesson}`, definition: { name: { 'zh-CN': '第七课' } } },
      result: { completion: true, duration: 'PT10M' },
    })
    for (const name of ['李', '城东', '138']) expect(text.replaceAll(ours.name, '')).not.toContain(name)
    expect((await reader.find({ statementId: told.id })).json).toEqual(told)
    expect((await western.find({ statementId: told.id })).status).toBe(404)
    expect(await western.all()).toEqual([])
  })

  test('voids the record of an entry that was taken back', async () => {
    const reader = await add_platform(county, county.official, 'read')
    const lesson = fresh_lesson()
    const [id] = await sent(statement(ours, lesson))
    const [told] = (await reader.find({ activity: `${home}/${lesson}` })).json.statements

    await sent({ actor: { account: account('admin') }, verb: { id: verb('voided') }, object: { objectType: 'StatementRef', id } })

    expect((await reader.find({ statementId: told.id })).status).toBe(404)
    expect((await reader.find({ voidedStatementId: told.id })).json.id).toBe(told.id)
    const voidings = (await reader.find({ verb: verb('voided'), limit: '500' })).json.statements
    expect(voidings.map((each: any) => each.object.id)).toContain(told.id)
  })

  test('is found with what voids it by whatever finds the record that was voided', async () => {
    const reader = await add_platform(county, county.official, 'read')
    const platform = JSON.stringify({ account: { homePage: 'https://tongxin.example', name: 'platform' } })
    const agent = JSON.stringify({ account: ours })
    const activity = `${home}/${fresh_lesson()}`
    const [id] = await sent(statement(ours, activity.slice(home.length + 1)))
    const [told] = await reader.all({ activity })
    await sent({ actor: { account: account('admin') }, verb: { id: verb('voided') }, object: { objectType: 'StatementRef', id } })

    const voiding = await reader.all({ activity })

    expect(voiding).toHaveLength(1)
    expect((await reader.find({ statementId: voiding[0]! })).json.object).toEqual({ objectType: 'StatementRef', id: told })
    const found = async (query: Record<string, string>) => {
      const ids = await reader.all(query)
      expect(ids).not.toContain(told)
      return ids.includes(voiding[0]!)
    }
    expect(await found({ agent })).toBe(true)
    expect(await found({ agent, verb: verb('completed') })).toBe(true)
    expect(await found({ agent: platform })).toBe(true)
    expect(await found({ agent: platform, related_agents: 'true' })).toBe(true)
    expect(await found({ agent: platform, verb: verb('voided') })).toBe(true)
    expect(await reader.all({ agent, verb: verb('voided') })).toEqual([])
    expect(await reader.all({ activity, verb: verb('voided') })).toEqual([])
    expect(await reader.all({ agent: platform, verb: verb('completed') })).toEqual([])
    expect(await reader.all({ activity, since: new Date(Date.now() + 60_000).toISOString() })).toEqual([])
    expect(await reader.all({ agent: platform })).toEqual(await reader.all({ verb: verb('voided') }))
  })

  test('is paged in both orders, each record once', async () => {
    const reader = await add_platform(county, county.official, 'read')

    const down = await reader.all({ limit: '2' })
    const up = await reader.all({ limit: '3', ascending: 'true' })

    expect(down.length).toBeGreaterThan(4)
    expect(new Set(down).size).toBe(down.length)
    expect(up).toEqual(down.toReversed())
  })
})

describe('another record store', () => {
  /** Nothing younger than a minute is handed on; so what was learnt today was learnt an hour earlier too. */
  beforeAll(() =>
    county.server.database.execute(
      `INSERT INTO entries (county, id, kind, happened_at, recorded_at, recorded_by, person, student, unit, resource, minutes, count,
       source, reverses, reason, data) SELECT county, id - ${3_600_000n << 21n}, kind, happened_at, recorded_at - 3600000, recorded_by,
       person, student, unit, resource, minutes, count, source || ':before', reverses, reason, data FROM entries
       WHERE source LIKE 'xapi:%' AND reverses = 0`,
    ),
  )

  test('is handed everything in order, again after a failure, and goes on where it was', async () => {
    const { official } = county
    const received: any[] = []
    let is_well = false
    const store = await StandIn.start((request, reply) => {
      if (is_well) received.push(...JSON.parse(request.body))
      reply.writeHead(is_well ? 200 : 503).end('[]')
    })
    await official.call('PUT /session/confirmation', { body: { password } })
    await official.call('PUT /xapi-stream', {
      body: { is_on: true, address: store.address, user_name: 'county', secret: 'well kept' },
    })
    const run = () => county.server.database.execute(`UPDATE jobs SET run_at = 1 WHERE kind = 'xapi_stream' AND state = 'waiting'`)

    await run()
    await eventually(async () => {
      await run()
      return (await official.call('GET /xapi-stream')).failures > 0
    }, 60)
    expect(await official.call('GET /xapi-stream')).toMatchObject({ problem: 'HTTP 503', sent: 0, has_secret: true })
    is_well = true
    await county.server.database.execute('UPDATE xapi_streams SET next_at = 0')
    await eventually(async () => {
      await run()
      return !(await official.call('GET /xapi-stream')).is_waiting
    }, 60)

    const shown = await official.call('GET /xapi-stream')
    expect(shown).toMatchObject({ failures: 0, sent: received.length })
    expect(received.length).toBeGreaterThan(4)
    expect(new Set(received.map(({ id }) => id)).size).toBe(received.length)
    expect(store.received.at(-1)!.headers.authorization).toBe(`Basic ${btoa('county:well kept')}`)
    expect(store.received.at(-1)!.headers['x-experience-api-version']).toBe('1.0.3')
    await store.stop()
  })

  test('must be asked over https, and with a secret', async () => {
    await county.official.call('PUT /session/confirmation', { body: { password } })
    const body = { is_on: true, address: 'http://store.example', user_name: 'a', secret: 'b' }

    const plain = await county.official.send('PUT', '/api/xapi-stream', { body })

    expect(plain.status).toBe(422)
    expect(plain.json.problems).toMatchObject([{ path: '/address' }])
  })

  test('or else gets a file, one record a line, continued by the id of the last', async () => {
    await county.official.call('PUT /session/confirmation', { body: { password } })

    const all = (await county.official.send('GET', '/api/xapi-records.jsonl')).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const rest = (await county.official.send('GET', `/api/xapi-records.jsonl?after=${all[2].id}`)).text.trim().split('\n')

    expect(rest.map((line) => JSON.parse(line).id)).toEqual(all.slice(3).map(({ id }) => id))
    expect((await county.official.send('GET', `/api/xapi-records.jsonl?after=${randomUUID()}`)).status).toBe(422)
  })
})
