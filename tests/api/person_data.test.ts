// Everything that is known about a person: handed out, erased, kept no longer than needed, and told of once a year.
import read_workbook from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_pupil, add_staff, make_county, type County } from '../harness/county.ts'
import { eventually } from '../harness/eventually.ts'
import { make_family, type Family } from '../harness/families.ts'

let county: County
let family: Family
beforeAll(async () => {
  county = await make_county({ name: 'person-data' })
  family = await make_family(county.server, county.official, county.east)
})
afterAll(() => county?.server.stop())

const this_year = new Date().getFullYear()
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
