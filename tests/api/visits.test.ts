// A term's home visits over HTTP: asked, planned, published, made, recorded; and who finds nothing of it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'
import { day_from_now, evenings, plan, school_place, start_campaign, visits_of, type Campaign } from '../harness/visits.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let families: Family[]
let teacher: Visitor
let campaign: Campaign
beforeAll(async () => {
  county = await make_county({ name: 'visits' })
  const { server, official, east } = county
  families = []
  for (let i = 0; i < 4; ++i) families.push(await make_family(server, official, east))
  ;({ leader: teacher } = await add_staff(server, official, east.class, 'class_teacher', '赵老师'))
  campaign = await start_campaign(east.leader, east.id)
})
afterAll(() => county?.server.stop())

const own = async (family: Family) =>
  (await family.mother.call('GET /own-visits')).items.find((one) => one.student.id === family.child)!
const wish = async (family: Family, body: object) =>
  family.mother.send('PUT', `/api/own-visits/${(await own(family)).id}/wish`, { body: { wish: 'home', times: [], ...body } })
const place = (metres_east: number) => ({ address: '滨江路 8 号', latitude: 30.5, longitude: 104.1 + metres_east / 95_800 })
const record = {
  form: 'home',
  minutes: 45,
  present: '妈妈',
  environment: 'good',
  relation: 'good',
  behaviour: 'usual',
  mind: 'usual',
  strengths: '爱看书',
  needs: '',
  talk: '作息',
  advice: '',
  points: [{ side: 'family', words: '九点半睡觉' }],
}

describe('asking', () => {
  test('every pupil of the school has a visit, every carer one letter, and the class its teacher', async () => {
    expect(campaign.counts).toEqual([{ state: 'asked', count: 7 }])
    expect(campaign.teams.map(({ members }) => members.map(({ person }) => person.name))).toEqual([['赵老师']])
    const letters = (await families[0]!.mother.call('GET /inbox', {})).items.filter(({ link }) => link === '/my-visits')
    expect(letters).toHaveLength(1)
  })

  test('a wish needs a kind, and "not now" a reason', async () => {
    const faults = async (body: object) => (await wish(families[0]!, body)).json.problems.map(({ path }: { path: string }) => path)

    expect(await faults({ wish: 'unknown' })).toEqual(['/wish'])
    expect(await faults({ wish: 'not_now' })).toEqual(['/reason'])
    expect(await faults({ place: { address: '', latitude: 30 } })).toEqual(['/place'])
    expect(await faults({ times: [{ weekday: 1, from_minute: 700, until_minute: 600 }] })).toEqual(['/times/0/until_minute'])
  })
})

