// Learning records between platforms (xAPI 1.0.3): what a stranger's player may send and read, and what becomes of it.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { eventually } from '../harness/eventually.ts'
import { account, add_platform, add_rule, home, number_of, Platform, statement, verb, type Account } from '../harness/xapi.ts'

let county: County
let player: Platform
let carer: string
let ours: Account
beforeAll(async () => {
  county = await make_county({ name: 'xapi', settings: ['--public-url', 'https://tongxin.example'] })
  player = await add_platform(county, county.east.leader, 'send')
  await add_rule(county.east.leader)
  carer = county.east.pupils[0]!.student!.carers[0]!.person
  ours = await number_of(county.east.leader, carer)
})
afterAll(() => county?.server.stop())

const entries = async (person = carer) => (await county.official.call('GET /people/{id}/entries', { path: { id: person } })).items
const outcome_of = async (id: string) => {
  const all = (await county.east.leader.call('GET /xapi-statements', { query: { limit: 200 } })).items
  const [stored] = await county.server.database.query(`SELECT id FROM xapi_statements WHERE statement_id = '${id}'`)
  return all.find((each) => each.id === stored)?.outcome
}
let lessons = 100
const fresh_lesson = () => `lessons/${++lessons}`
const sent = async (body: unknown) => {
  const answer = await player.post(body)
  expect(answer.status, answer.text).toBe(200)
  return answer.json as string[]
}

