// How children's data are guarded: who may open a file and why, what guardians agree to, what is handed out, and what is erased.
import read_workbook from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_pupil, add_staff, make_county, next_phone, type County } from '../harness/county.ts'
import { eventually } from '../harness/eventually.ts'
import { family_password, make_family, type Family } from '../harness/families.ts'
import type { Answer, Visitor } from '../harness/visitor.ts'

let county: County
let family: Family
beforeAll(async () => {
  county = await make_county({ name: 'privacy' })
  family = await make_family(county.server, county.official, county.east)
})
afterAll(() => county?.server.stop())

const problems_of = ({ json }: Answer): string[] => json.problems.map(({ code }: { code: string }) => code)
const file_of = (visitor: Visitor, child: string) => visitor.send('GET', `/api/people/${child}`)
const this_year = new Date().getFullYear()

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

describe('consent', () => {
  const wording = {
    title: '班级相册使用照片',
    words: '学校在班级相册中使用孩子的活动照片，仅本班家长可见。',
    data_items: '照片',
    recipients: '本班家长',
    kept_months: 12,
  }
  const publish = (key: string) =>
    county.official.call('POST /privacy/consents', { body: { ...wording, key, organisation: county.east.id } })
  const answer = (visitor: Visitor, student: string, key: string, version: number, act: 'given' | 'refused' | 'withdrawn') =>
    visitor.send('POST', '/api/me/consents', { body: { key, version, student, act } })
  const own = async (visitor: Visitor, key: string) =>
    (await visitor.call('GET /me/consents')).items.find(({ purpose }) => purpose.key === key)
  const counts = async (key: string) => {
    const { given, refused, withdrawn } = (await county.official.call('GET /privacy/consents')).items.find(
      (one) => one.key === key,
    )!
    return { given, refused, withdrawn }
  }

  test('is asked for each purpose by itself, given and taken back, which counts at once', async () => {
    await publish('album')
    await publish('broadcast')
    const asked = await own(family.mother, 'album')
    await answer(family.mother, family.child, 'album', 1, 'given')
    const given = await counts('album')
    const other = await own(family.mother, 'broadcast')

    const taken_back = await answer(family.mother, family.child, 'album', 1, 'withdrawn')
    const twice = await answer(family.mother, family.child, 'album', 1, 'withdrawn')

    expect(asked).toMatchObject({ state: 'open', may_answer: true, was_reworded: false, student: { id: family.child } })
    expect(given).toEqual({ given: 1, refused: 0, withdrawn: 0 })
    expect(other?.state).toBe('open')
    expect([taken_back.status, twice.status]).toEqual([201, 409])
    expect(await counts('album')).toEqual({ given: 0, refused: 0, withdrawn: 1 })
  })

  test('new words ask again, an answer to old words is refused, what was given to them counts no more', async () => {
    await publish('survey')
    await answer(family.mother, family.child, 'survey', 1, 'given')

    await county.official.call('POST /privacy/consents/{key}/versions', {
      path: { key: 'survey' },
      body: { ...wording, recipients: '本校家长', asks_again: true },
    })
    const asked = await own(family.mother, 'survey')
    const late = await answer(family.mother, family.child, 'survey', 1, 'given')
    const now = await answer(family.mother, family.child, 'survey', 2, 'given')

    expect(asked).toMatchObject({ state: 'open', was_reworded: true, purpose: { version: 2, recipients: '本校家长' } })
    expect([late.status, now.status]).toEqual([409, 201])
  })

  test('words that were only made clearer leave the answers; taking back needs no newest words', async () => {
    await publish('trip')
    await answer(family.mother, family.child, 'trip', 1, 'given')

    await county.official.call('POST /privacy/consents/{key}/versions', {
      path: { key: 'trip' },
      body: { ...wording, title: '活动照片', asks_again: false },
    })
    const kept = await counts('trip')
    const taken_back = await answer(family.mother, family.child, 'trip', 1, 'withdrawn')

    expect(kept.given).toBe(1)
    expect(taken_back.status).toBe(201)
    expect((await counts('trip')).withdrawn).toBe(1)
  })

  test('is given by a legal guardian alone: not by a grandmother, not by a pupil under fourteen, not by a stranger', async () => {
    const home = await make_family(county.server, county.official, county.east)
    await publish('signing')
    const phone = next_phone()
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
    const made = await home.mother.call('POST /children/{id}/delegations', {
      path: { id: home.child },
      body: { name: '外婆', phone, scopes: ['see', 'confirm'], until },
    })
    const grandmother = county.server.visitor()
    grandmother.token = (
      await grandmother.call('POST /joins', {
        body: { code: made.invitation!.code, name: '外婆', phone, password: family_password },
      })
    ).token
    const stranger = await make_family(county.server, county.official, county.west)

    const by_grandmother = await answer(grandmother, home.child, 'signing', 1, 'given')
    const by_stranger = await answer(stranger.mother, home.child, 'signing', 1, 'given')

    expect((await own(grandmother, 'signing'))?.may_answer).toBe(false)
    expect([by_grandmother.status, by_stranger.status]).toEqual([403, 404])
    expect(await counts('signing')).toEqual({ given: 0, refused: 0, withdrawn: 0 })
  })

  test('a pupil of fourteen answers too, a younger one reads only', async () => {
    await publish('pupils')
    const log_in = async (name: string, birth_day: string) => {
      const pupil = await county.official.call('POST /students', {
        body: { name, birth_day, class: county.east.class, from: '2025-09-01', carers: [] },
      })
      const account = await county.official.call('POST /accounts', { body: { person: pupil.id, user_name: `pupil.${birth_day}` } })
      const visitor = await county.server.log_in(account.user_name!, account.password)
      await visitor.call('PUT /password', { body: { current: account.password, new: family_password } })
      return { visitor, id: pupil.id }
    }
    const older = await log_in('尤大', `${this_year - 15}-01-01`)
    const younger = await log_in('尤小', `${this_year - 10}-01-01`)

    const answers = [
      await answer(older.visitor, older.id, 'pupils', 1, 'given'),
      await answer(younger.visitor, younger.id, 'pupils', 1, 'given'),
    ]

    expect(answers.map(({ status }) => status)).toEqual([201, 403])
  })

  test('what is closed asks nobody any more', async () => {
    await publish('closed')
    await county.official.call('PUT /privacy/consents/{key}/closing', { path: { key: 'closed' } })

    expect(await own(family.mother, 'closed')).toBeUndefined()
    expect((await answer(family.mother, family.child, 'closed', 1, 'given')).status).toBe(404)
  })

  test('the answers are told to those who keep the files, as a list and as a sheet', async () => {
    await publish('listed')
    await answer(family.mother, family.child, 'listed', 1, 'refused')
    const reader = await staff('county_reader', '韩阅', county.root)

    const { items } = await county.east.leader.call('GET /privacy/consents/{key}/answers', {
      path: { key: 'listed' },
      query: { state: 'refused' },
    })
    const sheet = await county.east.leader.send('GET', '/api/privacy/consents/listed/answers.xlsx?state=refused')
    const west = await county.west.leader.send('GET', '/api/privacy/consents/listed/answers')

    expect(items).toMatchObject([
      { student: { id: family.child }, is_under_14: true, state: 'refused', by: { id: family.mother_id }, version: 1 },
    ])
    expect(sheet.headers.get('content-type')).toContain('spreadsheetml')
    expect(west.status).toBe(404)
    expect((await reader.send('GET', '/api/privacy/consents/listed/answers')).status).toBe(403)
  })
})

