// Real alarms over HTTP: pupils are counted apart from drills, families are told once a second person agrees, lists of a whole class.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { eventually } from '../harness/eventually.ts'
import { make_family, type Family } from '../harness/families.ts'
import { without_quiet_hours } from '../harness/notices.ts'
import { plan_drill } from '../harness/safety.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let teacher: Visitor
let colleague: Visitor
let colleague_id: string
let family: Family
beforeAll(async () => {
  county = await make_county({ name: 'alarms' })
  const { server, official, east } = county
  family = await make_family(server, official, east)
  ;({ leader: teacher } = await add_staff(server, official, east.class, 'class_teacher', '赵老师'))
  ;({ leader: colleague, leader_id: colleague_id } = await add_staff(server, official, east.id, 'teacher', '孙老师'))
})
afterAll(() => county?.server.stop())

const problems = ({ json }: { json: any }) => json.problems.map(({ path, code }: any) => `${path} ${code}`)
const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()

describe('a whole class at once', () => {
  const list = (by: Visitor) => by.send('GET', `/api/classes/${county.east.class}/pick-up`)

  test('its pick-up list says what the list of each child says, to whoever reads the class alone', async () => {
    const { json } = await list(teacher)

    const own = json.items.find(({ student }: any) => student.id === family.child)
    expect(own).toEqual(await teacher.call('GET /students/{id}/pick-up', { path: { id: family.child } }))
    expect(json.items).toHaveLength(county.east.pupils.length + 1)
    expect([(await list(colleague)).status, (await list(county.west.leader)).status, (await list(family.mother)).status]).toEqual([
      404, 404, 404,
    ])
  })
})

describe('a real alarm for pupils and families', () => {
  const raise = (kind: string) => county.east.leader.call('POST /alarms', { body: { kind: kind as 'fire', words: '实验室起火' } })
  const end = (id: string) => county.east.leader.call('PUT /alarms/{id}/end', { path: { id } })
  const count = (by: Visitor, id: string, marks: object[], arrived_at?: string) =>
    by.send('PUT', `/api/alarms/${id}/classes/${county.east.class}/count`, {
      body: { marks, ...(arrived_at ? { arrived_at } : {}) },
    })
  const line = async (by: Visitor, id: string) =>
    (await by.call('GET /alarms/{id}', { path: { id } })).classes.find((each) => each.class.id === county.east.class)!

  test('pupils are counted as in a drill, in any order and twice, and nothing of it is a drill', async () => {
    const { id } = await raise('fire')
    const drills = (await county.official.call('GET /drills', { query: { school: county.east.id } })).items.length
    const [early, late] = [at(-20), at(-10)]
    const missing = [{ student: family.child, is_present: false, at: early }]
    const found = [{ student: family.child, is_present: true, at: late }]

    expect((await count(teacher, id, missing)).status).toBe(200)
    expect(await line(teacher, id)).toMatchObject({ state: 'missing', missing: 1, missing_names: [family.child_name] })
    expect(await line(colleague, id)).toMatchObject({ missing: 1, missing_names: [], may_count: false })
    for (const marks of [found, missing, found]) expect((await count(teacher, id, marks, late)).status).toBe(200)
    expect(await line(teacher, id)).toMatchObject({ state: 'counting', present: 1, missing: 0 })

    expect((await count(colleague, id, found)).status).toBe(404)
    await county.east.leader.call('PUT /alarms/{id}/classes/{class}/leader', {
      path: { id, class: county.east.class },
      body: { leader: colleague_id },
    })
    expect((await count(colleague, id, found)).status).toBe(200)
    const stranger = [{ student: county.west.pupils[0]!.id, is_present: true, at: late }]
    expect(problems(await count(teacher, id, stranger))).toEqual(['/marks/0/student not_found'])
    expect((await count(family.mother, id, found)).status).toBe(404)
    await end(id)
    expect((await count(teacher, id, found)).status).toBe(200) // a phone that was off line
    expect((await county.official.call('GET /drills', { query: { school: county.east.id } })).items).toHaveLength(drills)
  })

  const titles = async () => (await family.mother.call('GET /inbox', {})).items.filter(({ kind }) => kind === 'notice')
  const decide = (by: Visitor, notice: string) =>
    by.send('PUT', `/api/notices/${notice}/decision`, { body: { verdict: 'approve' } })

  test('families are told that it is real once a second person approved it, and again that it is over', async () => {
    await without_quiet_hours(county.official)
    const { id } = await raise('earthquake')
    const write = (by: Visitor) => by.send('PUT', `/api/alarms/${id}/letter`, { body: { words: '孩子们都在操场，请不要开车过来' } })
    expect([(await write(teacher)).status, (await write(county.west.leader)).status]).toEqual([404, 404])

    const letters = (await write(county.east.leader)).json.letters
    const again = (await write(county.east.leader)).json.letters

    expect(letters).toMatchObject([{ state: 'waiting', is_over: false, title: '【真实警报 REAL ALARM】地震 / Earthquake' }])
    expect(again).toEqual(letters)
    expect(await titles()).toEqual([])
    expect((await decide(county.east.leader, letters[0].notice)).status).toBe(409) // one's own
    expect((await decide(county.official, letters[0].notice)).status).toBe(200)
    await eventually(async () => (await titles()).length > 0)
    const [told] = await titles()
    expect(told).toMatchObject({ title: '【真实警报 REAL ALARM】地震 / Earthquake', is_urgent: true })
    const notice = await county.east.leader.call('GET /notices/{id}', { path: { id: letters[0].notice } })
    expect(notice.body.split('\n')[0]).toBe('这是真实警报，不是演练。This is a real alarm, not a drill.')

    await end(id)
    expect((await write(county.east.leader)).json.letters.map((one: any) => [one.is_over, one.title])).toEqual([
      [false, '【真实警报 REAL ALARM】地震 / Earthquake'],
      [true, '【真实警报 REAL ALARM】已解除：地震 / OVER: Earthquake'],
    ])
  })

  test('a letter about a drill says so, and is never urgent', async () => {
    const { id } = await plan_drill(county.east)
    const { letters } = await county.east.leader.call('PUT /drills/{id}/letter', { path: { id }, body: { words: '十点整响铃' } })

    const notice = await county.east.leader.call('GET /notices/{id}', { path: { id: letters[0]!.notice } })
    expect(notice).toMatchObject({ title: '【演练 DRILL】消防演练 / Fire drill', is_urgent: false })
    expect(notice.body).toMatch(/^这是演练，不是真实警报/)
    await county.east.leader.call('PUT /drills/{id}/cancellation', { path: { id }, body: { reason: '只是试一次' } })
  })
})
