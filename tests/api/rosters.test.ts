// A duty roster over HTTP: families come in, turns are shared out and told, change hands, are served, and count once.
import { readFileSync } from 'node:fs'
import { join as joined } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { written } from '../harness/certificates.ts'
import { make_family, type Family } from '../harness/families.ts'
import { download } from '../harness/imports.ts'
import { load_plan } from '../harness/plans.ts'
import { about_own_duties, gate, plan_and_publish, shifts_of, start_roster, type Roster } from '../harness/rosters.ts'
import { root as repository } from '../harness/server.ts'
import { day_from_now } from '../harness/visits.ts'
import type { Visitor } from '../harness/visitor.ts'

/** The minute of the day in China. */
function minute_of_now(): number {
  const there = new Date(Date.now() + 8 * 3_600_000)
  return there.getUTCHours() * 60 + there.getUTCMinutes()
}

let county: County
let families: Family[]
let second: Visitor
let roster: Roster
beforeAll(async () => {
  county = await make_county({ name: 'rosters' })
  const { server, official, east } = county
  families = []
  for (let i = 0; i < 4; ++i) families.push(await make_family(server, official, east))
  ;({ leader: second } = await add_staff(server, official, east.id, 'moral_education_director', '韩主任'))
  roster = await start_roster(east.leader, east.id, [{ ...gate, parents: 1 }])
})
afterAll(() => county?.server.stop())

const weekly = { wished: [], blocked: [] }
const join = (family: Family, body: object = weekly) => family.mother.send('PUT', `/api/own-rosters/${roster.id}`, { body })
const duties = (family: Family) => family.mother.call('GET /own-duties')
const shifts = () => shifts_of(county.east.leader, roster.id)
const turn_of = async (family: Family, position = 0) =>
  (await shifts()).filter(({ person }) => person?.id === family.mother_id).filter(({ starts_at }) => starts_at > day_from_now(2))[
    position
  ]!

describe('coming in', () => {
  test('a family finds the roster of its school, comes in by itself, and says which days do not suit', async () => {
    expect((await duties(families[0]!)).rosters).toMatchObject([{ id: roster.id, is_member: false }])

    for (const family of families.slice(0, 3)) expect((await join(family)).status).toBe(200)
    const again = await join(families[0]!, { wished: [6], blocked: [7] })

    expect(again.json.rosters[0]).toMatchObject({ is_member: true, wished: [6], blocked: [7] })
    const members = await county.east.leader.call('GET /rosters/{id}/members', { path: { id: roster.id } })
    expect(members.items).toHaveLength(3)
  })

  test('bad input is said by field', async () => {
    const faults = async (body: object) => (await join(families[0]!, body)).json.problems.map(({ path }: { path: string }) => path)

    expect(await faults({ wished: [1], blocked: [1] })).toEqual(['/blocked'])
    expect(await faults({ wished: [], blocked: [1, 2, 3, 4, 5, 6, 7] })).toEqual(['/blocked'])
    const start = await county.east.leader.send('POST', '/api/rosters', {
      body: { title: '护学岗', kind: 'other', from: day_from_now(0), to: day_from_now(9), posts: [{ ...gate, until_minute: 400 }] },
    })
    expect(start.json.problems.map(({ path }: { path: string }) => path)).toEqual(['/posts/0/until_minute', '/posts/0/parents'])
  })

  test('whoever is of another school finds nothing, and may not come in', async () => {
    const stranger = await make_family(county.server, county.official, county.west)

    expect((await duties(stranger)).rosters).toEqual([])
    expect((await join(stranger)).status).toBe(404)
    expect((await county.west.leader.send('GET', `/api/rosters/${roster.id}`)).status).toBe(404)
    expect((await families[0]!.mother.send('GET', `/api/rosters/${roster.id}`)).status).toBe(404)
  })

  test('people of a partner come in by their organisation and exact name', async () => {
    const { official, root, east } = county
    const station = await official.call('POST /organisations', {
      body: { parent: root, kind: 'department', name: '滨江派出所', stages: [], opened_on: '2025-09-01' },
    })
    await add_staff(county.server, official, station.id, 'department_official', '马警官')
    const add = (name: string) =>
      east.leader.send('POST', `/api/rosters/${roster.id}/members`, {
        body: { sort: 'police', organisation: station.id, name, ...weekly },
      })

    expect((await add('牛警官')).json.problems[0]).toMatchObject({ path: '/name', code: 'not_found' })
    expect((await add('马警官')).status).toBe(201)
  })
})

