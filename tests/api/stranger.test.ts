// What somebody tries who has no business here: other people's sessions, guessing, pages of other sites.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_staff, make_county, next_phone, password, type County } from '../harness/county.ts'
import { operations, path_to_nothing } from '../harness/document.ts'
import { make_family } from '../harness/families.ts'
import { add_reachable } from '../harness/people.ts'
import { code_of } from '../harness/totp.ts'
import type { Answer, Visitor } from '../harness/visitor.ts'

let county: County
beforeAll(async () => {
  county = await make_county({ name: 'stranger', settings: ['--trusted-proxies', '127.0.0.1', '--step-up-minutes', '10'] })
})
afterAll(() => county?.server.stop())

const cookie_in = (answer: Answer, name: string) =>
  new RegExp(`${name}=([^;]+)`).exec(answer.headers.getSetCookie().join('\n'))?.[1]
const log_in = (name: string, word: string, headers: Record<string, string> = {}) =>
  county.server.visitor().send('POST', '/api/sessions', { body: { name, password: word }, headers })
let addresses = 0
/** Somebody at an address that nobody has asked from. */
const from_elsewhere = () => ({ 'x-forwarded-for': `198.51.100.${++addresses}` })

describe('a session', () => {
  /** Reads and writes are looked up in different ways; neither may remember what has ended. */
  const use = async (token: string) => {
    const visitor = county.server.visitor()
    visitor.token = token
    const read = await visitor.send('GET', '/api/organisations')
    const logged_read = await visitor.send('GET', `/api/people/${county.east.pupils[0]!.id}`)
    const write = await visitor.send('PUT', '/api/inbox/all-reading')
    const file = await visitor.send('GET', '/api/import-templates/roster')
    return [read.status, logged_read.status, write.status, file.status]
  }
  const ways_to_end: [string, (victim: { visitor: Visitor; person: string; user_name: string }) => Promise<unknown>][] = [
    ['logging out', ({ visitor }) => visitor.call('DELETE /session')],
    [
      'ending it from another device',
      async ({ visitor, user_name }) => {
        const other = await county.server.log_in(user_name, password)
        const { session } = await visitor.call('GET /session')
        await other.call('DELETE /sessions/{id}', { path: { id: session } })
      },
    ],
    [
      'a change of password elsewhere',
      async ({ user_name }) => {
        const other = await county.server.log_in(user_name, password)
        await other.call('PUT /password', { body: { current: password, new: 'Chrysanthemum-9' } })
      },
    ],
    ['a reset by the school', ({ person }) => county.official.call('PUT /accounts/{person}/password', { path: { person } })],
    [
      'closing the account',
      ({ person }) => county.official.call('PATCH /accounts/{person}', { path: { person }, body: { disabled: true } }),
    ],
    [
      'a new token in its place, but for the requests that were under way',
      async ({ visitor, person }) => {
        await visitor.call('PUT /session/confirmation', { body: { password } })
        await county.server.database.execute(
          `UPDATE sessions SET expires_at = expires_at - 60000 WHERE person = ${person} AND expires_at < ${Date.now() + 90_000}`,
        )
      },
    ],
    [
      'the days that it lasts',
      async ({ visitor }) => {
        const { session } = await visitor.call('GET /session')
        await county.server.database.execute(`UPDATE sessions SET expires_at = 1 WHERE id = ${session}`)
      },
    ],
  ]
  test.each(ways_to_end)('is of no use to anybody after %s', async (_, end) => {
    const victim = await add_reachable(county, '卫老师', 'school_leader')
    const token = victim.visitor.token!
    const before = await use(token)

    await end(victim)

    expect(before).toEqual([200, 200, 204, 200])
    expect(await use(token)).toEqual([401, 401, 401, 401])
  })

  test('is never the one that the browser was given beforehand', async () => {
    const { user_name } = await add_reachable(county, '蒋老师')
    const planted = (await county.server.log_in('wanglixin', password)).token!
    const invented = 'A'.repeat(43)

    const answers = await Promise.all(
      [planted, invented].map((token) =>
        log_in(user_name, password, {
          cookie: `concentric_session=${token}`,
          origin: county.server.address,
          'sec-fetch-site': 'same-origin',
        }),
      ),
    )

    for (const answer of answers) {
      expect(answer.status, answer.text).toBe(201)
      expect([planted, invented]).not.toContain(cookie_in(answer, 'concentric_session'))
    }
    const attacker = county.server.visitor()
    attacker.token = planted
    expect((await attacker.call('GET /session')).person.name).toBe('王立新')
    attacker.token = invented
    expect((await attacker.send('GET', '/api/session')).status).toBe(401)
  })

  test('is opened by the header or the cookie alone: not by a query, a body, or half of a token', async () => {
    const { visitor } = await add_reachable(county, '沈老师', 'school_leader')
    const token = visitor.token!
    const nobody = county.server.visitor()

    const statuses = [
      await nobody.send('GET', `/api/session?token=${token}&access_token=${token}`),
      await nobody.send('GET', '/api/session', { headers: { authorization: `Basic ${token}` } }),
      await nobody.send('GET', '/api/session', { headers: { authorization: `Bearer ${token.slice(0, -1)}` } }),
      await nobody.send('GET', '/api/session', { headers: { authorization: `Bearer ${token} ${token}` } }),
      await nobody.send('GET', '/api/session', { headers: { cookie: `other_concentric_session=${token}` } }),
    ].map(({ status }) => status)

    expect(statuses).toEqual([401, 401, 401, 401, 401])
  })

  test('lies in the database as a hash only', async () => {
    const { visitor } = await add_reachable(county, '韩老师')

    const rows = await county.server.database.query(`SELECT id FROM sessions WHERE token_hash = '${visitor.token}'`)

    expect(rows).toEqual([])
  })
})

