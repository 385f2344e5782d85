// What other programs find among the records that they sent: whom and what these mention, what activities are called, who agents are.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { make_county, type County } from '../harness/county.ts'
import { account, add_platform, home, Platform, statement, verb, type Account } from '../harness/xapi.ts'

let county: County
let player: Platform
let other: Platform
let reader: Platform
beforeAll(async () => {
  county = await make_county({ name: 'xapi-finding', settings: ['--public-url', 'https://tongxin.example'] })
  player = await add_platform(county, county.east.leader, 'send')
  other = await add_platform(county, county.east.leader, 'send', '另一个平台')
  reader = await add_platform(county, county.east.leader, 'read')
})
afterAll(() => county?.server.stop())

const agent = (who: Account) => JSON.stringify({ account: who })
type Query = Record<string, string>
const at = (path: string, query: Query) => `${path}?${new URLSearchParams(query)}`

describe('activities', () => {
  const known = (id: string, by = player) => by.ask('GET', at('activities', { activityId: id }))

  test('are told as the newest records describe them, word by word', async () => {
    const id = `lessons/${randomUUID()}`
    const object = (definition: object) => ({ object: { id: `${home}/${id}`, definition } })
    const type = 'http://adlnet.gov/expapi/activities/lesson'
    await player.post(statement(account('1'), id, object({ name: { 'zh-CN': '旧名', en: 'Old' }, type })))
    await player.post(statement(account('1'), id, object({ name: { 'zh-CN': '新名' } })))

    const { status, json, headers } = await known(`${home}/${id}`)

    expect(status).toBe(200)
    expect(json).toEqual({
      objectType: 'Activity',
      id: `${home}/${id}`,
      definition: { name: { 'zh-CN': '新名', en: 'Old' }, type },
    })
    expect(headers.get('etag')).toMatch(/^(W\/)?"[0-9a-f]{40}"$/)
    expect((await known(`${home}/${id}`, other)).json).toEqual({ objectType: 'Activity', id: `${home}/${id}` })
    expect((await known('no iri')).status).toBe(400)
    expect((await player.ask('GET', 'activities')).status).toBe(400)
  })
})

describe('agents', () => {
  const known = (agent: object, by = player) => by.ask('GET', at('agents', { agent: JSON.stringify(agent) }))

  test('are told with the names that this log-in gave them', async () => {
    const who = account(randomUUID())
    const named = (name: string) => ({ actor: { objectType: 'Agent', account: who, name } })
    await player.post([statement(who, 'x', named('小明的爸爸')), statement(who, 'y', named('Li Daming'))])

    expect((await known({ account: who })).json).toEqual({
      objectType: 'Person',
      name: ['小明的爸爸', 'Li Daming'],
      account: [who],
    })
    expect((await known({ account: who, name: 'here' }, other)).json).toEqual({
      objectType: 'Person',
      name: ['here'],
      account: [who],
    })
    expect((await known({ mbox: 'mailto:a@example.org' }, reader)).json).toEqual({
      objectType: 'Person',
      mbox: ['mailto:a@example.org'],
    })
    expect((await known({ name: 'nobody' })).status).toBe(400)
    expect((await player.ask('GET', 'agents')).status).toBe(400)
  })
})

