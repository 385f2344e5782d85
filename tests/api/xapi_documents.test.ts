// What other programs keep with us between two sittings (xAPI 1.0.3: state, activity profile and agent profile).
import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_pupil, make_county, type County } from '../harness/county.ts'
import { account, add_platform, home, number_of, Platform, statement, type Account } from '../harness/xapi.ts'

let county: County
let player: Platform
let other: Platform
let reader: Platform
beforeAll(async () => {
  county = await make_county({ name: 'xapi-documents', settings: ['--public-url', 'https://tongxin.example'] })
  player = await add_platform(county, county.east.leader, 'send')
  other = await add_platform(county, county.east.leader, 'send', '另一个平台')
  reader = await add_platform(county, county.east.leader, 'read')
})
afterAll(() => county?.server.stop())

const activity = `${home}/lessons/7`
const agent = (who: Account = account('4711')) => JSON.stringify({ account: who })
type Query = Record<string, string>
const json = { 'content-type': 'application/json' }
const sha1 = (bytes: string | Buffer) => createHash('sha1').update(bytes).digest('hex')
const at = (path: string, query: Query) => `${path}?${new URLSearchParams(query)}`

/** The three resources, each with the parameters of a fresh place and the name of its document. */
const resources = [
  ['activities/state', 'stateId', () => ({ activityId: `${home}/${randomUUID()}`, agent: agent() })],
  ['activities/profile', 'profileId', () => ({ activityId: `${home}/${randomUUID()}` })],
  ['agents/profile', 'profileId', () => ({ agent: agent(account(randomUUID())) })],
] as const