describe('a player of another platform', () => {
  test('sends a lesson that becomes an entry of the ledger, with the minutes that the rule allows', async () => {
    const lesson = fresh_lesson()

    const [id] = await sent(statement(ours, lesson))

    const entry = (await entries()).find(({ data }) => JSON.stringify(data).includes(id!))
    expect(entry).toMatchObject({ kind: 'course.parent', minutes: 10, source: expect.stringMatching(/^xapi:/) })
  })

  test('hears which versions are spoken without a log-in', async () => {
    const { status, json, headers } = await county.server.visitor().send('GET', '/api/xapi/about')

    expect(status).toBe(200)
    expect(json.version).toContain('1.0.3')
    expect(headers.get('x-experience-api-version')).toBe('1.0.3')
  })

  test('may ask from a page of its own', async () => {
    const preflight = await county.server.visitor().send('OPTIONS', '/api/xapi/statements', {
      headers: { origin: home, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    })

    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization')
  })

  test('gets back what it sent, with what a record store adds', async () => {
    const id = randomUUID()
    expect((await player.put(id, statement(ours, fresh_lesson(), { id }))).status).toBe(204)

    const { status, json, headers } = await player.find({ statementId: id.toUpperCase() })

    expect(status).toBe(200)
    expect(json).toMatchObject({ id, version: '1.0.0', verb: { id: verb('completed') } })
    expect(Date.parse(json.stored)).toBeGreaterThan(Date.now() - 60_000)
    expect(json.timestamp).toBeDefined()
    expect(json.authority.account.name).toBe(player.credential.user_name)
    expect(Date.parse(headers.get('x-experience-api-consistent-through')!)).toBeLessThanOrEqual(Date.now())
  })

  test('sends the same again without effect, and another content under the same id not at all', async () => {
    const id = randomUUID()
    const body = statement(ours, fresh_lesson(), { id })
    const before = (await entries()).length

    expect((await player.put(id, body)).status).toBe(204)
    expect((await player.put(id, body)).status).toBe(204)
    expect(await sent([body])).toEqual([id])
    expect((await player.put(id, { ...body, result: { duration: 'PT1M' } })).status).toBe(409)

    expect((await entries()).length).toBe(before + 1)
  })

  test('counts once for a lesson whatever ids it uses', async () => {
    const lesson = fresh_lesson()
    const [one, other] = await sent([statement(ours, lesson), statement(ours, lesson)])

    expect([await outcome_of(one!), await outcome_of(other!)]).toEqual(['counted', 'counted_before'])
  })

  test('voids what it sent: the entry is taken back, and the record is found as a voided one alone', async () => {
    const [id] = await sent(statement(ours, fresh_lesson()))
    const before = (await entries()).length

    const [voiding] = await sent({
      actor: { account: account('admin') },
      verb: { id: verb('voided') },
      object: { objectType: 'StatementRef', id },
    })

    expect((await entries()).length).toBe(before + 1)
    expect((await player.find({ statementId: id! })).status).toBe(404)
    expect((await player.find({ voidedStatementId: id! })).json.id).toBe(id)
    expect(await player.all()).toContain(voiding)
    expect(await player.all()).not.toContain(id)
  })
})

describe('a batch', () => {
  test('is stored whole or not at all, and every fault is named', async () => {
    const id = randomUUID()
    const good = statement(ours, fresh_lesson(), { id })
    const bad = { ...statement(ours, fresh_lesson()), verb: { id: 'completed' }, more: 1 }
    const worse = { ...statement(account('13800138000')), result: { duration: 'long' } }

    const { status, json } = await player.post([good, bad, worse])

    expect(status).toBe(400)
    const places = json.problems.map(({ path }: { path: string }) => path).sort()
    expect(places).toEqual(['/1/more', '/1/verb/id', '/2/actor/account/name', '/2/result/duration'])
    expect((await player.find({ statementId: id })).status).toBe(404)
  })

  test('with one id twice, or more than 500 records, is refused', async () => {
    const twice = statement(ours, fresh_lesson(), { id: randomUUID() })

    expect((await player.post([twice, twice])).status).toBe(400)
    expect((await player.post(Array.from({ length: 501 }, () => statement(account('x'))))).status).toBe(400)
  })
})

describe('the protocol', () => {
  type Ask = () => Promise<{ status: number; text: string }>
  const raw = (body: unknown, headers: Record<string, string>) => player.ask('POST', 'statements', body, headers)
  const refused: [string, number, Ask][] = [
    ['no version', 400, () => raw(statement(ours), { 'x-experience-api-version': '' })],
    ['another version', 400, () => raw(statement(ours), { 'x-experience-api-version': '0.95' })],
    ['no JSON', 400, () => raw('{"half', { 'content-type': 'application/json' })],
    ['a message without parts', 400, () => raw('--x--', { 'content-type': 'multipart/mixed; boundary=x' })],
    ['a form', 400, () => raw('--x--', { 'content-type': 'multipart/form-data; boundary=x' })],
    ['a wrong secret', 401, () => raw(statement(ours), { authorization: `Basic ${btoa(`${player.credential.user_name}:no`)}` })],
    ['another log-in', 401, () => raw(statement(ours), { authorization: `Basic ${btoa('nobody:no')}` })],
    ['no log-in', 401, () => raw(statement(ours), { authorization: 'Bearer x' })],
    ['PUT without an id', 400, () => player.ask('PUT', 'statements', statement(ours))],
    ['PUT of another id', 400, () => player.put(randomUUID(), statement(ours, 'x', { id: randomUUID() }))],
    ['PUT of a list', 400, () => player.put(randomUUID(), [statement(ours)])],
    ['two ids', 400, () => player.find({ statementId: randomUUID(), voidedStatementId: randomUUID() })],
    ['an id and more', 400, () => player.find({ statementId: randomUUID(), verb: verb('completed') })],
    ['what is no id', 400, () => player.find({ statementId: '7' })],
    ['a bad limit', 400, () => player.find({ limit: '-1' })],
    ['a bad moment', 400, () => player.find({ since: 'yesterday' })],
    ['a bad verb', 400, () => player.find({ verb: 'completed' })],
    ['a bad agent', 400, () => player.find({ agent: '{"name":"x"}' })],
    ['a bad truth', 400, () => player.find({ ascending: 'yes' })],
    ['a bad format', 400, () => player.find({ format: 'long' })],
    ['an attachment that is nowhere', 400, () => player.post(statement(ours, 'x', { attachments: [{ sha2: 'x' }] }))],
    ['an unknown record', 404, () => player.find({ statementId: randomUUID() })],
  ]
  test.each(refused)('refuses %s with %i', async (_, status, ask) => {
    const answer = await ask()

    expect(answer.status, answer.text).toBe(status)
  })

  test('finds by agent, verb, activity, registration, since and until, and in both orders', async () => {
    const who = account(randomUUID())
    const registration = randomUUID()
    const one = await sent(statement(who, 'lessons/find'))
    const between = new Date(Date.now() + 1).toISOString()
    await new Promise((done) => setTimeout(done, 20))
    const two = await sent(statement(who, 'quizzes/find', { verb: { id: verb('passed') }, context: { registration } }))
    const agent = JSON.stringify({ account: who })

    expect(await player.all({ agent })).toEqual([...two, ...one])
    expect(await player.all({ agent, ascending: 'true' })).toEqual([...one, ...two])
    expect(await player.all({ agent, verb: verb('passed') })).toEqual(two)
    expect(await player.all({ agent, activity: `${home}/lessons/find` })).toEqual(one)
    expect(await player.all({ registration })).toEqual(two)
    expect(await player.all({ agent, since: between })).toEqual(two)
    expect(await player.all({ agent, until: between })).toEqual(one)
  })

  test('pages with more, each record once', async () => {
    const who = account(randomUUID())
    const ids = await sent(Array.from({ length: 7 }, (_, i) => statement(who, `lessons/page-${i}`)))

    const paged = await player.all({ agent: JSON.stringify({ account: who }), limit: '3', ascending: 'true' })

    expect(paged).toEqual(ids)
  })

  test('answers with ids alone, or in one language', async () => {
    const [id] = await sent(statement(ours, fresh_lesson()))

    const ids = (await player.find({ statementId: id!, format: 'ids' })).json
    const canonical = (await player.find({ statementId: id!, format: 'canonical' })).json

    expect(ids.verb).toEqual({ id: verb('completed') })
    expect(ids.object).toEqual({ id: expect.stringContaining(home) })
    expect(canonical.verb.display).toEqual({ 'zh-CN': '完成' })
  })
})

describe('a log-in', () => {
  test('of another school reads nothing of this one and counts nobody of it', async () => {
    const western = await add_platform(county, county.west.leader, 'send')
    await add_rule(county.west.leader)
    const [mine] = await sent(statement(ours, fresh_lesson()))
    const lesson = fresh_lesson()

    expect((await western.find({ statementId: mine! })).status).toBe(404)
    expect(await western.all()).toEqual([])
    expect((await western.post(statement(ours, lesson))).status).toBe(200)

    const { items } = await county.west.leader.call('GET /xapi-statements', { query: { outcome: 'out_of_reach' } })
    expect(items.map(({ activity_id, person }) => [activity_id, person])).toEqual([[`${home}/${lesson}`, undefined]])
  })

  test('that sends cannot read the ledger, and one that reads cannot send', async () => {
    const reader = await add_platform(county, county.east.leader, 'read')

    expect((await reader.post(statement(ours))).status).toBe(403)
    expect((await reader.put(randomUUID(), statement(ours))).status).toBe(403)
  })

  test('is of no use once it was revoked; its secret is nowhere in the database', async () => {
    const lost = await add_platform(county, county.east.leader, 'send', '丢了的')
    const kept = await county.server.database.query(`SELECT secret_hash FROM xapi_credentials WHERE name = '丢了的'`)
    expect((await lost.post(statement(ours, fresh_lesson()))).status).toBe(200)

    await county.east.leader.call('DELETE /xapi-credentials/{id}', { path: { id: lost.credential.id } })

    expect((await lost.post(statement(ours, fresh_lesson()))).status).toBe(401)
    expect((await lost.find()).status).toBe(401)
    expect(JSON.stringify(kept)).not.toContain(lost.credential.secret)
    const listed = await county.east.leader.call('GET /xapi-credentials')
    expect(listed.items.every((each) => each.secret === undefined)).toBe(true)
  })

  test('is not made for a school out of reach', async () => {
    const body = { name: '越界', scope: 'send', organisation: county.west.id }

    expect((await county.east.leader.send('POST', '/api/xapi-credentials', { body })).status).toBe(422)
  })

  test('leaves an audit line when it sends and when it reads', async () => {
    await sent(statement(ours, fresh_lesson()))
    await player.find()

    const { items } = await county.official.call('GET /audit', {
      query: { subject: `xapi_credential:${player.credential.id}` } as never,
    })
    const actions = items.map(({ action }) => action)
    expect(actions).toContain('xapi_statement_send')
    expect(actions).toContain('xapi_statement_export')
  })
})

describe('an official', () => {
  test('says who an account is, and what waited counts', async () => {
    const who = account(randomUUID())
    const [id] = await sent(statement(who, fresh_lesson()))
    expect(await outcome_of(id!)).toBe('unknown_person')
    const { items } = await county.east.leader.call('GET /xapi-statements', { query: { outcome: 'unknown_person' } })
    const row = items.find(({ actor }) => actor === who.name)!

    const other = await county.east.leader.send('PUT', `/api/xapi-statements/${row.id}/person`, {
      body: { person: county.west.leader_id },
    })
    await county.east.leader.call('PUT /xapi-statements/{id}/person', { path: { id: row.id }, body: { person: carer } })

    expect(other.status).toBe(422)
    await eventually(async () => (await outcome_of(id!)) === 'counted')
    const [later] = await sent(statement(who, fresh_lesson()))
    expect(await outcome_of(later!)).toBe('counted')
  })

  test('puts right who an account is: what counted for the one goes to the other', async () => {
    const who = account(randomUUID())
    const [id] = await sent(statement(who, fresh_lesson()))
    const { items } = await county.east.leader.call('GET /xapi-statements', { query: { outcome: 'unknown_person' } })
    const { id: row } = items.find(({ actor }) => actor === who.name)!
    const name = (person: string) =>
      county.east.leader.call('PUT /xapi-statements/{id}/person', { path: { id: row }, body: { person } })
    await name(carer)
    await eventually(async () => (await outcome_of(id!)) === 'counted')
    const before = (await entries()).length
    const right = county.east.pupils[1]!.student!.carers[0]!.person

    await name(right)

    await eventually(async () => (await outcome_of(id!)) === 'counted')
    expect((await entries()).length).toBe(before + 1)
    expect(await entries(right)).toMatchObject([{ kind: 'course.parent' }])
  })

  test('adds a rule for what had none, and that counts', async () => {
    const [id] = await sent(statement(ours, 'films/1'))
    expect(await outcome_of(id!)).toBe('no_rule')

    await add_rule(county.east.leader, `${home}/films/*`)

    await eventually(async () => (await outcome_of(id!)) === 'counted')
  })

  test('cannot let other platforms grant what only an office grants', async () => {
    const body = { verb: verb('completed'), activity: '', kind: 'certificate.issued', most_minutes: 0 }

    const answer = await county.official.send('POST', '/api/xapi-rules', { body })

    expect(answer.status).toBe(422)
    expect(answer.json.problems).toMatchObject([{ path: '/kind' }])
  })

  test('needs manage_accounts, and export_county for what goes out', async () => {
    const { leader: teacher } = await add_staff(county.server, county.official, county.east.class, 'class_teacher', '普通老师')
    for (const path of ['/api/xapi-credentials', '/api/xapi-rules', '/api/xapi-statements', '/api/xapi-outcomes'])
      expect((await teacher.send('GET', path)).status, path).toBe(403)
    for (const path of ['/api/xapi-stream', '/api/xapi-records.jsonl'])
      expect((await county.east.leader.send('GET', path)).status, path).toBe(403)
  })
})