describe('everything about a person', () => {
  test('is told with what an erasure takes and what it leaves, from every module', async () => {
    const home = await make_family(county.server, county.official, county.east)
    await home.mother.call('POST /children/{id}/changes', {
      path: { id: home.child },
      body: { changes: [{ field: 'address', wanted: '滨江路 8 号' }] },
    })

    const { parts, obstacles } = await county.official.call('GET /people/{id}/data', { path: { id: home.child } })

    expect(Object.fromEntries(parts.map(({ key, is_erased }) => [key, is_erased]))).toMatchObject({
      person: true,
      student: true,
      change_requests: true,
      enrolments: false,
      carers: false,
      audit: false,
    })
    expect(parts.find(({ key }) => key === 'change_requests')?.rows).toMatchObject([{ wanted: '滨江路 8 号' }])
    expect(parts.flatMap(({ columns }) => columns).filter((name) => /^[a-z_.]+$/.test(name))).toEqual([])
    expect(parts.find(({ key }) => key === 'carers')?.in_words.map(({ cells }) => cells)).toEqual([
      ['陈兰', '母亲', '是'],
      ['王刚', '父亲', '是'],
    ])
    expect(obstacles).toEqual(['这是在籍学生，学籍信息依法须保存。'])
  })

  test('a guardian takes a copy of their child, everybody one of themselves, nobody else', async () => {
    const child = await family.mother.send('GET', `/api/children/${family.child}/data.xlsx`)
    const self = await family.mother.send('GET', '/api/me/data.xlsx')
    const stranger = await make_family(county.server, county.official, county.west)

    expect([child.status, self.status]).toEqual([200, 200])
    expect((await stranger.mother.send('GET', `/api/children/${family.child}/data.xlsx`)).status).toBe(404)
    expect((await county.east.leader.send('GET', `/api/people/${family.child}/data`)).status).toBe(403)
  })

  test('an order that keeps somebody away is told with the child, and never to whom it keeps away', async () => {
    const home = await make_family(county.server, county.official, county.east)
    await county.east.leader.call('POST /students/{id}/no-contacts', {
      path: { id: home.child },
      body: { person: home.father_id, document: '保护令 9 号' },
    })

    const of_child = await county.official.send('GET', `/api/people/${home.child}/data`)
    const of_father = await county.official.send('GET', `/api/people/${home.father_id}/data`)
    const { items } = await county.east.leader.call('GET /people/{id}/access', { path: { id: home.child } })

    expect(of_child.text).toContain('保护令 9 号')
    expect(of_father.text).not.toContain('保护令 9 号')
    expect(items.filter(({ kind }) => kind === 'carer').map(({ person }) => person.id)).toEqual([home.mother_id])
  })
})

