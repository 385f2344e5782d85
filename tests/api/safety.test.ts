// Drills, alarms, pick-up, cards and flags over HTTP; the obligation moves by itself, and nobody else finds anything.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'
import { load_plan, small_plan } from '../harness/plans.ts'
import { hold_drill, plan_drill, report, roll_of, soon } from '../harness/safety.ts'
import { day_from_now } from '../harness/visits.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let teacher: Visitor
let teacher_id: string
let colleague: Visitor
let colleague_id: string
let family: Family
beforeAll(async () => {
  county = await make_county({ name: 'safety' })
  const { server, official, east } = county
  await load_plan(official, small_plan)
  family = await make_family(server, official, east)
  ;({ leader: teacher, leader_id: teacher_id } = await add_staff(server, official, east.class, 'class_teacher', '赵老师'))
  ;({ leader: colleague, leader_id: colleague_id } = await add_staff(server, official, east.id, 'teacher', '孙老师'))
})
afterAll(() => county?.server.stop())

const problems = ({ json }: { json: any }) => json.problems.map(({ path, code }: any) => `${path} ${code}`)
const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()

describe('a drill', () => {
  const entries = async (kind: string) =>
    (await county.official.call('GET /entries', { query: { limit: 100, kind: [kind] } })).items.filter((one) => one.kind === kind)
  const standing = async () => (await county.east.leader.call('GET /drills', { query: { school: county.east.id } })).standing!

  test('is planned by those in charge, with a coordinator of the staff and classes of the school', async () => {
    const { east, west } = county
    const body = {
      school: east.id,
      kind: 'fire',
      planned_at: soon(30),
      minutes: 20,
      place: '操场',
      coordinator: teacher_id,
      classes: [],
    }
    const plan = (change: object, by = east.leader) => by.send('POST', '/api/drills', { body: { ...body, ...change } })

    expect(problems(await plan({ coordinator: west.leader_id }))).toEqual(['/coordinator not_found'])
    expect(problems(await plan({ classes: [west.class] }))).toEqual(['/classes/0 not_found'])
    expect(problems(await plan({ planned_at: soon(-120) }))).toEqual(['/planned_at past'])
    expect(problems(await plan({}, teacher))).toEqual(['/school not_found'])
    expect((await family.mother.send('POST', '/api/drills', { body })).status).toBe(403)
  })

  test('is marked as one wherever it is told, and is an event of the calendar', async () => {
    const { id, title, activity } = await plan_drill(county.east, teacher_id)

    expect(title).toBe('【演练】消防演练')
    const letters = (await teacher.call('GET /inbox', {})).items.filter(({ link }) => link === `/safety/drills/${id}`)
    expect(letters.map((one) => one.title)).toEqual(['【演练】消防演练：请您负责'])
    expect(letters[0]!.is_urgent).toBe(false)
    expect((await teacher.call('GET /activities/{id}', { path: { id: activity } })).title).toBe('【演练】消防演练')
    await county.east.leader.call('PUT /drills/{id}/cancellation', { path: { id }, body: { reason: '下雨' } })
    expect((await teacher.call('GET /activities/{id}', { path: { id: activity } })).state).toBe('cancelled')
  })

  test('counted by two phones off line ends in the same count in either order', async () => {
    const { east } = county
    const counts: unknown[] = []
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const { id } = await plan_drill(east)
      await east.leader.call('PUT /drills/{id}/start', { path: { id }, body: { at: at(-300) } })
      const { pupils } = await roll_of(teacher, id, east.class)
      const [one, other] = pupils.map((pupil) => pupil.id) as [string, string]
      const reports = [
        () =>
          report(teacher, id, east.class, [
            { student: one, is_present: false, at: at(-200) },
            { student: other, is_present: true, at: at(-100) },
          ]),
        () =>
          report(
            east.leader,
            id,
            east.class,
            [
              { student: one, is_present: true, at: at(-90) },
              { student: other, is_present: false, at: at(-150) },
            ],
            at(-120),
          ),
      ]
      for (const place of order) expect((await reports[place]!()).status).toBe(200)
      expect((await reports[order[0]!]!()).status).toBe(200) // sent again
      const roll = await roll_of(teacher, id, east.class)
      const board = await teacher.call('GET /drills/{id}', { path: { id } })
      const line = board.classes.find((each) => each.class.id === east.class)!
      expect(line.seconds).toBeGreaterThanOrEqual(178)
      expect(line.seconds).toBeLessThanOrEqual(185)
      counts.push([roll.pupils.map(({ is_present }) => is_present), line.state, line.present, line.missing])
      await east.leader.call('PUT /drills/{id}/stop', { path: { id }, body: {} })
      await east.leader.call('PUT /drills/{id}/cancellation', { path: { id }, body: { reason: '只是试一次' } })
    }

    expect(counts[0]).toEqual(counts[1])
    expect(counts[0]).toMatchObject([expect.arrayContaining([true]), 'counting', 2, 0])
  })

  test('shows who is missing to whoever counts the class, and to nobody else', async () => {
    const { east } = county
    const { id } = await plan_drill(east)
    await east.leader.call('PUT /drills/{id}/start', { path: { id }, body: {} })
    const student = family.child
    await report(teacher, id, east.class, [{ student, is_present: false, at: at(0) }])
    const line = async (by: Visitor) =>
      (await by.call('GET /drills/{id}', { path: { id } })).classes.find((each) => each.class.id === east.class)!

    expect(await line(teacher)).toMatchObject({ state: 'missing', missing: 1, missing_names: [family.child_name], may_count: true })
    expect(await line(colleague)).toMatchObject({ state: 'missing', missing: 1, missing_names: [], may_count: false })
    expect((await colleague.send('GET', `/api/drills/${id}/classes/${east.class}`)).status).toBe(404)
    expect((await county.west.leader.send('GET', `/api/drills/${id}`)).status).toBe(404)
    expect((await family.mother.send('GET', `/api/drills/${id}`)).status).toBe(404)

    await east.leader.call('PUT /drills/{id}/classes/{class}/leader', {
      path: { id, class: east.class },
      body: { leader: colleague_id },
    })
    expect((await line(colleague)).missing_names).toEqual([family.child_name])
    expect((await colleague.call('GET /own-drills')).items.find((one) => one.id === id)!.classes).toHaveLength(1)
    expect(
      problems(await report(colleague, id, east.class, [{ student: county.west.pupils[0]!.id, is_present: true, at: at(0) }])),
    ).toEqual(['/marks/0/student not_found'])
    await east.leader.call('PUT /drills/{id}/cancellation', { path: { id }, body: { reason: '只是试一次' } })
    expect((await report(teacher, id, east.class, [])).status).toBe(409)
  })

  test('started twice by taps that came late has begun once, at the first', async () => {
    const { id } = await plan_drill(county.east, teacher_id)
    const tap = (moment: string) => teacher.call('PUT /drills/{id}/start', { path: { id }, body: { at: moment } })

    const first = await tap('2020-01-01T10:00:00+08:00')
    const again = await tap(at(0))

    expect(again.started_at).toBe(first.started_at)
    expect((await colleague.send('PUT', `/api/drills/${id}/stop`, { body: {} })).status).toBe(404)
    await county.east.leader.call('PUT /drills/{id}/cancellation', { path: { id }, body: { reason: '时间有误' } })
  })

  test('entered, counts once for the school and once for everybody who was there; the obligation moves by itself', async () => {
    const { east } = county
    const before = await standing()
    const id = await hold_drill(east)
    const pupils = (await roll_of(east.leader, id, east.class)).pupils.length
    const body = { review: '楼梯口拥挤', tasks: [{ words: '错峰下楼', owner: teacher_id, due: day_from_now(7) }] }

    const closed = await east.leader.call('PUT /drills/{id}/closing', { path: { id }, body })
    const again = await east.leader.send('PUT', `/api/drills/${id}/closing`, { body })

    expect(closed).toMatchObject({ state: 'closed', due: 'done', review: '楼梯口拥挤' })
    expect(again.status).toBe(409)
    expect(await entries('held.drill')).toHaveLength(1)
    expect(await entries('attended.drill')).toHaveLength(pupils)
    expect(await standing()).toMatchObject({ needed: 2, held: before.held + 1 })
    const overview = (await county.official.call('GET /safety-overview')).items
    expect(overview.find(({ school }) => school.id === east.id)!.drills).toMatchObject({ needed: 2, held: 1 })
    expect(overview.find(({ school }) => school.id === county.west.id)!.drills).toMatchObject({ held: 0, unplanned: 2 })
  })

  test('taken back, its entries are reversed, and it may be entered again', async () => {
    const { east } = county
    const [drill] = (await east.leader.call('GET /drills', { query: { school: east.id, state: 'closed' } })).items
    const path = { id: drill!.id }
    const before = await standing()

    await east.leader.call('PUT /drills/{id}/reopening', { path, body: { reason: '点名有误' } })
    const reopened = await standing()
    await east.leader.call('PUT /drills/{id}/closing', { path, body: { tasks: [] } })

    expect(reopened.held).toBe(before.held - 1)
    expect((await standing()).held).toBe(before.held)
  })

  test('closed on the page of events it is closed here too, and no second time', async () => {
    const { east } = county
    const id = await hold_drill(east)
    const { activity } = await east.leader.call('GET /drills/{id}', { path: { id } })
    await east.leader.call('PUT /drills/{id}/closing', { path: { id }, body: { tasks: [] } })

    const again = await east.leader.send('PUT', `/api/activities/${activity}/closing`)
    await east.leader.call('PUT /activities/{id}/reopening', { path: { id: activity }, body: { reason: '点名有误' } })

    expect(again.status).toBe(409)
    expect((await east.leader.call('GET /drills/{id}', { path: { id } })).state).toBe('stopped')
    await east.leader.call('PUT /drills/{id}/closing', { path: { id }, body: { tasks: [] } })
  })

  test('leaves tasks to their owners, who finish them', async () => {
    const [task] = (await teacher.call('GET /safety-tasks', { query: { is_mine: true, is_done: false } })).items

    const done = await teacher.call('PUT /safety-tasks/{id}/outcome', {
      path: { id: task!.id },
      body: { outcome: '已排错峰表', is_done: true },
    })

    expect(task!.words).toBe('错峰下楼')
    expect(done.done_at).toBeDefined()
    expect(
      (await colleague.send('PUT', `/api/safety-tasks/${task!.id}/outcome`, { body: { outcome: '', is_done: false } })).status,
    ).toBe(404)
    expect((await teacher.call('GET /safety-tasks', { query: { is_mine: true, is_done: false } })).items).toEqual([])
  })
})

