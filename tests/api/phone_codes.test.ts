import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { make_county, next_phone, password, type County } from '../harness/county.ts'
import { MessageGateway } from '../harness/message_gateway.ts'
import { add_reachable } from '../harness/people.ts'

let county: County
let gateway: MessageGateway
beforeAll(async () => {
  gateway = await MessageGateway.start()
  county = await make_county({ name: 'phone-codes', settings: [...gateway.settings, '--sms-log-in', 'true'] })
})
afterAll(async () => {
  await county?.server.stop()
  await gateway?.stop()
})

const send = (path: string, phone: string) => county.server.visitor().send('POST', `/api/${path}`, { body: { phone } })
const reset = (phone: string, code: string, fresh = 'Chrysanthemum-9') =>
  county.server.visitor().send('PUT', '/api/password-codes', { body: { phone, code, new: fresh } })
const log_in = (phone: string, code: string) =>
  county.server.visitor().send('POST', '/api/sessions/phone', { body: { phone, code } })
const other = (code: string) => (code === '000000' ? '000001' : '000000')

/** The limits count what was sent; as if that had been yesterday. */
const forget_messages = () => county.server.database.execute('DELETE FROM short_messages WHERE sent_at IS NOT NULL')

describe('a forgotten password', () => {
  test('is replaced with the code that came to the phone; all devices are logged out', async () => {
    const { visitor, user_name, phone } = await add_reachable(county, '常老师')

    const sent = await send('password-codes', phone)
    const done = await reset(phone, await gateway.code_for(phone))

    expect(sent.status).toBe(204)
    expect(done.status, done.text).toBe(204)
    expect((await visitor.send('GET', '/api/session')).status).toBe(401)
    const again = await county.server.log_in(user_name, 'Chrysanthemum-9')
    expect((await again.call('GET /inbox')).items.map(({ title }) => title)).toContain('您的密码刚通过短信验证码重置。')
  })

  test('code counts once, and only for its own phone and purpose', async () => {
    const one = await add_reachable(county, '乐老师')
    const two = await add_reachable(county, '于老师')
    await send('password-codes', one.phone)
    const code = await gateway.code_for(one.phone)

    const of_another = await reset(two.phone, code)
    const to_log_in = await log_in(one.phone, code)
    const right = await reset(one.phone, code)
    const again = await reset(one.phone, code, 'Chrysanthemum-10')

    expect([of_another.status, to_log_in.status, right.status, again.status]).toEqual([422, 422, 204, 422])
  })

  test('code is worth nothing after five wrong ones', async () => {
    const { phone } = await add_reachable(county, '时老师')
    await send('password-codes', phone)
    const code = await gateway.code_for(phone)
    for (let i = 0; i < 5; ++i) await reset(phone, other(code))

    expect((await reset(phone, code)).status).toBe(422)
  })

  test('may be tried again with the same code after a password that is too easy', async () => {
    const { phone } = await add_reachable(county, '傅老师')
    await send('password-codes', phone)
    const code = await gateway.code_for(phone)

    const easy = await reset(phone, code, 'password')
    const good = await reset(phone, code)

    expect(easy.status).toBe(422)
    expect(easy.json.problems[0].path).toBe('new')
    expect(good.status).toBe(204)
  })

  test('tells nobody which phones have an account', async () => {
    const { phone } = await add_reachable(county, '皮老师')
    const stranger = next_phone()

    const known = [
      await send('password-codes', phone),
      await send('password-codes', phone),
      await reset(phone, '123456', 'password'),
    ]
    const unknown = [
      await send('password-codes', stranger),
      await send('password-codes', stranger),
      await reset(stranger, '123456', 'password'),
    ]

    const seen = (answers: typeof known) => answers.map(({ status, json }) => [status, json?.detail, json?.problems])
    expect(seen(unknown)).toEqual(seen(known))
    expect(known.map(({ status }) => status)).toEqual([204, 429, 422])
    await gateway.code_for(phone)
    expect(gateway.to(stranger)).toEqual([])
  })
})

describe('one phone', () => {
  test('gets one message a minute and five an hour', async () => {
    const { phone } = await add_reachable(county, '卞老师')
    const later = (minutes: number) =>
      county.server.database.execute(`UPDATE short_messages SET created_at = created_at - ${minutes * 60_000}`)
    const statuses: number[] = []
    for (let i = 0; i < 6; ++i) {
      statuses.push((await send('log-in-codes', phone)).status)
      await later(2)
    }
    const at_once = await send('log-in-codes', phone)
    await later(60)

    expect(statuses).toEqual([204, 204, 204, 204, 204, 429])
    expect(at_once.status).toBe(429)
    expect(Number(at_once.headers.get('retry-after'))).toBeGreaterThan(60)
    expect((await send('log-in-codes', phone)).status).toBe(204)
  })
})

describe('logging in by a code', () => {
  test('opens a session that still has to prove itself for what asks for a step-up', async () => {
    const { phone } = await add_reachable(county, '齐老师', 'school_leader')
    await send('log-in-codes', phone)

    const answer = await log_in(phone, await gateway.code_for(phone))

    expect(answer.status).toBe(201)
    expect(answer.json.me.method).toBe('sms')
    const visitor = county.server.visitor()
    visitor.token = answer.json.token
    expect((await visitor.send('GET', '/api/people.xlsx')).json.code).toBe('step_up_needed')
  })

  test('asks for the second factor too', async () => {
    const { code_of } = await import('../harness/totp.ts')
    const { visitor, phone } = await add_reachable(county, '康老师')
    const { secret } = await visitor.call('POST /second-factor')
    await visitor.call('PUT /second-factor', { body: { code: code_of(secret, -1) } })
    await send('log-in-codes', phone)

    const answer = await log_in(phone, await gateway.code_for(phone))

    expect(answer.json.token).toBeUndefined()
    expect(answer.json.next.step).toBe('second_factor')
  })
})

describe('the gateway', () => {
  test('is tried again when it is out of order', async () => {
    await forget_messages()
    const { phone } = await add_reachable(county, '伍老师')
    gateway.failures = 1

    await send('password-codes', phone)

    expect((await reset(phone, await gateway.code_for(phone))).status).toBe(204)
  })

  test('leaves no code and no number behind once the message is sent', async () => {
    const { phone } = await add_reachable(county, '余老师')
    await send('password-codes', phone)
    const code = await gateway.code_for(phone)

    const left = await county.server.database.query('SELECT content FROM short_messages WHERE sent_at IS NOT NULL')
    const jobs = await county.server.database.query("SELECT input FROM jobs WHERE kind = 'short_message'")

    expect(left.filter((content) => content !== '')).toEqual([])
    expect(jobs.some((input) => input.includes(code) || input.includes(phone))).toBe(false)
  })
})

test('a device never seen before is told by a message as well', async () => {
  const { user_name, phone } = await add_reachable(county, '元老师')

  await county.server.visitor().send('POST', '/api/sessions', { body: { name: user_name, password } })

  const { eventually } = await import('../harness/eventually.ts')
  await eventually(async () => gateway.to(phone).some((text) => text.includes('新设备')))
  expect(gateway.to(phone)).toHaveLength(1)
})