describe('turns', () => {
  test('are shared out so that nobody has two more than another, and told to those who have them', async () => {
    const outcome = await plan_and_publish(county.east.leader, roster.id)

    expect(outcome.most - outcome.fewest).toBeLessThanOrEqual(1)
    expect(outcome.gaps).toBeGreaterThan(0) // three families cannot serve seven days a week
    const letters = (await families[1]!.mother.call('GET /inbox', {})).items.filter(({ link }) => link === '/my-duties')
    expect(letters).toHaveLength(1)
    const calendar = await families[1]!.mother.call('GET /own-calendar', {
      query: { from: day_from_now(0), to: day_from_now(20) },
    })
    expect(calendar.items.filter(({ kind }) => kind === 'duty').length).toBe((await duties(families[1]!)).items.length)
  })

  test('are swapped with a colleague in one go, and only once', async () => {
    const [mine, theirs] = [await turn_of(families[0]!), await turn_of(families[1]!)]
    const { id } = await families[0]!.mother.call('POST /own-duties/{id}/swaps', {
      path: { id: mine.id },
      body: { kind: 'swap', wanted: theirs.id },
    })
    const accept = () => families[1]!.mother.send('PUT', `/api/roster-swaps/${id}/acceptance`, { body: {} })
    expect((await families[2]!.mother.send('PUT', `/api/roster-swaps/${id}/acceptance`, { body: {} })).status).toBe(404)

    const answers = [await accept(), await accept()]

    expect(answers.map(({ status }) => status)).toEqual([204, 409])
    const now = new Map((await shifts()).map((one) => [one.id, one.person?.id]))
    expect([now.get(mine.id), now.get(theirs.id)]).toEqual([families[1]!.mother_id, families[0]!.mother_id])
  })

  test('of two who would cover at the same moment one has it', async () => {
    const mine = await turn_of(families[0]!, 1)
    const { id } = await families[0]!.mother.call('POST /own-duties/{id}/swaps', { path: { id: mine.id }, body: { kind: 'cover' } })

    const answers = await Promise.all(
      families.slice(1, 3).map(({ mother }) => mother.send('PUT', `/api/roster-swaps/${id}/acceptance`, { body: {} })),
    )

    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
    expect((await shifts()).find((one) => one.id === mine.id)!.person!.id).not.toBe(families[0]!.mother_id)
  })

  test('are given back in time; every change of hands is kept', async () => {
    const mine = await turn_of(families[2]!)

    expect((await families[2]!.mother.send('DELETE', `/api/own-duties/${mine.id}`)).status).toBe(204)
    expect((await families[2]!.mother.send('DELETE', `/api/own-duties/${mine.id}`)).status).toBe(404)

    const changes = await county.east.leader.call('GET /rosters/{id}/changes', { path: { id: roster.id }, query: {} })
    expect(changes.items.map(({ kind }) => kind)).toEqual(['given_back', 'covered', 'swapped', 'swapped'])
  })

  test('a gap is filled by hand with a member, and with nobody else', async () => {
    const { east } = county
    const gap = (await shifts()).find(({ person }) => !person)!
    const lay = (person: string) => east.leader.send('PUT', `/api/roster-shifts/${gap.id}/person`, { body: { person } })

    expect((await lay(families[3]!.mother_id)).status).toBe(422)
    expect((await lay(families[0]!.mother_id)).json.person.id).toBe(families[0]!.mother_id)
  })
})

