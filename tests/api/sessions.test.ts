import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_staff, make_county, password, type County } from '../harness/county.ts'

let county: County
beforeAll(async () => {
  county = await make_county({ name: 'sessions' })
})
afterAll(() => county?.server.stop())

describe('logging in', () => {
  test('says who one is, in which post, and with which permissions', async () => {
    const visitor = county.server.visitor()

    const me = await visitor.log_in('wanglixin', password)

    expect(me.person.name).toBe('王立新')
    expect(me.county).toEqual({ county: 360100, name: '梅岭县' })
    expect(me.acting_as?.role).toBe('county_official')
    expect(me.permissions).toContain('manage_plan')
    expect(me.must_change_password).toBe(false)
  })

  test('sets a cookie that no script can read', async () => {
    const answer = await county.server.visitor().send('POST', '/api/sessions', { body: { name: 'wanglixin', password } })

    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^concentric_session=[^;]+;/)
    expect(cookie).toContain('HttpOnly')
    expect(cookie).toContain('SameSite=Lax')
  })

  test('tells nobody whether the name or the password was wrong', async () => {
    const wrong = await county.server
      .visitor()
      .send('POST', '/api/sessions', { body: { name: 'wanglixin', password: 'not-this-one' } })
    const unknown = await county.server
      .visitor()
      .send('POST', '/api/sessions', { body: { name: 'nobody', password: 'not-this-one' } })

    expect(wrong.status).toBe(401)
    expect(unknown.status).toBe(401)
    expect({ ...unknown.json, request_id: '' }).toEqual({ ...wrong.json, request_id: '' })
  })

  test('makes somebody who guesses wait', async () => {
    const { leader } = await add_staff(county.server, county.official, county.east.id, 'teacher', '钱老师')
    const name = (await leader.call('GET /session')).person.name
    const guess = () =>
      county.server.visitor().send('POST', '/api/sessions', { body: { name: 'guessed-name', password: 'wrong-password' } })
    for (let i = 0; i < 5; ++i) await guess()

    const blocked = await guess()

    expect(name).toBe('钱老师')
    expect(blocked.status).toBe(429)
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe('a session', () => {
  test('ends by logging out', async () => {
    const visitor = await county.server.log_in('wanglixin', password)

    await visitor.call('DELETE /session')

    expect((await visitor.send('GET', '/api/session')).status).toBe(401)
  })

  test('is listed to its owner, who can end it from elsewhere', async () => {
    const phone = await county.server.log_in('wanglixin', password)
    const desk = await county.server.log_in('wanglixin', password)
    const { session } = await phone.call('GET /session')

    const { items } = await desk.call('GET /sessions')
    await desk.call('DELETE /sessions/{id}', { path: { id: session } })

    expect(items.map((item) => item.id)).toContain(session)
    expect(items.filter((item) => item.is_current)).toHaveLength(1)
    expect((await phone.send('GET', '/api/session')).status).toBe(401)
    expect((await desk.send('GET', '/api/session')).status).toBe(200)
  })

  test('survives a restart of the server', async () => {
    const visitor = await county.server.log_in('wanglixin', password)

    await county.server.restart()

    expect((await visitor.call('GET /session')).person.name).toBe('王立新')
  })

  test('of somebody with a one-time password can do nothing but change it', async () => {
    const person = await county.official.call('POST /staff', {
      body: { name: '孙老师', organisation: county.east.id, role: 'school_leader' },
    })
    const account = await county.official.call('POST /accounts', { body: { person: person.id, user_name: 'sunlaoshi' } })

    const visitor = await county.server.log_in('sunlaoshi', account.password)

    expect((await visitor.call('GET /session')).must_change_password).toBe(true)
    expect((await visitor.send('GET', '/api/organisations')).status).toBe(403)
  })

  test('ends at once when the account is disabled', async () => {
    const { leader, leader_id } = await add_staff(county.server, county.official, county.east.id, 'teacher', '周老师')

    await county.official.call('PATCH /accounts/{person}', { path: { person: leader_id }, body: { disabled: true } })

    expect((await leader.send('GET', '/api/session')).status).toBe(401)
  })
})

describe('a change of password', () => {
  test('ends the other sessions and asks for the present password', async () => {
    const { leader } = await add_staff(county.server, county.official, county.east.id, 'teacher', '吴老师')
    const { person } = await leader.call('GET /session')
    const account = (await county.official.call('GET /accounts', { query: { q: '吴老师' } })).items.find(
      (item) => item.person === person.id,
    )
    const other = await county.server.log_in(account!.user_name!, password)

    const wrong = await leader.send('PUT', '/api/password', { body: { current: 'not-this-one', new: 'Chrysanthemum-9' } })
    await leader.call('PUT /password', { body: { current: password, new: 'Chrysanthemum-9' } })

    expect(wrong.status).toBe(422)
    expect((await leader.send('GET', '/api/session')).status).toBe(200)
    expect((await other.send('GET', '/api/session')).status).toBe(401)
  })

  test.each([
    ['1234567', 'too short'],
    ['password', 'among the commonest'],
    ['zhenglaoshi-2026', 'holds the user name'],
  ])('to %s is refused: %s', async (weak) => {
    const person = await county.official.call('POST /staff', {
      body: { name: '郑老师', organisation: county.east.id, role: 'teacher' },
    })
    const account = await county.official
      .call('POST /accounts', { body: { person: person.id, user_name: `zhenglaoshi` } })
      .catch(async () => {
        const there = (await county.official.call('GET /accounts', { query: { q: '郑老师' } })).items[0]!
        return county.official.call('PUT /accounts/{person}/password', { path: { person: there.person } })
      })
    const visitor = await county.server.log_in('zhenglaoshi', account.password)

    const answer = await visitor.send('PUT', '/api/password', { body: { current: account.password, new: weak } })

    expect(answer.status, answer.text).toBe(422)
    expect(answer.json.problems[0].path).toMatch(/new$/)
  })
})

describe('a page of another site', () => {
  test('cannot make a change with the cookie of whoever looks at it', async () => {
    const logged_in = await county.server.visitor().send('POST', '/api/sessions', { body: { name: 'wanglixin', password } })
    const cookie = logged_in.headers.get('set-cookie')!.split(';')[0]!
    const change = (headers: Record<string, string>) =>
      county.server.visitor().send('PUT', '/api/session/acting-as', { body: { post: '1' }, headers: { cookie, ...headers } })

    const from_elsewhere = await change({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })
    const from_here = await change({ origin: county.server.address, 'sec-fetch-site': 'same-origin' })

    expect(from_elsewhere.status).toBe(403)
    expect(from_here.status).not.toBe(403)
  })
})
