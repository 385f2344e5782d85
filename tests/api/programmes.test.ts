// The national training programme walked through: nothing but the whole of it leads to the certificate; fees, forms and reach.
import read_workbook from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { apply, bring, counts_of, download, problems_of, rows_of, undo } from '../harness/imports.ts'
import { as_workbook, table_of } from '../harness/sheets.ts'
import { components, load_training_plan, note, open_class } from '../harness/training.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
beforeAll(async () => {
  county = await make_county({ name: 'programmes' })
  await load_training_plan(county.official)
})
afterAll(() => county?.server.stop())

/** The rows of all sheets. */
const read_sheet = async (bytes: Buffer) => (await read_workbook(bytes)).flatMap(({ data }) => data as unknown[][])
const teacher = (name: string, school = county.east) => add_staff(county.server, county.official, school.id, 'teacher', name)
const page_of = (visitor: Visitor, id: string) => visitor.call('GET /own-training/{id}', { path: { id } })
const board_of = (visitor: Visitor, id: string) => visitor.call('GET /training-classes/{id}/board', { path: { id } })
const join = (visitor: Visitor, id: string) =>
  visitor.send('PUT', `/api/own-training/${id}/enrolment`, { body: { track: 'teachers' } })

test('the plan says what its certificate asks', async () => {
  const { items } = await county.east.leader.call('GET /training-credentials')
  const online = items.find(({ credential }) => credential === 'online-training')!

  expect(online).toMatchObject({ to: 'staff', months: 3 })
  expect(online.needs.map(({ unit, needed }) => [unit, needed])).toEqual([
    ['credit_hours', 15],
    ['credit_hours', 20],
    ['credit_hours', 2],
    ['credit_hours', 1],
    ['times', 1],
    ['credit_hours', 2],
  ])
})

test('short of one component at a time there is no certificate, and with the last there is', async () => {
  const { official, east } = county
  const { id } = await open_class(official, county.root)
  for (const [at, missing] of components.entries()) {
    const { leader: learner, leader_id: person } = await teacher(`学员${'甲乙丙丁戊己'[at]}`)
    expect((await join(learner, id)).status).toBe(204)
    await note(
      official,
      person,
      components.filter((component) => component !== missing),
    )

    const before = await page_of(learner, id)
    expect([missing.kind, before.is_earned, before.needs.map(({ is_met }) => is_met)]).toEqual([
      missing.kind,
      false,
      components.map((component) => component !== missing),
    ])
    await note(official, person, [missing])
    const after = await page_of(learner, id)
    expect([missing.kind, after.is_earned, after.pace, after.percent]).toEqual([missing.kind, true, 'done', 100])
  }
  const board = await board_of(official, id)
  expect(board.counts).toEqual({ done: 6, on_course: 0, behind: 0, lapsed: 0 })
  expect(await board_of(east.leader, id)).toMatchObject({ found: 6 })
  expect(await board_of(county.west.leader, id)).toMatchObject({ found: 0 })
})

test('a class in preparation is nobody else’s, and an open one is offered to those whom it is for', async () => {
  const { leader: learner } = await teacher('学员庚')
  const { leader: stranger } = await teacher('外校教师', county.west)
  const offers = async (visitor: Visitor) => (await visitor.call('GET /own-training')).offers.map((offer) => offer.class.id)
  const { id } = await county.east.leader.call('POST /training-classes', {
    body: { title: '本校研修班', summary: '', plan: 'training-2025', credential: 'online-training', courses: [] },
  })
  expect(await offers(learner)).not.toContain(id)
  expect((await join(learner, id)).status).toBe(404)
  expect((await county.west.leader.send('GET', `/api/training-classes/${id}`)).status).toBe(404)

  await county.east.leader.call('PUT /training-classes/{id}/state', { path: { id }, body: { state: 'open' } })

  expect(await offers(learner)).toContain(id)
  expect(await offers(stranger)).not.toContain(id)
  expect((await join(stranger, id)).status).toBe(404)
  expect((await learner.send('GET', `/api/training-classes/${id}/board`)).status).toBe(403)
  expect((await page_of(learner, id).catch((error: Error) => error.message)).toString()).toMatch(/404/)
})

test('the last place is given once', async () => {
  const { id } = await open_class(county.official, county.root, { capacity: 1 })
  const people = await Promise.all(['抢位甲', '抢位乙', '抢位丙'].map((name) => teacher(name)))

  const answers = await Promise.all(people.map(({ leader }) => join(leader, id)))

  expect(answers.map(({ status }) => status).sort()).toEqual([204, 409, 409])
  expect((await board_of(county.official, id)).found).toBe(1)
})

