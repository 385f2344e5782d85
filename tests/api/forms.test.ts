// A school asks its families: with names, without, and for a signature; nobody answers for a child that is not theirs.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { add_pupil, add_staff, make_county, type County } from '../harness/county.ts'
import { eventually } from '../harness/eventually.ts'
import { make_family, type Family } from '../harness/families.ts'
import { answer, content, form_path, in_days, make_form, publish_form, today } from '../harness/forms.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let family: Family
let other: Family
beforeAll(async () => {
  county = await make_county({ name: 'forms' })
  family = await make_family(county.server, county.official, county.east)
  other = await make_family(county.server, county.official, county.west)
})
afterAll(() => county?.server.stop())

test('a form begins with a template and is published once everything is right', async () => {
  const { leader } = county.east
  const { items } = await leader.call('GET /form-templates')
  expect(items.map(({ key }) => key)).toEqual(['satisfaction', 'homework', 'poll', 'outing', 'safety'])

  const made = await leader.call('POST /forms', { body: { purpose: 'survey', title: '作业与睡眠', template: 'homework' } })
  const refused = await leader.send('PUT', `/api/forms/${made.id}/publication`)
  await leader.call('PATCH /forms/{id}', { ...form_path(made), body: { until_at: in_days(7) } })
  const published = await leader.call('PUT /forms/{id}/publication', form_path(made))

  expect(made.content.sections[0]!.questions).toHaveLength(5)
  expect(refused.status).toBe(422)
  expect(refused.json.problems.map(({ path }: { path: string }) => path)).toEqual(['/until_at'])
  expect(published).toMatchObject({ state: 'published', version: 1, is_changed: false })
})

test('every fault of a draft is named with its place', async () => {
  const { leader } = county.east
  const [section] = content.sections
  const [first, second] = section!.questions
  const broken = {
    sections: [
      {
        ...section!,
        questions: [
          { ...first!, choices: [first!.choices[0]!], shown_when: { question: 'q2', is_any_of: ['x'] } },
          { ...second!, text: '' },
        ],
      },
    ],
  }
  const made = await make_form(leader, 'survey', { content: broken, until_at: in_days(-1) })

  const answer = await leader.send('PUT', `/api/forms/${made.id}/publication`)

  expect(answer.status).toBe(422)
  expect(answer.json.problems.map(({ path, code }: { path: string; code: string }) => [path, code])).toEqual([
    ['/content/sections/0/questions/0/choices', 'too_few'],
    ['/content/sections/0/questions/0/shown_when/question', 'cycle'],
    ['/content/sections/0/questions/1/text', 'required'],
    ['/content/sections/0/questions/1/shown_when/question', 'cycle'],
    ['/until_at', 'order'],
  ])
})

test('a mother is told, answers once for her child, and what she typed before was kept', async () => {
  const { leader } = county.east
  const form = await publish_form(leader, 'survey')
  const letters = async () =>
    (await family.mother.call('GET /inbox', {})).items.filter(({ link }) => link === `/my-forms/${form.id}`)
  await eventually(async () => (await letters()).length === 1)
  const draft = { version: 1, answers: [{ question: 'q1', choices: ['no'] }] }
  await family.mother.call('PUT /own-forms/{id}/draft', { ...form_path(form), body: draft })
  const half = await family.mother.call('GET /own-forms/{id}', form_path(form))
  expect(half).toMatchObject({ answers: { items: draft.answers }, turns: [{ state: 'drafted' }] })

  const missing = await family.mother.send('PUT', `/api/own-forms/${form.id}/answer`, { body: draft })
  const done = await answer(family.mother, form, 'no', [{ question: 'q2', text: '太晚了' }])
  const again = await family.mother.send('PUT', `/api/own-forms/${form.id}/answer`, { body: draft })

  expect(missing.status).toBe(422)
  expect(missing.json.problems).toMatchObject([{ path: '/answers/q2', code: 'required' }])
  expect(done.turns).toMatchObject([{ state: 'done' }])
  expect(again.status).toBe(409)
  expect(await letters()).toMatchObject([{ is_read: true }])
})

