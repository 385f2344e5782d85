// Events from the first idea to what people thought of them: drafts and approval, templates, journeys with consent, every kind's
// entries, budgets, feedback, open days.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ActivityView } from '../../web/packages/api-client/src/index.ts'
import {
  announce,
  close,
  entries_from,
  from_now,
  next_week,
  path,
  show,
  tick,
  yesterday,
  type ActivityInput,
} from '../harness/activities.ts'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'
import { load_plan, small_plan } from '../harness/plans.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let family: Family
let teacher: { leader: Visitor; leader_id: string }
let second_leader: Visitor
beforeAll(async () => {
  county = await make_county({ name: 'activity-planning' })
  const { server, official, east } = county
  family = await make_family(server, official, east)
  teacher = await add_staff(server, official, east.id, 'teacher', '何老师')
  second_leader = (await add_staff(server, official, east.id, 'school_leader', '副校长')).leader
})
afterAll(() => county?.server.stop())

const sheet = ({ starts_at, ends_at }: { starts_at: string; ends_at: string }) => ({
  stages: [{ from: starts_at, until: ends_at, place: '南昌舰主题园区', transport: '大巴' }],
  risks: [{ risk: '乘车安全', measure: '清点人数，系安全带', responsible: '何老师' }],
  insurance: { company: '人保财险', policy: 'P-2027-001', from: '2020-01-01', to: '2040-01-01' },
})
const trip = (input: Partial<ActivityInput> = {}): ActivityInput => {
  const times = next_week()
  return { kind: 'study_trip', title: '红色研学', place: '校门口', audience: 'pupils', ...times, travel: sheet(times), ...input }
}

describe('drafts', () => {
  test('where pupils travel a teacher proposes, somebody else approves, and then it is there for families', async () => {
    await expect(announce(teacher.leader, trip())).rejects.toThrow(/422.*needs_approval|422.*审批/)
    const draft = await teacher.leader.call('POST /activity-drafts', { body: { content: trip() } })
    const of_draft = { path: { id: draft.id } }
    expect(draft).toMatchObject({ state: 'draft', needs_approval: true, may_publish: false, may_propose: true })
    await expect(teacher.leader.call('PUT /activity-drafts/{id}/publication', of_draft)).rejects.toThrow(/422/)

    await teacher.leader.call('PUT /activity-drafts/{id}/proposal', of_draft)
    const told = (await second_leader.call('GET /inbox')).items.map(({ link }) => link)
    expect(told).toContain(`/activities/drafts/${draft.id}`)
    await expect(
      second_leader.call('PUT /activity-drafts/{id}/decision', { ...of_draft, body: { approves: false } }),
    ).rejects.toThrow(/422.*reason/)
    await second_leader.call('PUT /activity-drafts/{id}/decision', {
      ...of_draft,
      body: { approves: false, reason: '请换一家保险' },
    })
    expect(await teacher.leader.call('GET /activity-drafts/{id}', of_draft)).toMatchObject({
      state: 'returned',
      reason: '请换一家保险',
    })

    await teacher.leader.call('PUT /activity-drafts/{id}/proposal', of_draft)
    await second_leader.call('PUT /activity-drafts/{id}/decision', { ...of_draft, body: { approves: true } })
    const before = (await family.mother.call('GET /activities')).items.map(({ title }) => title)
    const published = await teacher.leader.call('PUT /activity-drafts/{id}/publication', of_draft)

    expect(before).not.toContain('红色研学')
    expect(published).toMatchObject({ state: 'published' })
    expect(await show(family.mother, { id: published.activity! } as ActivityView)).toMatchObject({
      title: '红色研学',
      travels: true,
    })
    expect((await county.west.leader.send('GET', `/api/activity-drafts/${draft.id}`)).status).toBe(404)
  })

  test('nobody approves a proposal of their own, and what changes after approval needs it anew', async () => {
    const { leader } = county.east
    const draft = await leader.call('POST /activity-drafts', { body: { content: trip({ title: '自己提的' }) } })
    const of_draft = { path: { id: draft.id } }
    await leader.call('PUT /activity-drafts/{id}/proposal', of_draft)
    const own = await leader.send('PUT', `/api/activity-drafts/${draft.id}/decision`, { body: { approves: true } })
    expect(own.status).toBe(409)

    await second_leader.call('PUT /activity-drafts/{id}/decision', { ...of_draft, body: { approves: true } })
    const changed = await leader.call('PUT /activity-drafts/{id}', { ...of_draft, body: { content: trip({ title: '改过的' }) } })
    expect(changed).toMatchObject({ state: 'draft', title: '改过的' })
    await leader.call('DELETE /activity-drafts/{id}', of_draft)
    expect((await leader.send('GET', `/api/activity-drafts/${draft.id}`)).status).toBe(404)
  })

  test('a school says itself which kinds need approval', async () => {
    const { leader } = county.west
    const { leader: west_teacher } = await add_staff(county.server, county.official, county.west.id, 'teacher', '西老师')
    await leader.call('PUT /activity-approval-rule', { body: { kinds: ['salon'], travelling: false } })

    await expect(announce(west_teacher, { kind: 'salon' })).rejects.toThrow(/422/)
    await announce(west_teacher, { kind: 'lecture' })
    await announce(west_teacher, trip({ title: '西校研学' }))
    await announce(leader, { kind: 'salon' })
    expect((await west_teacher.send('PUT', '/api/activity-approval-rule', { body: { kinds: [], travelling: false } })).status).toBe(
      403,
    )
    expect(await county.east.leader.call('GET /activity-approval-rule')).toMatchObject({ kinds: [], travelling: true })
  })
})

