// A term of home visits by six teachers, with families that decline, move and ask for another time: what the platform says was covered is
// counted again, from the rows of the database alone.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { add_pupil, add_staff, make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'
import { load_plan, small_plan } from '../harness/plans.ts'
import { day_from_now, evenings, plan, start_campaign, visits_of, type Campaign, type Visit } from '../harness/visits.ts'
import type { Visitor } from '../harness/visitor.ts'

const classes = 6
const pupils_each = 6
let county: County
let campaign: Campaign
let numbers: Record<string, number>
const teachers: Visitor[] = []
const names: string[] = []
/** One of each class whose mother answers herself, on her phone. */
const families: Family[] = []
/** One of each class who goes to the western school in the middle of the term. */
const leaving: string[] = []
let rescheduled = 0

/** The same each time it runs, and no rhythm in it. */
let state = 20260305
const below = (n: number) => (state = (state * 48271) % 2147483647) % n

beforeAll(async () => {
  county = await make_county({ name: 'visits-term' })
  const { server, official, east } = county
  for (let n = 0; n < classes; ++n) {
    const body = {
      parent: east.grade,
      kind: 'class' as const,
      name: `${n + 2}班`,
      entry_year: 2025,
      number: n + 2,
      stages: ['primary' as const],
      opened_on: '2025-09-01',
    }
    const { id } = await official.call('POST /organisations', { body })
    families.push(await make_family(server, official, { ...east, class: id }))
    leaving.push((await add_pupil(official, id, `转学${'甲乙丙丁戊己'[n]}`)).id)
    for (let i = 0; i < pupils_each; ++i) await add_pupil(official, id, `学生${'甲乙丙丁戊己'[n]}${'一二三四五六'[i]}`)
    names.push(`老师${'甲乙丙丁戊己'[n]}`)
    teachers.push((await add_staff(server, official, id, 'class_teacher', names.at(-1)!)).leader)
  }
  ;({ numbers } = await load_plan(official, small_plan))
  campaign = await start_campaign(east.leader, east.id)
}, 180_000)
afterAll(() => county?.server.stop())

const query = (statement: string) => county.server.database.query(statement)
const number_of = async (statement: string) => Number((await query(statement))[0])
/** Without what was taken back. */
const standing = `entries e WHERE e.reverses = 0 AND NOT EXISTS (SELECT 1 FROM entries r WHERE r.county = e.county AND r.reverses = e.id)`

const wish_of = (n: number) => {
  const place = { address: `滨江路 ${n} 号`, latitude: 30.5 + below(40) / 1000, longitude: 104.1 + below(40) / 1000 }
  if (n % 7 === 3) return { wish: 'not_now' as const, reason: '老人住院', times: [] }
  if (n % 7 === 5) return { wish: 'online' as const, times: evenings }
  return { wish: 'home' as const, times: evenings, place }
}

async function record(teacher: Visitor, visit: Pick<Visit, 'id' | 'wish'>) {
  const body = {
    form: visit.wish === 'online' ? ('online' as const) : ('home' as const),
    held_at: new Date(Date.now() - (1 + below(240)) * 60_000).toISOString(),
    minutes: 30 + below(30),
    present: '家长',
    environment: 'usual' as const,
    relation: 'usual' as const,
    behaviour: 'usual' as const,
    mind: 'usual' as const,
    strengths: '',
    needs: '',
    talk: '',
    advice: '',
    points: [],
  }
  await teacher.call('PUT /visits/{id}/record', { path: { id: visit.id }, body })
}

/** A mother says no, asks for another time, or is at home, each in her own words. */
async function families_answer() {
  for (const [n, { mother, child }] of families.entries()) {
    const visit = (await mother.call('GET /own-visits')).items.find(({ student }) => student.id === child)!
    const body =
      n % 3 === 0 ? { wish: 'not_now' as const, reason: '家里有病人', times: [] } : { ...wish_of(n * 7), wish: 'home' as const }
    await mother.call('PUT /own-visits/{id}/wish', { path: { id: visit.id }, body })
  }
}

/** Those who were told a time ask for another one, are given it, and confirm. */
async function families_ask_for_another_time() {
  for (const [n, { mother, child }] of families.entries()) {
    const own = async () => (await mother.call('GET /own-visits')).items.find(({ student }) => student.id === child)!
    const { id, state: told } = await own()
    if (told !== 'published') continue
    const path = { path: { id } }
    await mother.call('PUT /own-visits/{id}/answer', { ...path, body: { accepts: false, reason: '加班', times: evenings } })
    const { team } = await teachers[n]!.call('GET /visits/{id}', path)
    const starts_at = `${day_from_now(15)}T19:00:00.000+08:00`
    await teachers[n]!.call('PUT /visits/{id}/time', { ...path, body: { team: team!, starts_at } })
    await record(teachers[n]!, { id, wish: 'home' })
    ++rescheduled
    await mother.call('PUT /own-visits/{id}/confirmation', path)
  }
}

/** To the western school; half of them had been visited before. */
async function pupils_change_school() {
  const { east, west } = county
  for (const [n, student] of leaving.entries()) {
    const visit = (await visits_of(teachers[n]!, campaign.id)).find((one) => one.student.id === student)!
    if (n % 2) await record(teachers[n]!, { id: visit.id, wish: 'home' })
    const { id } = await east.leader.call('POST /transfers', {
      body: { student, to_school: west.id, on: day_from_now(0), reason: '随父母迁居' },
    })
    await west.leader.call('PUT /transfers/{id}/acceptance', { path: { id }, body: { class: west.class } })
  }
}

