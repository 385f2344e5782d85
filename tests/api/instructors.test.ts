// From the certificate to the rating over HTTP; nobody is booked twice, and nobody without a certificate.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Body, Out } from '../../web/packages/api-client/src/index.ts'
import { close, tick } from '../harness/activities.ts'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { certificate_plan } from '../harness/certificates.ts'
import { make_family, type Family } from '../harness/families.ts'
import { load_plan } from '../harness/plans.ts'
import type { Visitor } from '../harness/visitor.ts'

type Item = Out<'POST /own-instructor/items'>
type Booking = Out<'POST /instructor-bookings'>

const kind = { plan: 'small-training', credential: 'instructor' }
let county: County
let families: Family[]
let teacher: Visitor
let teacher_id: string
let lecture: Item
beforeAll(async () => {
  county = await make_county({ name: 'instructors' })
  const { server, official, east } = county
  families = []
  for (let i = 0; i < 3; ++i) families.push(await make_family(server, official, east))
  await load_plan(official, certificate_plan)
  ;({ leader: teacher, leader_id: teacher_id } = await certified('赵小兰'))
  await join(teacher)
  lecture = await offer(teacher, {})
})
afterAll(() => county?.server.stop())

async function certified(name: string) {
  const { server, official, west } = county
  const staff = await add_staff(server, official, west.id, 'teacher', name)
  const entry = { kind: 'training.completed', happened_at: new Date().toISOString(), person: staff.leader_id, unit: west.id }
  await official.call('POST /entries', { body: entry })
  await official.call('POST /certificates', { body: { ...kind, holders: [staff.leader_id] } })
  return staff
}
async function join(visitor: Visitor) {
  const { id } = await visitor.call('POST /own-instructor/memberships', { body: { team: 'teacher', statement: '带过两届毕业班' } })
  return county.official.call('PUT /instructor-memberships/{id}/decision', {
    path: { id },
    body: { is_accepted: true, reason: '材料齐全' },
  })
}
async function offer(visitor: Visitor, input: Partial<Body<'POST /own-instructor/items'>>): Promise<Item> {
  const item = await visitor.call('POST /own-instructor/items', {
    body: {
      title: '作业不催也能写完',
      summary: '从时间表入手',
      topics: ['study_guidance'],
      stages: ['primary'],
      audience: 'families',
      form: 'lecture',
      minutes: 60,
      online: false,
      on_site: true,
      is_published: true,
      ...input,
    },
  })
  if (item.state === 'waiting')
    await county.official.call('PUT /instructor-items/{id}/decision', { path: { id: item.id }, body: { is_accepted: true } })
  return item
}
/** So many days from now at that hour in China. */
function at(days: number, hour: number): string {
  const day = new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10)
  return `${day}T${String(hour).padStart(2, '0')}:00:00.000+08:00`
}
const ask = (visitor: Visitor, item: Item, starts: string, more: Partial<Body<'POST /instructor-bookings'>> = {}) =>
  visitor.call('POST /instructor-bookings', {
    body: { item: item.id, wished: [starts], mode: 'on_site', place: '报告厅', ...more },
  })
const accept = (visitor: Visitor, booking: Booking) =>
  visitor.send('PUT', `/api/instructor-bookings/${booking.id}/answer`, { body: { answer: 'accept', starts_at: booking.wished[0] } })
const path = ({ id }: { id: string }) => ({ path: { id } })
const show = (visitor: Visitor, booking: Booking) => visitor.call('GET /instructor-bookings/{id}', path(booking))