describe('erasure', () => {
  /** A pupil who left, whose carers are theirs alone. */
  async function gone(name: string) {
    const pupil = await add_pupil(county.official, county.east.class, name)
    await county.official.call('PUT /students/{id}/status', { path: { id: pupil.id }, body: { status: 'left', on: '2026-01-31' } })
    return pupil
  }
  const erase = (id: string, name: string, visitor = county.official) =>
    visitor.send('POST', `/api/people/${id}/erasure`, { body: { name, reason: '监护人要求' } })

  test('needs the name once more, takes the personal data, and leaves a proof', async () => {
    const pupil = await gone('沈离')
    const preview = await county.official.call('GET /people/{id}/data', { path: { id: pupil.id } })

    const misspelt = await erase(pupil.id, '沈李')
    const proof = await erase(pupil.id, '沈离')
    const after = await county.official.send('GET', `/api/people/${pupil.id}/data`)
    const { items } = await county.official.call('GET /privacy/deletions')

    expect(preview.obstacles).toEqual([])
    expect([misspelt.status, proof.status]).toEqual([422, 201])
    expect(proof.json).toMatchObject({
      data_class: 'on_request',
      person: pupil.id,
      reason: '监护人要求',
      counts: { person: 1, student: 1 },
    })
    expect(proof.json.content_hash).toMatch(/^[0-9a-f]{64}$/)
    expect(items[0]).toMatchObject({ id: proof.json.id, erased_by: { name: '王立新' } })
    expect(after.text).not.toContain('沈离')
    expect(after.text).not.toContain('2018-05-04')
  })

  test('is refused with every reason against it: enrolled, held', async () => {
    const pupil = await add_pupil(county.official, county.east.class, '杨在')
    await county.official.call('POST /privacy/holds', { body: { person: pupil.id, reason: '配合调查' } })

    const refused = await erase(pupil.id, '杨在')

    expect(refused.status).toBe(409)
    expect(refused.json.problems.map(({ words }: { words: string }) => words)).toEqual([
      '数据依法留存：配合调查',
      '这是在籍学生，学籍信息依法须保存。',
    ])
  })

  test('waits until a hold is lifted', async () => {
    const pupil = await gone('朱留')
    const hold = await county.official.call('POST /privacy/holds', { body: { person: pupil.id, reason: '诉讼保全' } })
    const held = await erase(pupil.id, '朱留')
    const twice = await county.official.send('POST', '/api/privacy/holds', { body: { person: pupil.id, reason: '再留一次' } })

    await county.official.call('PUT /privacy/holds/{id}/lifting', { path: { id: hold.id } })
    const freed = await erase(pupil.id, '朱留')

    expect([held.status, twice.status, freed.status]).toEqual([409, 409, 201])
  })

  test('is for whoever guards the county', async () => {
    const pupil = await gone('秦守')

    expect((await erase(pupil.id, '秦守', county.east.leader)).status).toBe(403)
    expect(
      (await county.east.leader.send('POST', '/api/privacy/holds', { body: { person: pupil.id, reason: '配合调查' } })).status,
    ).toBe(403)
  })

  test('takes the account, the log-ins and the delegations of a former carer', async () => {
    const home = await make_family(county.server, county.official, county.east)
    await county.east.leader.call('DELETE /students/{id}/carers/{carer}', { path: { id: home.child, carer: home.mother_id } })

    const preview = await county.official.call('GET /people/{id}/data', { path: { id: home.mother_id } })
    const proof = await erase(home.mother_id, '陈兰')
    const after = await county.official.call('GET /people/{id}/data', { path: { id: home.mother_id } })

    expect(preview.parts.map(({ key }) => key)).toEqual(expect.arrayContaining(['person', 'account', 'sessions', 'log_ins']))
    expect(proof.status).toBe(201)
    expect((await home.mother.send('GET', '/api/session')).status).toBe(401)
    expect(after.parts.filter(({ is_erased }) => is_erased).map(({ key }) => key)).toEqual(['person'])
  })
})