describe('guessing', () => {
  test('at one account is slowed down from every address together', async () => {
    const { user_name } = await add_reachable(county, '杨老师')
    for (let i = 0; i < 5; ++i) await log_in(user_name, 'wrong-password', from_elsewhere())

    const right = await log_in(user_name, password, from_elsewhere())

    expect(right.status).toBe(429)
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('at many accounts is slowed down by the address, whatever the client claims to be', async () => {
    const { user_name } = await add_reachable(county, '朱老师')
    const here = (i: number) => ({
      'x-forwarded-for': `10.9.8.${i}, 203.0.113.77`,
      forwarded: `for=10.9.8.${i}`,
      'x-real-ip': '10.1.1.1',
    })
    const statuses: number[] = []
    for (let i = 0; i < 31; ++i) statuses.push((await log_in(`nobody${i}`, 'wrong-password', here(i))).status)

    expect(statuses.at(0)).toBe(401)
    expect(statuses.at(-1)).toBe(429)
    expect((await log_in(user_name, password, here(99))).status).toBe(429)
    expect((await log_in(user_name, password, from_elsewhere())).status).toBe(201)
  })

  test('with a session that was left open finds out neither the password nor a code', async () => {
    const { visitor } = await add_reachable(county, '秦老师')
    const { secret } = await visitor.call('POST /second-factor')
    await visitor.call('PUT /second-factor', { body: { code: code_of(secret, -1) } })
    const other = await add_reachable(county, '许老师')
    const guess = async (times: number, ask: () => Promise<Answer>) => {
      const statuses: number[] = []
      for (let i = 0; i < times; ++i) statuses.push((await ask()).status)
      return statuses.at(-1)
    }

    const at_change = await guess(8, () =>
      other.visitor.send('PUT', '/api/password', {
        body: { current: 'wrong-password', new: 'Chrysanthemum-9' },
        headers: from_elsewhere(),
      }),
    )
    const at_confirmation = await guess(8, () =>
      other.visitor.send('PUT', '/api/session/confirmation', { body: { password: 'wrong-password' }, headers: from_elsewhere() }),
    )
    const at_code = await guess(8, () =>
      visitor.send('PUT', '/api/session/confirmation', { body: { code: '000000' }, headers: from_elsewhere() }),
    )

    expect([at_change, at_confirmation, at_code]).toEqual([429, 429, 429])
  })

  test('at invitations and class codes is slowed down by the address', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 40; ++i)
      statuses.push(
        (
          await county.server
            .visitor()
            .send('POST', '/api/join-checks', { body: { code: `AAAA${1000 + i}` }, headers: { 'x-forwarded-for': '203.0.113.88' } })
        ).status,
      )

    expect(statuses).toContain(404)
    expect(statuses.at(-1)).toBe(429)
  })

  test("at a child's digits is slowed down by the child, from wherever it comes", async () => {
    const family = await make_family(county.server, county.official, county.east)
    const { code } = await county.east.leader.call('PUT /classes/{id}/code', { path: { id: county.east.class }, body: {} })
    const ask = (last_four: string) =>
      county.server.visitor().send('POST', '/api/joins', {
        body: {
          code,
          child_name: family.child_name,
          last_four,
          relation: 'other',
          name: '某人',
          phone: next_phone(),
          password: 'Apricot-rain-2026',
        },
        headers: from_elsewhere(),
      })
    for (let i = 0; i < 12; ++i) await ask('0000')

    expect((await ask(family.last_four)).status).toBe(429)
  })
})