describe('records', () => {
  const ids = async (query: Query) => (await player.all(query)).sort()
  const sent = async (body: unknown) => {
    const answer = await player.post(body)
    expect(answer.status, answer.text).toBe(200)
    return (answer.json as string[])[0]!
  }

  test('are found by whom they mention: as an object, as a member, and in related places when asked', async () => {
    const who = account(randomUUID())
    const someone = () => account(randomUUID())
    const as_actor = await sent(statement(who, 'a'))
    const as_object = await sent(statement(someone(), 'b', { object: { objectType: 'Agent', account: who } }))
    const as_member = await sent(statement(someone(), 'c', { actor: { objectType: 'Group', member: [{ account: who }] } }))
    const as_instructor = await sent(statement(someone(), 'd', { context: { instructor: { account: who } } }))
    const in_team = await sent(
      statement(someone(), 'e', { context: { team: { objectType: 'Group', member: [{ account: who }] } } }),
    )
    const inside = await sent(
      statement(someone(), 'f', {
        object: { objectType: 'SubStatement', actor: { account: who }, verb: { id: verb('x') }, object: { id: `${home}/g` } },
      }),
    )
    const direct = [as_actor, as_object, as_member].sort()

    expect(await ids({ agent: agent(who) })).toEqual(direct)
    expect(await ids({ agent: agent(who), related_agents: 'true' })).toEqual([...direct, as_instructor, in_team, inside].sort())
    expect(await ids({ agent: agent(who), related_agents: 'false' })).toEqual(direct)
    expect(await ids({ agent: agent(who), related_agents: 'true', verb: verb('passed') })).toEqual([])
    expect(await other.all({ agent: agent(who), related_agents: 'true' })).toEqual([])
  })

  test('are all found by the agent that vouches for them', async () => {
    const own = await add_platform(county, county.east.leader, 'send', '自证')
    await own.post([statement(account('1')), statement(account('2'))])
    const vouches = JSON.stringify({ account: { homePage: 'https://tongxin.example', name: own.credential.user_name } })

    expect(await own.all({ agent: vouches, related_agents: 'true' })).toHaveLength(2)
    expect(await own.all({ agent: vouches })).toHaveLength(0)
  })

  test('of a named group are found by its name', async () => {
    const team = { objectType: 'Group', account: account(randomUUID()) }
    const id = await sent(statement(account('1'), 'a', { actor: team }))

    expect(await ids({ agent: JSON.stringify(team) })).toEqual([id])
  })

  test('are found by the course that they are part of, page by page', async () => {
    const course = `${home}/courses/${randomUUID()}`
    const whole = await sent(statement(account('1'), 'x', { object: { id: course } }))
    const parts: string[] = []
    for (const [name, one] of [
      ['parent', [{ id: course }]],
      ['grouping', { id: course }],
      ['category', [{ id: `${home}/kind` }, { id: course }]],
    ] as const)
      parts.push(await sent(statement(account('1'), `part-${name}`, { context: { contextActivities: { [name]: one } } })))
    const inside = await sent(
      statement(account('1'), 'y', {
        object: {
          objectType: 'SubStatement',
          actor: { account: account('2') },
          verb: { id: verb('x') },
          object: { id: course },
        },
      }),
    )

    expect((await player.find({ statementId: parts[1]! })).json.context.contextActivities).toEqual({ grouping: [{ id: course }] })
    expect(await ids({ activity: course })).toEqual([whole])
    const related = [whole, ...parts, inside].sort()
    expect(await ids({ activity: course, related_activities: 'true' })).toEqual(related)
    expect(await ids({ activity: course, related_activities: 'true', limit: '2' })).toEqual(related)
    expect((await player.find({ activity: course, related_activities: 'yes' })).status).toBe(400)
  })

  describe('about other records', () => {
    const about = (id: string, more: object = {}) => ({
      actor: { account: account('checker') },
      verb: { id: verb('confirmed') },
      object: { objectType: 'StatementRef', id },
      ...more,
    })

    test('are found by what those say, whichever came first, and by nothing else of them', async () => {
      const [who, id, registration] = [account(randomUUID()), randomUUID(), randomUUID()]
      const course = `${home}/courses/${randomUUID()}`
      const batch = [
        about(id),
        statement(who, `about-${id}`, {
          id,
          context: { registration, instructor: { account: account(id) }, contextActivities: { parent: [{ id: course }] } },
        }),
      ]
      const early = await sent(about(id))
      const [within] = (await player.post(batch)).json as string[]
      const above = await sent(about(within!))
      await sent(statement(account('1'), 'x', { context: { statement: { objectType: 'StatementRef', id } } }))
      const all = [early, within!, id, above].sort()

      for (const query of [
        { agent: agent(who) },
        { activity: `${home}/about-${id}` },
        { registration },
        { activity: course, related_activities: 'true' },
        { agent: agent(account(id)), related_agents: 'true' },
        { agent: agent(who), verb: verb('completed'), registration },
        { activity: `${home}/about-${id}`, limit: '1' },
        { agent: agent(who), limit: '3', ascending: 'true' },
      ] as Query[])
        expect(await ids(query), JSON.stringify(query)).toEqual(all)
      expect(await ids({ verb: verb('confirmed'), activity: `${home}/about-${id}` })).toEqual([])
      expect(await ids({ agent: agent(account('checker')), registration })).toEqual([])
      expect((await player.find({ statementId: early })).json.id).toBe(early)
      const definition = (await player.ask('GET', at('activities', { activityId: `${home}/about-${id}` }))).json.definition
      expect(definition.name).toEqual({ 'zh-CN': '第七课' })
    })

    test('have their own time', async () => {
      const who = account(randomUUID())
      const id = await sent(statement(who))
      await new Promise((done) => setTimeout(done, 20))
      const between = new Date().toISOString()
      const later = await sent(about(id))

      for (const query of [{ agent: agent(who) }, { verb: verb('completed') }] as Query[]) {
        expect(await ids({ ...query, since: between })).toEqual([later])
        expect(await ids({ ...query, until: between })).not.toContain(later)
      }
    })

    test('remain when those were voided, and so does what voids them', async () => {
      const who = account(randomUUID())
      const id = await sent(statement(who, `voided-${who.name}`))
      const confirmed = await sent(about(id))
      const voiding = await sent(about(id, { verb: { id: verb('voided') } }))
      const both = [confirmed, voiding].sort()

      expect(await ids({ agent: agent(who) })).toEqual(both)
      expect(await ids({ activity: `${home}/voided-${who.name}` })).toEqual(both)
      expect((await player.find({ voidedStatementId: id })).status).toBe(200)
    })

    test('are not found through what another log-in sent', async () => {
      const who = account(randomUUID())
      const [foreign] = (await other.post(statement(who, `of-${who.name}`))).json as string[]
      await sent(about(foreign!))

      expect(await ids({ agent: agent(who) })).toEqual([])
      expect(await ids({ activity: `${home}/of-${who.name}` })).toEqual([])
      expect(await other.all({ agent: agent(who) })).toEqual([foreign])
    })
  })

  test('voided before they came are voided', async () => {
    const id = randomUUID()
    const object = { objectType: 'StatementRef', id }
    const voiding = await sent({ actor: { account: account('admin') }, verb: { id: verb('voided') }, object })
    await sent(statement(account('1'), `late-${id}`, { id }))

    expect((await player.find({ statementId: id })).status).toBe(404)
    expect((await player.find({ voidedStatementId: id })).json.id).toBe(id)
    expect(await ids({ activity: `${home}/late-${id}` })).toEqual([voiding])
  })
})