describe('journeys', () => {
  test('each fault of the sheet is told by its field', async () => {
    const { leader } = county.east
    const times = next_week()
    await expect(announce(leader, trip({ travel: undefined }))).rejects.toThrow(/422.*travel\/stages/)
    await expect(announce(leader, trip({ travel: { ...sheet(times), risks: [] } }))).rejects.toThrow(/422.*travel\/risks/)
    const late = { ...sheet(times), insurance: { company: '人保', policy: '1', from: '2039-01-01', to: '2040-01-01' } }
    await expect(announce(leader, trip({ travel: late }))).rejects.toThrow(/422.*travel\/insurance\/from/)
    const outside = { ...sheet(times), stages: [{ from: times.starts_at, until: from_now(9 * 24 * 60), place: '远方' }] }
    await expect(announce(leader, trip({ travel: outside }))).rejects.toThrow(/422.*travel\/stages\/0\/until/)
  })

  test('a guardian agrees to one exact sheet, and no consent is no entry', async () => {
    const { leader } = county.east
    const soon = { starts_at: new Date(Date.now() + 4000).toISOString(), ends_at: from_now(60) }
    const event = await announce(leader, trip({ ...soon, travel: sheet(soon) }))
    const consent = { id: event.id, student: family.child }
    const first = await family.mother.call('GET /activities/{id}/travel', path(event))
    expect(first.consents).toMatchObject([{ student: family.child, may_sign: true, state: 'missing' }])
    await leader.call('PUT /activities/{id}/travel', {
      ...path(event),
      body: { ...sheet(soon), risks: [...sheet(soon).risks, { risk: '走失', measure: '分组', responsible: '何老师' }] },
    })
    const stale = await family.mother.send('PUT', `/api/activities/${event.id}/consents/${family.child}`, {
      body: { agrees: true, hash: first.hash },
    })
    expect(stale.status).toBe(409)

    const now = await family.mother.call('GET /activities/{id}/travel', path(event))
    const given = await family.mother.call('PUT /activities/{id}/consents/{student}', {
      path: consent,
      body: { agrees: true, hash: now.hash, note: '晕车' },
    })
    expect(given.consents).toMatchObject([{ state: 'agreed', note: '晕车' }])
    const other = county.east.pupils[0]!.id
    await new Promise((done) => setTimeout(done, 4500))
    expect(
      (await family.mother.send('PUT', `/api/activities/${event.id}/consents/${other}`, { body: { agrees: true, hash: now.hash } }))
        .status,
    ).toBeGreaterThanOrEqual(400)
    await expect(tick(leader, event, [family.child, other])).rejects.toThrow(/422.*people/)
    await tick(leader, event, [family.child])

    const list = await leader.call('GET /activities/{id}/consents', path(event))
    expect(list.items).toMatchObject([{ student_name: family.child_name, state: 'agreed', note: '晕车', person_name: '陈兰' }])
    expect((await family.mother.send('GET', `/api/activities/${event.id}/consents`)).status).toBe(404)
  })
})

