// Notices: a family gets one once and answers for each child; nobody hears of what is not theirs.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { eventually } from '../harness/eventually.ts'
import { make_family, type Family } from '../harness/families.ts'
import { draft, send, without_quiet_hours } from '../harness/notices.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let family: Family
let other: Family
/** The mother's children: two in the eastern school, one in the western. */
let second: string
let third: string
beforeAll(async () => {
  county = await make_county({ name: 'notices' })
  const { server, official, east, west } = county
  await without_quiet_hours(official)
  family = await make_family(server, official, east)
  other = await make_family(server, official, west)
  second = await add_child('王二', east.class)
  third = await add_child('王三', west.class)
})
afterAll(() => county?.server.stop())

async function add_child(name: string, class_: string): Promise<string> {
  const { official } = county
  const child = await official.call('POST /students', {
    body: { name, sex: 'male', class: class_, from: '2025-09-01', carers: [] },
  })
  const placeholder = await official.call('POST /students/{id}/carers', {
    path: { id: child.id },
    body: { name: '陈兰', relation: 'mother' },
  })
  const carer = placeholder.student!.carers.at(-1)!.person
  await official.call('POST /carer-merges', { body: { kept: family.mother_id, merged: carer } })
  return child.id
}

const path = (notice: { id: string }) => ({ path: { id: notice.id } })
const own = (visitor: Visitor, notice: { id: string }) => visitor.call('GET /own-notices/{id}', path(notice))
const inbox_titles = async (visitor: Visitor) =>
  (await visitor.call('GET /inbox', { query: { kind: 'notice', limit: 200 } })).items.map(({ title }) => title)

describe('a mother of three in two schools', () => {
  test('gets a notice of the county once and answers for each child', async () => {
    const notice = await send(county.official, { title: '安全教育', organisations: [county.root], ask: 'yes_no' })

    expect((await inbox_titles(family.mother)).filter((title) => title === '安全教育')).toHaveLength(1)
    const seen = await own(family.mother, notice)
    expect(seen.people.map(({ person }) => person.id).sort()).toEqual([family.child, second, third].sort())
    const given = await family.mother.call('PUT /own-notices/{id}/answer', {
      ...path(notice),
      body: { people: [family.child, third], answer: 'yes' },
    })
    expect(given).toEqual({ done: 2, missing: 1 })
    const open = await family.mother.call('GET /own-notices', { query: { open: true, search: '安全教育' } })
    expect(seen.waits_for.toSorted()).toEqual([family.child, second, third].sort())
    expect(open.items.map(({ waits_for }) => waits_for)).toEqual([[second]])
    const [east_missing] = (
      await county.east.leader.call('GET /notices/{id}/subjects', { ...path(notice), query: { search: '王二' } })
    ).items
    expect(east_missing!.person.id).toBe(second)
    expect(
      (await county.west.leader.call('GET /notices/{id}/subjects', path(notice))).items.map(({ person }) => person.id),
    ).not.toContain(third)
  })

  test('is asked by each school about its own child alone', async () => {
    const notice = await send(county.west.leader, { title: '西校活动' })

    expect((await own(family.mother, notice)).people.map(({ person }) => person.id)).toEqual([third])
    const strange = await family.mother.send('PUT', `/api/own-notices/${notice.id}/answer`, { body: { people: [second] } })
    expect(strange.status).toBe(422)
  })
})

describe('who sees a notice', () => {
  test('a family that it did not go to finds nothing, and neither does another school', async () => {
    const notice = await send(county.east.leader, { title: '东校春游' })

    expect((await other.mother.send('GET', `/api/own-notices/${notice.id}`)).status).toBe(404)
    expect((await other.mother.send('PUT', `/api/own-notices/${notice.id}/reading`)).status).toBe(404)
    expect((await county.west.leader.send('GET', `/api/notices/${notice.id}`)).status).toBe(404)
    expect((await family.mother.send('GET', `/api/notices/${notice.id}`)).status).toBe(403)
  })

  test('nobody sends to what their post does not reach', async () => {
    const refused = await county.east.leader.send('POST', '/api/notices', {
      body: { title: '越权', organisations: [county.west.id] },
    })

    expect(refused.status).toBe(422)
    expect(refused.json.problems[0].path).toBe('/organisations')
  })
})

describe('an urgent notice', () => {
  test('goes out when somebody else approves it', async () => {
    const { official, east } = county
    const { id } = await draft(east.leader, { title: '停课', is_urgent: true })
    await east.leader.call('PUT /notices/{id}/sending', { path: { id } })
    const decide = (visitor: Visitor) => visitor.send('PUT', `/api/notices/${id}/decision`, { body: { verdict: 'approve' } })

    expect((await decide(east.leader)).status).toBe(409)
    expect((await official.call('GET /notices', { query: { to_decide: true } })).items.map((one) => one.id)).toContain(id)
    expect((await decide(official)).status).toBe(200)
    await eventually(async () => (await inbox_titles(family.mother)).includes('停课'))
  })
})

