import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_staff, make_county, password, type County } from '../harness/county.ts'
import { add_reachable } from '../harness/people.ts'
import { code_of } from '../harness/totp.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
beforeAll(async () => {
  county = await make_county({ name: 'second-factor', settings: ['--second-factor-roles', 'grade_leader'] })
})
afterAll(() => county?.server.stop())

async function switch_on(visitor: Visitor): Promise<{ secret: string; codes: string[] }> {
  const { secret } = await visitor.call('POST /second-factor')
  const { codes } = await visitor.call('PUT /second-factor', { body: { code: code_of(secret, -1) } })
  return { secret, codes }
}

const first_step = async (name: string, visitor = county.server.visitor()) =>
  (await visitor.send('POST', '/api/sessions', { body: { name, password } })).json
const second_step = (ticket: string, code: string, visitor = county.server.visitor()) =>
  visitor.send('POST', '/api/sessions/second-factor', { body: { ticket, code } })

describe('a second factor', () => {
  test('makes a log-in two steps, and the password alone opens nothing', async () => {
    const { visitor, user_name } = await add_reachable(county, '何老师')
    const { secret } = await switch_on(visitor)

    const half = await first_step(user_name)
    const whole = await second_step(half.next.ticket, code_of(secret))

    expect(half.token).toBeUndefined()
    expect(half.me).toBeUndefined()
    expect(half.next.step).toBe('second_factor')
    expect(whole.status).toBe(201)
    expect(whole.json.me.person.name).toBe('何老师')
  })

  test('refuses a code that was used already', async () => {
    const { visitor, user_name } = await add_reachable(county, '韩老师')
    const { secret } = await switch_on(visitor)
    const code = code_of(secret)
    expect((await second_step((await first_step(user_name)).next.ticket, code)).status).toBe(201)

    const replayed = await second_step((await first_step(user_name)).next.ticket, code)

    expect(replayed.status).toBe(422)
    expect(replayed.json.problems[0].path).toBe('code')
  })

  test('can be replaced by each recovery code once', async () => {
    const { visitor, user_name } = await add_reachable(county, '魏老师')
    const { codes } = await switch_on(visitor)
    const use = async (code: string) => (await second_step((await first_step(user_name)).next.ticket, code)).status

    const as_printed = await use(codes[0]!)
    const again = await use(codes[0]!)
    const in_capitals = await use(codes[1]!.toUpperCase().replaceAll('-', ' '))

    expect(codes).toHaveLength(10)
    expect([as_printed, again, in_capitals]).toEqual([201, 422, 201])
    expect((await visitor.call('GET /second-factor')).codes_left).toBe(8)
  })

  test('ticket ends with its use and after five wrong codes', async () => {
    const { visitor, user_name } = await add_reachable(county, '蒋老师')
    const { secret } = await switch_on(visitor)
    const used = (await first_step(user_name)).next.ticket
    await second_step(used, code_of(secret))
    const guessed = (await first_step(user_name)).next.ticket
    const wrong = code_of(secret) === '000000' ? '000001' : '000000'
    const guesses: number[] = []
    for (let i = 0; i < 5; ++i) guesses.push((await second_step(guessed, wrong)).status)

    const after_use = await second_step(used, code_of(secret, 1))
    const after_guesses = await second_step(guessed, code_of(secret, 1))

    expect(guesses).toEqual([422, 422, 422, 422, 422])
    expect(after_use.status).toBe(401)
    expect(after_guesses.status).toBe(401)
  })

  test('makes whoever guesses wait, also with fresh tickets', async () => {
    const { visitor, user_name } = await add_reachable(county, '沈老师')
    const { secret } = await switch_on(visitor)
    const wrong = code_of(secret) === '000000' ? '000001' : '000000'
    for (let i = 0; i < 5; ++i) await second_step((await first_step(user_name)).next.ticket, wrong)

    const blocked = await second_step((await first_step(user_name)).next.ticket, wrong)

    expect(blocked.status).toBe(429)
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('logs the other devices out when it is switched on, and goes on under a new token', async () => {
    const { visitor, user_name } = await add_reachable(county, '杨老师')
    const other = await county.server.log_in(user_name, password)
    const before = visitor.token

    await switch_on(visitor)

    expect(visitor.token).not.toBe(before)
    expect((await other.send('GET', '/api/session')).status).toBe(401)
    expect((await visitor.send('GET', '/api/session')).status).toBe(200)
  })

  test('is not on before the first right code', async () => {
    const { visitor, user_name } = await add_reachable(county, '朱老师')
    await visitor.call('POST /second-factor')

    const wrong = await visitor.send('PUT', '/api/second-factor', { body: { code: 'k7mw-3xqa-9tpe' } })

    expect(wrong.status).toBe(422)
    expect((await first_step(user_name)).me.person.name).toBe('朱老师')
  })

  test('of somebody who lost their phone is taken away by an administrator, who sees who has one', async () => {
    const { visitor, user_name, person } = await add_reachable(county, '秦老师')
    await switch_on(visitor)
    const listed = (await county.east.leader.call('GET /accounts', { query: { q: '秦老师' } })).items[0]!

    await county.east.leader.call('DELETE /accounts/{person}/second-factor', { path: { person } })

    expect(listed.has_second_factor).toBe(true)
    expect((await visitor.send('GET', '/api/session')).status).toBe(401)
    const again = await county.server.log_in(user_name, password)
    const { items } = await again.call('GET /inbox')
    expect(items.map(({ title }) => title)).toContain('管理员关闭了您账号的两步验证。')
    const { items: lines } = await county.official.call('GET /audit', { query: { subject: `person:${person}` } })
    expect(lines.map(({ action }) => action)).toContain('second_factor_reset')
  })
})

describe('a post whose role asks for a second factor', () => {
  test('opens nothing until it is set up, and cannot go back', async () => {
    const { leader } = await add_staff(county.server, county.official, county.east.grade, 'grade_leader', '尤老师')
    const before = await leader.call('GET /session')
    const refused = await leader.send('GET', '/api/organisations')

    await switch_on(leader)

    expect(before.must_set_second_factor).toBe(true)
    expect(before.acting_as).toBeUndefined()
    expect(refused.status).toBe(403)
    const after = await leader.call('GET /session')
    expect(after.must_set_second_factor).toBe(false)
    expect(after.acting_as?.role).toBe('grade_leader')
    expect((await leader.send('GET', '/api/organisations')).status).toBe(200)
    expect((await leader.send('DELETE', '/api/second-factor')).status).toBe(409)
  })
})