test('an organisation sends its own people by receipt form, and takes the form back', async () => {
  const { official, east } = county
  const { id } = await open_class(official, county.root, { title: '回执表培训班', price: 20000 })
  await teacher('回执一')
  await teacher('回执二')
  await teacher('重名者')
  await teacher('重名者')
  await teacher('别校人', county.west)
  const headings = ['培训项目', '学员姓名', '联系电话', '工作单位', '职务', '选修方向'] as const
  const row = (name: string, track = '教师') => ({
    培训项目: '回执表培训班',
    学员姓名: name,
    工作单位: '城东小学',
    选修方向: track,
  })
  const form = table_of(headings, [
    row('回执一'),
    row('回执二', '领导干部'),
    row('重名者'),
    row('别校人'),
    { ...row('回执一'), 培训项目: '没有的班' },
  ])

  const brought = await bring(east.leader, {
    kind: 'training',
    name: '报名回执表.xlsx',
    bytes: await as_workbook(form),
    organisation: east.id,
  })
  expect(counts_of(brought)).toBe('2 added, 3 faulty')
  expect(problems_of(await rows_of(east.leader, brought.id))).toEqual([
    'row 4, B: ambiguous_person',
    'row 5, B: unknown_person',
    'row 6, A: unknown_class',
  ])
  await apply(east.leader, brought.id)

  const board = await board_of(east.leader, id)
  expect(board.items.map(({ person, track, fee }) => [person.name, track, fee]).sort()).toEqual([
    ['回执一', 'teachers', 'unpaid'],
    ['回执二', 'leaders', 'unpaid'],
  ])
  const again = await bring(east.leader, {
    kind: 'training',
    name: '再来一次.xlsx',
    bytes: await as_workbook(table_of(headings, [row('回执一')])),
    organisation: east.id,
  })
  expect(counts_of(again)).toBe('1 left')

  await undo(east.leader, brought.id)
  expect((await board_of(official, id)).found).toBe(0)
  const { items, sums } = await official.call('GET /training-classes/{id}/orders', { path: { id } })
  expect(items.map(({ state }) => state)).toEqual(['waived', 'waived'])
  expect(sums).toEqual({ unpaid: 0, paid: 0, waived: 40000, refunded: 0 })
})

test('a fee is paid, receipted and given back, each with who, when and why', async () => {
  const { official, east } = county
  const { id } = await open_class(official, county.root, { title: '收费班', price: 20050 })
  const { leader: learner, leader_id: person } = await teacher('缴费人')
  await join(learner, id)
  const own = (await page_of(learner, id)).orders[0]!
  const order = { path: { id: own.id } }
  const settle = (visitor: Visitor, body: unknown) => visitor.send('PUT', `/api/training-orders/${own.id}/state`, { body })

  expect(own).toMatchObject({ amount: 20050, state: 'unpaid', number: `${new Date().getFullYear()}-${own.number.slice(5)}` })
  expect((await learner.send('GET', `/api/training-orders/${own.id}/receipt.pdf`)).status).toBe(409)
  expect((await settle(learner, { state: 'paid', reference: 'A' })).status).toBe(403)
  expect((await settle(east.leader, { state: 'paid', reference: 'A' })).status).toBe(403) // sends people, does not run the class
  expect((await settle(official, { state: 'paid' })).json.problems[0].path).toBe('/reference')
  expect((await settle(official, { state: 'waived' })).json.problems[0].path).toBe('/reason')
  expect((await settle(official, { state: 'refunded', reason: '误收' })).status).toBe(409)
  expect((await settle(official, { state: 'paid', reference: 'ICBC-0042' })).json).toMatchObject({
    state: 'paid',
    method: 'transfer',
    reference: 'ICBC-0042',
    next: ['refunded'],
  })
  expect((await settle(official, { state: 'paid', reference: 'ICBC-0042' })).status).toBe(409)

  const receipt = await download(learner, `/api/training-orders/${own.id}/receipt.pdf`)
  expect(receipt.subarray(0, 5).toString()).toBe('%PDF-')
  expect((await county.west.leader.send('GET', `/api/training-orders/${own.id}`)).status).toBe(404)
  expect((await learner.send('DELETE', `/api/own-training/${id}/enrolment`)).status).toBe(409)
  await settle(official, { state: 'refunded', reason: '重复缴费' })
  const { changes } = await official.call('GET /training-orders/{id}', order)
  expect(changes.map(({ state, by, reason }) => [state, by, reason])).toEqual([
    ['refunded', '王立新', '重复缴费'],
    ['paid', '王立新', ''],
    ['unpaid', '缴费人', '报名'],
  ])
  const sheet = await read_sheet(await download(official, `/api/training-classes/${id}/orders.xlsx`))
  expect(sheet).toContainEqual(['城东小学', 1, 0, 0, 0, 200.5])
  expect((await learner.send('DELETE', `/api/own-training/${id}/enrolment`)).status).toBe(204)
  expect((await official.send('GET', `/api/training-classes/${id}/members/${person}`)).status).toBe(404)
})