describe('serving', () => {
  test('a code is shown around turns alone, and not to everybody', async () => {
    const post = roster.posts[0]!.id
    const is_near = Math.abs(minute_of_now() - 470) < 60
    const shown = await county.east.leader.send('GET', `/api/roster-posts/${post}/code`)

    if (!is_near) expect(shown.status).toBe(409)
    expect((await families[0]!.mother.send('GET', `/api/roster-posts/${post}/code`)).status).toBe(404)
    expect((await county.west.leader.send('GET', `/api/roster-posts/${post}/poster`)).status).toBe(404)
  })

  test('nothing is claimed, signed or corrected before it was served', async () => {
    const mine = await turn_of(families[1]!)
    const hours = await families[1]!.mother.send('PUT', `/api/roster-shifts/${mine.id}/hours`, {
      body: { minutes: 40, reason: '早到' },
    })
    const signed = await second.send('PUT', `/api/roster-shifts/${mine.id}/signature`, { body: { agrees: true } })
    const corrected = await second.send('PUT', `/api/roster-shifts/${mine.id}/correction`, {
      body: { minutes: 20, reason: '早退' },
    })

    expect([hours.status, signed.status, corrected.status]).toEqual([409, 409, 409])
    expect(
      (await families[2]!.mother.send('PUT', `/api/roster-shifts/${mine.id}/hours`, { body: { minutes: 40, reason: '不是我' } }))
        .status,
    ).toBe(404)
  })
})

/** As if the turn were on: begun half an hour ago, ten minutes to go. */
async function turn_on_now(shift: string) {
  const now = Date.now()
  await county.server.database.execute(
    `UPDATE roster_shifts SET starts_at = ${now - 30 * 60_000}, ends_at = ${now + 10 * 60_000} WHERE id = ${shift}`,
  )
}
const scan = (by: Visitor, shift: string, what: 'arrival' | 'departure', body: object) =>
  by.send('PUT', `/api/own-duties/${shift}/${what}`, { body })

describe('a duty that is served', () => {
  const code = async () =>
    (await county.east.leader.call('GET /roster-posts/{id}/code', { path: { id: roster.posts[0]!.id } })).code
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
  let obligation: number
  async function figure(organisation: string) {
    const { indicators } = await county.official.call('GET /indicators', { query: { organisation, day: day_from_now(0) } })
    const { covered, total } = indicators.find(({ number }) => number === obligation)!
    return `${covered} of ${total}`
  }

  test('moves the school’s obligation by itself, and is taken back with its hours', async () => {
    const { official, root, east } = county
    const plan = await load_plan(official, readFileSync(joined(repository, 'plans/qilianshan-2025-2027.toml'), 'utf8'))
    obligation = plan.numbers['safety-duty-posts']!
    const [family] = families as [Family]
    const turn = await turn_of(family)
    await turn_on_now(turn.id)
    expect([await figure(root), await figure(east.id)]).toEqual(['0 of 2', '0 of 1'])

    expect((await scan(family.mother, turn.id, 'arrival', { code: await code() })).json.state).toBe('present')
    expect(await figure(root)).toBe('0 of 2') // somebody who came has not served yet
    await county.server.database.execute(`UPDATE roster_shifts SET arrived_at = arrived_at - 1200000 WHERE id = ${turn.id}`)
    const done = await scan(family.mother, turn.id, 'departure', { code: await code() })

    expect(done.json).toMatchObject({ state: 'done', minutes: 20, source: 'code' })
    expect([await figure(root), await figure(east.id)]).toEqual(['1 of 2', '1 of 1'])
    expect((await scan(family.mother, turn.id, 'departure', { code: await code() })).json.minutes).toBe(20)
    await east.leader.call('PUT /roster-shifts/{id}/correction', {
      path: { id: turn.id },
      body: { minutes: 0, reason: '不是本人' },
    })
    expect([await figure(root), await figure(east.id)]).toEqual(['0 of 2', '0 of 1'])
    expect((await family.mother.call('GET /own-volunteer-record')).services).toBe(0)
  })

  test('by codes that were read off line counts as of then: the first reading stays, old and strange ones are refused', async () => {
    const [family] = families as [Family]
    const turn = await turn_of(family)
    await turn_on_now(turn.id)
    const now = await code()
    const read = (code_read_at: string, value = now) => scan(family.mother, turn.id, 'arrival', { code: value, code_read_at })

    const faults = async (answer: Promise<{ json: any }>) =>
      (await answer).json.problems.map(({ path, code }: any) => `${path} ${code}`)
    expect(await faults(read(at(-8 * 1440)))).toEqual(['/code_read_at time'])
    expect(await faults(read(at(30)))).toEqual(['/code_read_at time'])
    expect(await faults(read(at(-20)))).toEqual(['/code wrong'])
    const [early, late] = [at(-1), at(0)]
    expect(Date.parse((await read(late)).json.arrived_at)).toBe(Date.parse(late))
    expect(Date.parse((await read(early)).json.arrived_at)).toBe(Date.parse(early))
    expect(Date.parse((await read(late)).json.arrived_at)).toBe(Date.parse(early))
  })
})