describe('the groups', () => {
  test('whoever holds no certificate neither applies nor offers', async () => {
    const { server, official, west } = county
    const { leader } = await add_staff(server, official, west.id, 'teacher', '钱未训')
    const body = { team: 'teacher' as const, statement: '想参加' }

    await expect(leader.call('POST /own-instructor/memberships', { body })).rejects.toThrow(/409/)
    await expect(offer(leader, {})).rejects.toThrow(/409/)
    expect((await leader.call('GET /own-instructor')).certificates).toEqual([])
  })

  test('only officials of the county decide, and see who applied', async () => {
    for (const visitor of [county.east.leader, teacher, families[0]!.mother]) {
      expect((await visitor.send('GET', '/api/instructors')).status).toBe(403)
      expect((await visitor.send('GET', '/api/instructor-scheme')).status).toBe(403)
      expect((await visitor.send('GET', '/api/instructor-bookings?side=all')).status).toBe(404)
    }
    const members = await county.official.call('GET /instructors', { query: { team: 'teacher', which: 'current' } })
    expect(members.items.map(({ person }) => person.name)).toContain('赵小兰')
  })

  test('a review renews or ends with a reason, and what was decided stays', async () => {
    const { leader, leader_id } = await certified('孙复核')
    const member = await join(leader)
    const review = (is_renewed: boolean, reason: string) =>
      county.official.call('PUT /instructor-memberships/{id}/review', { ...path(member), body: { is_renewed, reason } })

    const renewed = await review(true, '开展认真')
    const ended = await review(false, '本人申请退出')

    expect(Number(renewed.to!.slice(0, 4)) - Number(member.to!.slice(0, 4))).toBe(3)
    expect(ended.state).toBe('ended')
    const seen = await county.official.call('GET /instructors/{person}', { path: { person: leader_id } })
    expect(seen.decisions.map(({ decision }) => decision)).toEqual(['ended', 'renewed', 'accepted'])
  })
})

describe('the menu', () => {
  test('is found by group, topic, stage, form, place and words', async () => {
    const { mother } = families[0]!
    const ids = async (query: object) => (await mother.call('GET /training-menu', { query })).items.map(({ id }) => id)

    expect(
      await ids({ q: 'zybc', team: 'teacher', topic: 'study_guidance', stage: 'primary', form: 'lecture', mode: 'on_site' }),
    ).toEqual([lecture.id])
    expect(await ids({ q: '赵小兰' })).toContain(lecture.id)
    for (const other of [{ team: 'expert' }, { topic: 'safety' }, { stage: 'senior' }, { form: 'salon' }, { mode: 'online' }])
      expect(await ids({ q: 'zybc', ...other })).toEqual([])
  })

  test('an item waits for an official where the county wants a look, and not where it does not', async () => {
    const { official } = county
    const { certificate_years, notice_hours, teams } = await official.call('GET /instructor-scheme')
    const terms = teams.map(({ team, term_years, review_days }) => ({ team, term_years, review_days }))
    const settings = (publishes_at_once: boolean) =>
      official.call('PUT /instructor-scheme', { body: { certificate_years, notice_hours, publishes_at_once, teams: terms } })

    await settings(true)
    const at_once = await teacher.call('POST /own-instructor/items', {
      body: { ...item_fields, title: '直接发布', form: 'salon' },
    })
    await settings(false)
    const later = await teacher.call('POST /own-instructor/items', { body: { ...item_fields, title: '等待审核', form: 'salon' } })

    expect([at_once.state, later.state]).toEqual(['published', 'waiting'])
    await expect(ask(county.east.leader, later, at(20, 9))).rejects.toThrow(/404/)
    const refused = await official.call('PUT /instructor-items/{id}/decision', {
      ...path(later),
      body: { is_accepted: false, reason: '请写明内容' },
    })
    expect(refused).toMatchObject({ state: 'refused', reason: '请写明内容' })
  })
})
const item_fields = {
  summary: '',
  topics: ['safety' as const],
  stages: [],
  audience: 'families' as const,
  minutes: 60,
  online: true,
  on_site: true,
  is_published: true,
}

