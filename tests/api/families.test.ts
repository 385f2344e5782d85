// How families come in and what they may do, as people outside would try it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { make_county, next_phone, type County } from '../harness/county.ts'
import type { Example } from '../harness/examples.ts'
import {
  family_password,
  guardian_examples,
  make_family,
  make_family_things,
  type Family,
  type FamilyThings,
} from '../harness/families.ts'
import type { Answer, Visitor } from '../harness/visitor.ts'

let county: County
let things: FamilyThings
let others: Family
beforeAll(async () => {
  county = await make_county({ name: 'families' })
  things = await make_family_things(county)
  others = await make_family(county.server, county.official, county.west)
})
afterAll(() => county?.server.stop())

function ask(visitor: Visitor, { route, path = {}, body }: Example): Promise<Answer> {
  const [method = '', pattern = ''] = route.split(' ')
  return visitor.send(
    method,
    pattern.replace(/\{(\w+)\}/g, (_, name: string) => path[name]!),
    { body },
  )
}

const in_a_month = () => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)

describe("another family's ids", () => {
  test('are unknown in every path', async () => {
    const answers = await Promise.all(
      guardian_examples(things).map(async (example) => [example.route, (await ask(others.mother, example)).status]),
    )

    expect(answers.filter(([, status]) => status !== 404)).toEqual([])
  })

  test('are unknown to staff of the school, too: they have routes of their own', async () => {
    const answers = await Promise.all(
      guardian_examples(things).map(async (example) => [example.route, (await ask(county.east.leader, example)).status]),
    )

    expect(answers.filter(([, status]) => status !== 404)).toEqual([])
  })

  test('show nothing in lists', async () => {
    const children = await others.mother.call('GET /children')
    const entries = await others.mother.send('GET', `/api/own-entries?about=${things.family.child}`)

    expect(children.items.map(({ id }) => id)).toEqual([others.child])
    expect(entries.status).toBe(404)
  })

  test('a guardian may all of it', async () => {
    const family = await make_family(county.server, county.official, county.east)
    const path = { id: family.child }
    const entrusted = await family.mother.call('POST /children/{id}/delegations', {
      path,
      body: { name: '奶奶', phone: next_phone(), scopes: ['see'], until: in_a_month() },
    })
    const changes = await family.mother.call('POST /children/{id}/changes', {
      path,
      body: { changes: [{ field: 'address', wanted: '江边' }] },
    })
    const own = { ...things, family, delegation: entrusted.delegation.id, change_request: changes.request!.id }

    const answers: unknown[] = []
    for (const example of guardian_examples(own)) answers.push((await ask(family.mother, example)).status)

    expect(answers).toEqual([200, 200, 200, 200, 200, 201, 201, 201, 200, 204, 201])
  })
})

