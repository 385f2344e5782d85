// Visits for tests: a school's campaign with what each of its families wished, and what whoever plans may ask.
import type { Body, Out } from '../../web/packages/api-client/src/index.ts'
import type { School } from './county.ts'
import { eventually } from './eventually.ts'
import type { Example } from './examples.ts'
import type { Visitor } from './visitor.ts'

export type Campaign = Out<'GET /visit-campaigns/{id}'>
export type Visit = Out<'GET /visits/{id}'>
export type Wish = Omit<Body<'PUT /own-visits/{id}/wish'>, 'id'>

export const school_place = { address: '', latitude: 30.5, longitude: 104.1 }
/** Every evening. */
export const evenings = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from_minute: 16 * 60 + 30, until_minute: 20 * 60 }))

/** So many days from today in China. */
export function day_from_now(days: number): string {
  return new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10)
}

export function start_campaign(leader: Visitor, school: string): Promise<Campaign> {
  return leader.call('POST /visit-campaigns', {
    body: { school, title: '春季家访', from: day_from_now(0), to: day_from_now(30), base: school_place },
  })
}
export const visits_of = async (visitor: Visitor, campaign: string, query: object = {}) =>
  (await visitor.call('GET /visit-campaigns/{id}/visits', { path: { id: campaign }, query: { limit: 200, ...query } })).items

/** Asks for a plan and waits for it. */
export async function plan(leader: Visitor, campaign: string) {
  const { job } = await leader.call('POST /visit-campaigns/{id}/plans', { path: { id: campaign } })
  await eventually(async () => (await leader.call('GET /jobs/{id}', { path: { id: job } })).state === 'done')
}

/** Routes about visits to one's own children; visits.test.ts sends the others away. */
export const about_own_visits = [
  'PUT /api/own-visits/{id}/wish',
  'GET /api/own-visits/{id}/map',
  'PUT /api/own-visits/{id}/answer',
  'GET /api/own-visits/{id}/code',
  'PUT /api/own-visits/{id}/confirmation',
  'PUT /api/own-visits/{id}/points/{number}',
]

export interface VisitThings {
  campaign: string
  visit: string
  team: string
  idle_team: string
}

/** A campaign of the eastern school; its leader leads a team, so that everything may be asked. */
export async function make_visit_things(east: School): Promise<VisitThings> {
  const { id } = await start_campaign(east.leader, east.id)
  const members = [{ person: east.leader_id, is_leader: true, hours: evenings }]
  const path = { campaign: id }
  await east.leader.call('POST /visit-campaigns/{campaign}/teams', { path, body: { class: east.class, members } })
  const { teams } = await east.leader.call('POST /visit-campaigns/{campaign}/teams', { path, body: { class: east.class, members } })
  const [visit] = await visits_of(east.leader, id)
  const wish = { wish: 'home' as const, times: [], place: { address: '滨江路 8 号', latitude: 30.51, longitude: 104.11 } }
  await east.leader.call('PUT /visits/{id}/wish', { path: { id: visit!.id }, body: wish })
  const idle_team = teams.find((team) => team.id !== visit!.team)!.id
  return { campaign: id, visit: visit!.id, team: visit!.team!, idle_team }
}

export function visit_examples(east: School, things: VisitThings): Example[] {
  const campaign = { id: things.campaign }
  const visit = { id: things.visit }
  const members = [{ person: east.leader_id, is_leader: true, hours: evenings }]
  const starts_at = `${day_from_now(3)}T17:00:00.000+08:00`
  return [
    { route: 'GET /api/visit-campaigns' },
    {
      route: 'POST /api/visit-campaigns',
      body: { school: east.id, title: '补访', from: day_from_now(0), to: day_from_now(9), base: school_place },
    },
    { route: 'GET /api/visit-campaigns/{id}', path: campaign },
    { route: 'POST /api/visit-campaigns/{campaign}/teams', path: { campaign: things.campaign }, body: { members } },
    { route: 'PUT /api/visit-teams/{id}', path: { id: things.idle_team }, body: { members } },
    { route: 'GET /api/visit-teams/{id}/route', path: { id: things.team }, query: { day: day_from_now(3) } },
    { route: 'GET /api/visit-campaigns/{id}/visits', path: campaign },
    { route: 'GET /api/visit-campaigns/{id}/visits.xlsx', path: campaign },
    { route: 'GET /api/visits/{id}', path: visit },
    { route: 'PUT /api/visits/{id}/wish', path: visit, body: { wish: 'home', times: [] } },
    { route: 'GET /api/visits/{id}/place', path: visit },
    { route: 'GET /api/visits/{id}/map', path: visit },
    { route: 'PUT /api/visits/{id}/place', path: visit, body: { place: { address: '滨江路 9 号' } } },
    { route: 'POST /api/visits/{id}/place-proposals', path: visit, body: { address: '滨江路 9 号' } },
    { route: 'PUT /api/visits/{id}/time', path: visit, body: { team: things.team, starts_at } },
    { route: 'POST /api/visit-campaigns/{id}/plans', path: campaign },
    { route: 'GET /api/visit-campaigns/{id}/board', path: campaign },
    { route: 'PUT /api/visit-campaigns/{id}/publication', path: campaign },
    { route: 'PUT /api/visit-campaigns/{id}/geocoding', path: campaign, body: { is_on: false } },
    { route: 'PUT /api/visit-teams/{id}/outings/{day}/departure', path: { id: things.team, day: day_from_now(0) }, body: {} },
    { route: 'PUT /api/visit-teams/{id}/outings/{day}/return', path: { id: things.team, day: day_from_now(0) }, body: {} },
    { route: 'GET /api/visit-campaigns/{id}/outings', path: campaign },
    { route: 'GET /api/visit-campaigns/{id}/corrections', path: campaign },
    { route: 'PUT /api/visit-campaigns/{id}/corrections-reading', path: campaign },
    {
      route: 'PUT /api/visits/{id}/record',
      path: visit,
      body: {
        form: 'home',
        held_at: new Date(Date.now() - 3_600_000).toISOString(),
        minutes: 40,
        present: '妈妈',
        environment: 'good',
        relation: 'good',
        behaviour: 'usual',
        mind: 'usual',
        strengths: '',
        needs: '',
        talk: '',
        advice: '',
        points: [{ side: 'school', words: '调换座位' }],
      },
    },
    {
      route: 'PUT /api/visits/{id}/record-edit',
      path: visit,
      body: { edit: '100000000000001', written_at: new Date(Date.now() - 60_000).toISOString(), saw: [], advice: '多陪伴' },
    },
    { route: 'PUT /api/visits/{id}/points/{number}', path: { ...visit, number: '1' }, body: { is_done: true } },
    { route: 'GET /api/visit-campaigns/{id}/workload', path: campaign },
    { route: 'GET /api/visit-campaigns/{id}/workload.xlsx', path: campaign },
    { route: 'PUT /api/visit-campaigns/{id}/closing', path: campaign },
    { route: 'DELETE /api/visits/{id}/time', path: visit },
    { route: 'DELETE /api/visits/{id}/record', path: visit },
    { route: 'DELETE /api/visit-teams/{id}', path: { id: things.idle_team } },
  ]
}