describe('the volunteer record', () => {
  test('is what the ledger says, on paper too, and a request to correct it is answered', async () => {
    const [family] = families as [Family]
    const happened_at = new Date(Date.now() - 86_400_000).toISOString()
    const { id: entry } = await county.east.leader.call('POST /entries', {
      body: { kind: 'volunteer.duty', happened_at, person: family.mother_id, student: family.child, minutes: 40 },
    })

    const record = await family.mother.call('GET /own-volunteer-record')
    expect(record).toMatchObject({ minutes: 40, services: 1, lines: [{ entry, content: '护学岗执勤' }] })
    const paper = await family.mother.send('GET', '/api/own-volunteer-record/certificate.pdf')
    expect(paper.headers.get('content-type')).toBe('application/pdf')
    const english = await written(await download(family.mother, '/api/own-volunteer-record/certificate.pdf?language=en'))
    expect(english).toContain('Certificate of volunteer service')
    expect(english).toContain('Hours')
    expect(english).not.toContain('志愿服务')

    const asked = await family.mother.call('POST /own-volunteer-record/corrections', { body: { entry, words: '少记了' } })
    const elsewhere = await families[1]!.mother.send('POST', '/api/own-volunteer-record/corrections', {
      body: { entry, words: '不是我的' },
    })
    expect(elsewhere.status).toBe(404)
    const answer = { path: { id: asked.id }, body: { is_corrected: false, answer: '以签退为准' } }
    expect(
      (await county.west.leader.send('PUT', `/api/volunteer-corrections/${asked.id}/answer`, { body: answer.body })).status,
    ).toBe(404)
    await county.east.leader.call('PUT /volunteer-corrections/{id}/answer', answer)
    expect((await family.mother.call('GET /own-volunteer-record')).corrections).toMatchObject([
      { state: 'kept', answer: '以签退为准' },
    ])
  })

  test('the school sees its own volunteers alone, and exports their numbers only by permission', async () => {
    const query = { from: day_from_now(-30), to: day_from_now(0), purpose: '上报志愿服务' }
    const path = `/api/volunteers.xlsx?${new URLSearchParams(query)}`

    expect((await county.east.leader.call('GET /volunteers', { query: {} })).items).toMatchObject([{ minutes: 40, services: 1 }])
    const found = async (search: string) => (await county.east.leader.call('GET /volunteers', { query: { search } })).items.length
    const name = (await families[0]!.mother.call('GET /session')).person.name
    expect([await found(name.slice(0, 1)), await found('不是这个名字')]).toEqual([1, 0])
    expect((await county.west.leader.call('GET /volunteers', { query: {} })).items).toEqual([])
    expect((await county.west.leader.send('GET', `/api/volunteers/${families[0]!.mother_id}`)).status).toBe(404)
    expect((await county.official.send('GET', path)).status).toBe(200)
    expect((await families[0]!.mother.send('GET', path)).status).toBe(403)
  })
})

test('routes of families and colleagues are nobody else’s', async () => {
  const { id } = (await shifts())[0]!
  const statuses: number[] = []
  for (const route of about_own_duties.filter((one) => one.includes('{id}'))) {
    const [method = '', path = ''] = route.split(' ')
    const body = route.startsWith('PUT /api/own-rosters') ? weekly : {}
    statuses.push((await county.west.leader.send(method, path.replace('{id}', id), method === 'PUT' ? { body } : {})).status)
  }
  expect(new Set(statuses)).toEqual(new Set([404]))
})
