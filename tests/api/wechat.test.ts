import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { make_county, password, type County } from '../harness/county.ts'
import { add_reachable } from '../harness/people.ts'
import type { StandIn } from '../harness/stand_in.ts'
import { app_id, app_secret, start_wechat } from '../harness/wechat.ts'

let county: County
let wechat: StandIn
beforeAll(async () => {
  wechat = await start_wechat()
  const settings = ['--wechat-address', wechat.address, '--wechat-app-id', app_id, '--wechat-secret', app_secret]
  county = await make_county({ name: 'wechat', settings })
})
afterAll(async () => {
  await county?.server.stop()
  await wechat?.stop()
})

let codes = 0
const code_of = (name: string) => `of-${name}-${++codes}`
const log_in = (code: string) => county.server.visitor().send('POST', '/api/sessions/wechat', { body: { code } })
const bind = (ticket: string, name: string, secret = password) =>
  county.server.visitor().send('POST', '/api/sessions/binding', { body: { ticket, name, password: secret } })

describe('the WeChat mini-program', () => {
  test('binds its user to an account at the first log-in, and logs in at once from then on', async () => {
    const { user_name, visitor } = await add_reachable(county, '裴老师')

    const first = await log_in(code_of('pei'))
    const bound = await bind(first.json.next.ticket, user_name)
    const second = await log_in(code_of('pei'))

    expect(first.json.token).toBeUndefined()
    expect(first.json.next.step).toBe('binding')
    expect(bound.json.me.person.name).toBe('裴老师')
    expect(second.json.me.person.name).toBe('裴老师')
    expect(second.json.me.method).toBe('wechat')
    expect((await visitor.call('GET /linked-log-ins')).items).toMatchObject([{ provider: 'wechat', name: '微信' }])
  })

  test('is left alone once its user is unbound', async () => {
    const { user_name, visitor } = await add_reachable(county, '陆老师')
    await bind((await log_in(code_of('lu'))).json.next.ticket, user_name)

    await visitor.call('DELETE /linked-log-ins/{provider}', { path: { provider: 'wechat' } })

    expect((await log_in(code_of('lu'))).json.next.step).toBe('binding')
  })

  test('does not log in to a disabled account', async () => {
    const { user_name, person } = await add_reachable(county, '荣老师')
    await bind((await log_in(code_of('rong'))).json.next.ticket, user_name)

    await county.official.call('PATCH /accounts/{person}', { path: { person }, body: { disabled: true } })

    expect((await log_in(code_of('rong'))).status).toBe(403)
  })
})

describe('a binding ticket', () => {
  test('is good for one account, for whoever knows its password', async () => {
    const { user_name } = await add_reachable(county, '翁老师')
    const { ticket } = (await log_in(code_of('weng'))).json.next

    const wrong = await bind(ticket, user_name, 'not-this-one')
    const right = await bind(ticket, user_name)
    const again = await bind(ticket, user_name)

    expect([wrong.status, right.status, again.status]).toEqual([401, 201, 401])
  })

  test('is none that somebody makes up, and no ticket of another kind', async () => {
    const { user_name } = await add_reachable(county, '荀老师')
    const { ticket } = (await log_in(code_of('xun'))).json.next

    const made_up = await bind('made-up', user_name)
    const as_second_step = await county.server
      .visitor()
      .send('POST', '/api/sessions/second-factor', { body: { ticket, code: '123456' } })

    expect([made_up.status, as_second_step.status]).toEqual([401, 401])
  })

  test('runs out after ten minutes', async () => {
    const { user_name } = await add_reachable(county, '羊老师')
    const { ticket } = (await log_in(code_of('yang'))).json.next

    await county.server.database.execute("UPDATE log_in_tickets SET expires_at = expires_at - 600000 WHERE purpose = 'binding'")

    expect((await bind(ticket, user_name)).status).toBe(401)
  })
})

describe("WeChat's refusals", () => {
  test.each([
    ['no code of theirs (40029)', 'gibberish', 422, undefined],
    ['too many (45011)', 'too-often', 429, 60],
    ['a risky user (40226)', 'risky-user', 403, undefined],
    ['busy (-1)', 'busy-system', 503, 5],
  ])('%s', async (_, code, status, retry_after) => {
    const answer = await log_in(code)

    expect(answer.status, answer.text).toBe(status)
    expect(answer.headers.get('retry-after')).toBe(retry_after === undefined ? null : String(retry_after))
    expect(answer.text).not.toContain(app_secret)
  })

  test('a code that was used already (40163)', async () => {
    const code = code_of('hui')
    await log_in(code)

    expect((await log_in(code)).status).toBe(422)
  })
})

test('an installation without a mini-program does not offer it', async () => {
  const { start_server } = await import('../harness/server.ts')
  const server = await start_server({ name: 'wechat-none' })

  const answer = await server.visitor().send('POST', '/api/sessions/wechat', { body: { code: 'of-anybody-1' } })
  const methods = await server.visitor().call('GET /log-in-methods')
  await server.stop()

  expect(answer.status).toBe(404)
  expect(methods).toEqual({ password_codes: false, log_in_codes: false, wechat: false, sso: [] })
})
