// Who may open a child's file, for which purpose, and what the family sees of it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_pupil, add_staff, make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'
import type { Answer, Visitor } from '../harness/visitor.ts'

let county: County
let family: Family
beforeAll(async () => {
  county = await make_county({ name: 'file-access' })
  family = await make_family(county.server, county.official, county.east)
})
afterAll(() => county?.server.stop())

const problems_of = ({ json }: Answer): string[] => json.problems.map(({ code }: { code: string }) => code)
const file_of = (visitor: Visitor, child: string) => visitor.send('GET', `/api/people/${child}`)
async function staff(role: string, name: string, organisation = county.east.id) {
  return (await add_staff(county.server, county.official, organisation, role, name)).leader
}

describe('standing purposes', () => {
  test('the program proposes some, which a role without one does not have', async () => {
    const reader = await staff('county_reader', '钱阅', county.root)

    const { items, are_proposed } = await county.official.call('GET /privacy/purposes')
    const refused = await file_of(reader, family.child)

    expect(are_proposed).toBe(true)
    expect(items.map(({ role }) => role)).toEqual([
      'class_teacher',
      'grade_leader',
      'moral_education_director',
      'school_leader',
      'county_official',
    ])
    expect(refused.status).toBe(403)
    expect(problems_of(refused)).toEqual(['purpose_needed'])
  })

  test('without one, other ways to the same file are shut, too', async () => {
    const reader = await staff('county_reader', '孙阅', county.root)
    const paths = [
      `/api/people/${family.child}/standing`,
      `/api/people/${family.child}/entries`,
      `/api/students/${family.child}/family`,
      `/api/entries?about=${family.child}`,
      '/api/people.xlsx',
      '/api/entries.xlsx',
    ]

    const answers = await Promise.all(paths.map(async (path) => [path, (await reader.send('GET', path)).status]))

    expect(answers).toEqual(paths.map((path) => [path, 403]))
  })

  test('without one, people are found by name, and nothing of their files is told', async () => {
    const reader = await staff('county_reader', '李阅', county.root)

    const { items } = await reader.call('GET /people', { query: { organisation: county.east.id, kind: 'student', limit: 200 } })
    const [seen] = (await county.east.leader.call('GET /people', { query: { kind: 'student', q: '李梅' } })).items

    expect(items.map(({ name }) => name)).toContain('李梅')
    expect(
      items.filter(({ birth_day, phone, identity, student_number }) => birth_day ?? phone ?? identity ?? student_number),
    ).toEqual([])
    expect(seen?.birth_day).toBe('2018-05-04')
  })

  test('the first own purpose takes the proposed ones over, one that has ended opens nothing', async () => {
    const other = await make_county({ name: 'purposes' })
    try {
      const director = (await add_staff(other.server, other.official, other.east.id, 'moral_education_director', '周德')).leader
      const [pupil] = other.east.pupils
      const before = await file_of(director, pupil!.id)

      const stated = await other.official.call('POST /privacy/purposes', {
        body: { role: 'county_reader', name: '专项督导', basis: '督导条例', to: '2099-12-31' },
      })
      const { items, are_proposed } = await other.official.call('GET /privacy/purposes')
      const directors = items.find(({ role }) => role === 'moral_education_director')!
      await other.official.call('PATCH /privacy/purposes/{id}', {
        path: { id: directors.id! },
        body: { from: '2026-01-01', to: '2026-01-02' },
      })

      expect(before.status).toBe(200)
      expect(stated).toMatchObject({ role: 'county_reader', to: '2099-12-31', version: 1 })
      expect(are_proposed).toBe(false)
      expect(items).toHaveLength(6)
      expect((await file_of(director, pupil!.id)).status).toBe(403)
      expect((await file_of(other.east.leader, pupil!.id)).status).toBe(200)
    } finally {
      await other.server.stop()
    }
  })

  test('are stated by whoever guards the county, and end after they begin', async () => {
    const body = { role: 'teacher', name: '任课', basis: '校规', from: '2026-09-01', to: '2026-08-31' }

    const by_leader = await county.east.leader.send('POST', '/api/privacy/purposes', { body })
    const backwards = await county.official.send('POST', '/api/privacy/purposes', { body })
    const unknown = await county.official.send('POST', '/api/privacy/purposes', {
      body: { ...body, role: 'nobody', to: undefined },
    })

    expect([by_leader.status, backwards.status, unknown.status]).toEqual([403, 422, 422])
    expect([problems_of(backwards), problems_of(unknown)]).toEqual([['before_from'], ['unknown']])
  })
})