describe('the week of a household', () => {
  test('has a budget; what goes beyond it waits for an approver who cites the list', async () => {
    const { official, east } = county
    await without_quiet_hours(official, 30)
    const { id } = await draft(east.leader, { title: '长问卷', minutes: 200 })
    await east.leader.call('PUT /notices/{id}/sending', { path: { id } })
    await eventually(async () => (await east.leader.call('GET /notices/{id}', { path: { id } })).state === 'waiting')
    const decide = (body: object) => official.send('PUT', `/api/notices/${id}/decision`, { body: { verdict: 'approve', ...body } })

    expect((await decide({})).status).toBe(422)
    expect((await decide({ item: '不在清单上' })).status).toBe(422)
    const [item] = (await official.call('GET /notice-rules')).items
    expect((await decide({ item })).status).toBe(200)
    await without_quiet_hours(official)
    await eventually(async () => (await east.leader.call('GET /notices/{id}', { path: { id } })).state === 'sent')
    const burden = await official.call('GET /notice-burden')
    expect(burden.offices.find(({ office }) => office.id === east.id)!.over_budget).toBe(1)
  })

  test('is ruled by the county alone', async () => {
    const rules = await county.official.call('GET /notice-rules')

    expect((await county.east.leader.send('PUT', '/api/notice-rules', { body: rules })).status).toBe(403)
  })
})

describe('afterwards', () => {
  test('only those who are missing are reminded', async () => {
    const notice = await send(county.east.leader, { title: '请确认', is_per_child: false })
    await family.mother.call('PUT /own-notices/{id}/answer', { ...path(notice), body: { people: [] } })
    const before = await inbox_titles(family.mother)

    const going = await county.east.leader.call('POST /notices/{id}/reminders', { ...path(notice), body: {} })

    expect(going.reminded).toBe(notice.figures.subjects - 2)
    expect(await inbox_titles(family.mother)).toEqual(before)
  })

  test('it is taken back with a reason, and corrected with what changed', async () => {
    const wrong = await send(county.east.leader, { title: '写错的' })
    await county.east.leader.call('PUT /notices/{id}/recall', { ...path(wrong), body: { reason: '日期错了' } })
    const corrected = await send(county.east.leader, { title: '要更正的' })
    await county.east.leader.call('PUT /notices/{id}/correction', {
      ...path(corrected),
      body: { body: '改为周六。', changes: '改为周六', asks_again: false },
    })

    expect(await own(family.mother, wrong)).toMatchObject({ state: 'recalled', reason: '日期错了', body: '' })
    expect(await own(family.mother, corrected)).toMatchObject({ body: '改为周六。', changes: '改为周六', is_corrected: true })
    await eventually(async () => (await inbox_titles(family.mother)).includes('【更正】要更正的'))
  })

  test('a class teacher writes a paper answer down by the code on the sheet', async () => {
    const { official, server, east } = county
    const { leader: teacher } = await add_staff(server, official, east.class, 'class_teacher', '班老师')
    const notice = await send(east.leader, { title: '纸质', ask: 'choice', choices: ['参加', '不参加'] })
    const found = await teacher.call('GET /sheet-codes/{code}', { path: { code: notice.code.toLowerCase() } })
    const pupil = east.pupils[0]!.id

    const line = await teacher.call('PUT /notices/{id}/subjects/{subject}/paper-answer', {
      path: { id: found.id, subject: pupil },
      body: { answer: '参加' },
    })

    expect(found).toEqual({ kind: 'notice', id: notice.id, title: '纸质' })
    expect(line).toMatchObject({ answer: '参加', entered_by: '班老师' })
    expect((await teacher.call('GET /notices/{id}/answers', path(notice))).items).toEqual([{ answer: '参加', count: 1 }])
    const sheet = await teacher.send('GET', `/api/notices/${notice.id}/sheet.pdf`)
    expect(sheet.headers.get('content-type')).toBe('application/pdf')
  })

  test('a file goes with it to its readers and nobody else', async () => {
    const { id } = await draft(county.east.leader, { title: '附件' })
    const refused = await county.east.leader.send('POST', `/api/notices/${id}/files?file_name=a.pdf`, { body: 'no PDF at all' })
    const added = await county.east.leader.send('POST', `/api/notices/${id}/files?file_name=a.pdf`, { body: '%PDF-1.4 plan' })
    await county.east.leader.call('PUT /notices/{id}/sending', { path: { id } })
    await eventually(async () => (await inbox_titles(family.mother)).includes('附件'))
    const file = `/api/own-notices/${id}/files/${added.json.files[0].id}`

    expect(refused.status).toBe(422)
    expect((await family.mother.send('GET', file)).text).toBe('%PDF-1.4 plan')
    expect((await other.mother.send('GET', file)).status).toBe(404)
  })
})