describe('what every kind ends in', () => {
  test('each kind of the catalogue is entered as held and as what each who came did', async () => {
    const { leader } = county.east
    const { items } = await leader.call('GET /activity-kinds')
    // One after the other: the same time would count once.
    const hours = (n: number) => ({ starts_at: from_now((-26 - 2 * n) * 60), ends_at: from_now((-25 - 2 * n) * 60) })
    for (const [n, { kind, has_slots }] of items.entries()) {
      if (has_slots || kind === 'parent_in_class') continue
      const audience = kind.startsWith('service.') ? 'pupils' : 'families'
      const event = await announce(leader, { kind, audience, ...hours(n) })
      await tick(leader, event, [audience === 'pupils' ? family.child : family.mother_id])
      await close(leader, event)

      const entries = await entries_from(county.official, event)
      const wanted =
        kind.startsWith('service.') || kind.startsWith('volunteer.')
          ? [kind]
          : kind === 'live'
            ? ['live.attended']
            : [`attended.${kind}`, `held.${kind}`]
      expect(entries.map((entry) => entry.kind).sort(), kind).toEqual(wanted)
      expect(entries.at(-1), kind).toMatchObject({ minutes: 60 })
    }
  })

  test('hours of service are a pupil’s, and volunteering is for adults', async () => {
    const { leader } = county.east
    await expect(announce(leader, { kind: 'service.charity', audience: 'families' })).rejects.toThrow(/422.*audience/)
    await expect(announce(leader, { kind: 'volunteer.duty', audience: 'pupils' })).rejects.toThrow(/422.*audience/)
  })

  test('a parent who teaches and one who helps have entries of their own; the pupils listen', async () => {
    const { leader } = county.east
    const event = await announce(leader, { kind: 'parent_in_class', audience: 'pupils', ...yesterday() })
    await tick(leader, event, [family.child])
    expect((await leader.send('PUT', `/api/activities/${event.id}/closing`)).status).toBe(409)
    const found = await leader.call('GET /activities/{id}/helpers', { ...path(event), query: { q: '陈兰' } })
    expect(found.items.map(({ id }) => id)).toContain(family.mother_id)
    const role = (person: string) => ({ path: { id: event.id, person } })
    await leader.call('PUT /activities/{id}/roles/{person}', { ...role(family.mother_id), body: { role: 'taught' } })
    await leader.call('PUT /activities/{id}/roles/{person}', { ...role(family.father_id), body: { role: 'helped' } })
    await expect(
      leader.call('PUT /activities/{id}/roles/{person}', { ...role(family.child), body: { role: 'helped' } }),
    ).rejects.toThrow(/422.*person/)
    await tick(leader, event, [family.mother_id, family.father_id])
    await close(leader, event)

    const entries = await entries_from(county.official, event)
    expect(entries.map(({ kind }) => kind).sort()).toEqual(['taught.parent_in_class', 'volunteer.other'])
    expect(entries.find(({ kind }) => kind === 'taught.parent_in_class')).toMatchObject({
      person: { id: family.mother_id },
      student: { id: family.child },
      minutes: 60,
    })
  })
})

