// Something of every kind that belongs to the eastern school, and how whoever may not have it is sent away.
import type { Body } from '../../web/packages/api-client/src/index.ts'
import { make_activity_things } from './activities.ts'
import { make_conversation_things } from './conversations.ts'
import { add_pupil, add_staff, type County } from './county.ts'
import { make_course_things } from './courses.ts'
import { make_training_things } from './training.ts'
import { make_coursework_things } from './coursework.ts'
import type { Example, Things } from './examples.ts'
import { make_family_things } from './families.ts'
import { make_moment_things } from './feed.ts'
import { make_package_things } from './packages.ts'
import { make_notice_things } from './notices.ts'
import { make_form_things } from './forms.ts'
import { make_safety_things } from './safety.ts'
import { make_service_things } from './service.ts'
import { make_roster_things } from './rosters.ts'
import { make_visit_things } from './visits.ts'
import { load_plan, small_plan } from './plans.ts'
import type { Answer, Visitor } from './visitor.ts'
import { make_workshop_things } from './workshops.ts'
import { make_record_things } from './xapi.ts'

export async function make_things(county: County): Promise<Things> {
  const { server, official, east, west, root } = county
  const pupil = await add_pupil(official, east.class, '李梅')
  const { leader_id, post } = await add_staff(server, official, east.id, 'teacher', '赵老师')
  const plan = await load_plan(official, small_plan)
  const role = await official.call('POST /roles', {
    body: { name_zh: '门卫', name_en: 'Guard', permissions: ['read_directory'], kinds: ['school'], titles: [] },
  })
  const entry = await east.leader.call('POST /entries', {
    body: { kind: 'visit.home', happened_at: new Date().toISOString(), student: pupil.id },
  })
  const file = `/api/imports?kind=history&file_name=${encodeURIComponent('家访记录.csv')}&organisation=${east.id}`
  const brought = await east.leader.send('POST', file, { body: '类型,日期,学生\n入户家访,2026-03-01,李梅\n' })
  if (brought.status !== 201) throw new Error(`the import was refused: ${brought.text}`)
  const families = await make_family_things({ server, official, east, west, root })
  return {
    families,
    courses: await make_course_things(county),
    training: await make_training_things(county),
    workshops: await make_workshop_things(county),
    coursework: await make_coursework_things(county),
    packages: await make_package_things(county),
    activities: await make_activity_things(county),
    notices: await make_notice_things(county),
    moments: await make_moment_things(county),
    forms: await make_form_things(county),
    visits: await make_visit_things(east),
    safety: await make_safety_things(county, families.family),
    service: await make_service_things(east, families.family),
    rosters: await make_roster_things(county),
    records: await make_record_things(county),
    conversations: await make_conversation_things(county),
    pupil: pupil.id,
    carer: pupil.student!.carers[0]!.person,
    teacher: leader_id,
    post,
    role: role.role,
    entry: entry.id,
    import: brought.json.id,
    job: brought.json.job.id,
    plan: plan.id,
    indicator: String(plan.numbers['home-visit']),
    trial: (await official.call('POST /what-ifs', { body: { text: small_plan.replace('home-visit', 'another-visit') } })).id,
    ...(await make_moves(county)),
  }
}

/** Pupils of the eastern school who go elsewhere: to a third school, out of the county, or into no class since theirs was closed. */
async function make_moves({ official, root, east }: County) {
  const found = (input: Omit<Body<'POST /organisations'>, 'stages'>) =>
    official.call('POST /organisations', { body: { ...input, stages: ['primary'], opened_on: '2025-09-01' } })
  const third = await found({ parent: root, kind: 'school', name: `${east.name}邻校` })
  const third_class = await found({ parent: third.id, kind: 'class', name: '1班', entry_year: 2025, number: 1 })
  const second_class = await found({ parent: east.grade, kind: 'class', name: '2班', entry_year: 2025, number: 2 })
  const branch = await found({ parent: east.id, kind: 'school', name: '城东分校' })
  const branch_class = await found({ parent: branch.id, kind: 'class', name: '1班', entry_year: 2025, number: 1 })
  await add_pupil(official, branch_class.id, '吴待')
  await official.call('POST /school-closings', { body: { school: branch.id, on: '2026-03-01' } })
  const [mover, leaver, former, transferred] = await Promise.all(
    ['郑动', '钱走', '周别', '林转'].map((name) => add_pupil(official, east.class, name)),
  )
  await official.call('POST /departures', { body: { student: former!.id, place: '邻县小学', on: '2026-02-01', reason: '搬家' } })
  const body = { student: transferred!.id, to_school: third.id, on: '2026-03-01', reason: '搬家' }
  const transfer = await east.leader.call('POST /transfers', { body })
  const turn = await east.leader.call('POST /turns', { body: { organisation: east.id, on: '2027-09-01', schools: [] } })
  return {
    turn: turn.id,
    transfer: transfer.id,
    third_school: third.id,
    third_class: third_class.id,
    second_class: second_class.id,
    mover: mover!.id,
    leaver: leaver!.id,
    former: former!.id,
  }
}

export function ask(visitor: Visitor, { route, path = {}, query = {}, body }: Example): Promise<Answer> {
  const [method = '', pattern = ''] = route.split(' ')
  const address = pattern.replace(/\{(\w+)\}/g, (_, name: string) => path[name]!)
  const question = new URLSearchParams(query).toString()
  return visitor.send(method, question ? `${address}?${question}` : address, { body })
}

/** Refused, or answered with nothing in it; a body that names what is not within reach is told so field by field. */
export function is_refused({ status, json }: Answer): boolean {
  if (status === 422) return json.problems.some((fault: { code: string }) => fault.code === 'not_found')
  return status === 403 || status === 404 || (status === 200 && json?.items?.length === 0) || is_refused_batch(json)
}

function is_refused_batch(json: any): boolean {
  return json?.added === 0 && json.items.every((item: { entry?: string }) => item.entry === undefined)
}