describe('at one moment', () => {
  const at_once = <T>(times: number, ask: (i: number) => Promise<T>) => Promise.all(Array.from({ length: times }, (_, i) => ask(i)))
  const count = (answers: Answer[], status: number) => answers.filter((answer) => answer.status === status).length

  test('many guesses are no more than one after the other', async () => {
    const { user_name } = await add_reachable(county, '孔老师')

    const answers = await at_once(20, () => log_in(user_name, 'wrong-password', from_elsewhere()))

    expect(count(answers, 401)).toBe(5)
    expect(count(answers, 429)).toBe(15)
  })

  test('a code of the app and a recovery code open one session, though many use them', async () => {
    const { visitor, user_name } = await add_reachable(county, '严老师')
    const { secret } = await visitor.call('POST /second-factor')
    const { codes } = await visitor.call('PUT /second-factor', { body: { code: code_of(secret, -1) } })
    const tickets = async () =>
      (await at_once(4, () => log_in(user_name, password, from_elsewhere()))).map(({ json }) => json.next.ticket as string)
    const use = async (code: string) => {
      const given = await tickets()
      const answers = await at_once(4, (i) =>
        county.server.visitor().send('POST', '/api/sessions/second-factor', { body: { ticket: given[i], code } }),
      )
      return count(answers, 201)
    }

    expect([await use(code_of(secret)), await use(codes[0]!)]).toEqual([1, 1])
  })

  test('an invitation lets one person in', async () => {
    const family = await make_family(county.server, county.official, county.east)
    const path = { id: family.child, carer: family.father_id }
    const { code } = await county.east.leader.call('POST /students/{id}/carers/{carer}/invitation', { path })

    const answers = await at_once(4, () =>
      county.server.visitor().send('POST', '/api/joins', {
        body: { code, name: '王刚', phone: next_phone(), password: 'Apricot-rain-2026' },
        headers: from_elsewhere(),
      }),
    )

    expect(count(answers, 201)).toBe(1)
    expect(answers.every(({ status }) => status < 500)).toBe(true)
  })
})

describe('a page of another site', () => {
  const changes = operations.filter(({ method }) => method !== 'GET')
  let cookie: string
  beforeAll(async () => {
    cookie = `concentric_session=${(await add_staff(county.server, county.official, county.root, 'county_official', '戚老师')).leader.token}`
  })
  const post = (operation: (typeof operations)[number], headers: Record<string, string>) =>
    county.server.visitor().send(operation.method, path_to_nothing(operation), {
      body: operation.takes_file ? 'a' : '{}',
      headers: { cookie, 'content-type': 'text/plain', ...headers },
    })

  test('makes no change with the cookie of whoever looks at it, by whatever trick', { timeout: 120_000 }, async () => {
    const tricks: Record<string, string>[] = [
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
      { origin: 'https://other.example', 'sec-fetch-site': 'same-site' },
      { origin: 'null' },
      { origin: `${county.server.address}.evil.example` },
      {},
    ]
    const reached: string[] = []
    for (const operation of changes)
      for (const headers of tricks) {
        const { status } = await post(operation, headers)
        if (status !== 403) reached.push(`${operation.route} ${JSON.stringify(headers)} → ${status}`)
      }

    expect(reached).toEqual([])
  })

  test('cannot log a visitor in as somebody else', async () => {
    const { user_name } = await add_reachable(county, '曹老师')

    const forged = await log_in(user_name, password, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })

    expect(forged.status).toBe(403)
    expect(forged.headers.getSetCookie()).toEqual([])
  })

  test('cannot read an answer: none allows another origin', async () => {
    const answers = [
      await county.server.visitor().send('GET', '/api/session', { headers: { cookie, origin: 'https://evil.example' } }),
      await county.server.visitor().send('OPTIONS', '/api/session', {
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'PUT' },
      }),
    ]

    for (const answer of answers) expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})