describe('a request for one file', () => {
  let teacher: Visitor
  beforeAll(async () => {
    teacher = await staff('teacher', '吴心理')
  })
  const ask = (student = family.child, hours = 24) =>
    teacher.call('POST /privacy/requests', { body: { student, reason: '了解心理辅导背景', hours } })
  const decide = (id: string, body: object, visitor = county.east.leader) =>
    visitor.send('PUT', `/api/privacy/requests/${id}/decision`, { body })
  const opened = (id: string) => teacher.send('GET', `/api/privacy/requests/${id}/file`)
  const make_past = (id: string) =>
    county.server.database.execute(`UPDATE access_requests SET until = asked_at + 1 WHERE id = ${id}`)

  test('goes from the reason by approval to the file, to its end and the look afterwards; the mother sees each reading', async () => {
    const own = await make_family(county.server, county.official, county.east)
    const request = await ask(own.child)
    const before = await opened(request.id)
    const waiting = await county.east.leader.call('GET /privacy/requests', { query: { view: 'to_decide' } })
    await county.east.leader.call('PUT /privacy/requests/{id}/decision', {
      path: { id: request.id },
      body: { approve: true, hours: 2 },
      version: 1,
    })
    const file = await opened(request.id)
    await opened(request.id)
    const { items: seen } = await own.mother.call('GET /children/{id}/readings', { path: { id: own.child } })
    await make_past(request.id)
    const after = await opened(request.id)
    const review = await county.east.leader.call('PUT /privacy/requests/{id}/review', {
      path: { id: request.id },
      body: { finding: 'proper' },
    })

    expect(request).toMatchObject({ state: 'waiting', hours: 24, opened: 0, is_own: true, may_decide: false })
    expect(before.status).toBe(403)
    expect(waiting.items.find(({ id }) => id === request.id)).toMatchObject({
      may_decide: true,
      reason: '了解心理辅导背景',
      class: { name: '1班' },
    })
    expect(file.status).toBe(200)
    expect(file.json).toMatchObject({ name: own.child_name })
    const by_request = seen.filter(({ was_request, action_name }) => was_request && action_name === '按审批查阅档案')
    expect(by_request.map(({ name, why }) => [name, why])).toEqual([
      ['吴心理', '了解心理辅导背景'],
      ['吴心理', '了解心理辅导背景'],
    ])
    expect(after.status).toBe(403)
    expect(review).toMatchObject({ state: 'ended', opened: 2, review: { finding: 'proper' }, may_review: false })
    expect(Date.parse(review.decided_at!)).toBeGreaterThan(0)
  })

  test('is never decided by whoever asks, nor by another school, nor twice, nor refused without a word', async () => {
    const own_pupil = county.east.pupils[0]!.id
    const own = await county.east.leader.call('POST /privacy/requests', {
      body: { student: own_pupil, reason: '核对信息', hours: 1 },
    })
    const request = await ask(county.east.pupils[1]!.id)

    const by_oneself = await decide(own.id, { approve: true })
    const by_stranger = await decide(request.id, { approve: true }, county.west.leader)
    const by_asker = await decide(request.id, { approve: true }, teacher)
    const wordless = await decide(request.id, { approve: false })
    const refused = await decide(request.id, { approve: false, words: '请先与班主任沟通' })
    const again = await decide(request.id, { approve: true })

    expect([by_oneself, by_stranger, by_asker, wordless, refused, again].map(({ status }) => status)).toEqual([
      403, 404, 403, 422, 200, 409,
    ])
    expect(refused.json).toMatchObject({ state: 'refused', decision: '请先与班主任沟通' })
    expect((await opened(request.id)).status).toBe(403)
  })

  test('opens one pupil alone, and nobody else than the asker', async () => {
    const request = await ask(county.east.pupils[2]!.id)
    await decide(request.id, { approve: true })
    const colleague = await staff('teacher', '郑同事')

    const by_colleague = await colleague.send('GET', `/api/privacy/requests/${request.id}/file`)
    const of_another = await file_of(teacher, county.east.pupils[1]!.id)

    expect(by_colleague.status).toBe(404)
    expect(of_another.status).toBe(403)
    expect((await opened(request.id)).status).toBe(200)
  })

  test('a pupil of another school cannot be asked for, nor found', async () => {
    const foreign = await teacher.send('POST', '/api/privacy/requests', {
      body: { student: county.west.pupils[0]!.id, reason: '随便看看', hours: 1 },
    })
    const { items } = await teacher.call('GET /privacy/askable-pupils', { query: { q: '李梅' } })

    expect(foreign.status).toBe(404)
    expect(items).toEqual([{ id: county.east.pupils[0]!.id, name: '李梅', class_name: '1班' }])
  })

  test('may be withdrawn while it waits, and an approval ended early; two at a time are refused', async () => {
    const pupil = (await add_pupil(county.official, county.east.class, '何早')).id
    const first = await ask(pupil)
    const twice = await teacher.send('POST', '/api/privacy/requests', { body: { student: pupil, reason: '再问一次', hours: 1 } })
    const withdrawn = await teacher.call('PUT /privacy/requests/{id}/end', { path: { id: first.id } })
    const second = await ask(pupil)
    await decide(second.id, { approve: true })
    const ended = await county.east.leader.call('PUT /privacy/requests/{id}/end', { path: { id: second.id } })

    expect(twice.status).toBe(409)
    expect(withdrawn.state).toBe('withdrawn')
    expect(ended).toMatchObject({ state: 'ended', may_review: true })
    expect((await opened(second.id)).status).toBe(403)
  })

  test('lets a reader open the file itself, and stands among the reasons why they can', async () => {
    const reader = await staff('county_reader', '冯阅', county.root)
    const pupil = (await add_pupil(county.official, county.east.class, '卫读')).id
    const request = await reader.call('POST /privacy/requests', { body: { student: pupil, reason: '核查资助名单', hours: 8 } })
    const before = await file_of(reader, pupil)
    await decide(request.id, { approve: true }, county.official)

    const after = await file_of(reader, pupil)
    const { items } = await county.east.leader.call('GET /people/{id}/access', { path: { id: pupil } })

    expect([before.status, after.status]).toEqual([403, 200])
    expect(items.filter(({ kind }) => kind === 'request')).toMatchObject([
      { person: { name: '冯阅' }, reason: '经批准：核查资助名单' },
    ])
    const posts = items.filter(({ kind, person }) => kind === 'post' && ['冯阅', '城东校长'].includes(person.name))
    expect(posts.map(({ person, purpose }) => [person.name, purpose])).toEqual([
      ['冯阅', undefined],
      ['城东校长', '本校学籍管理'],
    ])
  })

  test('an improper access is written down with words', async () => {
    const pupil = (await add_pupil(county.official, county.east.class, '蒋查')).id
    const request = await ask(pupil)
    await decide(request.id, { approve: true })
    const early = await county.east.leader.send('PUT', `/api/privacy/requests/${request.id}/review`, {
      body: { finding: 'proper' },
    })
    await make_past(request.id)

    const wordless = await county.east.leader.send('PUT', `/api/privacy/requests/${request.id}/review`, {
      body: { finding: 'improper' },
    })
    const said = await county.east.leader.send('PUT', `/api/privacy/requests/${request.id}/review`, {
      body: { finding: 'improper', words: '与申请理由不符' },
    })
    const again = await county.east.leader.send('PUT', `/api/privacy/requests/${request.id}/review`, {
      body: { finding: 'proper' },
    })

    expect([early, wordless, said, again].map(({ status }) => status)).toEqual([409, 422, 200, 409])
  })
})

describe('what a carer sees of who looked', () => {
  test('is each reading with its purpose, and what was said for numbers in clear', async () => {
    const own = await make_family(county.server, county.official, county.east)
    await file_of(county.east.leader, own.child)
    await county.east.leader.call('GET /people/{id}/numbers', { path: { id: own.child }, query: { purpose: '联系家长' } })

    const { items } = await own.mother.call('GET /children/{id}/readings', { path: { id: own.child } })

    expect(items.slice(0, 2).map(({ name, title, action_name, why }) => ({ name, title, action_name, why }))).toEqual([
      { name: '城东校长', title: '校（园）长 · 城东小学', action_name: '查看完整号码', why: '本校学籍管理 · 联系家长' },
      { name: '城东校长', title: '校（园）长 · 城东小学', action_name: '查看个人档案', why: '本校学籍管理' },
    ])
  })

  test("is nothing of somebody else's child", async () => {
    const stranger = await make_family(county.server, county.official, county.west)

    expect((await stranger.mother.send('GET', `/api/children/${family.child}/readings`)).status).toBe(404)
  })
})
