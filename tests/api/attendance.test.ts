// Who was there, by code, list and join log; and what that becomes in the ledger without anybody typing a figure.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ActivityView } from '../../web/packages/api-client/src/index.ts'
import { announce, close, entries_from, from_now, now_on, path, show, sign_up, tick, yesterday } from '../harness/activities.ts'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { save } from '../harness/courses.ts'
import { eventually } from '../harness/eventually.ts'
import { make_family, type Family } from '../harness/families.ts'
import { apply, download, problems_of, rows_of, undo } from '../harness/imports.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let first: Family
let second: Family
let third: Family
beforeAll(async () => {
  county = await make_county({ name: 'attendance' })
  const { server, official, east } = county
  first = await make_family(server, official, east)
  second = await make_family(server, official, east)
  third = await make_family(server, official, east)
})
afterAll(() => county?.server.stop())

describe('checking in', () => {
  const code_of = async (visitor: Visitor, event: ActivityView) =>
    (await visitor.call('GET /activities/{id}/check-in-code', path(event))).code
  const check_in = (visitor: Visitor, event: ActivityView, code: string) =>
    visitor.send('POST', `/api/activities/${event.id}/check-in`, { body: { code } })

  test('the code that is shown lets in, another one does not, and guessing is made to wait', async () => {
    const event = await announce(county.east.leader, now_on())
    const code = await code_of(county.east.leader, event)
    const wrong = code === '123456' ? '654321' : '123456'

    expect((await check_in(first.mother, event, code)).json).toMatchObject({ present: 1, own: [{ is_present: true }] })
    expect((await check_in(first.mother, event, code)).json).toMatchObject({ present: 1 })
    const answers = []
    for (let i = 0; i < 7; ++i) answers.push((await check_in(second.mother, event, wrong)).status)

    expect(answers.slice(0, 4)).toEqual([422, 422, 422, 422])
    expect(answers.at(-1)).toBe(429)
    expect((await first.mother.send('GET', `/api/activities/${event.id}/check-in-code`)).status).toBe(404)
    expect((await check_in(county.west.leader, event, code)).status).toBe(404)
  })

  test('an event that needs a place lets in whoever has one, and another event has another code', async () => {
    const times = { starts_at: from_now(1 / 20), ends_at: from_now(60) }
    const event = await announce(county.east.leader, { ...times, capacity: 1 })
    await sign_up(third.mother, event)
    const code = await code_of(county.east.leader, event)

    expect((await check_in(first.mother, event, code)).status).toBe(409)
    expect((await check_in(third.mother, event, code)).status).toBe(201)
    const other = await announce(county.east.leader, now_on())
    expect(await code_of(county.east.leader, other)).not.toBe(code)
    const future = await announce(county.east.leader)
    expect((await county.east.leader.send('GET', `/api/activities/${future.id}/check-in-code`)).status).toBe(409)
  })

  test('whoever leads it shows the code and closes it, without any other right', async () => {
    const { server, official, east } = county
    const { leader, leader_id } = await add_staff(server, official, east.id, 'teacher', '孟老师')
    const event = await announce(east.leader, { ...now_on(), leaders: [leader_id] })
    expect((await check_in(first.mother, event, await code_of(leader, event))).status).toBe(201)

    expect(await leader.call('GET /activities/{id}/attendance', path(event))).toMatchObject({
      items: [{ person: first.mother_id, name: '陈兰', student_name: first.child_name, sources: ['code'] }],
    })
    expect((await leader.call('GET /activities/{id}/attendance', { ...path(event), query: { list: 'invited' } })).items).toEqual([])
    expect((await leader.send('PUT', `/api/activities/${event.id}/cancellation`, { body: { reason: '不想办了' } })).status).toBe(
      404,
    )
    expect((await close(leader, event)).state).toBe('closed')
  })
})

describe('one minute counts once', () => {
  test('of two events at the same time the one that is closed later brings the rest, and its entry says so', async () => {
    const { server, official, east } = county
    const { mother, mother_id } = await make_family(server, official, east)
    const times = yesterday()
    const half_an_hour_later = (moment: string) => new Date(Date.parse(moment) + 30 * 60_000).toISOString()
    const lecture = await announce(east.leader, times)
    const salon = await announce(east.leader, {
      kind: 'salon',
      starts_at: half_an_hour_later(times.starts_at),
      ends_at: half_an_hour_later(times.ends_at),
    })
    for (const event of [lecture, salon]) await tick(east.leader, event, [mother_id])

    for (const event of [lecture, salon]) await close(east.leader, event)

    const entries = (await mother.call('GET /own-entries')).items
    expect(entries.map(({ kind, minutes }) => [kind, minutes])).toEqual([
      ['attended.salon', 30],
      ['attended.guidance', 60],
    ])
    expect(entries[0]!.shared).toMatchObject([{ minutes: 30, happened_at: entries[1]!.happened_at }])
    expect(entries[1]!.shared).toEqual([])

    await east.leader.call('PUT /activities/{id}/reopening', { ...path(lecture), body: { reason: '登记有误' } })
    await close(east.leader, lecture)
    const [, , anew] = await entries_from(official, lecture).then((all) => all.filter(({ kind }) => kind === 'attended.guidance'))
    expect(anew, 'closed anew it has its own time again').toMatchObject({ minutes: 60, shared: [] })
  })
})

