// What people are told arrives in one place, for them alone, and is followed without a gap.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { announce, path, sign_up } from '../harness/activities.ts'
import { make_county, next_phone, type County } from '../harness/county.ts'
import { family_password, make_family, type Family } from '../harness/families.ts'
import { Listener } from '../harness/live.ts'

let county: County
let family: Family
beforeAll(async () => {
  county = await make_county({ name: 'inbox' })
  family = await make_family(county.server, county.official, county.east)
})
afterAll(() => county?.server.stop())

const inbox = (query = {}) => family.mother.call('GET /inbox', { query })
const unread = async () => (await family.mother.call('GET /inbox/unread')).unread

async function tell(title: string, reason = '台风停课') {
  const event = await announce(county.east.leader, { title })
  await sign_up(family.mother, event)
  await county.east.leader.call('PUT /activities/{id}/cancellation', { ...path(event), body: { reason } })
  return event
}

test('somebody is told, looks it up, and it is unread until then, for them alone', async () => {
  const before = await unread()
  const event = await tell('运动会')
  const [item] = (await inbox({ unread: true, search: '运动会' })).items

  expect(item).toMatchObject({
    kind: 'activity',
    body: '台风停课',
    link: `/activities/${event.id}`,
    is_read: false,
    is_urgent: false,
  })
  expect(await unread()).toBe(before + 1)
  const strange = await county.west.leader.send('PUT', '/api/inbox/reading', { body: { ids: [item!.id] } })
  expect(strange.status).toBe(204)
  expect(await unread()).toBe(before + 1)
  await family.mother.call('PUT /inbox/reading', { body: { ids: [item!.id] } })
  expect(await unread()).toBe(before)
  expect((await inbox({ search: '运动会' })).items[0]).toMatchObject({ id: item!.id, is_read: true })
  expect((await county.west.leader.call('GET /inbox')).items.map(({ id }) => id)).not.toContain(item!.id)
})

test('whoever reads English gets English words where there are some', async () => {
  await tell('Sports day', 'Typhoon')
  family.mother.language = 'en'
  const { items } = await inbox({ search: 'Sports day' })
  family.mother.language = 'zh-CN'

  expect(items[0]!.title).toBe('Cancelled: Sports day')
})

test('a client that hands its cursor back sees what came since, and loses nothing', async () => {
  const seen = new Map<string, string>()
  let after: string | undefined
  for (const title of ['一号', '二号', '三号']) {
    await tell(title)
    const news = await family.mother.call('GET /inbox/news', { query: { after } })
    for (const item of news.items) seen.set(item.id, item.title)
    after = news.cursor
  }

  expect([...seen.values()]).toEqual(expect.arrayContaining(['活动取消：一号', '活动取消：二号', '活动取消：三号']))
  expect(new Set(seen.keys()).size).toBe((await inbox({ limit: 200 })).items.length)
})

test('a phone that listens hears of it at once, and no other', async () => {
  const mothers = await Listener.open(county.server, { token: family.mother.token! })
  const leaders = await Listener.open(county.server, { token: county.west.leader.token! })

  await tell('亲子阅读')

  expect(await mothers.topics(1)).toEqual(['inbox'])
  expect(leaders.heard).toEqual([])
  mothers.hang_up()
  leaders.hang_up()
})

test('servers of one PostgreSQL tell each other', async ({ skip }) => {
  if (county.server.database.kind !== 'postgresql') skip('SQLite has one server')
  const second = await county.server.second()
  const elsewhere = await Listener.open(second, { token: family.mother.token! })

  await tell('家校共读')

  expect(await elsewhere.topics(1)).toContainEqual(expect.stringMatching(/^(inbox|all)$/)) // all: it began to hear just now
  elsewhere.hang_up()
  await second.stop_serving()
})

test('all of it is read at once', async () => {
  await tell('家长会')
  await family.mother.call('PUT /inbox/all-reading')

  expect(await unread()).toBe(0)
  expect((await inbox({ unread: true })).items).toEqual([])
})

test('the answer to a request to join reaches whoever asked', async () => {
  const { leader, class: class_ } = county.east
  const { code } = await leader.call('PUT /classes/{id}/code', { path: { id: class_ }, body: {} })
  const proof = { code: code!, child_name: family.child_name, last_four: family.last_four, relation: 'grandparent' as const }
  const grandmother = county.server.visitor()
  const joined = await grandmother.call('POST /joins', {
    body: { ...proof, name: '王桂花', phone: next_phone(), password: family_password },
  })
  grandmother.token = joined.token
  const [request] = (await leader.call('GET /join-requests', {})).items
  await leader.call('POST /join-decisions', { body: { requests: [request!.id], decision: 'approve' } })

  const { items } = await grandmother.call('GET /inbox', { query: { kind: 'family' } })
  expect(items.map(({ title, link }) => `${title} ${link}`)).toEqual([`加入申请已通过：${family.child_name} /my-family`])
})
