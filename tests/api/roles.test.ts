// Rights are data: what changes in them counts from the next request on, on every server of an installation.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_staff, make_county, type County } from '../harness/county.ts'
import type { Server } from '../harness/server.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let second: Server
beforeAll(async () => {
  county = await make_county({ name: 'roles' })
  second = await county.server.second()
})
afterAll(async () => {
  await second?.stop_serving()
  await county?.server.stop()
})

const status = async (visitor: Visitor, path: string) => (await visitor.send('GET', path)).status

/** The same person at the second server. */
function at_second({ token }: Visitor): Visitor {
  const there = second.visitor()
  there.token = token
  return there
}

describe('at once, also on a server that has just let them in', () => {
  test('a role loses a permission', async () => {
    const { leader } = await add_staff(county.server, county.official, county.east.class, 'class_teacher', '马老师')
    const role = (await county.official.call('GET /roles')).items.find((item) => item.role === 'class_teacher')!
    const before = await status(at_second(leader), '/api/people')

    const changed = await county.official.call('PATCH /roles/{role}', {
      path: { role: role.role },
      body: { permissions: ['read_directory'] },
    })
    const without = [await status(leader, '/api/people'), await status(at_second(leader), '/api/people')]
    await county.official.call('PATCH /roles/{role}', {
      path: { role: role.role },
      body: { permissions: role.permissions },
      version: changed.version,
    })

    expect(before).toBe(200)
    expect(without).toEqual([403, 403])
    expect(await status(at_second(leader), '/api/people')).toBe(200)
  })

  test('a post ends', async () => {
    const { leader, post } = await add_staff(county.server, county.official, county.east.id, 'school_leader', '冯校长')
    const before = await status(at_second(leader), '/api/people')

    await county.official.call('PATCH /posts/{id}', { path: { id: post }, body: { from: '2025-09-01' } })
    await county.official.call('PUT /posts/{id}/ending', { path: { id: post }, body: { on: '2025-12-31' } })

    expect(before).toBe(200)
    expect(await status(at_second(leader), '/api/people')).toBe(403)
  })

  test('a session is revoked', async () => {
    const { leader } = await add_staff(county.server, county.official, county.east.id, 'teacher', '许老师')
    const before = await status(at_second(leader), '/api/session')

    await leader.call('DELETE /session')

    expect(before).toBe(200)
    expect(await status(at_second(leader), '/api/session')).toBe(401)
  })

  test('an account is disabled', async () => {
    const { leader, leader_id } = await add_staff(county.server, county.official, county.east.id, 'teacher', '邓老师')
    const before = await status(at_second(leader), '/api/session')

    await county.official.call('PATCH /accounts/{person}', { path: { person: leader_id }, body: { disabled: true } })

    expect(before).toBe(200)
    expect(await status(at_second(leader), '/api/session')).toBe(401)
  })
})

describe('a class', () => {
  test('is handed over in one step, and handed back', async () => {
    const { grade } = county.west
    const class_ = await county.official.call('POST /organisations', {
      body: {
        parent: grade,
        kind: 'class',
        name: '2班',
        stages: ['primary'],
        entry_year: 2025,
        number: 2,
        opened_on: '2025-09-01',
      },
    })
    const old = await add_staff(county.server, county.official, class_.id, 'class_teacher', '韩老师')
    const next = await add_staff(county.server, county.official, county.west.id, 'teacher', '唐老师')
    const from = (await county.official.call('GET /posts', { query: { organisation: class_.id } })).items[0]!.from
    const hand = (to: string) =>
      county.west.leader.call('POST /classes/{id}/handover', {
        path: { id: class_.id },
        body: { to, from, roles: ['class_teacher'] },
      })
    const holders = async () =>
      (await county.official.call('GET /posts', { query: { organisation: class_.id } })).items.map(({ person }) => person.name)

    const handed = await hand(next.leader_id)
    const after = await holders()
    await hand(old.leader_id)

    expect(handed.items.map((item) => [item.from?.name, item.to.name])).toEqual([['韩老师', '唐老师']])
    expect(after).toEqual(['唐老师'])
    expect(await holders()).toEqual(['韩老师'])
  })
})

test('who can see a pupil is told with the reasons', async () => {
  const { items } = await county.east.leader.call('GET /people/{id}/access', { path: { id: county.east.pupils[0]!.id } })

  expect(items.map(({ person, kind }) => `${kind} ${person.name}`)).toEqual(
    expect.arrayContaining(['post 王立新', 'post 城东校长', 'carer 李家长']),
  )
  expect(items.some(({ person }) => person.name === '城西校长')).toBe(false)
})

test('a failed log-in leaves a line in the audit log', async () => {
  await county.server.visitor().send('POST', '/api/sessions', { body: { name: 'wanglixin', password: 'not-this-one' } })

  const { items } = await county.official.call('GET /audit', { query: { action: 'session_refuse' } })

  expect(items[0]).toMatchObject({ action_name: '登录失败', subject_name: '王立新', person: { name: '未登录的人' } })
  expect(JSON.stringify(items)).not.toContain('not-this-one')
})
