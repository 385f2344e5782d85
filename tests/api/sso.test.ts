import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { make_county, password, type County } from '../harness/county.ts'
import { add_reachable } from '../harness/people.ts'
import { free_port } from '../harness/server.ts'
import { come_back_from, Sso, type People } from '../harness/sso.ts'
import { code_of } from '../harness/totp.ts'
import type { Answer, Visitor } from '../harness/visitor.ts'

const people: People = {}
let county: County
let sso: Sso
beforeAll(async () => {
  const port = await free_port()
  sso = await Sso.start(`http://127.0.0.1:${port}`, people)
  const more = [
    { id: 'phone', claim: 'phone_number', match: 'phone' },
    { id: 'number', claim: 'employee_number', match: 'staff_number' },
    { id: 'leaders', roles: ['school_leader'] },
    { id: 'impostor', issuer: `${sso.issuer}/other` },
    { id: 'nobody', client_secret: 'not-the-secret' },
    { id: 'away', issuer: 'http://127.0.0.1:1' },
  ]
  county = await make_county({ name: 'sso', port, settings: ['--county', '360100', ...sso.settings(...more)] })
})
afterAll(async () => {
  await county?.server.stop()
  await sso?.stop()
})

const begin = (visitor: Visitor, provider: string, return_to?: string) =>
  visitor.send('POST', '/api/sso-attempts', { body: { provider, return_to } })
const finish = (visitor: Visitor, back: URL) =>
  visitor.send('POST', '/api/sessions/sso', {
    body: { state: back.searchParams.get('state'), code: back.searchParams.get('code') },
  })
const bind = (visitor: Visitor, ticket: string, name: string, secret = password) =>
  visitor.send('POST', '/api/sessions/binding', { body: { ticket, name, password: secret } })

async function go(provider: string, name: string, visitor = county.server.visitor(), return_to?: string): Promise<Answer> {
  const begun = await begin(visitor, provider, return_to)
  expect(begun.status, begun.text).toBe(201)
  return finish(visitor, await come_back_from(begun.json.address, name))
}

/** A teacher whom the bureau knows by the same user name. */
async function add_known(name: string, role?: string) {
  const teacher = await add_reachable(county, name, role)
  const id = `bureau-${teacher.user_name}`
  people[id] = { preferred_username: teacher.user_name, phone_number: teacher.phone }
  return { ...teacher, id }
}

async function bound(name: string, provider = 'rs256') {
  const teacher = await add_known(name)
  const visitor = county.server.visitor()
  const first = await go(provider, teacher.id, visitor)
  expect((await bind(visitor, first.json.next.ticket, teacher.user_name)).status).toBe(201)
  return teacher
}

describe('single sign-on', () => {
  test('is offered on the log-in page', async () => {
    const { sso: buttons } = await county.server.visitor().call('GET /log-in-methods')

    expect(buttons[0]).toEqual({ id: 'rs256', name: '区教育局rs256' })
  })

  test.each(['rs256', 'es256', 'eddsa'])('at a provider that signs with %s asks for the password once', async (provider) => {
    const { id, user_name } = await add_known(`丁${provider}`)
    const visitor = county.server.visitor()

    const first = await go(provider, id, visitor)
    const confirmed = await bind(visitor, first.json.next.ticket, user_name)
    const second = await go(provider, id)

    expect(first.json.token).toBeUndefined()
    expect(first.json.next.step).toBe('binding')
    expect(first.json.next.name).not.toBe(`丁${provider}`)
    expect(confirmed.status, confirmed.text).toBe(201)
    expect(second.json.me.person.name).toBe(`丁${provider}`)
    expect(second.json.me.method).toBe(`sso:${provider}`)
  })

  test('matches by phone too', async () => {
    const { id, user_name } = await add_known('宣老师')
    const visitor = county.server.visitor()

    const first = await go('phone', id, visitor)

    expect((await bind(visitor, first.json.next.ticket, user_name)).status).toBe(201)
  })

  test('matches by staff number, unless two people have it', async () => {
    const one = await add_known('居老师')
    const other = await add_known('容老师')
    people[one.id] = people[other.id] = { employee_number: 'G-0117' }
    await county.official.call('PATCH /people/{id}', { path: { id: one.person }, body: { staff_number: 'G-0117' } })
    const while_it_is_one = await go('number', one.id)

    await county.official.call('PATCH /people/{id}', { path: { id: other.person }, body: { staff_number: 'G-0117' } })

    expect(while_it_is_one.json.next.step).toBe('binding')
    expect((await go('number', one.id)).status).toBe(403)
  })

  test('goes on when the provider changes its keys', async () => {
    const { id } = await bound('贲老师')

    await sso.change_keys()
    // The keys are asked for again at most once a minute; a restart stands for the minute.
    await county.server.restart()

    expect((await go('rs256', id)).status).toBe(201)
  })

  test('asks for the second factor where there is one', async () => {
    const { id, visitor } = await bound('邓老师')
    const { secret } = await visitor.call('POST /second-factor')
    await visitor.call('PUT /second-factor', { body: { code: code_of(secret, -1) } })

    const half = await go('rs256', id)

    expect(half.json.token).toBeUndefined()
    expect(half.json.next.step).toBe('second_factor')
  })

  test('leads back to where one was going, and never to another site', async () => {
    const { id } = await bound('郁老师')
    const back = async (wanted: string) => (await go('rs256', id, county.server.visitor(), wanted)).json.return_to

    expect(await back('/people?q=a')).toBe('/people?q=a')
    for (const evil of ['https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example', 'javascript:alert(1)', ''])
      expect(await back(evil), evil).toBe('/')
  })

  test('says where to log out of the provider too', async () => {
    const { id, visitor: by_password } = await bound('单老师')
    const visitor = county.server.visitor()
    visitor.token = (await go('rs256', id, visitor)).json.token

    const { address } = await visitor.call('GET /session/sso-log-out')

    expect(address).toMatch(new RegExp(`^${sso.issuer}/session/end\\?client_id=rs256&post_logout_redirect_uri=`))
    expect(await by_password.call('GET /session/sso-log-out')).toEqual({})
  })
})