async function live_through_the_term() {
  let number = 0
  const answers_itself = new Set(families.map(({ child }) => child))
  await families_answer()
  for (const teacher of teachers)
    for (const visit of (await visits_of(teacher, campaign.id)).filter(({ student }) => !answers_itself.has(student.id)))
      await teacher.call('PUT /visits/{id}/wish', { path: { id: visit.id }, body: wish_of(number++) })
  await plan(county.east.leader, campaign.id)
  await county.east.leader.call('PUT /visit-campaigns/{id}/publication', { path: { id: campaign.id } })
  await families_ask_for_another_time()
  for (const teacher of teachers) {
    const told = (await visits_of(teacher, campaign.id, { due: 'planned' })).filter(
      ({ student }) => !answers_itself.has(student.id) && !leaving.includes(student.id),
    )
    const [moves, changes_mind, reschedules, ...others] = told
    // Moved house: the same visit, another place and time.
    await teacher.call('PUT /visits/{id}/wish', {
      path: { id: moves!.id },
      body: { wish: 'home', times: evenings, place: { address: '新居', latitude: 30.52, longitude: 104.12 } },
    })
    await record(teacher, moves!)
    await teacher.call('PUT /visits/{id}/wish', {
      path: { id: changes_mind!.id },
      body: { wish: 'not_now', reason: '出差', times: [] },
    })
    const starts_at = `${day_from_now(20)}T18:00:00.000+08:00`
    await teacher.call('PUT /visits/{id}/time', { path: { id: reschedules!.id }, body: { team: reschedules!.team!, starts_at } })
    for (const visit of others.slice(0, 1 + below(3))) await record(teacher, visit)
  }
  // One record was a mistake; one who had declined is visited after all.
  const [mistaken] = await visits_of(teachers[0]!, campaign.id, { due: 'done' })
  await teachers[0]!.call('DELETE /visits/{id}/record', { path: { id: mistaken!.id } })
  await pupils_change_school()
  const [willing] = await visits_of(teachers[1]!, campaign.id, { due: 'declined' })
  await teachers[1]!.call('PUT /visits/{id}/wish', { path: { id: willing!.id }, body: { wish: 'home', times: evenings } })
  await record(teachers[1]!, { id: willing!.id, wish: 'home' })
}

/** By the rows alone: who is at the school on the last day, who of them was visited, and who of the others declined. */
async function counted_in(organisation: string) {
  const pupils = `SELECT m.student FROM enrolments m JOIN organisations o ON o.county = m.county AND o.id = m.class WHERE m.to_day = (SELECT MAX(to_day) FROM enrolments) AND o.path LIKE (SELECT path FROM organisations WHERE id = ${organisation}) || '%'`
  const of_kind = (kind: string) => `SELECT e.student FROM ${standing} AND e.kind = '${kind}'`
  const count = (condition: string) => number_of(`SELECT count(DISTINCT student) FROM (${pupils}) p ${condition}`)
  return {
    covered: await count(`WHERE student IN (${of_kind('visit.home')})`),
    excused: await count(`WHERE student IN (${of_kind('visit.declined')}) AND student NOT IN (${of_kind('visit.home')})`),
    total: await count(''),
  }
}

test('what the platform says of the term is what the rows say', { timeout: 300_000 }, async () => {
  await live_through_the_term()

  const outcomes = []
  for (const school of [county.east.id, county.west.id, county.root]) {
    const { covered, excused, total } = await county.official.call('GET /indicators/{number}', {
      path: { number: numbers['home-visit']! },
      query: { organisation: school },
    })
    const counted = await counted_in(school)
    expect({ covered, excused, total }).toEqual(counted)
    outcomes.push(counted)
  }
  const [east, west, whole] = outcomes
  expect(east!.covered).toBeGreaterThanOrEqual(classes)
  expect(east!.excused).toBeGreaterThanOrEqual(classes)
  expect(west!.covered).toBe(leaving.length / 2)
  expect(rescheduled).toBeGreaterThanOrEqual(3)
  expect(whole!.total).toBe(east!.total + west!.total)

  // The visits themselves say the same as the entries that they made.
  const by_visits = await query(`SELECT DISTINCT student FROM visits WHERE state = 'done' AND form = 'home' ORDER BY student`)
  expect(by_visits).toEqual(await query(`SELECT DISTINCT e.student FROM ${standing} AND e.kind = 'visit.home' ORDER BY e.student`))

  const { counts } = await county.east.leader.call('GET /visit-campaigns/{id}', { path: { id: campaign.id } })
  const rows = await query(
    `SELECT state || ':' || count(*) FROM visits WHERE campaign = ${campaign.id} GROUP BY state ORDER BY state`,
  )
  expect(counts.map(({ state: name, count }) => `${name}:${count}`).sort()).toEqual(rows)
  const done = await number_of(`SELECT count(*) FROM ${standing} AND e.kind IN ('visit.home', 'visit.online')`)
  expect(rows).toContain(`done:${done}`)

  const { items } = await county.east.leader.call('GET /visit-campaigns/{id}/workload', { path: { id: campaign.id } })
  expect(new Set(items.map(({ person }) => person.name))).toEqual(new Set(names))
  for (const { person, visits, minutes } of items) {
    const own = `${standing} AND e.person = ${person.id} AND e.kind LIKE 'visit.%' AND e.kind <> 'visit.declined'`
    expect([visits, minutes]).toEqual([
      await number_of(`SELECT count(*) FROM ${own}`),
      await number_of(`SELECT COALESCE(SUM(e.minutes), 0) FROM ${own}`),
    ])
  }
})