test('numbers of fees go on without a gap though many enrol at once', async () => {
  const { official } = county
  const { id } = await open_class(official, county.root, { title: '连号班', price: 100 })
  const people = await Promise.all(Array.from({ length: 8 }, (_, at) => teacher(`连号${at}`)))
  const highest = async () => {
    const { items } = await official.call('GET /training-classes', { query: { limit: 200 } })
    const orders = await Promise.all(
      items.map((one) => official.call('GET /training-classes/{id}/orders', { path: { id: one.id }, query: { limit: 200 } })),
    )
    return orders.flatMap((page) => page.items.map(({ number }) => Number(number.slice(5)))).sort((a, b) => a - b)
  }

  await Promise.all(people.map(({ leader }) => join(leader, id)))

  const numbers = await highest()
  expect(numbers).toEqual(numbers.map((_, at) => at + 1))
})

test('process and result make the mark; the ledger tells who completed the training', async () => {
  const { official } = county
  const { id } = await open_class(official, county.root, { title: '评定班', process_weight: 40, pass_mark: 60 })
  const { leader: learner, leader_id: person } = await teacher('被评人')
  await join(learner, id)
  await note(official, person, components)
  const path = { id, person }
  const score = (value: number) =>
    official.call('PUT /training-classes/{id}/members/{person}/result', { path, body: { score: value, note: '方案扎实' } })
  const completions = async () =>
    (await official.call('GET /entries', { query: { about: person, kind: ['training.completed'] } })).items.length

  expect((await page_of(learner, id)).mark).toBeUndefined()
  expect(await score(90)).toMatchObject({ mark: 94, result: { score: 90, note: '方案扎实', by: '王立新' } }) // 40 % of 100 + 60 % of 90
  expect(await completions()).toBe(1)
  expect(await score(20)).toMatchObject({ mark: 52 })
  expect(await completions()).toBe(2) // and taken back

  for (const who of [learner, official]) {
    const base = who === learner ? `/api/own-training/${id}` : `/api/training-classes/${id}/members/${person}`
    expect((await download(who, `${base}/transcript.pdf`)).subarray(0, 5).toString()).toBe('%PDF-')
    expect(await read_sheet(await download(who, `${base}/transcript.xlsx`))).toContainEqual(['总评', '52 = 100 × 40% + 20 × 60%'])
  }
  const lines = await read_sheet(await download(official, `/api/training-classes/${id}/board.xlsx`))
  expect(lines[1]!.slice(0, 6)).toEqual(['被评人', '城东小学', '教师', '已完成', null, 100])
})

test('a class with learners keeps its certificate and does not become a draft', async () => {
  const { official } = county
  const { id, version } = await open_class(official, county.root, { title: '定型班' })
  const { leader_id: person } = await teacher('先来的')
  await official.call('POST /training-classes/{id}/members', { path: { id }, body: { person, track: 'everyone' } })
  const body = { title: '定型班', summary: '', plan: 'training-2025', credential: 'workshop-training', courses: [] }

  expect((await official.send('PUT', `/api/training-classes/${id}`, { body })).status).toBe(409)
  expect((await official.send('PUT', `/api/training-classes/${id}/state`, { body: { state: 'draft' } })).status).toBe(409)
  expect((await official.send('DELETE', `/api/training-classes/${id}`)).status).toBe(409)
  expect(
    (await official.send('PUT', `/api/training-classes/${id}`, { body, headers: { 'if-match': `"${version + 7}"` } })).status,
  ).toBe(412)
  expect(
    (
      await official.send('POST', `/api/training-classes/${id}/members`, {
        body: { person: county.east.pupils[0]!.id, track: 'everyone' },
      })
    ).status,
  ).toBe(404)
})