describe('the organiser’s list', () => {
  test('everybody invited is found by name, ticked, and the tick taken back', async () => {
    const { leader } = county.east
    const event = await announce(leader, yesterday())
    const list = async (query: object) => (await leader.call('GET /activities/{id}/attendance', { ...path(event), query })).items

    expect(await list({})).toEqual([])
    expect((await list({ list: 'invited', q: 'lijiazhang' })).map(({ name }) => name)).toEqual(['李家长'])
    await tick(leader, event, [first.mother_id, second.mother_id])
    await tick(leader, event, [second.mother_id], false)

    expect(await list({})).toMatchObject([{ person: first.mother_id, sources: ['list'], minutes: 60, unit_name: '1班' }])
    expect(await list({ list: 'invited', is_present: true })).toHaveLength(1)
    await expect(tick(leader, event, [county.west.leader_id])).rejects.toThrow(/422/)
    await expect(tick(leader, await announce(leader), [first.mother_id])).rejects.toThrow(/409/)
    expect((await download(leader, `/api/activities/${event.id}/attendance.xlsx`)).subarray(0, 2).toString()).toBe('PK')
  })
})

describe('join logs', () => {
  async function bring(event: ActivityView, text: string) {
    const { leader } = county.east
    const answer = await leader.send('POST', `/api/activities/${event.id}/join-logs?file_name=log.csv`, { body: text })
    expect(answer.status, answer.text).toBe(201)
    const look = () => leader.call('GET /imports/{id}', { path: { id: answer.json.import } })
    await eventually(async () => (await look()).state === 'previewed')
    return look()
  }

  test('minutes are the union of the stretches, cut to the event; faults are shown first, and all is undone again', async () => {
    const { leader } = county.east
    const event = await announce(leader, {
      kind: 'live',
      title: '直播课',
      link: 'https://meeting.example/1',
      starts_at: '2026-03-05T19:00:00+08:00',
      ends_at: '2026-03-05T20:30:00+08:00',
    })
    const log = `昵称,电话,加入时间,离开时间
${first.child_name}妈妈,,2026-03-05 18:50,2026-03-05 19:30
${first.child_name}妈妈,,19:20,19:40
陈兰,,2026-03-05 19:00,2026-03-05 20:00
李家长,,2026-03-05 20:00,2026-03-05 21:00
路人甲,,2026-03-05 19:00,2026-03-05 20:00
李家长,,2026-03-05 20:20,2026-03-05 20:10
`
    const previewed = await bring(event, log)
    expect(problems_of(await rows_of(leader, previewed.id))).toEqual(['row 4, A: ambiguous', 'row 6, A: nobody', 'row 7, D: order'])
    expect((await show(leader, event)).present).toBe(0)
    await apply(leader, previewed.id)

    const people = (await leader.call('GET /activities/{id}/attendance', path(event))).items
    expect(people.map(({ name, minutes }) => [name, minutes]).sort()).toEqual([
      ['李家长', 30],
      ['陈兰', 40],
    ])
    const again = await bring(event, log)
    expect((await rows_of(leader, again.id)).filter(({ action }) => action === 'leave')).toHaveLength(3)
    await undo(leader, previewed.id)
    expect((await show(leader, event)).present).toBe(0)
  })

  test('a live session counts for those who were there, and nobody holds it', async () => {
    const event = await announce(county.east.leader, {
      kind: 'live',
      starts_at: '2026-03-06T19:00:00+08:00',
      ends_at: '2026-03-06T20:00:00+08:00',
    })
    const brought = await bring(event, `姓名,入会时间,退会时间\n${second.child_name}妈妈,19:15,19:45\n`)
    await apply(county.east.leader, brought.id)

    await close(county.east.leader, event)

    expect(await entries_from(county.official, event)).toMatchObject([
      { kind: 'live.attended', minutes: 30, person: { id: second.mother_id }, student: { id: second.child } },
    ])
    await county.east.leader.call('DELETE /imports/{id}/application', { path: { id: brought.id } })
    const look = () => county.east.leader.call('GET /imports/{id}', { path: { id: brought.id } })
    await eventually(async () => (await look()).job?.state === 'failed')
    expect((await look()).job?.error).toMatch(/已结束/)
  })
})

