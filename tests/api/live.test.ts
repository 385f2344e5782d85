import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { make_county, type County } from '../harness/county.ts'
import { Listener } from '../harness/live.ts'

let county: County
beforeAll(async () => {
  county = await make_county({ name: 'live' })
})
afterAll(() => county?.server.stop())

describe('a WebSocket is opened', () => {
  test('for whoever is logged in', async () => {
    const listener = await Listener.open(county.server, { token: county.official.token! })

    expect(listener.status).toBe(101)
    listener.hang_up()
  })

  test('for nobody else', async () => {
    expect((await Listener.open(county.server)).status).toBe(401)
    expect((await Listener.open(county.server, { token: 'made-up' })).status).toBe(401)
  })

  test('not from a page of another site, whose browser sends the cookie along', async () => {
    const cookie = `concentric_session=${county.official.token}`

    const foreign = await Listener.open(county.server, { headers: { cookie, origin: 'https://elsewhere.example' } })
    const own = await Listener.open(county.server, { headers: { cookie, origin: county.server.address } })

    expect([foreign.status, own.status]).toEqual([403, 101])
    own.hang_up()
  })

  test('only as the standard asks for it', async () => {
    const token = county.official.token!

    expect((await county.official.send('GET', '/api/live')).status).toBe(426)
    expect((await Listener.open(county.server, { token, headers: { 'sec-websocket-version': '8' } })).status).toBe(426)
  })
})

test('a server that stops says that it comes back', async () => {
  const listener = await Listener.open(county.server, { token: county.official.token! })

  const stopped = county.server.stop_serving()

  expect(await listener.closing()).toBe(1012)
  listener.hang_up()
  await stopped
  await county.server.start()
})
