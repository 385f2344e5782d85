// A term of home visits by six teachers, with families that decline, move and ask for another time: what the platform says was covered is
// counted again, from the rows of the database alone.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { add_pupil, add_staff, make_county, type County } from '../harness/county.ts'
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

async function live_through_the_term() {
  let number = 0
  for (const teacher of teachers)
    for (const visit of await visits_of(teacher, campaign.id))
      await teacher.call('PUT /visits/{id}/wish', { path: { id: visit.id }, body: wish_of(number++) })
  await plan(county.east.leader, campaign.id)
  await county.east.leader.call('PUT /visit-campaigns/{id}/publication', { path: { id: campaign.id } })
  for (const teacher of teachers) {
    const told = await visits_of(teacher, campaign.id, { due: 'planned' })
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
  const [willing] = await visits_of(teachers[1]!, campaign.id, { due: 'declined' })
  await teachers[1]!.call('PUT /visits/{id}/wish', { path: { id: willing!.id }, body: { wish: 'home', times: evenings } })
  await record(teachers[1]!, { id: willing!.id, wish: 'home' })
}

test('what the platform says of the term is what the rows say', { timeout: 300_000 }, async () => {
  await live_through_the_term()

  const visited = await query(`SELECT DISTINCT e.student FROM ${standing} AND e.kind = 'visit.home' ORDER BY e.student`)
  const declined = await query(`SELECT DISTINCT e.student FROM ${standing} AND e.kind = 'visit.declined' ORDER BY e.student`)
  const excused = declined.filter((student) => !visited.includes(student))
  const pupils = await number_of(
    `SELECT count(DISTINCT student) FROM enrolments WHERE class IN (SELECT id FROM organisations WHERE path LIKE (SELECT path FROM organisations WHERE id = ${county.east.id}) || '%')`,
  )
  expect(visited.length).toBeGreaterThanOrEqual(classes)
  expect(excused.length).toBeGreaterThanOrEqual(classes)

  const figure = await county.official.call('GET /indicators/{number}', {
    path: { number: numbers['home-visit']! },
    query: { organisation: county.east.id },
  })
  expect({ covered: figure.covered, excused: figure.excused, total: figure.total }).toEqual({
    covered: visited.length,
    excused: excused.length,
    total: pupils,
  })

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
