import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_staff, make_county, password, type County } from '../harness/county.ts'
import { operations } from '../harness/document.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
beforeAll(async () => {
  county = await make_county({ name: 'step-up' })
})
afterAll(() => county?.server.stop())

/** As if the log-in had been a while ago: the database's clock is the only one that counts. */
async function let_time_pass(visitor: Visitor): Promise<void> {
  const { session } = await visitor.call('GET /session')
  await county.server.database.execute(`UPDATE sessions SET confirmed_at = confirmed_at - 11 * 60000 WHERE id = ${session}`)
}

const confirm = (visitor: Visitor, body: unknown) => visitor.send('PUT', '/api/session/confirmation', { body })

describe('what asks for a step-up', () => {
  test('is every reset of somebody else, and every list of people as a file', () => {
    const asking = operations.filter(({ step_up }) => step_up).map(({ route }) => route)

    expect(asking).toEqual(
      expect.arrayContaining([
        'PUT /api/accounts/{person}/password',
        'DELETE /api/accounts/{person}/second-factor',
        'GET /api/people.xlsx',
      ]),
    )
  })

  test('is refused a while after the log-in, and open again after the password', async () => {
    const visitor = await county.server.log_in('wanglixin', password)
    const fresh = await visitor.send('GET', '/api/people.xlsx')
    await let_time_pass(visitor)

    const stale = await visitor.send('GET', '/api/people.xlsx')
    const elsewhere = await visitor.send('GET', '/api/people')
    const wrong = await confirm(visitor, { password: 'not-this-one' })
    const right = await confirm(visitor, { password })

    expect(fresh.status).toBe(200)
    expect(stale.status).toBe(403)
    expect(stale.json.code).toBe('step_up_needed')
    expect(elsewhere.status).toBe(200)
    expect(wrong.status).toBe(422)
    expect(right.status).toBe(200)
    expect((await visitor.send('GET', '/api/people.xlsx')).status).toBe(200)
  })

  test('gains nothing for a token that somebody saw before', async () => {
    const visitor = await county.server.log_in('wanglixin', password)
    const seen = county.server.visitor()
    seen.token = visitor.token
    await let_time_pass(visitor)

    await confirm(visitor, { password })

    expect(visitor.token).not.toBe(seen.token)
    expect((await seen.send('GET', '/api/people.xlsx')).json.code).toBe('step_up_needed')
    expect((await visitor.call('GET /sessions')).items.filter(({ is_current }) => is_current)).toHaveLength(1)
  })

  test('cannot be guessed from an open session', async () => {
    const { leader } = await add_staff(county.server, county.official, county.east.id, 'teacher', '许老师')
    for (let i = 0; i < 5; ++i) await confirm(leader, { password: 'not-this-one' })

    const blocked = await confirm(leader, { password })

    expect(blocked.status).toBe(429)
  })

  test('takes either a password or a code', async () => {
    for (const body of [{}, { password, code: '123456' }]) expect((await confirm(county.official, body)).status).toBe(422)
  })
})

describe('a token', () => {
  test('of before a new password ends after the requests that are on their way', async () => {
    const { leader } = await add_staff(county.server, county.official, county.east.id, 'teacher', '吕老师')
    const old = county.server.visitor()
    old.token = leader.token
    await leader.call('PUT /password', { body: { current: password, new: 'Chrysanthemum-9' } })
    const at_once = await old.send('GET', '/api/session')

    await sleep(21_000)

    expect(at_once.status).toBe(200)
    expect((await old.send('GET', '/api/session')).status).toBe(401)
    expect((await leader.send('GET', '/api/session')).status).toBe(200)
  }, 40_000)

  test('that was planted before a log-in is never taken over', async () => {
    const planted = 'A'.repeat(43)
    const answer = await county.server.visitor().send('POST', '/api/sessions', {
      body: { name: 'wanglixin', password },
      headers: { cookie: `concentric_session=${planted}`, origin: county.server.address, 'sec-fetch-site': 'same-origin' },
    })

    expect(answer.json.token).not.toBe(planted)
    const thief = county.server.visitor()
    thief.token = planted
    expect((await thief.send('GET', '/api/session')).status).toBe(401)
  })
})

test.each(['/api/session/confirmation', '/api/inbox/all-reading', '/api/second-factor'])(
  'a page of another site cannot send PUT %s',
  async (path) => {
    const logged_in = await county.server.visitor().send('POST', '/api/sessions', { body: { name: 'wanglixin', password } })
    const cookie = logged_in.headers.getSetCookie()[0]!.split(';')[0]!

    const answer = await county.server.visitor().send('PUT', path, {
      body: { password, code: '123456' },
      headers: { cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    })

    expect(answer.status).toBe(403)
    expect(answer.json.code).toBe('forbidden')
  },
)