test('other families find nothing there', async () => {
  const form = await publish_form(county.east.leader, 'survey')
  const commitment = await publish_form(county.east.leader, 'commitment')
  const body = { version: 1, answers: [], student: family.child }
  const hash = '0'.repeat(64)

  const answers = await Promise.all([
    other.mother.send('GET', `/api/own-forms/${form.id}`),
    other.mother.send('PUT', `/api/own-forms/${form.id}/draft`, { body }),
    other.mother.send('PUT', `/api/own-forms/${form.id}/answer`, { body }),
    other.mother.send('POST', `/api/own-forms/${form.id}/ballot`, { body }),
    other.mother.send('PUT', `/api/own-forms/${commitment.id}/reading`, { body: { version: 1 } }),
    other.mother.send('PUT', `/api/own-forms/${commitment.id}/signature`, {
      body: { student: family.child, version: 1, text_hash: hash, agrees: true },
    }),
    other.mother.send('GET', `/api/own-forms/${commitment.id}/signatures/${family.child}/proof.pdf`),
    family.mother.send('PUT', `/api/own-forms/${form.id}/answer`, { body: { ...body, student: other.child } }),
  ])

  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
  expect((await other.mother.call('GET /own-forms')).items).toEqual([])
})

test('the class teacher sees her class alone, and results come as counts, tables and a workbook', async () => {
  const { official, east, server } = county
  const form = await publish_form(official, 'survey', { places: [east.id, county.west.id] })
  await answer(family.mother, form, 'yes', [{ question: 'q3', number: 4 }])
  await answer(other.mother, form, 'no', [
    { question: 'q2', text: '=1+1' },
    { question: 'q3', number: 1 },
  ])
  const { leader: teacher } = await add_staff(server, official, east.class, 'class_teacher', '钱老师')

  const whole = await official.call('GET /forms/{id}/results', form_path(form))
  const own = await teacher.call('GET /forms/{id}/results', form_path(form))
  const missing = await teacher.call('GET /forms/{id}/missing', form_path(form))
  const by_school = await official.call('GET /forms/{id}/cross-table', { ...form_path(form), query: { columns: 'q1' } })
  const crossed = await official.call('GET /forms/{id}/cross-table', { ...form_path(form), query: { columns: 'q1', rows: 'q3' } })
  const book = await official.send('GET', `/api/forms/${form.id}/results.xlsx`)

  expect(whole).toMatchObject({ answered: 2, hidden: 'nothing' })
  expect(whole.questions[0]!.choices.map(({ count }) => count)).toEqual([1, 1])
  expect(whole.questions[1]).toMatchObject({ shown: 1, answered: 1, texts: ['=1+1'] })
  expect(whole.questions[2]).toMatchObject({ mean: 2.5 })
  expect(own.questions[0]!.choices.map(({ count }) => count)).toEqual([1, 0])
  expect(missing.items.map(({ name }) => name)).not.toContain(family.child_name)
  expect(missing.items).toHaveLength(east.pupils.length)
  expect(Object.fromEntries(by_school.rows.map(({ text, counts }) => [text, counts]))).toEqual({
    城东小学: [1, 0],
    城西小学: [0, 1],
  })
  expect(crossed.rows.map(({ counts }) => counts)).toEqual([
    [0, 1],
    [0, 0],
    [0, 0],
    [1, 0],
    [0, 0],
  ])
  expect([book.status, book.text.slice(0, 2)]).toEqual([200, 'PK'])
})

test('of an anonymous form nobody sees anything before its end, and of fewer than five never', async () => {
  const { leader } = county.east
  for (const name of ['孙一', '孙二']) await add_pupil(county.official, county.east.class, name)
  const form = await publish_form(leader, 'satisfaction', { is_anonymous: true })
  const body = { version: 1, answers: [{ question: 'q1', choices: ['yes'] }] }
  const audited = async () => (await county.official.call('GET /audit', { query: { limit: 200 } })).items

  await family.mother.call('POST /own-forms/{id}/ballot', { ...form_path(form), body })
  const second = await family.mother.send('POST', `/api/own-forms/${form.id}/ballot`, { body })
  const draft = await family.mother.send('PUT', `/api/own-forms/${form.id}/draft`, { body })
  const open = await leader.call('GET /forms/{id}/results', form_path(form))
  const who = await leader.send('GET', `/api/forms/${form.id}/missing`)
  const progress = await leader.call('GET /forms/{id}/progress', form_path(form))
  await leader.call('PUT /forms/{id}/closing', form_path(form))
  const over = await leader.call('GET /forms/{id}/results', form_path(form))

  expect([second.status, draft.status, who.status]).toEqual([409, 409, 409])
  expect(open).toMatchObject({ answered: 1, hidden: 'still_open', questions: [] })
  expect(progress).toMatchObject({ answered: 1, units: [] })
  expect(over).toMatchObject({ hidden: 'too_few', questions: [] })
  expect((await audited()).filter(({ person }) => person?.id === family.mother_id).map(({ action }) => action)).not.toContain(
    'form_ballot_cast',
  )
})

