// A server that dies while people listen: all come back, and nobody misses or doubles anything.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { announce, path, sign_up } from '../harness/activities.ts'
import { make_county, type County } from '../harness/county.ts'
import { eventually } from '../harness/eventually.ts'
import { make_family, type Family } from '../harness/families.ts'
import { Phone } from '../harness/phone.ts'

let county: County
let family: Family
beforeAll(async () => {
  county = await make_county({ name: 'live-crash' })
  family = await make_family(county.server, county.official, county.east)
})
afterAll(() => county?.server.stop())

async function tell(title: string) {
  const event = await announce(county.east.leader, { title })
  await sign_up(family.mother, event)
  await county.east.leader.call('PUT /activities/{id}/cancellation', { ...path(event), body: { reason: '台风停课' } })
}

test('all are back, and each has seen everything once', async () => {
  const phones = Array.from({ length: 12 }, () => new Phone(county.server, family.mother, { haste: 20 }))
  const all_have = (title: string) => eventually(async () => phones.every((phone) => phone.count(title) === 1))
  await eventually(async () => phones.every(({ connections }) => connections === 1))

  await tell('运动会')
  await all_have('运动会')
  await county.server.kill9()
  await county.server.start()
  await tell('读书会')
  await all_have('读书会')
  await eventually(async () => phones.every(({ connections }) => connections === 2))

  await tell('家长会')
  await all_have('家长会')
  expect(phones.map((phone) => ['运动会', '读书会', '家长会'].map((title) => phone.count(title)))).toEqual(
    phones.map(() => [1, 1, 1]),
  )
  for (const phone of phones) phone.switch_off()
})