describe('retention', () => {
  test('counts by class who is due, erases all but those held, and says when it ran', async () => {
    const other = await make_county({ name: 'retention' })
    try {
      const { official, east, server } = other
      const leaves = async (name: string) => {
        const pupil = await add_pupil(official, east.class, name)
        await official.call('PUT /students/{id}/status', { path: { id: pupil.id }, body: { status: 'left', on: '2025-09-02' } })
        return pupil.id
      }
      const [free, held] = [await leaves('许走'), await leaves('何留')]
      await official.call('POST /privacy/holds', { body: { person: held, reason: '配合调查' } })
      const rule = async () =>
        (await official.call('GET /privacy/retention')).items.find(({ data_class }) => data_class === 'left_pupils')!
      const usual = await rule()
      const too_short = await official.send('PUT', '/api/privacy/retention/left_pupils', { body: { months: 11 } })
      const kept_for_good = await official.send('PUT', '/api/privacy/retention/audit', { body: { months: 12 } })
      await official.call('PUT /privacy/retention/{data_class}', { path: { data_class: 'left_pupils' }, body: { months: 12 } })
      await server.database.execute(
        `UPDATE enrolments SET to_day = 20240630, from_day = 20230901 WHERE student IN (${free}, ${held})`,
      )
      const shorter = await rule()
      const due = await official.call('GET /privacy/retention/{data_class}/due', { path: { data_class: 'left_pupils' } })

      const { job } = await official.call('POST /privacy/retention/runs')
      await eventually(async () => (await official.call('GET /jobs/{id}', { path: { id: job } })).state === 'done')
      const { items, last_run } = await official.call('GET /privacy/retention')
      const deletions = await official.call('GET /privacy/deletions')

      expect(usual).toMatchObject({ months: 60, due: 0, version: 0 })
      expect([too_short.status, kept_for_good.status]).toEqual([422, 422])
      expect(shorter).toMatchObject({ months: 12, due: 2, held: 1, version: 1 })
      expect(due.items.map(({ name, obstacles }) => [name, obstacles])).toEqual([
        ['许走', []],
        ['何留', ['数据依法留存：配合调查']],
      ])
      expect(items.find(({ data_class }) => data_class === 'left_pupils')).toMatchObject({ due: 1, held: 1 })
      // The carer of the pupil who is held stays, too: their details are part of what the hold is about.
      expect(last_run?.erased).toEqual([
        { data_class: 'left_pupils', name: '离校、毕业学生的档案', count: 1 },
        { data_class: 'former_carers', name: '原照护人的信息', count: 1 },
      ])
      expect(deletions.items).toMatchObject([
        { data_class: 'former_carers' },
        { data_class: 'left_pupils', person: free, reason: '保存期限 12 个月已满 · kept 12 months' },
      ])
    } finally {
      await other.server.stop()
    }
  })
})