test('a commitment is read to its end, signed by a guardian, proven by a PDF, and stands in the ledger', async () => {
  const { leader } = county.east
  const form = await publish_form(leader, 'commitment')
  const own = await family.mother.call('GET /own-forms/{id}', form_path(form))
  const body = { student: family.child, version: own.version, text_hash: own.text_hash!, agrees: true, drawing: 'M10 10L200 90' }
  const sign = () => family.mother.send('PUT', `/api/own-forms/${form.id}/signature`, { body })

  const unread = await sign()
  await family.mother.call('PUT /own-forms/{id}/reading', { ...form_path(form), body: { version: own.version } })
  const other_text = await family.mother.send('PUT', `/api/own-forms/${form.id}/signature`, {
    body: { ...body, text_hash: 'f'.repeat(64) },
  })
  const signed = await sign()
  const again = await sign()

  expect([unread.status, other_text.status, signed.status, again.status]).toEqual([409, 409, 200, 409])
  expect(signed.json).toMatchObject({ way: 'online', signer_name: '陈兰', student_name: family.child_name, has_drawing: true })
  const proof = await family.mother.send('GET', `/api/own-forms/${form.id}/signatures/${family.child}/proof.pdf`)
  expect([proof.status, proof.headers.get('content-type'), proof.text.slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-'])
  const { items } = await leader.call('GET /entries', { query: { about: family.child, kind: ['commitment.signed'] } })
  expect(items.filter(({ source }) => source.startsWith(`forms:${form.id}:`))).toHaveLength(1)
})

test('a family without a phone signs on paper: one person enters it, another compares it, and a wrong entry is taken back', async () => {
  const { leader, pupils } = county.east
  const { leader: teacher } = await add_staff(county.server, county.official, county.east.class, 'class_teacher', '班老师')
  const form = await publish_form(leader, 'commitment')
  const [pupil] = pupils
  const path = { id: form.id, student: pupil!.id }
  const guardian = pupil!.student!.carers[0]!.person
  const record = (signed_by: string) =>
    teacher.send('POST', `/api/forms/${form.id}/paper-signatures`, { body: { student: pupil!.id, signed_by, signed_on: today() } })
  const look = (person: Visitor) => person.send('PUT', `/api/forms/${form.id}/paper-signatures/${pupil!.id}/second-look`)
  const listed = async (query: { is_signed?: boolean; is_waiting?: boolean }) =>
    (await leader.call('GET /forms/{id}/signatures', { ...form_path(form), query })).items

  const stranger = await record(other.mother_id)
  const recorded = await record(guardian)
  const waiting = await listed({ is_waiting: true })
  const own_look = await look(teacher)
  const unsigned = await listed({ is_signed: true })
  const other_look = await look(leader)
  const signed = await listed({ is_signed: true })
  await leader.call('PUT /forms/{id}/paper-signatures/{student}/removal', { path, body: { reason: '登记错了' } })
  const after = await listed({ is_signed: true })
  const anew = await record(guardian)

  expect([stranger.status, recorded.status, own_look.status, other_look.status, anew.status]).toEqual([404, 201, 409, 200, 201])
  expect(waiting).toMatchObject([{ student: pupil!.id, slip: { recorded_by_name: '班老师', is_own: false } }])
  expect(unsigned).toEqual([])
  expect(signed.map(({ signature }) => signature)).toMatchObject([{ way: 'paper', recorded_by_name: '班老师' }])
  expect(after).toEqual([])
})

test('a family without a phone answers on the printed sheet, and somebody of the school types it in', async () => {
  const { leader, pupils } = county.east
  const form = await publish_form(leader, 'survey')
  const [pupil] = pupils
  const typed = `/api/forms/${form.id}/paper-answers/${pupil!.id}`
  const body = { version: form.version, answers: [{ question: 'q1', choices: ['yes'] }] }
  const sheet = await leader.send('GET', `/api/forms/${form.id}/sheet.pdf`)
  const [code] = await county.server.database.query(`SELECT code FROM sheet_codes WHERE kind = 'form' AND subject = ${form.id}`)

  const found = await leader.call('GET /sheet-codes/{code}', { path: { code: code! } })
  const beside = await county.west.leader.send('GET', `/api/sheet-codes/${code}`)
  const incomplete = await leader.send('PUT', typed, { body: { ...body, answers: [] } })
  const entered = await leader.send('PUT', typed, { body })
  const strange = await county.west.leader.send('PUT', typed, { body })
  const results = await leader.call('GET /forms/{id}/results', form_path(form))
  const listed = await leader.call('GET /forms/{id}/paper-answers', form_path(form))
  const removed = await leader.send('DELETE', typed)
  const { answered } = await leader.call('GET /forms/{id}/results', form_path(form))

  expect([sheet.status, sheet.text.slice(0, 5)]).toEqual([200, '%PDF-'])
  expect(found).toEqual({ kind: 'form', id: form.id, title: '家长意见' })
  expect([beside.status, incomplete.status, entered.status, strange.status, removed.status]).toEqual([404, 422, 200, 404, 204])
  expect(results.answered).toBe(1)
  expect(listed.items).toMatchObject([{ student: pupil!.id, entered_by: '城东校长' }])
  expect(answered).toBe(0)
})

test('a correction of a running form is a new version, and the old draft does not overwrite a newer one', async () => {
  const { leader } = county.east
  const form = await publish_form(leader, 'survey')
  await answer(family.mother, form, 'yes')
  const [section] = content.sections
  const corrected = { sections: [{ ...section!, questions: [{ ...section!.questions[0]!, text: '您真的赞成吗？' }] }] }

  await leader.call('PATCH /forms/{id}', { ...form_path(form), body: { content: corrected }, version: form.revision })
  const stale = await leader.send('PATCH', `/api/forms/${form.id}`, {
    body: { title: '别的' },
    headers: { 'if-match': `"${form.revision}"` },
  })
  const second = await leader.call('PUT /forms/{id}/publication', form_path(form))
  const results = await leader.call('GET /forms/{id}/results', form_path(form))
  const own = await family.mother.call('GET /own-forms/{id}', form_path(form))

  expect(stale.status).toBe(412)
  expect(second).toMatchObject({ version: 2, is_changed: false })
  expect(own).toMatchObject({ version: 1 })
  expect(results.questions.map(({ key, is_former }) => [key, is_former])).toEqual([
    ['q1', false],
    ['q2', true],
    ['q3', true],
  ])
})

test('many families answer in the same moment, each once, and each is told what became of it', async () => {
  const families = await Promise.all([1, 2, 3, 4, 5, 6].map(() => make_family(county.server, county.official, county.east)))
  const form = await publish_form(county.east.leader, 'survey')
  const body = { version: form.version, answers: [{ question: 'q1', choices: ['yes'] }] }
  const incomplete = { version: form.version, answers: [] }
  const give = ({ mother }: Family, what: object) => mother.send('PUT', `/api/own-forms/${form.id}/answer`, { body: what })

  const first = await Promise.all(families.map((one, at) => give(one, at < 4 ? body : incomplete)))
  const second = await Promise.all([...families.map((one) => give(one, body)), give(other, body)])
  const results = await county.east.leader.call('GET /forms/{id}/results', form_path(form))
  const audited = (await county.official.call('GET /audit', { query: { limit: 200 } })).items

  expect(first.map(({ status }) => status)).toEqual([200, 200, 200, 200, 422, 422])
  expect(second.map(({ status }) => status)).toEqual([409, 409, 409, 409, 200, 200, 404])
  expect(second[4]!.json).toMatchObject({ turns: [{ state: 'done' }], answers: { items: body.answers } })
  expect(results.answered).toBe(6)
  const lines = audited.filter(({ action, subject }) => action === 'form_answer' && subject === `form:${form.id}`)
  expect(new Set(lines.map(({ person }) => person?.id))).toEqual(new Set(families.map(({ mother_id }) => mother_id)))
})
