// How other programs may ask (xAPI 1.0.3, Communication 1 and 3): in the form of old browsers, with known parameters alone, and what
// every answer says.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { make_county, type County } from '../harness/county.ts'
import { account, add_platform, home, Platform, statement, verb } from '../harness/xapi.ts'

let county: County
let player: Platform
let reader: Platform
beforeAll(async () => {
  county = await make_county({ name: 'xapi-asking', settings: ['--public-url', 'https://tongxin.example'] })
  player = await add_platform(county, county.east.leader, 'send')
  reader = await add_platform(county, county.east.leader, 'read')
})
afterAll(() => county?.server.stop())

type Fields = Record<string, string>
const agent = () => JSON.stringify({ account: account(randomUUID()) })
const at = (path: string, query: Fields) => `${path}?${new URLSearchParams(query)}`
const places = (json: any): string[] => json.problems.map(({ path }: { path: string }) => path)

describe('a form', () => {
  const proof = (by = player): Fields => ({ Authorization: by.authorization, 'X-Experience-API-Version': '1.0.3' })
  /** As a browser of 2010 sends it: no header of its own, all in the form. */
  async function sent(path: string, fields: Fields, headers: Fields = {}) {
    const reply = await fetch(`${county.server.address}/api/xapi/${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
    })
    const text = await reply.text()
    return {
      status: reply.status,
      headers: reply.headers,
      text,
      json: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined,
    }
  }
  const content = (body: unknown): Fields => ({ 'Content-Type': 'application/json', content: JSON.stringify(body) })

  test('stores and finds statements as the methods that it means would', async () => {
    const id = randomUUID()
    const who = account(randomUUID())
    const put = await sent('statements?method=PUT', { ...proof(), statementId: id, ...content(statement(who, '课&文=1')) })
    const posted = await sent('statements?method=POST', { ...proof(), ...content([statement(who, 'b')]) })
    const found = await sent('statements?method=GET', { ...proof(), agent: JSON.stringify({ account: who }), ascending: 'true' })

    expect([put.status, put.text]).toEqual([204, ''])
    expect(posted.status, posted.text).toBe(200)
    expect(found.json.statements.map((each: any) => each.id)).toEqual([id, ...(posted.json as string[])])
    expect(found.json.statements[0].object.id).toBe(`${home}/课&文=1`)
    expect(found.headers.get('x-experience-api-version')).toBe('1.0.3')
    expect(found.headers.get('x-experience-api-consistent-through')).toBeTruthy()
    const one = await sent('statements?method=GET', { ...proof(), statementId: id })
    expect(one.json.id).toBe(id)
    expect(one.headers.get('last-modified')).toBeTruthy()
  })

  test('keeps, reads, asks about and removes documents', async () => {
    const place = { ...proof(), activityId: `${home}/${randomUUID()}`, agent: agent(), stateId: 'page' }
    expect((await sent('activities/state?method=PUT', { ...place, ...content({ page: 7 }) })).status).toBe(204)
    expect((await sent('activities/state?method=POST', { ...place, ...content({ sound: 'on' }) })).status).toBe(204)
    const read = await sent('activities/state?method=GET', place)
    expect(read.json).toEqual({ page: 7, sound: 'on' })
    const head = await sent('activities/state?method=HEAD', place)
    expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', read.headers.get('etag')])
    const stale = await sent('activities/state?method=PUT', { ...place, ...content({}), 'If-Match': '"old"' })
    expect(stale.status).toBe(412)
    const twice = await sent('activities/state?method=PUT', { ...place, ...content({}), 'If-None-Match': '*' })
    expect(twice.status).toBe(412)
    expect((await sent('activities/state?method=DELETE', place)).status).toBe(204)
    expect((await sent('activities/state?method=GET', place)).status).toBe(404)
  })

  test('reads where nothing is taken', async () => {
    const activityId = `${home}/${randomUUID()}`
    expect((await sent('about?method=GET', {})).json.version).toContain('1.0.3')
    expect((await sent('activities?method=GET', { ...proof(), activityId })).json.id).toBe(activityId)
    expect((await sent('agents?method=GET', { ...proof(reader), agent: agent() })).json.objectType).toBe('Person')
  })

  const one = () => ({ statementId: randomUUID(), ...content(statement(account('1'))) })
  const refused: [string, number, string, () => Fields][] = [
    ['more in the address', 400, 'statements?method=PUT&statementId=7', () => ({ ...proof(), ...one() })],
    ['no method that there is', 400, 'statements?method=FETCH', proof],
    ['a method in small letters', 400, 'statements?method=get', proof],
    ['a method that statements have not', 400, 'statements?method=DELETE', proof],
    ['a method that activities have not', 400, 'activities?method=PUT', () => ({ ...proof(), content: '1' })],
    ['an unknown field', 400, 'statements?method=GET', () => ({ ...proof(), colour: 'red' })],
    ['a field in another case', 400, 'statements?method=GET', () => ({ ...proof(), statementid: randomUUID() })],
    ['a header that may not come so', 400, 'statements?method=GET', () => ({ ...proof(), 'Accept-Language': 'en' })],
    ['nothing to store', 400, 'statements?method=PUT', () => ({ ...proof(), statementId: randomUUID() })],
    ['something to store where one reads', 400, 'statements?method=GET', () => ({ ...proof(), content: '1' })],
    ['no version', 400, 'statements?method=GET', () => ({ Authorization: player.authorization })],
    ['no log-in', 401, 'statements?method=GET', () => ({ 'X-Experience-API-Version': '1.0.3' })],
    ['a log-in that reads and means to store', 403, 'statements?method=PUT', () => ({ ...proof(reader), ...one() })],
    ['another type', 400, 'statements?method=PUT', () => ({ ...proof(), ...one(), 'Content-Type': 'text/plain' })],
    ['no JSON', 400, 'statements?method=PUT', () => ({ ...proof(), ...one(), content: '{"half' })],
    ['a statement that is too long', 413, 'statements?method=POST', () => ({ ...proof(), content: `"${'x'.repeat(1 << 20)}"` })],
    [
      'a document that is too long',
      413,
      'agents/profile?method=PUT',
      () => ({
        ...proof(),
        agent: agent(),
        profileId: 'x',
        content: 'x'.repeat((1 << 20) + 1),
      }),
    ],
  ]
  test.each(refused)('with %s is refused with %i', async (_, status, path, fields) => {
    const answer = await sent(path, fields())

    expect(answer.status, answer.text).toBe(status)
    expect(answer.headers.get('x-experience-api-version')).toBe('1.0.3')
  })

  test('with a field twice is refused, and so is what is no form', async () => {
    const post = (body: string) =>
      fetch(`${county.server.address}/api/xapi/statements?method=GET`, {
        method: 'POST',
        body: `${new URLSearchParams(proof())}&${body}`,
      })
    expect((await post('limit=1&limit=1')).status).toBe(400)
    expect((await post('authorization=x')).status).toBe(400)
    expect((await post('{"limit":1}')).status).toBe(400)
    expect((await player.ask('GET', 'statements?method=POST')).status).toBe(400)
  })

  test('opens nothing by a session, in a cookie or as a header', async () => {
    const { token } = county.east.leader
    const version = { 'X-Experience-API-Version': '1.0.3' }
    expect(token).toBeTruthy()

    const by_cookie = await sent('statements?method=GET', version, { cookie: `concentric_session=${token}` })
    const by_token = await sent('statements?method=GET', { ...version, Authorization: `Bearer ${token}` })

    expect([by_cookie.status, by_token.status]).toEqual([401, 401])
  })

  test('leaves the audit lines of what it means', async () => {
    const own = await add_platform(county, county.east.leader, 'send', '老浏览器')
    await sent('statements?method=PUT', { ...proof(own), ...one() })
    await sent('statements?method=GET', proof(own))

    const { items } = await county.official.call('GET /audit', {
      query: { subject: `xapi_credential:${own.credential.id}` } as never,
    })
    const actions = items.map(({ action }) => action).filter((each) => each.startsWith('xapi_statement'))
    expect(actions.sort()).toEqual(['xapi_statement_export', 'xapi_statement_put'])
  })
})

describe('a parameter', () => {
  const id = randomUUID()
  const of_state = () => ({ activityId: `${home}/1`, agent: agent(), stateId: 'x' })
  const of_activity = () => ({ activityId: `${home}/1`, profileId: 'x' })
  const of_agent = () => ({ agent: agent(), profileId: 'x' })
  const unknown: [string, string, () => Fields, string[]][] = [
    ['GET', 'about', () => ({ x: '1' }), ['/x']],
    ['GET', 'statements', () => ({ statementid: id, Verb: verb('x'), colour: '1' }), ['/statementid', '/Verb', '/colour']],
    ['GET', 'statements', () => ({ related_Agents: 'true' }), ['/related_Agents']],
    ['GET', 'statements', () => ({ authorization: 'Basic x' }), ['/authorization']],
    ['PUT', 'statements', () => ({ statementId: id, format: 'exact' }), ['/format']],
    ['POST', 'statements', () => ({ statementId: id }), ['/statementId']],
    ['GET', 'activities', () => ({ activityId: `${home}/1`, agent: agent() }), ['/agent']],
    ['GET', 'agents', () => ({ agent: agent(), activityId: 'x' }), ['/activityId']],
    ...(['PUT', 'POST', 'DELETE'] as const).flatMap((method): [string, string, () => Fields, string[]][] => [
      [method, 'activities/state', () => ({ ...of_state(), since: '2026-01-01T00:00:00Z' }), ['/since']],
      [method, 'activities/profile', () => ({ ...of_activity(), agent: agent() }), ['/agent']],
      [method, 'agents/profile', () => ({ ...of_agent(), activityId: 'x' }), ['/activityId']],
    ]),
    ['GET', 'activities/state', () => ({ ...of_state(), profileId: 'x' }), ['/profileId']],
    ['GET', 'activities/profile', () => ({ ...of_activity(), stateId: 'x' }), ['/stateId']],
    ['GET', 'agents/profile', () => ({ ...of_agent(), registration: id }), ['/registration']],
  ]
  test.each(unknown)('%s %s refuses one that it does not know', async (method, path, query, named) => {
    const body = method === 'GET' || method === 'DELETE' ? undefined : path === 'statements' ? statement(account('1')) : {}
    const answer = await player.ask(method, at(path, query()), body)

    expect(answer.status, answer.text).toBe(400)
    expect(places(answer.json)).toEqual(named)
  })

  test('given twice is refused', async () => {
    const answer = await player.ask('GET', 'statements?limit=1&verb=x:1&limit=2')

    expect(answer.status).toBe(400)
    expect(places(answer.json)).toEqual(['/limit'])
  })

  test('beside an id is refused but for attachments and format', async () => {
    const [known] = (await player.post(statement(account('1')))).json as string[]
    for (const name of ['statementId', 'voidedStatementId'])
      for (const [other, value] of Object.entries({
        agent: agent(),
        verb: verb('x'),
        activity: home,
        registration: id,
        related_activities: 'false',
        related_agents: 'false',
        since: '2026-01-01T00:00:00Z',
        until: '2026-01-01T00:00:00Z',
        limit: '1',
        ascending: 'false',
        from: '1',
      }))
        expect((await player.find({ [name]: known!, [other]: value })).status, `${name} ${other}`).toBe(400)
    expect((await player.find({ statementId: known!, attachments: 'false', format: 'ids' })).status).toBe(200)
  })
})

describe('every answer', () => {
  test('says the version, also where there is no such page or method', async () => {
    const answers = [
      await player.ask('GET', 'nowhere'),
      await player.ask('DELETE', 'statements'),
      await player.ask('PUT', 'activities', {}),
      await player.ask('GET', 'statements?x=1'),
      await county.server.visitor().send('GET', '/api/xapi/statements'),
    ]

    expect(answers.map(({ status }) => status)).toEqual([404, 405, 405, 400, 401])
    for (const { headers } of answers) expect(headers.get('x-experience-api-version')).toBe('1.0.3')
  })

  test('to HEAD is that to GET without its body', async () => {
    const [known] = (await player.post(statement(account('1')))).json as string[]
    for (const path of ['about', `statements?statementId=${known}`, 'statements?limit=1', at('activities', { activityId: home })]) {
      const [got, head] = [await player.bytes('GET', path), await player.bytes('HEAD', path)]
      expect([head.status, head.bytes.length], path).toEqual([200, 0])
      for (const name of ['content-type', 'etag', 'last-modified', 'x-experience-api-version'])
        expect(head.headers.get(name), `${path} ${name}`).toBe(got.headers.get(name))
    }
    expect((await player.bytes('HEAD', `statements?statementId=${randomUUID()}`)).status).toBe(404)
  })
})

describe('a statement', () => {
  const stored = async (more: object, by: Fields = {}, query: Fields = {}) => {
    const sent = await player.post(statement(account('1'), 'x', more))
    expect(sent.status, sent.text).toBe(200)
    const [id] = sent.json as string[]
    return (await player.ask('GET', at('statements', { statementId: id!, ...query }), undefined, by)).json
  }

  test('keeps the version and the time that it came with', async () => {
    const timestamp = '2026-03-05T08:00:00.123456+08:00'

    expect(await stored({ version: '1.0.2', timestamp })).toMatchObject({ version: '1.0.2', timestamp })
    expect((await stored({})).version).toBe('1.0.0')
  })

  test('is told in the languages that the reader likes best, each map by itself', async () => {
    const words = { 'zh-CN': '做题', 'en-US': 'did', 'en-GB': 'did it' }
    const parent = [{ id: `${home}/c`, definition: { name: { 'en-US': 'course', 'zh-CN': '课' } } }]
    const more = { verb: { id: verb('x'), display: words }, context: { contextActivities: { parent } } }

    const told = await stored(more, { 'accept-language': 'fr, en-GB;q=0.8' }, { format: 'canonical' })

    expect(told.verb.display).toEqual({ 'en-GB': 'did it' })
    expect(told.context.contextActivities.parent[0].definition.name).toEqual({ 'en-US': 'course' })
    expect(told.object.definition.name).toEqual({ 'zh-CN': '第七课' })
  })

  test('of another type than JSON is refused', async () => {
    const body = JSON.stringify(statement(account('1')))

    expect((await player.ask('POST', 'statements', body, { 'content-type': 'text/plain' })).status).toBe(400)
    expect((await player.ask('POST', 'statements', body, { 'content-type': 'application/json; charset=utf-8' })).status).toBe(200)
  })

  test('needs the version 1.0 or 1.0.x in the head', async () => {
    const asked = async (version: string) =>
      (await player.ask('GET', 'statements?limit=1', undefined, { 'x-experience-api-version': version })).status
    expect(await Promise.all(['1.0', '1.0.9', '1.05', '1.0.x', '1.1.0'].map(asked))).toEqual([200, 200, 400, 400, 400])
  })
})