describe('the yearly audit', () => {
  test('tells the figures of the year, on the page, in the workbook and as a document', async () => {
    const other = await make_county({ name: 'yearly-audit' })
    try {
      const { server, official, east } = other
      const { leader } = east
      const teacher = (await add_staff(server, official, east.id, 'teacher', '吴心理')).leader
      const ask = (at: number) =>
        teacher.call('POST /privacy/requests', { body: { student: east.pupils[at]!.id, reason: '了解情况', hours: 1 } })
      const decide = (id: string, body: { approve: boolean; words?: string }) =>
        leader.call('PUT /privacy/requests/{id}/decision', { path: { id }, body })
      const [first, second, third] = [await ask(0), await ask(1), await ask(2)]
      await decide(first.id, { approve: true })
      await decide(second.id, { approve: false, words: '不必要' })
      await teacher.call('PUT /privacy/requests/{id}/end', { path: { id: third.id } })
      // The first was decided after 3 h 20 min, the second after 30 min: 1 h 55 min on average, said as 2 hours.
      await server.database.execute(`UPDATE access_requests SET decided_at = asked_at + 12000000 WHERE id = ${first.id}`)
      await server.database.execute(`UPDATE access_requests SET decided_at = asked_at + 1800000 WHERE id = ${second.id}`)
      await teacher.call('GET /privacy/requests/{id}/file', { path: { id: first.id } })
      await teacher.call('GET /privacy/requests/{id}/file', { path: { id: first.id } })
      await server.database.execute(`UPDATE access_requests SET until = asked_at + 1 WHERE id = ${first.id}`)
      await leader.call('PUT /privacy/requests/{id}/review', {
        path: { id: first.id },
        body: { finding: 'improper', words: '与理由不符' },
      })
      await leader.send('GET', '/api/people.xlsx')
      await official.call('POST /privacy/holds', { body: { person: east.pupils[0]!.id, reason: '配合调查' } })

      const audit = await official.call('GET /privacy/audits/{year}', { path: { year: this_year } })
      const book = await official.send('GET', `/api/privacy/audits/${this_year}/report.xlsx`)
      const file = await fetch(`${server.address}/api/privacy/audits/${this_year}/report.xlsx`, {
        headers: { authorization: `Bearer ${official.token}` },
      })
      const sheets = await read_workbook(Buffer.from(await file.arrayBuffer()))
      const pdf = await official.send('GET', `/api/privacy/audits/${this_year}/report.pdf`)
      const before = await official.call('GET /privacy/audits/{year}', { path: { year: this_year - 1 } })

      expect(audit).toMatchObject({ year: this_year, county: '梅岭县', is_whole_year: false, holds: 1 })
      expect(audit.held).toEqual({ students: 6, under_14: 6, carers: 6, staff: 4 })
      expect(audit.approvals).toEqual({
        asked: 3,
        approved: 1,
        refused: 1,
        withdrawn: 1,
        waiting: 0,
        opened: 2,
        reviewed: 1,
        improper: 1,
        hours_to_decide: 2,
      })
      const opened = audit.accesses.find(({ action_name }) => action_name === '按审批查阅档案')
      expect(opened).toEqual({ action_name: '按审批查阅档案', role_name: '教师', times: 2, people: 1, actors: 1 })
      expect(audit.shares).toEqual([{ action_name: '导出个人档案', role_name: '校（园）长', times: 1, people: 0, actors: 1 }])
      expect(book.status).toBe(200)
      expect(JSON.stringify(sheets)).toContain('未满十四周岁')
      expect(pdf.text.startsWith('%PDF-')).toBe(true)
      expect(before.approvals.asked).toBe(0)
      expect((await leader.send('GET', `/api/privacy/audits/${this_year}`)).status).toBe(403)
    } finally {
      await other.server.stop()
    }
  })
})