describe('series, templates, budgets', () => {
  test('dates left out stay out, and holidays among them are told', async () => {
    const { leader } = county.east
    const times = { starts_at: '2026-09-25T16:00:00+08:00', ends_at: '2026-09-25T17:00:00+08:00' }
    const asked = await leader.call('POST /activity-dates', { body: { ...times, every: 'week', until: '2026-10-16' } })
    expect(asked.items.map(({ day, holiday }) => [day, !!holiday])).toEqual([
      ['2026-09-25', true],
      ['2026-10-02', true],
      ['2026-10-09', false],
      ['2026-10-16', false],
    ])
    await announce(leader, {
      title: '跳过假日',
      ...times,
      every: 'week',
      until: '2026-10-16',
      skipped: ['2026-09-25', '2026-10-02'],
    })
    const { items } = await leader.call('GET /activities', { query: { q: '跳过假日', from: '2026-09-01', to: '2026-12-31' } })
    expect(items.map(({ starts_at }) => starts_at.slice(0, 10))).toEqual(['2026-10-09', '2026-10-16'])
    await expect(announce(leader, { ...times, every: 'week', until: '2026-09-30', skipped: ['2026-09-25'] })).rejects.toThrow(
      /422.*skipped/,
    )
  })

  test('what lies between two terms of the county is suggested too', async () => {
    const { official, east } = county
    const times = { starts_at: '2027-01-15T16:00:00+08:00', ends_at: '2027-01-15T17:00:00+08:00' }
    const ask = () => east.leader.call('POST /activity-dates', { body: { ...times, every: 'week', until: '2027-02-26' } })
    const holidays = async () => (await ask()).items.filter(({ holiday }) => holiday).map(({ day }) => day)
    expect(await holidays()).not.toContain('2027-01-22')
    await load_plan(
      official,
      `${small_plan}
[[term]]
key = "autumn-2026"
title = "2026年秋学期"
from = 2026-09-01
to = 2027-01-17

[[term]]
key = "spring-2027"
title = "2027年春学期"
from = 2027-02-22
to = 2027-07-10
`,
    )

    expect(await holidays()).toEqual(['2027-01-22', '2027-01-29', '2027-02-05', '2027-02-12', '2027-02-19'])
  })

  test('an event becomes a template of the school, the county’s is there for all', async () => {
    const { leader } = county.east
    const event = await announce(leader, {
      title: '读书节',
      kind: 'festival',
      summary: '带一本书',
      budget: { planned: 50_000, source: '公用经费' },
    })
    const own = await leader.call('POST /activity-templates', { body: { title: '读书节模板', from: event.id } })
    const of_county = await county.official.call('POST /activity-templates', { body: { title: '县模板', content: trip() } })

    expect(own.content).toMatchObject({ kind: 'festival', summary: '带一本书', budget: { planned: 50_000 }, leaders: [] })
    expect(of_county.content.travel).toMatchObject({ stages: [{ place: '南昌舰主题园区' }] })
    expect(of_county.content.travel?.insurance).toBeUndefined()
    const titles = async (visitor: Visitor) => (await visitor.call('GET /activity-templates')).items.map(({ title }) => title)
    expect(await titles(teacher.leader)).toEqual(['县模板', '读书节模板'])
    expect(await titles(county.west.leader)).toEqual(['县模板'])
    expect((await county.east.leader.send('DELETE', `/api/activity-templates/${of_county.id}`)).status).toBe(403)
    await leader.call('PUT /activity-templates/{id}', { path: { id: own.id }, body: { title: '书香节', from: event.id } })
    await leader.call('DELETE /activity-templates/{id}', { path: { id: own.id } })
    expect(await titles(teacher.leader)).toEqual(['县模板'])
  })

  test('what was spent comes after the start, and families see none of it', async () => {
    const { leader } = county.east
    const later = await announce(leader, { budget: { planned: 10_000, source: '家委会' } })
    const spend = (event: ActivityView) =>
      leader.send('PUT', `/api/activities/${event.id}/budget`, {
        body: { planned: 10_000, source: '家委会', spent: 9_900, note: '两张票据' },
      })
    expect((await spend(later)).status).toBe(409)
    const over = await announce(leader, { ...yesterday(), title: '花了钱的', budget: { planned: 10_000 } })
    expect((await leader.call('GET /activities/{id}/dossier', path(over))).lacking.map(({ what }) => what)).toContain('spent')
    expect((await spend(over)).status).toBe(200)
    expect((await leader.call('GET /activities/{id}/dossier', path(over))).budget).toEqual({
      planned: 10_000,
      source: '家委会',
      spent: 9_900,
      note: '两张票据',
    })
    expect((await family.mother.send('GET', `/api/activities/${over.id}/dossier`)).status).toBe(404)
    expect((await leader.send('GET', '/api/activity-budgets.xlsx')).status).toBe(200)
  })
})