describe('a real alarm', () => {
  test('calls the whole staff at once, and shows live who has confirmed', async () => {
    const raised = await colleague.call('POST /alarms', { body: { kind: 'fire', words: '二楼实验室起火，从西侧撤离' } })
    const path = { id: raised.id }
    const twice = await teacher.send('POST', '/api/alarms', { body: { kind: 'fire', words: '起火' } })
    const confirmed = await teacher.call('PUT /alarms/{id}/confirmation', { path, body: { answer: 'needs_help' } })

    expect(raised).toMatchObject({ title: '火警', called: 3, safe: 1, own_answer: 'safe' })
    expect(twice.status).toBe(409)
    const [letter] = (await teacher.call('GET /inbox', {})).items
    expect(letter).toMatchObject({ title: '真实警报，请立即确认：火警', is_urgent: true, link: `/safety/alarms/${raised.id}` })
    expect(confirmed).toMatchObject({ safe: 1, needs_help: 1 })
    expect(confirmed.answers.map(({ answer }) => answer)).toEqual(['needs_help', 'none', 'safe'])
    expect((await county.west.leader.send('GET', `/api/alarms/${raised.id}`)).status).toBe(404)
    expect((await teacher.send('PUT', `/api/alarms/${raised.id}/end`)).status).toBe(403)
    expect((await family.mother.send('POST', '/api/alarms', { body: { kind: 'fire', words: '起火' } })).status).toBe(422)

    const ended = await county.east.leader.call('PUT /alarms/{id}/end', { path })
    expect(ended.ended_at).toBeDefined()
    expect((await teacher.send('PUT', `/api/alarms/${raised.id}/confirmation`, { body: { answer: 'safe' } })).status).toBe(409)
  })
})