describe('closing', () => {
  test('enters what was held once and each who came once, and however many close it, once', async () => {
    const { east } = county
    const event = await announce(east.leader, { ...yesterday(), kind: 'meeting' })
    await tick(east.leader, event, [first.mother_id, second.mother_id])

    const answers = await Promise.all(
      [east.leader, county.official, east.leader, county.official].map((visitor) =>
        visitor.send('PUT', `/api/activities/${event.id}/closing`),
      ),
    )

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
    const entries = await entries_from(county.official, event)
    expect(entries.map(({ kind, minutes, count }) => [kind, minutes, count]).sort()).toEqual([
      ['attended.meeting', 60, 1],
      ['attended.meeting', 60, 1],
      ['held.meeting', 60, 1],
    ])
    const held = entries.find(({ kind }) => kind === 'held.meeting')!
    expect(held.unit.id).toBe(east.id)
    expect(held.data).toMatchObject({ participants: 2 })
    expect(entries.find(({ person }) => person?.id === first.mother_id)).toMatchObject({
      student: { id: first.child },
      unit: { id: east.class },
    })
    expect((await first.mother.call('GET /own-activities')).past.find(({ id }) => id === event.id)?.own).toMatchObject([
      { minutes: 60 },
    ])
  })

  test('a correction takes all entries back and writes new ones', async () => {
    const { leader } = county.east
    const event = await announce(leader, yesterday())
    await tick(leader, event, [first.mother_id])
    await close(leader, event)
    await expect(tick(leader, event, [second.mother_id])).rejects.toThrow(/409/)

    await leader.call('PUT /activities/{id}/reopening', { ...path(event), body: { reason: '漏记一人' } })
    await tick(leader, event, [second.mother_id])
    const closed = await close(leader, event)

    expect(closed.result).toMatchObject({ participants: 2, minutes: 120 })
    const entries = await entries_from(county.official, event)
    const standing = entries.filter(({ reverses, reversed_by }) => !reverses && !reversed_by)
    expect(entries.filter(({ reverses }) => reverses).map(({ reason }) => reason)).toEqual(['漏记一人', '漏记一人'])
    expect(standing.map(({ kind }) => kind).sort()).toEqual(['attended.guidance', 'attended.guidance', 'held.guidance'])
  })

  test('partners hold it too, a resource was used, and nobody closes what nobody came to', async () => {
    const { official, root, east, west } = county
    const museum = await official.call('POST /organisations', {
      body: { parent: root, kind: 'resource', name: '梅岭博物馆', resource_kind: 'museum', stages: [], opened_on: '2025-09-01' },
    })
    const event = await announce(official, {
      ...yesterday(),
      kind: 'parent_child',
      organiser: east.id,
      partners: [west.id],
      resource: museum.id,
    })
    await expect(close(official, event)).rejects.toThrow(/409/)
    await tick(official, event, [first.mother_id])
    await close(official, event)

    const entries = await entries_from(county.official, event)
    expect(entries.map(({ kind, unit, resource }) => [kind, unit.name, resource?.name]).sort()).toEqual([
      ['attended.parent_child', '1班', '梅岭博物馆'],
      ['held.parent_child', '城东小学', '梅岭博物馆'],
      ['held.parent_child', '城西小学', '梅岭博物馆'],
      ['resource.used', '城东小学', '梅岭博物馆'],
    ])
    await expect(close(official, await announce(official, { organiser: east.id }))).rejects.toThrow(/409/)
  })
})

describe('a replay', () => {
  test('is a published lesson that those who see it can open, and it can be unlinked', async () => {
    const { leader } = county.east
    const event = await announce(leader, { kind: 'live', link: 'https://meeting.example/2' })
    const draft = await leader.call('POST /courses', { body: { title: '回放', line: 'in_school' } })
    const saved = await save(leader, draft, [{ title: '', units: [{ title: '直播回放', kind: 'text', body: '讲了三件事。' }] }])
    const lesson = saved.sections[0]!.units[0]!.id
    const link = (body: object) => leader.call('PUT /activities/{id}/replay', { ...path(event), body })
    await expect(link({ lesson })).rejects.toThrow(/422.*lesson/)
    await leader.call('POST /courses/{id}/editions', { path: { id: draft.id }, body: {}, version: saved.version })

    expect(await link({ lesson })).toMatchObject({ replay: { course: draft.id, unit: lesson, title: '直播回放' } })
    expect((await show(first.mother, event)).replay).toMatchObject({ unit: lesson })
    expect((await link({})).replay).toBeUndefined()
  })
})
