// Whom a school plans an event together with, found by name wherever they are.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { announce, show } from '../harness/activities.ts'
import { make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'

let county: County
let family: Family
beforeAll(async () => {
  county = await make_county({ name: 'activity-partners' })
  family = await make_family(county.server, county.official, county.east)
})
afterAll(() => county?.server.stop())

test('a school works together with a community outside its reach, and with no other school', async () => {
  const { official, root, east, west } = county
  const add = (kind: 'community' | 'resource', name: string) =>
    official.call('POST /organisations', {
      body: {
        parent: root,
        kind,
        name,
        stages: [],
        opened_on: '2025-09-01',
        ...(kind === 'resource' && { resource_kind: 'museum' }),
      },
    })
  const community = await add('community', '临湖社区')
  const base = await add('resource', '临湖博物馆')
  const find = async (query: object) =>
    (await east.leader.call('GET /partner-organisations', { query })).items.map(({ name }) => name)

  expect(await find({ q: '临湖' })).toEqual(expect.arrayContaining(['临湖社区', '临湖博物馆']))
  expect(await find({ q: 'linhu', kind: ['resource'] })).toEqual(['临湖博物馆'])
  expect(await find({ q: '城西' })).toEqual([])
  expect((await east.leader.call('GET /organisations', { query: { q: '临湖' } })).items).toEqual([])
  const event = await announce(east.leader, { kind: 'joint_activity', title: '社区共建', partners: [community.id, base.id] })
  expect((await show(east.leader, event)).partners.map(({ name }) => name).sort()).toEqual(['临湖博物馆', '临湖社区'].sort())
  await expect(announce(east.leader, { kind: 'joint_activity', partners: [west.id] })).rejects.toThrow(/422.*partners/)
  expect((await family.mother.send('GET', '/api/partner-organisations')).status).toBe(403)
})