describe('a child', () => {
  const pick_up = (by: Visitor) => by.call('GET /students/{id}/pick-up', { path: { id: family.child } })

  test('is given to guardians and those entrusted, never to somebody kept away', async () => {
    const { east } = county
    const until = day_from_now(30)
    await family.mother.call('POST /children/{id}/delegations', {
      path: { id: family.child },
      body: { name: '陈奶奶', phone: '13912345678', scopes: ['see', 'pick_up'], until },
    })
    const before = (await pick_up(teacher)).people.map(({ person }) => person.name)
    await east.leader.call('POST /students/{id}/no-contacts', {
      path: { id: family.child },
      body: { person: family.father_id, document: '保护令 1 号' },
    })
    const after = (await pick_up(teacher)).people.map(({ person }) => person.name)
    const body = { student: family.child, carer: family.father_id }

    expect(before.sort()).toEqual(['王刚', '陈兰', '陈奶奶'].sort())
    expect(after.sort()).toEqual(['陈兰', '陈奶奶'].sort())
    expect(problems(await teacher.send('POST', '/api/handovers', { body }))).toEqual(['/carer not_found'])
    expect((await colleague.send('GET', `/api/students/${family.child}/pick-up`)).status).toBe(404)
  })

  test('handed over is noted once, and its guardians are told', async () => {
    const body = { student: family.child, carer: family.mother_id }

    const first = await teacher.call('POST /handovers', { body })
    const again = await teacher.call('POST /handovers', { body })

    expect(again.id).toBe(first.id)
    const { items } = await teacher.call('GET /handovers', { query: { class: county.east.class } })
    expect(items.map(({ carer }) => carer.name)).toEqual(['陈兰'])
    expect((await pick_up(teacher)).last!.carer.name).toBe('陈兰')
    const letters = (await family.mother.call('GET /inbox', {})).items.map(({ title }) => title)
    expect(letters).toContain(`${family.child_name}已由陈兰接走`)
  })

  test('handed over without a net keeps the time of the phone, whenever that is told', async () => {
    const noon = new Date(Date.now() - 3 * 3_600_000).toISOString()
    const body = { student: family.child, carer: family.mother_id, at: noon }

    const late = await teacher.call('POST /handovers', { body })
    const again = await teacher.call('POST /handovers', { body })

    expect(again.id).toBe(late.id)
    expect(Date.parse(late.handed_at)).toBe(Date.parse(noon))
    const ahead = await teacher.call('POST /handovers', { body: { ...body, at: '2099-01-01T00:00:00Z' } })
    expect(Date.parse(ahead.handed_at)).toBeLessThanOrEqual(Date.now())
  })

  test('has a medical flag that only whoever answers for it today opens, and each look is recorded', async () => {
    const path = { id: family.child }
    const words = { condition: '花生过敏', what_to_do: '立即注射', medicine: '书包侧袋', contact: '妈妈' }
    await family.mother.call('PUT /children/{id}/medical-flag', { path, body: words })
    const look = (by: Visitor) => by.send('GET', `/api/students/${family.child}/medical-flag`)

    const seen = await look(teacher)

    expect(seen.json.flag).toMatchObject(words)
    const { leader: director } = await add_staff(
      county.server,
      county.official,
      county.east.id,
      'moral_education_director',
      '钱主任',
    )
    expect([(await look(director)).status, (await look(colleague)).status]).toEqual([404, 404])
    expect((await county.west.leader.send('PUT', `/api/children/${family.child}/medical-flag`, { body: words })).status).toBe(404)
    const { id } = await plan_drill(county.east, colleague_id)
    expect((await look(colleague)).status).toBe(404) // the drill has not begun
    await colleague.call('PUT /drills/{id}/start', { path: { id }, body: {} })
    expect((await look(colleague)).status).toBe(200) // leads the drill that runs
    await colleague.call('PUT /drills/{id}/stop', { path: { id }, body: {} })
    expect((await look(colleague)).status).toBe(404)
    await county.east.leader.call('PUT /drills/{id}/cancellation', { path: { id }, body: { reason: '下雨' } })
    const { items } = await county.official.call('GET /audit', { query: { limit: 100 } })
    const looks = items.filter(({ action, subject }) => action === 'medical_flag_show' && subject === `person:${family.child}`)
    expect(looks.map(({ person }) => person.name).sort()).toEqual(['孙老师', '赵老师'])

    await family.mother.call('DELETE /children/{id}/medical-flag', { path })
    expect((await look(teacher)).json.flag).toBeUndefined()
  })
})