describe('joining with a class code', () => {
  let code: string
  beforeAll(async () => {
    code = (await county.west.leader.call('PUT /classes/{id}/code', { path: { id: county.west.class }, body: {} })).code!
  })
  const proof = () => ({ code, child_name: others.child_name, last_four: others.last_four, relation: 'father' as const })

  test('from the code to the child in one approval', async () => {
    const father = county.server.visitor()
    const offer = await father.call('POST /join-checks', { body: { code: code.toLowerCase() } })
    const joined = await father.call('POST /joins', {
      body: { ...proof(), name: '王刚', phone: others.father_phone, password: family_password },
    })
    father.token = joined.token
    const before = await father.call('GET /children')

    const [request] = (await county.west.leader.call('GET /join-requests', {})).items
    await county.west.leader.call('POST /join-decisions', { body: { requests: [request!.id], decision: 'approve' } })

    expect(offer).toMatchObject({ kind: 'class_code', school_name: '城西小学' })
    expect(JSON.stringify(offer)).not.toContain(others.child_name)
    expect(joined.state).toBe('waiting')
    expect(before.items).toEqual([])
    expect(request).toMatchObject({ advice: 'matches', advised_carer: others.father_id })
    expect((await father.call('GET /children')).items).toMatchObject([
      { id: others.child, rights: ['see', 'confirm', 'sign', 'pick_up'] },
    ])
    expect((await father.call('GET /session')).person.id).toBe(others.father_id)
  })

  test('a name that is not there and wrong digits are told apart by nobody', async () => {
    const person = { name: '某人', phone: next_phone(), password: family_password }
    const visitor = county.server.visitor()
    const wrong_name = await visitor.send('POST', '/api/joins', { body: { ...proof(), ...person, child_name: '没有此人' } })
    const wrong_digits = await visitor.send('POST', '/api/joins', { body: { ...proof(), ...person, last_four: '9999' } })

    expect(wrong_name.status).toBe(422)
    expect({ ...wrong_digits.json, request_id: '' }).toEqual({ ...wrong_name.json, request_id: '' })
  })

  test('several are decided at once, each says what came of it, and one letter told of them', async () => {
    const { leader } = county.west
    const asking = async (name: string, relation: 'mother' | 'grandparent') => {
      await county.server.visitor().call('POST /joins', {
        body: { ...proof(), relation, name, phone: next_phone(), password: family_password },
      })
      const { items } = await leader.call('GET /join-requests', {})
      return items.find(({ person }) => person.name === name)!.id
    }
    const letters = async () => (await leader.call('GET /inbox', { query: { kind: 'join_request', unread: true } })).items
    const grandmother = await asking('周奶奶', 'grandparent')
    const differs = await asking('陈兰', 'mother') // the mother's name with another telephone
    const told = await letters()

    const decided = await leader.call('POST /join-decisions', {
      body: { requests: [grandmother, differs, '1'], decision: 'approve' },
    })
    const left = await letters()
    const refused = await leader.call('POST /join-decisions', {
      body: { requests: [differs], decision: 'refuse', words: '请先与我联系' },
    })
    const again = await leader.send('POST', '/api/join-decisions', { body: { requests: [differs], decision: 'approve' } })

    expect(told.map(({ title }) => title)).toEqual([expect.stringMatching(/：2 人申请加入，等您审核$/)])
    expect(told[0]!.link).toBe(`/families?organisation=${county.west.class}`)
    const by_id = new Map(decided.items.map((item) => [item.id, item]))
    expect(by_id.get(grandmother)).toMatchObject({ request: { state: 'approved' } })
    expect(by_id.get(differs)!.refusal).toContain('与花名册不完全一致')
    expect(by_id.get('1')!.refusal).toContain('加入申请')
    expect(left.map(({ title }) => title)).toEqual([expect.stringMatching(/：1 人申请加入，等您审核$/)])
    expect(refused.items).toMatchObject([{ id: differs, request: { state: 'refused' } }])
    expect(await letters()).toEqual([])
    expect(again.status).toBe(409)
  })

  test('digits cannot be searched through', async () => {
    const guess = (last_four: string) =>
      county.server.visitor().send('POST', '/api/joins', {
        body: { ...proof(), child_name: '猜一猜', last_four, name: '某人', phone: next_phone(), password: family_password },
      })
    for (let i = 0; i < 5; ++i) expect((await guess(`000${i}`)).status).toBe(422)

    const blocked = await guess('0005')

    expect(blocked.status).toBe(429)
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('a renewed code opens nothing any more', async () => {
    await county.west.leader.call('PUT /classes/{id}/code', { path: { id: county.west.class }, body: {} })

    expect((await county.server.visitor().send('POST', '/api/join-checks', { body: { code } })).status).toBe(404)
  })
})

describe('what was given ends at once', () => {
  async function grandmother_of(family: Family) {
    const phone = next_phone()
    const made = await family.mother.call('POST /children/{id}/delegations', {
      path: { id: family.child },
      body: { name: '外婆', phone, scopes: ['see'], until: in_a_month() },
    })
    const grandmother = county.server.visitor()
    const joined = await grandmother.call('POST /joins', {
      body: { code: made.invitation!.code, name: '外婆', phone, password: family_password },
    })
    grandmother.token = joined.token
    return { grandmother, delegation: made.delegation.id }
  }

  test('a revoked delegation', async () => {
    const family = await make_family(county.server, county.official, county.east)
    const { grandmother, delegation } = await grandmother_of(family)
    const before = await grandmother.send('GET', `/api/children/${family.child}`)

    await family.mother.call('DELETE /delegations/{id}', { path: { id: delegation } })

    expect(before.status).toBe(200)
    expect(before.json.rights).toEqual(['see'])
    expect((await grandmother.send('GET', `/api/children/${family.child}`)).status).toBe(404)
    expect((await grandmother.send('GET', `/api/own-entries?about=${family.child}`)).status).toBe(404)
    expect((await grandmother.call('GET /session')).children).toEqual([])
  })

  test('a delegate passes nothing on and changes nothing of the child', async () => {
    const family = await make_family(county.server, county.official, county.east)
    const { grandmother } = await grandmother_of(family)

    const entrusted = await grandmother.send('POST', `/api/children/${family.child}/delegations`, {
      body: { name: '邻居', phone: next_phone(), scopes: ['see'], until: in_a_month() },
    })
    const changed = await grandmother.send('POST', `/api/children/${family.child}/changes`, {
      body: { changes: [{ field: 'child_name', wanted: '别人' }] },
    })

    expect(entrusted.status).toBe(403)
    expect(changed.status).toBe(422)
  })

  test('a carer who was taken off the roster', async () => {
    const family = await make_family(county.server, county.official, county.east)
    const path = `/api/children/${family.child}`
    const before = await family.mother.send('GET', path)

    await county.east.leader.call('DELETE /students/{id}/carers/{carer}', { path: { id: family.child, carer: family.mother_id } })

    expect(before.status).toBe(200)
    expect((await family.mother.send('GET', path)).status).toBe(404)
    expect((await family.mother.call('GET /children')).items).toEqual([])
  })

  test('a carer whom an order keeps away, who is not told so', async () => {
    const family = await make_family(county.server, county.official, county.east)
    await county.east.leader.call('POST /students/{id}/no-contacts', {
      path: { id: family.child },
      body: { person: family.mother_id, document: '人身安全保护令' },
    })

    const answer = await family.mother.send('GET', `/api/children/${family.child}`)
    const unknown = await family.mother.send('GET', '/api/children/1')

    expect(answer.status).toBe(404)
    expect({ ...answer.json, request_id: '' }).toEqual({ ...unknown.json, request_id: '' })
    expect((await county.official.call('GET /students/{id}/family', { path: { id: family.child } })).no_contacts).toEqual([])
    expect((await county.east.leader.call('GET /students/{id}/family', { path: { id: family.child } })).no_contacts).toHaveLength(1)
  })
})

test('reading a child leaves a line that the school can find', async () => {
  const family = await make_family(county.server, county.official, county.east)
  await family.mother.call('GET /children/{id}', { path: { id: family.child } })

  const lines = await county.east.leader.call('GET /audit', { query: { subject: `person:${family.child}` } })

  expect(lines.items[0]).toMatchObject({ action: 'child_show', person: { id: family.mother_id } })
})

test('the state of a data check comes as a file', async () => {
  const answer = await county.east.leader.send('GET', `/api/check-campaigns/${things.campaign}/pupils.xlsx`)

  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('spreadsheetml')
})
