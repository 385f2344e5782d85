// What ends, ends at once and everywhere: every route about a child is asked before and after the right to it was taken away.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { add_staff, make_county, next_phone, type County } from '../harness/county.ts'
import { family_password, make_family, type Family } from '../harness/families.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
beforeAll(async () => {
  county = await make_county({ name: 'ended-rights' })
})
afterAll(() => county?.server.stop())

const a_family = () => make_family(county.server, county.official, county.east)
const in_a_month = () => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
const publish = (key: string) =>
  county.official.call('POST /privacy/consents', {
    body: {
      key,
      organisation: county.east.id,
      title: '肖像使用',
      words: '学校公众号使用活动照片。',
      data_items: '照片',
      recipients: '公众',
      kept_months: 12,
    },
  })

/** Everything that a carer may ask about a child, by what it answers. */
async function walk(visitor: Visitor, child: string, consent: string): Promise<number[]> {
  const asked: [string, string, unknown?][] = [
    ['GET', `/api/children/${child}`],
    ['GET', `/api/children/${child}/readings`],
    ['GET', `/api/children/${child}/data.xlsx`],
    ['GET', `/api/own-entries?about=${child}`],
    ['POST', `/api/children/${child}/changes`, { changes: [{ field: 'address', wanted: `滨江路 ${next_phone()} 号` }] }],
    ['POST', `/api/children/${child}/delegations`, { name: '姑姑', phone: next_phone(), scopes: ['see'], until: in_a_month() }],
    ['POST', '/api/me/consents', { key: consent, version: 1, student: child, act: 'given' }],
  ]
  const statuses: number[] = []
  for (const [method, path, body] of asked) statuses.push((await visitor.send(method, path, { body })).status)
  return statuses
}

/** Nothing in any list, and everything as if there were no such child. */
async function expect_nothing(visitor: Visitor, child: string, consent: string) {
  const nowhere = [404, 404, 404, 404, 404, 404, 404]
  expect(await walk(visitor, child, consent)).toEqual(nowhere)
  expect(await walk(visitor, '1', consent)).toEqual(nowhere)
  expect((await visitor.call('GET /children')).items).toEqual([])
  expect((await visitor.call('GET /me/consents')).items).toEqual([])
  expect((await visitor.call('GET /session')).children).toEqual([])
}

async function grandmother_of(family: Family) {
  const phone = next_phone()
  const made = await family.mother.call('POST /children/{id}/delegations', {
    path: { id: family.child },
    body: { name: '外婆', phone, scopes: ['see', 'confirm'], until: in_a_month() },
  })
  const grandmother = county.server.visitor()
  grandmother.token = (
    await grandmother.call('POST /joins', { body: { code: made.invitation!.code, name: '外婆', phone, password: family_password } })
  ).token
  return { grandmother, delegation: made.delegation.id }
}

test('a carer who was taken off the roster', async () => {
  const family = await a_family()
  await publish('removed')
  const before = await walk(family.mother, family.child, 'removed')

  await county.east.leader.call('DELETE /students/{id}/carers/{carer}', { path: { id: family.child, carer: family.mother_id } })

  expect(before).toEqual([200, 200, 200, 200, 201, 201, 201])
  await expect_nothing(family.mother, family.child, 'removed')
})

test('a carer whom an order keeps away', async () => {
  const family = await a_family()
  await publish('kept-away')

  await county.east.leader.call('POST /students/{id}/no-contacts', {
    path: { id: family.child },
    body: { person: family.mother_id, document: '人身安全保护令' },
  })

  await expect_nothing(family.mother, family.child, 'kept-away')
})

test('a delegation that was revoked, and all that the grandmother never might', async () => {
  const family = await a_family()
  await publish('revoked')
  const { grandmother, delegation } = await grandmother_of(family)
  const before = await walk(grandmother, family.child, 'revoked')

  await family.mother.call('DELETE /delegations/{id}', { path: { id: delegation } })

  expect(before).toEqual([200, 200, 403, 200, 422, 403, 403])
  await expect_nothing(grandmother, family.child, 'revoked')
})

test("a delegation ends with its giver's guardianship", async () => {
  const family = await a_family()
  await publish('giver-gone')
  const { grandmother } = await grandmother_of(family)

  await county.east.leader.call('DELETE /students/{id}/carers/{carer}', { path: { id: family.child, carer: family.mother_id } })

  await expect_nothing(grandmother, family.child, 'giver-gone')
})

