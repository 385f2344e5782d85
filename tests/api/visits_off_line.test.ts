// Two visitors without a net for a day, and somebody at a desk: whatever arrives first, the record ends alike and nothing is lost.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'
import { day_from_now, evenings, start_campaign, visits_of, type Campaign } from '../harness/visits.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let campaign: Campaign
let teacher: Visitor, companion: Visitor
let families: Family[]
beforeAll(async () => {
  county = await make_county({ name: 'visits-off-line' })
  const { server, official, east } = county
  families = []
  for (let i = 0; i < 7; ++i) families.push(await make_family(server, official, east))
  const leading = await add_staff(server, official, east.class, 'class_teacher', '赵老师')
  const coming = await add_staff(server, official, east.id, 'teacher', '刘老师')
  ;[teacher, companion] = [leading.leader, coming.leader]
  campaign = await start_campaign(east.leader, east.id)
  await east.leader.call('PUT /visit-teams/{id}', {
    path: { id: campaign.teams[0]!.id },
    body: {
      members: [
        { person: leading.leader_id, is_leader: true, hours: evenings },
        { person: coming.leader_id, is_leader: false, hours: evenings },
      ],
    },
  })
})
afterAll(() => county?.server.stop())

const minutes_ago = (n: number) => new Date(Date.now() - n * 60_000).toISOString()
const began = minutes_ago(120)
const whole = { form: 'home', held_at: began, minutes: 45, present: '妈妈' }

/** What the two phones and the desk write; each says what it had before it. */
const written = [
  {
    by: () => teacher,
    body: {
      edit: '1001',
      written_at: minutes_ago(90),
      saw: [],
      ...whole,
      talk: '作息',
      points: [{ side: 'family', words: '早睡' }],
    },
  },
  {
    by: () => companion,
    body: {
      edit: '1002',
      written_at: minutes_ago(80),
      saw: [],
      ...whole,
      talk: '屏幕时间',
      points: [{ side: 'school', words: '调换座位' }],
    },
  },
  { by: () => teacher, body: { edit: '1003', written_at: minutes_ago(70), saw: ['1001'], minutes: 60 } },
  { by: () => county.east.leader, body: { edit: '1004', written_at: minutes_ago(10), saw: ['1001', '1002'], advice: '多陪伴' } },
] as const

function* orders<T>(list: readonly T[]): Generator<T[]> {
  if (list.length === 0) yield []
  for (const [at, first] of list.entries())
    for (const rest of orders([...list.slice(0, at), ...list.slice(at + 1)])) yield [first, ...rest]
}

test('every order in which they are handed in gives the same record, and shows what disagrees', async () => {
  const visits = await visits_of(teacher, campaign.id)
  const outcomes: string[] = []
  for (const [n, order] of [...orders(written)].entries()) {
    const visit = visits[n % visits.length]!
    // A visit serves again for the next order once it is as it was before anybody wrote.
    if (n >= visits.length)
      for (const statement of ['visit_edits', 'visit_points'])
        await county.server.database.execute(`DELETE FROM ${statement} WHERE visit = ${visit.id}`)
    if (n >= visits.length)
      await county.server.database.execute(
        `UPDATE visits SET record = '', form = '', entry = 0, state = 'asked' WHERE id = ${visit.id}`,
      )
    for (const { by, body } of order)
      for (let twice = 0; twice < 2; ++twice) {
        const answer = await by().send('PUT', `/api/visits/${visit.id}/record-edit`, { body })
        expect(answer.status, answer.text).toBe(200)
      }

    const { record, record_conflicts, edits, points } = await teacher.call('GET /visits/{id}', { path: { id: visit.id } })

    const said = record_conflicts.map(({ field, choices }) => [field, choices.map(({ by, value }) => [by.name, value])])
    outcomes.push(JSON.stringify([record, said, edits, points.map(({ side, words }) => [side, words])]))
  }

  expect(outcomes).toHaveLength(24)
  expect(new Set(outcomes).size).toBe(1)
  expect(outcomes[0]).toContain('作息')
  expect(outcomes[0]).toContain('屏幕时间')
  expect(outcomes[0]).toContain('多陪伴')
  expect(JSON.parse(outcomes[0]!)[1].map(([field]: [string]) => field)).toEqual(['minutes', 'points', 'talk'])
}, 120_000)

test('whoever saw both decides, and the ledger holds one visit of the length that was decided', async () => {
  const [visit] = await visits_of(teacher, campaign.id)
  const { edits } = await teacher.call('GET /visits/{id}', { path: { id: visit!.id } })
  const body = { edit: '1005', written_at: minutes_ago(1), saw: edits, minutes: 50, talk: '作息和屏幕时间', points: [] }

  const decided = await companion.call('PUT /visits/{id}/record-edit', { path: { id: visit!.id }, body })

  expect(decided.record_conflicts).toEqual([])
  expect([decided.record!.talk, decided.record!.minutes]).toEqual(['作息和屏幕时间', 50])
  const standing = `SELECT e.minutes FROM entries e JOIN visits v ON v.county = e.county AND v.entry = e.id WHERE v.id = ${visit!.id}`
  expect(await county.server.database.query(standing)).toEqual(['50'])
})