describe.each(resources)('%s', (path, id, place) => {
  const fresh = () => ({ ...place(), [id]: 'bookmark' }) as Query

  test('gives back the bytes that were put, whatever they are, with type, ETag and time', async () => {
    const query = fresh()
    const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff, 13, 10])

    expect((await player.bytes('PUT', at(path, query), picture, { 'content-type': 'image/png' })).status).toBe(204)
    const { status, headers, bytes } = await player.bytes('GET', at(path, query))

    expect(status).toBe(200)
    expect(bytes).toEqual(picture)
    expect(headers.get('content-type')).toBe('image/png')
    // printf '\x89PNG\x00\xff\r\n' | sha1sum
    expect(headers.get('etag')).toBe(`"${sha1(picture)}"`)
    expect(Math.abs(Date.parse(headers.get('last-modified')!) - Date.now())).toBeLessThan(60_000)
    expect(headers.get('x-experience-api-version')).toBe('1.0.3')
    expect(headers.get('content-security-policy')).toContain('sandbox')
    const head = await player.bytes('HEAD', at(path, query))
    expect([head.status, head.headers.get('etag'), head.bytes.length]).toEqual([200, headers.get('etag'), 0])
    const again = await player.bytes('GET', at(path, query), undefined, { 'if-none-match': headers.get('etag')! })
    expect(again.status).toBe(304)
  })

  test('merges what is posted into the object that is there, at the top alone', async () => {
    const query = fresh()

    expect((await player.ask('POST', at(path, query), '{"x":"foo","y":{"a":1,"b":2}}', json)).status).toBe(204)
    expect((await player.ask('POST', at(path, query), '{"y":{"a":3},"z":"faz"}', json)).status).toBe(204)

    expect((await player.ask('GET', at(path, query))).json).toEqual({ x: 'foo', y: { a: 3 }, z: 'faz' })
    expect((await player.ask('POST', at(path, query), '[1]', json)).status).toBe(400)
    expect((await player.ask('POST', at(path, query), '{}', { 'content-type': 'text/plain' })).status).toBe(400)
    expect((await player.ask('GET', at(path, query))).json).toEqual({ x: 'foo', y: { a: 3 }, z: 'faz' })
  })

  test('tells the ids, and those changed since a moment', async () => {
    const where = place() as Query
    await player.ask('PUT', at(path, { ...where, [id]: 'one' }), '1', json)
    const between = new Date(Date.now() + 1).toISOString()
    await new Promise((done) => setTimeout(done, 20))
    await player.ask('PUT', at(path, { ...where, [id]: 'two' }), '2', json)

    const all = await player.ask('GET', at(path, where))
    expect([all.status, all.json]).toEqual([200, ['one', 'two']])
    expect(all.headers.get('last-modified')).not.toBeNull()
    expect((await player.ask('GET', at(path, { ...where, since: between }))).json).toEqual(['two'])
    expect((await player.ask('GET', at(path, { ...where, since: 'yesterday' }))).status).toBe(400)
    expect((await player.ask('GET', at(path, place() as Query))).json).toEqual([])
  })

  test('is removed, and what is not there is gone already', async () => {
    const query = fresh()
    await player.ask('PUT', at(path, query), '1', json)

    expect((await player.ask('DELETE', at(path, query))).status).toBe(204)

    expect((await player.ask('GET', at(path, query))).status).toBe(404)
    expect((await player.ask('DELETE', at(path, query))).status).toBe(204)
  })

  test('changes only from the state that its sender saw', async () => {
    const query = fresh()
    const put = (body: string, headers: Query = {}) => player.ask('PUT', at(path, query), body, { ...json, ...headers })
    expect((await put('1', { 'if-match': '"x"' })).status).toBe(412)
    expect((await put('1', { 'if-none-match': '*' })).status).toBe(204)
    expect((await put('2', { 'if-none-match': '*' })).status).toBe(412)
    const tag = `"${sha1('1')}"`

    expect((await put('2', { 'if-match': `"${sha1('0')}"` })).status).toBe(412)
    expect((await put('2', { 'if-match': tag })).status).toBe(204)
    expect((await put('3', { 'if-match': tag })).status).toBe(412)
    expect((await player.ask('POST', at(path, query), '{}', { ...json, 'if-match': tag })).status).toBe(412)
    expect((await player.ask('DELETE', at(path, query), undefined, { 'if-match': tag })).status).toBe(412)
    expect((await player.ask('GET', at(path, query))).text).toBe('2')
    expect((await player.ask('DELETE', at(path, query), undefined, { 'if-match': `"${sha1('2')}"` })).status).toBe(204)
  })

  test('put by whoever has not seen it is a conflict for profiles alone', async () => {
    const query = fresh()
    await player.ask('PUT', at(path, query), '1', json)

    const blind = await player.ask('PUT', at(path, query), '2', json)

    expect(blind.status).toBe(path === 'activities/state' ? 204 : 409)
    if (blind.status === 409) expect(blind.text).toContain('If-Match')
  })

  test('is of the log-in that keeps it, and of no other', async () => {
    const query = fresh()
    await player.ask('PUT', at(path, query), '"mine"', json)
    expect((await other.ask('GET', at(path, query))).status).toBe(404)
    expect((await other.ask('DELETE', at(path, query))).status).toBe(204)

    expect((await other.ask('PUT', at(path, query), '"theirs"', json)).status).toBe(204)

    expect((await player.ask('GET', at(path, query))).text).toBe('"mine"')
    expect((await other.ask('GET', at(path, query))).text).toBe('"theirs"')
    for (const method of ['GET', 'PUT', 'POST', 'DELETE'])
      expect((await reader.ask(method, at(path, query), method === 'GET' ? undefined : '{}')).status, method).toBe(403)
  })

  const refused: [string, number, Query, Query, string][] = [
    ['another version', 400, {}, { 'x-experience-api-version': '0.95' }, '1'],
    ['no log-in', 401, {}, { authorization: 'Basic x' }, '1'],
    ['no name', 400, { [id]: '' }, json, '1'],
    ['a phone number for a name', 400, { [id]: '13800138000' }, json, '1'],
    ['a name without end', 400, { [id]: 'x'.repeat(1001) }, json, '1'],
    ['half a JSON', 400, {}, json, '{"half'],
    ['a type that is none', 400, {}, { 'content-type': 'picture' }, '1'],
    ['more than 1 MiB', 413, {}, { 'content-type': 'text/plain' }, 'x'.repeat((1 << 20) + 1)],
    ...('activityId' in place() ? [['a bad activity', 400, { activityId: 'lesson seven' }, json, '1'] as never] : []),
    ...('agent' in place()
      ? ([
          ['a bad agent', 400, { agent: '{"name":"x"}' }, json, '1'],
          ['a group', 400, { agent: '{"objectType":"Group","openid":"https://a.example"}' }, json, '1'],
          ['a phone number as an agent', 400, { agent: agent(account('13800138000')) }, json, '1'],
        ] as never[])
      : []),
  ]
  test.each(refused)('refuses %s with %i', async (_, status, wrong, headers, body) => {
    const answer = await player.ask('PUT', at(path, { ...fresh(), ...wrong }), body, headers)

    expect(answer.status, answer.text).toBe(status)
  })

  test('refuses what leaves a parameter out', async () => {
    for (const name of Object.keys(fresh())) {
      const query = fresh()
      delete query[name]
      expect((await player.ask('PUT', at(path, query), '1', json)).status, name).toBe(400)
    }
  })
})