describe('feedback', () => {
  test('whoever was there says what they think, and it is told in fives without names', async () => {
    const { leader } = county.east
    const event = await announce(leader, yesterday())
    const give = (visitor: Visitor, stars: number, comment = '') =>
      visitor.send('PUT', `/api/activities/${event.id}/feedback`, { body: { stars, comment } })
    expect((await give(family.mother, 5)).status).toBe(403)
    const families = [family]
    for (let i = 0; i < 5; ++i) families.push(await make_family(county.server, county.official, county.east))
    await tick(
      leader,
      event,
      families.map(({ mother_id }) => mother_id),
    )
    await close(leader, event)
    expect(await show(family.mother, event)).toMatchObject({ may_rate: true })

    for (const each of families.slice(0, 4)) expect((await give(each.mother, 4, '很好')).status).toBe(200)
    const few = (await leader.call('GET /activities/{id}/dossier', path(event))).feedback
    expect(few).toEqual({ given: 4, told: 0, stars: [0, 0, 0, 0, 0], comments: [] })
    for (const each of families.slice(4)) await give(each.mother, 5, '谢谢')
    await give(family.mother, 1, '太长')

    const told = (await leader.call('GET /activities/{id}/dossier', path(event))).feedback
    expect(told).toMatchObject({ given: 6, told: 5, stars: [1, 0, 0, 3, 1] })
    expect((await show(family.mother, event)).feedback).toEqual({ stars: 1, comment: '太长' })
    expect((await leader.send('GET', `/api/activities/${event.id}/feedback.xlsx`)).status).toBe(200)
  })
})

test('open days are told to everybody, and nothing else is', async () => {
  await announce(county.east.leader, { kind: 'open_day', title: '校园开放日', summary: '走进课堂', audience: 'everybody' })
  await announce(county.east.leader, { kind: 'lecture', title: '不公开的讲座' })
  const cancelled = await announce(county.east.leader, { kind: 'open_day', title: '取消的开放日' })
  await county.east.leader.call('PUT /activities/{id}/cancellation', { ...path(cancelled), body: { reason: '下雨' } })
  await county.east.leader.call('POST /activity-drafts', {
    body: { content: { kind: 'open_day', title: '还没发布', place: '校内', audience: 'families', ...next_week() } },
  })

  const { items, county: whose } = await county.server.visitor().call('GET /open-days')
  expect(items.map(({ title }) => title)).toEqual(['校园开放日'])
  expect(items[0]).toMatchObject({ place: '报告厅', summary: '走进课堂', organiser_name: county.east.name })
  expect(Object.keys(items[0]!).sort()).toEqual(['ends_at', 'id', 'organiser_name', 'place', 'starts_at', 'summary', 'title'])
  expect(whose?.name).toBeTruthy()
})

test('community representatives are invited to an open day, wherever their community belongs', async () => {
  const community = await county.official.call('POST /organisations', {
    body: { parent: county.root, kind: 'community', name: '滨江社区' },
  })
  const { leader: worker } = await add_staff(county.server, county.official, community.id, 'community_worker', '社区李')
  const event = await announce(county.east.leader, {
    kind: 'open_day',
    title: '请社区来',
    audience: 'everybody',
    invited: [county.east.id, community.id],
  })

  expect(await show(worker, event)).toMatchObject({ title: '请社区来', may_come: true })
  await expect(announce(county.east.leader, { kind: 'lecture', invited: [community.id] })).rejects.toThrow(/422.*invited/)
})