describe('booking', () => {
  test('becomes an event whose attendance makes all entries; who booked and who was there rate it', async () => {
    const { east, official } = county
    await teacher.call('PUT /own-instructor/times', { body: { weekly: [], single: [] } })
    const begins = new Date(Date.now() + 3000).toISOString()
    const booking = await ask(east.leader, lecture, begins, { kind: 'guidance', expected: 40, message: '多举例子' })

    expect(await show(teacher, booking)).toMatchObject({ state: 'asked', message: '多举例子', is_instructor: true })
    const accepted = (await accept(teacher, booking)).json as Booking
    const event = { id: accepted.activity! }
    const announced = await families[0]!.mother.call('GET /activities/{id}', path(event))
    expect(announced).toMatchObject({ kind: 'guidance', title: '作业不催也能写完', organiser: { id: east.id } })
    expect(announced.leaders.map(({ name }) => name)).toEqual(['赵小兰'])
    await new Promise((done) => setTimeout(done, 3200))
    await tick(
      east.leader,
      announced,
      families.map(({ mother_id }) => mother_id),
    )
    await close(teacher, announced)

    expect(await show(east.leader, booking)).toMatchObject({ state: 'delivered', may_rate: true })
    const { items } = await official.call('GET /entries', { query: { about: teacher_id, kind: ['taught.guidance'] } })
    expect(items).toHaveLength(1)
    const rate = (visitor: Visitor, stars: number, words: string) =>
      visitor.call('PUT /instructor-bookings/{id}/rating', { ...path(booking), body: { stars, words } })
    await rate(families[0]!.mother, 5, '很实在')
    await rate(families[1]!.mother, 3, '太短了')
    expect((await teacher.call('GET /own-instructor')).ratings).toEqual({ count: 2 })
    expect((await teacher.call('GET /own-instructor')).opinions).toEqual([])
    await rate(east.leader, 4, '')
    await rate(east.leader, 5, '')
    expect(
      (await county.west.leader.send('PUT', `/api/instructor-bookings/${booking.id}/rating`, { body: { stars: 1, words: '' } }))
        .status,
    ).toBe(404)

    const own = await teacher.call('GET /own-instructor')
    expect(own).toMatchObject({ sessions: 1, ratings: { count: 3, mean: 4.3 } })
    const short = own.opinions.find(({ words }) => words === '太短了')!
    await teacher.call('PUT /instructor-ratings/{id}/answer', { ...path(short), body: { answer: '下次多留时间' } })
    await expect(
      teacher.call('PUT /instructor-ratings/{id}/answer', { ...path(short), body: { answer: '再答一次' } }),
    ).rejects.toThrow(/409/)
    await expect(rate(families[1]!.mother, 1, '改主意了')).rejects.toThrow(/409/)
    await official.call('PUT /instructor-ratings/{id}/hiding', { ...path(short), body: { reason: '含辱骂' } })
    const menu = await families[0]!.mother.call('GET /training-menu/{id}', path(lecture))
    expect(menu.opinions.find(({ id }) => id === short.id)).toMatchObject({ words: '', is_hidden: true, stars: 3 })
    expect(menu.ratings).toEqual({ count: 3, mean: 4.3 })
    expect(menu.opinions.every(({ rater }) => rater === undefined)).toBe(true)
    const trace = await official.call('GET /instructor-ratings', { query: { is_hidden: true } })
    expect(trace.items[0]).toMatchObject({ words: '太短了', hidden_because: '含辱骂', hidden_by: '王立新' })
  })

  test('of many who are accepted at once for one time, one is', async () => {
    const asked = []
    for (let i = 0; i < 5; ++i) asked.push(await ask(county.east.leader, lecture, at(30, 9)))

    const statuses = (await Promise.all(asked.map((booking) => accept(teacher, booking)))).map(({ status }) => status).sort()

    expect(statuses).toEqual([200, 409, 409, 409, 409])
    await expect(ask(county.east.leader, lecture, at(30, 9))).rejects.toThrow(/422.*wished/)
  })

  test('keeps to the times of the instructor', async () => {
    const busy = await certified('周有空')
    await join(busy.leader)
    const salon = await offer(busy.leader, { title: '只在白天', form: 'salon' })
    const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from_minute: 540, until_minute: 660 }))
    const away = at(11, 0).slice(0, 10)
    await busy.leader.call('PUT /own-instructor/times', {
      body: { weekly, single: [{ day: away, from_minute: 0, until_minute: 1440, is_away: true }] },
    })

    await expect(ask(county.east.leader, salon, at(10, 14))).rejects.toThrow(/422.*wished/)
    await expect(ask(county.east.leader, salon, at(11, 9))).rejects.toThrow(/422.*wished/)
    await ask(county.east.leader, salon, at(10, 10))
    const { free } = await county.east.leader.call('GET /training-menu/{id}', path(salon))
    expect(free.some(({ from }) => from === at(10, 9))).toBe(true)
    expect(free.some(({ from }) => from.startsWith(away))).toBe(false)
  })

  test('a school books for its audience, a carer a consultation about a child, and nobody else either', async () => {
    const talk = await offer(teacher, { title: '和孩子说话', form: 'consultation', online: true })
    const { mother, child } = families[0]!

    await expect(ask(mother, lecture, at(12, 9))).rejects.toThrow(/403/)
    await expect(ask(county.east.leader, talk, at(12, 9))).rejects.toThrow(/403/)
    await expect(ask(mother, talk, at(12, 9), { student: families[1]!.child })).rejects.toThrow(/403/)
    await expect(ask(county.east.leader, lecture, at(12, 9), { organisation: county.west.id })).rejects.toThrow(/422.*organisation/)
    await expect(ask(county.east.leader, lecture, at(12, 9), { invited: [county.west.class] })).rejects.toThrow(/422.*invited/)
    const booking = await ask(mother, talk, at(12, 9), { student: child, message: '不愿意上学' })

    expect((await county.east.leader.send('GET', `/api/instructor-bookings/${booking.id}`)).status).toBe(404)
    expect((await show(county.official, booking)).message).toBe('')
    expect(await show(teacher, booking)).toMatchObject({ message: '不愿意上学', student_name: families[0]!.child_name })
    expect((await accept(mother, booking)).status).toBe(404)
  })

  test('another time is proposed, agreed to, and cancelled with its event', async () => {
    const booking = await ask(county.east.leader, lecture, at(40, 9))
    await teacher.call('PUT /instructor-bookings/{id}/answer', {
      ...path(booking),
      body: { answer: 'propose', starts_at: at(41, 9), reason: '那天开会' },
    })
    const agreed = await county.east.leader.call('PUT /instructor-bookings/{id}/agreement', path(booking))
    expect(agreed).toMatchObject({ state: 'accepted', starts_at: at(41, 9) })

    await teacher.call('PUT /instructor-bookings/{id}/cancellation', { ...path(booking), body: { reason: '临时出差' } })

    expect(await show(county.east.leader, booking)).toMatchObject({
      state: 'cancelled',
      reason: '临时出差',
      is_short_notice: false,
    })
    expect(await county.east.leader.call('GET /activities/{id}', { path: { id: agreed.activity! } })).toMatchObject({
      state: 'cancelled',
    })
    const { items } = await county.east.leader.call('GET /inbox')
    expect(items[0]!.title).toContain('已取消')
  })

  test('a revoked certificate ends it; whoever must act sees the open ones', async () => {
    const { leader, leader_id } = await certified('吴将撤')
    await join(leader)
    const workshop = await offer(leader, { title: '将被撤销', form: 'workshop' })
    const booking = await ask(county.east.leader, workshop, at(15, 9))
    const certificate = (await county.official.call('GET /certificates', { query: { q: '吴将撤' } })).items[0]!

    await county.official.call('PUT /certificates/{id}/revocation', { ...path(certificate), body: { reason: '考勤有误' } })

    expect((await accept(leader, booking)).status).toBe(409)
    await expect(ask(county.east.leader, workshop, at(16, 9))).rejects.toThrow(/409|404/)
    expect((await county.east.leader.call('GET /training-menu', { query: { q: '将被撤销' } })).items).toEqual([])
    for (const [visitor, side] of [
      [county.east.leader, 'own'],
      [leader, 'received'],
      [county.official, 'all'],
    ] as const) {
      const { items } = await visitor.call('GET /instructor-bookings', { query: { side, which: 'attention' } })
      expect(items.map(({ id }) => id)).toContain(booking.id)
    }
    const without = await county.official.call('GET /instructors', { query: { which: 'uncertified' } })
    expect(without.items.map(({ person }) => person.id)).toContain(leader_id)
    await county.official.call('PUT /instructor-bookings/{id}/cancellation', { ...path(booking), body: { reason: '证书已撤销' } })
  })

  test('bookings and members leave as sheets', async () => {
    for (const address of ['/api/instructor-bookings.xlsx?side=all', '/api/instructors.xlsx'])
      expect((await county.official.send('GET', address)).headers.get('content-type')).toContain('spreadsheetml')
  })
})