test('a consent that was withdrawn counts nowhere any more', async () => {
  const family = await a_family()
  await publish('withdrawn')
  const give = (act: string) =>
    family.mother.send('POST', '/api/me/consents', { body: { key: 'withdrawn', version: 1, student: family.child, act } })
  const state_told = async () => {
    const own = (await family.mother.call('GET /me/consents')).items.find(({ purpose }) => purpose.key === 'withdrawn')
    const { items } = await county.east.leader.call('GET /privacy/consents/{key}/answers', {
      path: { key: 'withdrawn' },
      query: { limit: 200 },
    })
    const counted = (await county.official.call('GET /privacy/consents')).items.find(({ key }) => key === 'withdrawn')
    return [own?.state, items.find(({ student }) => student.id === family.child)?.state, counted?.given]
  }
  await give('given')
  const before = await state_told()

  await give('withdrawn')

  expect(before).toEqual(['given', 'given', 1])
  expect(await state_told()).toEqual(['withdrawn', 'withdrawn', 0])
})

test('a consent lapses with the guardianship of whoever gave it, and the other guardian is asked again', async () => {
  const family = await a_family()
  await publish('lapsed')
  const given = { key: 'lapsed', version: 1, student: family.child, act: 'given' as const }
  await family.mother.call('POST /me/consents', { body: given })
  const { code } = await county.east.leader.call('POST /students/{id}/carers/{carer}/invitation', {
    path: { id: family.child, carer: family.father_id },
  })
  const father = county.server.visitor()
  const joining = { code, name: '王刚', phone: family.father_phone, password: family_password }
  father.token = (await father.call('POST /joins', { body: joining })).token
  const asked_of_father = async () => (await father.call('GET /me/consents')).items.find(({ purpose }) => purpose.key === 'lapsed')
  const answers = async () => {
    const path = { key: 'lapsed' }
    const { items } = await county.east.leader.call('GET /privacy/consents/{key}/answers', { path, query: { limit: 200 } })
    return items.filter(({ student }) => student.id === family.child).map(({ state, by }) => [state, by?.id])
  }
  const before = [await asked_of_father(), await answers()]

  await county.east.leader.call('DELETE /students/{id}/carers/{carer}', { path: { id: family.child, carer: family.mother_id } })

  expect(before).toMatchObject([{ state: 'given', has_lapsed: false }, [['given', family.mother_id]]])
  expect(await asked_of_father()).toMatchObject({ state: 'open', has_lapsed: true, may_answer: true })
  expect(await answers()).toEqual([['open', undefined]])
  await father.call('POST /me/consents', { body: given })
  expect(await asked_of_father()).toMatchObject({ state: 'given', has_lapsed: false, by: { id: family.father_id } })
})

test('an approval goes with the post in which it was asked for', async () => {
  const { leader: teacher, post } = await add_staff(county.server, county.official, county.east.id, 'teacher', '许老师')
  const request = await teacher.call('POST /privacy/requests', {
    body: { student: county.east.pupils[0]!.id, reason: '心理辅导', hours: 24 },
  })
  await county.east.leader.call('PUT /privacy/requests/{id}/decision', { path: { id: request.id }, body: { approve: true } })
  const open = () => teacher.send('GET', `/api/privacy/requests/${request.id}/file`)
  const before = await open()

  await county.official.call('PATCH /posts/{id}', { path: { id: post }, body: { from: '2025-09-01' } })
  await county.official.call('PUT /posts/{id}/ending', { path: { id: post }, body: { on: '2025-12-31' } })

  expect(before.status).toBe(200)
  expect((await open()).status).toBe(403)
})

test('an approval does not go along to another post of the same person', async () => {
  const { leader: teacher, leader_id } = await add_staff(county.server, county.official, county.east.id, 'teacher', '何老师')
  const request = await teacher.call('POST /privacy/requests', {
    body: { student: county.east.pupils[1]!.id, reason: '心理辅导', hours: 24 },
  })
  await county.east.leader.call('PUT /privacy/requests/{id}/decision', { path: { id: request.id }, body: { approve: true } })
  const other = await county.official.call('POST /posts', {
    body: { person: leader_id, organisation: county.west.id, role: 'teacher', from: '2026-01-01' },
  })

  await teacher.call('PUT /session/acting-as', { body: { post: other.id } })

  expect((await teacher.send('GET', `/api/privacy/requests/${request.id}/file`)).status).toBe(403)
})