describe('the emergency card', () => {
  test('is filled in by those in charge and read by staff and families of the school', async () => {
    const { east, west } = county
    const path = { school: east.id }
    const content = {
      numbers: [{ name: '校医室', phone: '028-85551234' }],
      hospital: '人民医院',
      hospital_phone: '028-85550120',
      contact: '急诊科',
      route: '出东门左转',
      aeds: ['一楼大厅'],
      agreed_until: '2020-01-01',
    }
    await east.leader.call('PUT /emergency-cards/{school}', { path, body: content })

    const [card] = (await family.mother.call('GET /emergency-cards')).items
    expect(card).toMatchObject({ ...content, is_expired: true, may_manage: false })
    expect((await colleague.call('GET /emergency-cards')).items).toHaveLength(1)
    expect((await teacher.send('PUT', `/api/emergency-cards/${east.id}`, { body: content })).status).toBe(404)
    expect((await west.leader.send('GET', `/api/emergency-cards/${east.id}`)).status).toBe(404)
    const wrong = { ...content, numbers: [{ name: '校医室', phone: '打电话' }] }
    expect(problems(await east.leader.send('PUT', `/api/emergency-cards/${east.id}`, { body: wrong }))).toEqual([
      '/numbers/0/phone phone',
    ])
    const partner = { ...content, partner: west.id }
    expect(problems(await east.leader.send('PUT', `/api/emergency-cards/${east.id}`, { body: partner }))).toEqual([
      '/partner not_found',
    ])
  })
})