describe('single sign-on refuses', () => {
  test('whoever is not known here', async () => {
    people['bureau-stranger'] = { preferred_username: 'nobody-here' }

    expect((await go('rs256', 'bureau-stranger')).status).toBe(403)
  })

  test('whose post may not come in this way', async () => {
    const { id } = await add_known('杭老师')
    const leader = await add_known('洪校长', 'school_leader')

    expect((await go('leaders', id)).status).toBe(403)
    expect((await go('leaders', leader.id)).json.next.step).toBe('binding')
  })

  test('the password of anybody but the one whom the provider named', async () => {
    const { id } = await add_known('包老师')
    const other = await add_reachable(county, '诸老师')
    const visitor = county.server.visitor()
    const { next } = (await go('rs256', id, visitor)).json

    const by_another = await bind(visitor, next.ticket, other.user_name)

    expect(by_another.status).toBe(403)
    expect((await go('rs256', id)).json.next.step).toBe('binding')
  })

  test('a name at the provider that belongs to somebody else already', async () => {
    const { id } = await bound('左老师')
    const other = await add_reachable(county, '石老师')

    const answer = await county.official.send('PUT', `/api/accounts/${other.person}/linked-log-ins/sso:rs256`, {
      body: { subject: id },
    })

    expect(answer.status).toBe(409)
  })

  test('a way back in another browser, a second time, or that nobody set out on', async () => {
    const { id } = await bound('崔老师')
    const visitor = county.server.visitor()
    const back = await come_back_from((await begin(visitor, 'rs256')).json.address, id)
    const forged = new URL(back)
    forged.searchParams.set('state', 'forged')

    const elsewhere = await finish(county.server.visitor(), back)
    const never_begun = await finish(visitor, forged)
    const right = await finish(visitor, back)
    const again = await finish(visitor, back)

    expect([elsewhere.status, never_begun.status, right.status, again.status]).toEqual([401, 401, 201, 401])
  })

  test("a code of somebody else's way", async () => {
    const { id } = await bound('吉老师')
    const [mine, theirs] = [county.server.visitor(), county.server.visitor()]
    const my_way = await come_back_from((await begin(mine, 'rs256')).json.address, id)
    const their_way = await come_back_from((await begin(theirs, 'rs256')).json.address, id)
    their_way.searchParams.set('code', my_way.searchParams.get('code')!)

    expect((await finish(theirs, their_way)).status).toBe(401)
  })

  test('a provider that does not know us, is another, or is not there; and one that is not in the settings', async () => {
    const { id } = await add_known('钮老师')

    expect((await go('nobody', id)).status).toBe(401)
    expect((await begin(county.server.visitor(), 'impostor')).status).toBe(503)
    expect((await begin(county.server.visitor(), 'away')).status).toBe(503)
    expect((await begin(county.server.visitor(), 'unheard-of')).status).toBe(404)
  })
})

describe('a link to an account', () => {
  test('made beforehand by an administrator spares the password', async () => {
    const { person } = await add_reachable(county, '龚老师')
    people['bureau-gong'] = {}

    await county.official.call('PUT /accounts/{person}/linked-log-ins/{provider}', {
      path: { person, provider: 'sso:rs256' },
      body: { subject: 'bureau-gong' },
    })

    expect((await go('rs256', 'bureau-gong')).json.me.person.name).toBe('龚老师')
  })

  test('is listed to its owner, who can take it away', async () => {
    const { id, visitor } = await bound('程老师')

    const { items } = await visitor.call('GET /linked-log-ins')
    await visitor.call('DELETE /linked-log-ins/{provider}', { path: { provider: 'sso:rs256' } })

    expect(items).toMatchObject([{ provider: 'sso:rs256', name: '区教育局rs256' }])
    expect((await go('rs256', id)).json.next.step).toBe('binding')
  })

  test('goes when its owner says that the log-in was not theirs', async () => {
    const { id, visitor } = await bound('嵇老师')
    await go('rs256', id)
    const { items } = await visitor.call('GET /log-ins')

    await visitor.call('PUT /log-ins/{id}/report', { path: { id: items[0]!.id } })

    expect(items[0]!.method).toBe('sso:rs256')
    expect((await visitor.call('GET /linked-log-ins')).items).toEqual([])
  })
})