describe('a term', () => {
  test('families that live together are met on one day; who said no or nothing is not planned', async () => {
    const [one, other, declines] = families as [Family, Family, Family]
    await wish(one, { place: place(3000), times: evenings })
    await wish(other, { place: place(3050), times: evenings })
    await wish(declines, { wish: 'not_now', reason: '老人住院' })

    await plan(county.east.leader, campaign.id)

    const visits = await visits_of(teacher, campaign.id)
    const of = (family: Family) => visits.find(({ student }) => student.id === family.child)!
    expect(of(one).state).toBe('planned')
    expect(of(one).starts_at!.slice(0, 10)).toBe(of(other).starts_at!.slice(0, 10))
    expect(of(declines).state).toBe('declined')
    expect(of(families[3]!).state).toBe('asked')
    const board = await teacher.call('GET /visit-campaigns/{id}/board', { path: { id: campaign.id } })
    expect(board.visits.map(({ conflicts }) => conflicts)).toEqual([[], []])
  })

  test('a visit moved by hand is said to be off the times of the family, and stays when planned again', async () => {
    const { id, team } = (await visits_of(teacher, campaign.id)).find(({ student }) => student.id === families[1]!.child)!
    const starts_at = `${day_from_now(10)}T12:00:00.000+08:00`

    const moved = await teacher.call('PUT /visits/{id}/time', { path: { id }, body: { team: team!, starts_at } })
    await plan(county.east.leader, campaign.id)

    expect(moved.conflicts).toContain('不在家庭方便的时间')
    expect((await teacher.call('GET /visits/{id}', { path: { id } })).starts_at).toBe(starts_at)
  })

  test('published, confirmed, made and recorded, it counts in the ledger as it was', async () => {
    const [one] = families as [Family]
    await county.east.leader.call('PUT /visit-campaigns/{id}/publication', { path: { id: campaign.id } })
    const { id } = await own(one)
    const confirmed = await one.mother.call('PUT /own-visits/{id}/answer', { path: { id }, body: { accepts: true } })
    const held_at = new Date(Date.now() - 60_000).toISOString()

    const done = await teacher.send('PUT', `/api/visits/${id}/record`, { body: { ...record, held_at } })
    const agreed = await one.mother.call('PUT /own-visits/{id}/confirmation', { path: { id } })

    expect(confirmed.state).toBe('confirmed')
    expect(done.status, done.text).toBe(200)
    expect(agreed.proof).toBe('family')
    expect(agreed.points.map(({ words }) => words)).toEqual(['九点半睡觉'])
    const { items } = await county.official.call('GET /entries', { query: { limit: 50 } })
    const about = items.filter(({ source }) => source.startsWith(`visits:${id}:`))
    expect(about.map(({ kind, minutes }) => ({ kind, minutes }))).toEqual([{ kind: 'visit.home', minutes: 45 }])
  })

  test('the workload adds up by itself, and lists leave as sheets', async () => {
    const path = { id: campaign.id }
    const { items } = await county.east.leader.call('GET /visit-campaigns/{id}/workload', { path })

    expect(items.map(({ person, visits, minutes }) => [person.name, visits, minutes])).toEqual([['赵老师', 1, 45]])
    for (const sheet of ['visits.xlsx', 'workload.xlsx']) {
      const answer = await county.east.leader.send('GET', `/api/visit-campaigns/${campaign.id}/${sheet}`)
      expect(answer.headers.get('content-type')).toContain('spreadsheetml')
    }
  })

  test('the due list is filtered by what is missing, by wish and by name', async () => {
    const names = async (query: object) => (await visits_of(teacher, campaign.id, query)).map(({ student }) => student.id)

    expect(await names({ due: 'declined' })).toEqual([families[2]!.child])
    expect(await names({ due: 'done' })).toEqual([families[0]!.child])
    expect(await names({ wish: 'not_now' })).toEqual([families[2]!.child])
    expect(await names({ q: '李梅' })).toEqual([county.east.pupils[0]!.id])
    expect(await names({ class: county.west.class })).toEqual([])
  })
})

describe('nobody else', () => {
  test('where a family lives is told to its team, and each look stands in the audit log', async () => {
    const { id } = await own(families[0]!)

    const seen = await teacher.call('GET /visits/{id}/place', { path: { id } })
    const by_leader = await county.east.leader.send('GET', `/api/visits/${id}/place`)
    const by_stranger = await county.west.leader.send('GET', `/api/visits/${id}/place`)

    expect(seen.address).toBe('滨江路 8 号')
    expect([by_leader.status, by_stranger.status]).toEqual([404, 404])
    const { items } = await county.official.call('GET /audit', { query: { limit: 50 } })
    expect(items.some(({ action, subject }) => action === 'visit_place_show' && subject === `person:${families[0]!.child}`)).toBe(
      true,
    )
  })

  test('a family finds its own visits and no other family’s', async () => {
    const [one, other] = families as [Family, Family]
    const { id } = await own(other)

    for (const [method, what, body] of [
      ['PUT', 'wish', { wish: 'home', times: [] }],
      ['PUT', 'answer', { accepts: true }],
      ['GET', 'code', undefined],
      ['PUT', 'confirmation', undefined],
      ['PUT', 'points/1', { is_done: true }],
    ] as const)
      expect((await one.mother.send(method, `/api/own-visits/${id}/${what}`, { body })).status, what).toBe(404)
    expect((await one.mother.send('GET', `/api/visits/${id}`)).status).toBe(404)
  })

  test('only whoever leads the school begins and plans', async () => {
    const body = { school: county.east.id, title: '春季家访', from: day_from_now(0), to: day_from_now(9), base: school_place }

    expect((await teacher.send('POST', '/api/visit-campaigns', { body })).status).toBe(422)
    expect((await teacher.send('POST', `/api/visit-campaigns/${campaign.id}/plans`)).status).toBe(404)
    expect((await families[0]!.mother.send('GET', '/api/visit-campaigns')).status).toBe(403)
  })
})
