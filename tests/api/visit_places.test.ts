// Addresses become places by a service outside: only where the school wants it, and it is told the address alone.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'
import { StandIn } from '../harness/stand_in.ts'
import { start_campaign, visits_of, type Campaign } from '../harness/visits.ts'
import type { Visitor } from '../harness/visitor.ts'

// https://lbs.amap.com/api/webservice/guide/api/georegeo
const key = 'a1b2c3d4e5f6'
const start_amap = () =>
  StandIn.start(({ url }, reply) => {
    reply.setHeader('content-type', 'application/json')
    if (url.pathname !== '/v3/geocode/geo') return void reply.writeHead(404).end()
    const address = url.searchParams.get('address') ?? ''
    if (url.searchParams.get('key') !== key) return void reply.end('{"status":"0","info":"INVALID_USER_KEY","infocode":"10001"}')
    if (address.includes('没有这条路'))
      return void reply.end('{"status":"0","info":"ENGINE_RESPONSE_DATA_ERROR","infocode":"30001"}')
    const found = { formatted_address: `梅岭县${address}`, location: '116.397327,39.908735', level: '门牌号' }
    reply.end(JSON.stringify({ status: '1', info: 'OK', infocode: '10000', count: '1', geocodes: [found] }))
  })

let service: StandIn
let county: County
let family: Family
let teacher: Visitor
let campaign: Campaign
let visit: string
beforeAll(async () => {
  service = await start_amap()
  const settings = ['--geocoder', 'amap', '--geocoder-address', service.address, '--geocoder-key', key]
  county = await make_county({ name: 'visit-places', settings })
  const { server, official, east } = county
  family = await make_family(server, official, east)
  ;({ leader: teacher } = await add_staff(server, official, east.class, 'class_teacher', '赵老师'))
  campaign = await start_campaign(east.leader, east.id)
  visit = (await visits_of(teacher, campaign.id)).find(({ student }) => student.id === family.child)!.id
})
afterAll(async () => {
  await county?.server.stop()
  await service?.stop()
})

const ask = (address: string, who = teacher) => who.send('POST', `/api/visits/${visit}/place-proposals`, { body: { address } })
const choose = (is_on: boolean, who = county.east.leader) =>
  who.send('PUT', `/api/visit-campaigns/${campaign.id}/geocoding`, { body: { is_on } })

test('nothing leaves before the school chose it, and only its leader chooses', async () => {
  expect((await ask('滨江路 8 号')).status).toBe(409)
  expect([(await choose(true, teacher)).status, (await choose(true, county.west.leader)).status]).toEqual([404, 404])
  expect(service.received).toEqual([])

  expect((await choose(true)).json.asks_geocoder).toBe(true)
})

test('the service is told the address alone; what it finds is proposed and not saved', async () => {
  const { items } = (await ask('滨江路 8 号')).json

  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({ address: '梅岭县滨江路 8 号', precision: '门牌号' })
  expect(items[0].latitude).toBeCloseTo(39.907333, 4)
  expect(items[0].longitude).toBeCloseTo(116.391083, 4)
  expect(Object.fromEntries(service.received[0]!.url.searchParams)).toEqual({ address: '滨江路 8 号', key, output: 'JSON' })
  const place = await teacher.call('GET /visits/{id}/place', { path: { id: visit } })
  expect([place.latitude, place.may_ask_geocoder]).toEqual([undefined, true])
})

test('an address with a name or a telephone number does not leave', async () => {
  const before = service.received.length

  for (const address of [`滨江路 8 号${family.child_name}家`, '滨江路 8 号陈兰收', '滨江路 8 号 13812345678']) {
    const refused = await ask(address)
    expect([refused.status, refused.json.problems[0].path]).toEqual([422, '/address'])
  }
  expect(service.received).toHaveLength(before)
})

test('an address that nobody knows is no place; whoever is not in the team asks nothing', async () => {
  expect((await ask('没有这条路 1 号')).json.items).toEqual([])
  for (const stranger of [county.east.leader, county.west.leader, family.mother])
    expect((await ask('滨江路 8 号', stranger)).status).toBe(404)
})
