// A pupil's growth book: put together from what is recorded, for the family and whoever may open the file; it goes along to the next school.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'
import { start_campaign, visits_of } from '../harness/visits.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let family: Family
let teacher: Visitor
beforeAll(async () => {
  county = await make_county({ name: 'growth-book' })
  const { server, official, east } = county
  family = await make_family(server, official, east)
  ;({ leader: teacher } = await add_staff(server, official, east.class, 'class_teacher', '赵老师'))
  const add = (kind: string, more: object = {}) =>
    east.leader.call('POST /entries', {
      body: { kind, happened_at: '2026-02-01T10:00:00+08:00', student: family.child, ...more },
    })
  await add('service.community', { minutes: 90 })
  await add('care.helped')
  const { id } = await start_campaign(east.leader, east.id)
  const visit = (await visits_of(teacher, id)).find(({ student }) => student.id === family.child)!
  await teacher.call('PUT /visits/{id}/record', {
    path: { id: visit.id },
    body: {
      form: 'home',
      held_at: new Date(Date.now() - 3_600_000).toISOString(),
      minutes: 40,
      present: '妈妈',
      environment: 'attention',
      relation: 'good',
      behaviour: 'good',
      mind: 'attention',
      strengths: '爱看书',
      needs: '经济困难',
      talk: '父母分居',
      advice: '',
      points: [{ side: 'family', words: '九点半睡觉' }],
    },
  })
})
afterAll(() => county?.server.stop())

const of_family = () => family.mother.call('GET /children/{id}/growth-book', { path: { id: family.child } })

test('it tells what was done and agreed, and nothing of what a visit found or of help given', async () => {
  const book = await of_family()

  expect(book.student.name).toBe(family.child_name)
  expect(book.stays.map(({ school, to }) => [school, to])).toEqual([['城东小学', undefined]])
  expect(book.chapters.map(({ chapter, minutes }) => [chapter, minutes])).toEqual([['service', 90]])
  expect(book.visits.map(({ form, visitor, points }) => [form, visitor, points.map(({ words }) => words)])).toEqual([
    ['home', '赵老师', ['九点半睡觉']],
  ])
  for (const kept_back of ['经济困难', '父母分居', '一对一帮扶']) expect(JSON.stringify(book)).not.toContain(kept_back)
})

test('the class teacher has the same book, and it prints', async () => {
  const path = { id: family.child }

  expect(await teacher.call('GET /students/{id}/growth-book', { path })).toEqual(await of_family())
  for (const [who, of] of [
    [teacher, 'students'],
    [family.mother, 'children'],
  ] as const) {
    const file = await who.send('GET', `/api/${of}/${family.child}/growth-book.pdf`)
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect(file.text.startsWith('%PDF')).toBe(true)
  }
})

test('it goes along to the next school; the old one and strangers find none', async () => {
  const { east, west, official, server } = county
  const other = await make_family(server, official, east)
  const by_stranger = await west.leader.send('GET', `/api/students/${family.child}/growth-book`)
  const by_other_mother = await other.mother.send('GET', `/api/children/${family.child}/growth-book`)
  const before = await of_family()
  const body = { student: family.child, to_school: west.id, on: '2026-03-01', reason: '搬家' }
  const asked = await east.leader.call('POST /transfers', { body })
  await west.leader.call('PUT /transfers/{id}/acceptance', { path: { id: asked.id }, body: { class: west.class } })

  const after = await west.leader.call('GET /students/{id}/growth-book', { path: { id: family.child } })
  const by_old_school = await east.leader.send('GET', `/api/students/${family.child}/growth-book`)

  expect([by_stranger.status, by_other_mother.status, by_old_school.status]).toEqual([404, 404, 404])
  expect(after.chapters).toEqual(before.chapters)
  expect(after.visits).toEqual(before.visits)
  expect(after.stays.map(({ school }) => school)).toEqual(['城东小学', '城西小学'])
})