test('a code that was wrong gives the record back, and nobody else hands one in', async () => {
  const [visit] = await visits_of(teacher, campaign.id)
  const path = `/api/visits/${visit!.id}/record-edit`
  const body = { edit: '1006', written_at: minutes_ago(1), saw: [], advice: '早睡', code: '000000' }

  const wrong = await teacher.send('PUT', path, { body })
  const by_family = await families[0]!.mother.send('PUT', path, { body: { ...body, code: undefined } })
  const by_stranger = await county.west.leader.send('PUT', path, { body: { ...body, code: undefined } })

  expect([wrong.status, wrong.json.problems[0].path]).toEqual([422, '/code'])
  expect([by_family.status, by_stranger.status]).toEqual([404, 404])
})

test('what was written before the closing comes in afterwards, with a trail that the leader sees', async () => {
  const own = await start_campaign(county.west.leader, county.west.id)
  const [visit] = await visits_of(county.west.leader, own.id)
  const path = `/api/visits/${visit!.id}/record-edit`
  const edit = (n: number, body: object) => county.west.leader.send('PUT', path, { body: { edit: `${n}`, saw: [], ...body } })
  await edit(2001, { written_at: minutes_ago(60), ...whole })
  await county.west.leader.call('PUT /visit-campaigns/{id}/closing', { path: { id: own.id } })

  const late = await edit(2002, { written_at: minutes_ago(30), saw: ['2001'], minutes: 60 })
  const twice = await edit(2002, { written_at: minutes_ago(30), saw: ['2001'], minutes: 60 })
  const after = await edit(2003, { written_at: new Date().toISOString(), saw: ['2001', '2002'], minutes: 90 })

  expect([late.status, twice.status, after.status]).toEqual([200, 200, 409])
  const corrections = { path: { id: own.id } }
  const { items } = await county.west.leader.call('GET /visit-campaigns/{id}/corrections', corrections)
  expect(items).toMatchObject([{ fields: ['minutes'], minutes_before: 45, minutes_after: 60, is_entered_anew: true }])
  const entered = await county.server.database.query(
    `SELECT minutes FROM entries WHERE student = ${visit!.student.id} AND reverses = 0 ORDER BY id`,
  )
  expect(entered.map(String)).toEqual(['45', '60'])
  const read = await county.west.leader.call('PUT /visit-campaigns/{id}/corrections-reading', corrections)
  expect(read.items[0]!.read_at).toBeDefined()
  expect((await county.east.leader.send('GET', `/api/visit-campaigns/${own.id}/corrections`)).status).toBe(404)
})

test('the map shows the school and the team’s other families to the team, and to a family nobody else', async () => {
  const [first, second] = await visits_of(teacher, campaign.id)
  for (const [n, one] of [first!, second!].entries()) {
    const body = {
      wish: 'home' as const,
      times: [],
      place: { address: `滨江路 ${n} 号`, latitude: 30.5 + n / 100, longitude: 104.1 },
    }
    await families
      .find(({ child }) => child === one.student.id)
      ?.mother.call('PUT /own-visits/{id}/wish', { path: { id: one.id }, body })
  }
  const visit = (await visits_of(teacher, campaign.id)).find(({ student }) => student.id === families[0]!.child)!

  const teams = await companion.call('GET /visits/{id}/map', { path: { id: visit.id } })
  const own = await families[0]!.mother.call('GET /own-visits/{id}/map', { path: { id: visit.id } })
  const leaders = await county.east.leader.send('GET', `/api/visits/${visit.id}/map`)
  const strangers = await families[1]!.mother.send('GET', `/api/own-visits/${visit.id}/map`)

  expect(teams.base).toMatchObject({ latitude: 30.5 })
  expect(teams.homes.every(({ visit: other }) => other !== visit.id)).toBe(true)
  expect([own.base.latitude, own.homes]).toEqual([30.5, []])
  expect([leaders.status, strangers.status]).toEqual([404, 404])
})

test('a team says that it left and is back; the leaders see it, and nobody else says it', async () => {
  const [team] = campaign.teams
  const path = { id: team!.id, day: day_from_now(0) }
  const early = await teacher.send('PUT', `/api/visit-teams/${path.id}/outings/${path.day}/return`, { body: {} })

  const left = await teacher.call('PUT /visit-teams/{id}/outings/{day}/departure', { path, body: {} })
  const again = await companion.call('PUT /visit-teams/{id}/outings/{day}/departure', { path, body: {} })
  const back = await companion.call('PUT /visit-teams/{id}/outings/{day}/return', { path, body: {} })

  expect(early.status).toBe(409)
  expect(again.left_at).toBe(left.left_at)
  expect(back.back_at).toBeDefined()
  const { items } = await county.east.leader.call('GET /visit-campaigns/{id}/outings', { path: { id: campaign.id } })
  expect(items.map(({ names, is_overdue }) => [names, is_overdue])).toEqual([['赵老师、刘老师', false]])
  for (const stranger of [county.west.leader, families[0]!.mother])
    expect((await stranger.send('PUT', `/api/visit-teams/${path.id}/outings/${path.day}/departure`, { body: {} })).status).toBe(404)
})

test('the day to be taken along holds the way with places, for the team alone', async () => {
  const [visit] = await visits_of(teacher, campaign.id)
  const day = (await teacher.call('GET /visits/{id}', { path: { id: visit!.id } })).starts_at!.slice(0, 10)

  const own = await companion.call('GET /visit-days/{day}', { path: { day } })
  const leaders = await county.east.leader.call('GET /visit-days/{day}', { path: { day } })

  expect(own.ways.map(({ members }) => members)).toEqual([['赵老师', '刘老师']])
  expect(own.ways[0]!.stops.map(({ visit: { id } }) => id)).toContain(visit!.id)
  expect(leaders.ways).toEqual([])
})