describe('the state of a learner', () => {
  const state = (query: Query) => at('activities/state', { activityId: activity, agent: agent(), ...query })

  test('is one of each registration, and of none', async () => {
    const registration = randomUUID()
    await player.ask('PUT', state({ stateId: 'page' }), '1', json)
    await player.ask('PUT', state({ stateId: 'page', registration }), '2', json)
    await player.ask('PUT', state({ stateId: 'sound', registration }), '3', json)

    expect((await player.ask('GET', state({ stateId: 'page' }))).json).toBe(1)
    expect((await player.ask('GET', state({ stateId: 'page', registration: registration.toUpperCase() }))).json).toBe(2)
    expect((await player.ask('GET', state({ registration }))).json).toEqual(['page', 'sound'])
    expect((await player.ask('GET', state({}))).json).toEqual(['page', 'sound'])
    expect((await player.ask('GET', state({ registration: randomUUID() }))).json).toEqual([])
    expect((await player.ask('GET', state({ registration: 'x' }))).status).toBe(400)

    expect((await player.ask('DELETE', state({ registration }))).status).toBe(204)
    expect((await player.ask('GET', state({}))).json).toEqual(['page'])
    expect((await player.ask('DELETE', state({}))).status).toBe(204)
    expect((await player.ask('GET', state({}))).json).toEqual([])
  })

  test('is not told of another learner, and lies sealed', async () => {
    await player.ask('PUT', state({ stateId: 'secret' }), '"unmistakable words"', json)

    const another = await player.ask('GET', state({ stateId: 'secret', agent: agent(account('4712')) }))

    expect(another.status).toBe(404)
    const rows = await county.server.database.query(`SELECT content FROM xapi_documents`)
    expect(JSON.stringify(rows)).not.toContain('unmistakable')
  })

  test('leaves an audit line', async () => {
    await player.ask('PUT', state({ stateId: 'page' }), '1', json)
    await player.ask('GET', state({ stateId: 'page' }))

    const { items } = await county.official.call('GET /audit', {
      query: { subject: `xapi_credential:${player.credential.id}` } as never,
    })
    const actions = items.map(({ action }) => action)
    expect(actions).toContain('xapi_state_put')
    expect(actions).toContain('xapi_state_export')
  })

  test('may be kept from a page of its own', async () => {
    const preflight = await county.server.visitor().send('OPTIONS', '/api/xapi/activities/state', {
      headers: { origin: home, 'access-control-request-method': 'DELETE', 'access-control-request-headers': 'if-match' },
    })

    expect(preflight.headers.get('access-control-allow-methods')).toContain('DELETE')
    expect(preflight.headers.get('access-control-allow-headers')).toContain('If-Match')
  })
})

test('what a log-in kept goes when it is revoked', async () => {
  const lost = await add_platform(county, county.east.leader, 'send', '丢了的')
  const place = at('activities/profile', { activityId: `${home}/${randomUUID()}`, profileId: 'x' })
  expect((await lost.ask('PUT', place, '1', json)).status).toBe(204)
  const kept = async () =>
    (await county.server.database.query(`SELECT id FROM xapi_documents WHERE credential = ${lost.credential.id}`)).length
  expect(await kept()).toBe(1)

  await county.east.leader.call('DELETE /xapi-credentials/{id}', { path: { id: lost.credential.id } })

  expect(await kept()).toBe(0)
  expect((await lost.ask('GET', place)).status).toBe(401)
})

describe('what is kept of one of our people', () => {
  const ids = async (who: Account): Promise<string[]> =>
    (await player.ask('GET', at('activities/state', { activityId: activity, agent: agent(who) }))).json as string[]
  const keep = async (who: Account) => {
    const answer = await player.ask(
      'PUT',
      at('activities/state', { activityId: activity, agent: agent(who), stateId: 'page' }),
      '{"page":7}',
      json,
    )
    expect(answer.status, answer.text).toBe(204)
  }

  test('is part of their data, by their number and by an account that was said to be theirs', async () => {
    const person = county.east.pupils[0]!.student!.carers[0]!.person
    await keep(await number_of(county.east.leader, person))
    const theirs = account(randomUUID())
    await keep(theirs)
    await player.post(statement(theirs))
    const { items } = await county.east.leader.call('GET /xapi-statements')
    const { id } = items.find(({ actor }) => actor === theirs.name)!

    const before = await county.official.call('GET /people/{id}/data', { path: { id: person } })
    expect(before.parts.find(({ key }) => key === 'learning_documents')?.rows).toHaveLength(1)

    // The rule that the name waits for is not there: what counts is that somebody said whose account it is.
    await county.server.database.query(
      `INSERT INTO xapi_actors (county, organisation, actor, person, matched_by, matched_at) SELECT county, organisation, actor, ${person}, 0, 0 FROM xapi_statements WHERE id = ${id}`,
    )

    const { parts } = await county.official.call('GET /people/{id}/data', { path: { id: person } })
    const rows = parts.find(({ key }) => key === 'learning_documents')!.rows
    expect(rows).toMatchObject([
      { kind: 'state', name: 'page', content: '{"page":7}' },
      { kind: 'state', name: 'page', content: '{"page":7}' },
    ])
  })

  test('goes with them', async () => {
    const { id } = await add_pupil(county.official, county.east.class, '沈离')
    const who = await number_of(county.east.leader, id)
    await keep(who)
    await keep(account('4799'))
    expect(await ids(who)).toEqual(['page'])
    await county.official.call('PUT /students/{id}/status', { path: { id }, body: { status: 'left', on: '2026-01-31' } })

    const erased = await county.official.send('POST', `/api/people/${id}/erasure`, { body: { name: '沈离', reason: '监护人要求' } })

    expect(erased.status, erased.text).toBe(201)
    expect(await ids(who)).toEqual([])
    expect(await ids(account('4799'))).toEqual(['page'])
  })
})
