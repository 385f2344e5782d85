import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { make_county, password, type County } from '../harness/county.ts'
import { add_reachable } from '../harness/people.ts'

let county: County
beforeAll(async () => {
  county = await make_county({ name: 'log-ins' })
})
afterAll(() => county?.server.stop())

const agent = (name: string) => ({ 'user-agent': name })
const log_in = (name: string, headers: Record<string, string>, visitor = county.server.visitor()) =>
  visitor.send('POST', '/api/sessions', { body: { name, password }, headers })

describe('the log-in history', () => {
  test('holds every log-in to the own account with device, way and outcome, newest first', async () => {
    const { visitor, user_name } = await add_reachable(county, '施老师')
    await county.server.visitor().send('POST', '/api/sessions', { body: { name: user_name, password: 'wrong-password' } })

    await log_in(user_name, agent('Mozilla/5.0 (iPhone) MicroMessenger/8.0'))

    const { items } = await visitor.call('GET /log-ins')
    expect(items.map(({ outcome }) => outcome)).toEqual(['succeeded', 'wrong_password', 'succeeded'])
    expect(items[0]).toMatchObject({ method: 'password', agent: 'Mozilla/5.0 (iPhone) MicroMessenger/8.0', address: '127.0.0.1' })
    expect(items.filter(({ is_current }) => is_current)).toHaveLength(1)
  })

  test('holds nothing of others', async () => {
    const { visitor } = await add_reachable(county, '张老师')
    const { items: of_others } = await county.official.call('GET /log-ins')

    const { items } = await visitor.call('GET /log-ins')
    const reported = await visitor.send('PUT', `/api/log-ins/${of_others[0]!.id}/report`)

    expect(items).toHaveLength(1)
    expect(reported.status).toBe(404)
  })
})

describe('a device', () => {
  test('never seen before is told to the owner; the first of all, and a newer version of the browser, are not', async () => {
    const { visitor, user_name } = await add_reachable(county, '孔老师')
    const desk = county.server.visitor()
    const items = async () => (await visitor.call('GET /inbox')).items.map(({ kind, title }) => `${kind} ${title}`)
    const before = await items()

    await log_in(user_name, agent('Chrome/140.0 Windows'), desk)
    await log_in(user_name, agent('Chrome/141.2 Windows'), desk)

    expect(before).toEqual([])
    expect(await items()).toEqual(['account 您的账号刚在一台新设备上登录。'])
  })

  test('whose cookie was copied to another kind of browser is news again', async () => {
    const { visitor, user_name } = await add_reachable(county, '曹老师')
    const thief = county.server.visitor()
    thief.device = visitor.device

    await log_in(user_name, agent('Firefox/130.0 Linux'), thief)

    expect((await visitor.call('GET /inbox')).items.map(({ kind }) => kind)).toEqual(['account'])
  })
})

describe('"this was not me"', () => {
  test('ends that log-in and asks the owner for a new password', async () => {
    const { visitor, user_name } = await add_reachable(county, '华老师')
    const thief = await county.server.log_in(user_name, password)
    const { items } = await visitor.call('GET /log-ins')

    await visitor.call('PUT /log-ins/{id}/report', { path: { id: items[0]!.id } })

    expect((await thief.send('GET', '/api/session')).status).toBe(401)
    expect((await visitor.call('GET /session')).must_change_password).toBe(true)
    expect((await visitor.send('GET', '/api/organisations')).status).toBe(403)
    await visitor.call('PUT /password', { body: { current: password, new: 'Chrysanthemum-9' } })
    expect((await visitor.send('GET', '/api/organisations')).status).toBe(200)
    expect((await visitor.call('GET /log-ins')).items[0]!.reported_at).toBeDefined()
  })

  test('ends the own session too when it is that one', async () => {
    const { visitor } = await add_reachable(county, '金老师')
    const { items } = await visitor.call('GET /log-ins')

    const answer = await visitor.send('PUT', `/api/log-ins/${items[0]!.id}/report`)

    expect(answer.status).toBe(204)
    expect((await visitor.send('GET', '/api/session')).status).toBe(401)
  })
})
