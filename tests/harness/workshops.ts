// A workshop of the eastern school: somebody in it, somebody who applied, a session that was held, a group, a task.
import type { Body } from '../../web/packages/api-client/src/index.ts'
import { add_staff, type County, type School } from './county.ts'
import type { Example } from './examples.ts'
import { open_class } from './training.ts'
import type { Visitor } from './visitor.ts'

export const plan_words = '我校计划以家长工作坊带动家校社协同育人，先从倾听孩子开始做起，每月一次。'

const levels = ['优秀', '合格', '需改进']
export const tasks: Body<'PUT /training-classes/{id}/tasks'> = {
  tasks: [
    {
      kind: 'mock_teaching',
      title: '模拟教学',
      weight: 50,
      criteria: [
        { title: '设计', levels },
        { title: '表达', levels },
      ],
    },
  ],
}

/** An hour's lecture that began so many hours ago; sessions end on the day on which they begin, in China. */
export function lecture(hours_ago: number): Body<'POST /training-classes/{id}/sessions'> {
  const starts = Math.floor(Date.now() / 3_600_000) * 3_600_000 - hours_ago * 3_600_000
  const late = new Date(starts + 8 * 3_600_000).getUTCHours() === 23
  const from = late ? starts - 3_600_000 : starts
  const at = (moment: number) => new Date(moment).toISOString()
  return { kind: 'lecture', title: '专家讲座', place: '三楼报告厅', starts_at: at(from), ends_at: at(from + 3_600_000), tutors: [] }
}

export const open_workshop = (by: Visitor, owner: string, more: Partial<Body<'POST /training-classes'>> = {}) =>
  open_class(by, owner, { title: '案例研修工作坊', form: 'workshop', credential: 'workshop-training', ...more })

/** Hands a plan in, which makes the application. */
export async function apply_to(workshop: string, by: Visitor, text = plan_words) {
  const { offers } = await by.call('GET /own-training')
  const id = offers.find((offer) => offer.class.id === workshop)!.application!
  return by.call('POST /assignments/{id}/drafts', { path: { id }, body: { text } })
}

export interface WorkshopThings {
  workshop: string
  /** One from which the leader took an application back. */
  left: string
  member: string
  applicant: string
  session: string
  free_session: string
  task: string
}

/** After the training plan is in force. */
export async function make_workshop_things({ server, official, east }: County): Promise<WorkshopThings> {
  const member = await add_staff(server, official, east.id, 'teacher', '胡老师')
  const applicant = await add_staff(server, official, east.id, 'teacher', '林老师')
  const { id } = await open_workshop(east.leader, east.id)
  const left = await open_workshop(east.leader, east.id, { title: '另一个工作坊' })
  await apply_to(left.id, east.leader, `${plan_words}校长。`)
  await east.leader.call('DELETE /own-training/{id}/application', { path: { id: left.id } })
  for (const { leader } of [member, applicant]) await apply_to(id, leader)
  await apply_to(id, east.leader)
  await east.leader.call('PUT /training-classes/{id}/applications/{person}/decision', {
    path: { id, person: member.leader_id },
    body: { decision: 'accepted' },
  })
  await east.leader.call('POST /training-classes/{id}/sessions', { path: { id }, body: lecture(3) })
  const { sessions } = await east.leader.call('POST /training-classes/{id}/sessions', { path: { id }, body: lecture(2) })
  const { items } = await east.leader.call('PUT /training-classes/{id}/tasks', { path: { id }, body: tasks })
  await east.leader.call('PUT /training-classes/{id}/tutors', {
    path: { id },
    body: { tutors: [{ name: '周敏', role: 'expert' }] },
  })
  return {
    workshop: id,
    left: left.id,
    member: member.leader_id,
    applicant: applicant.leader_id,
    session: sessions[0]!.id,
    free_session: sessions[1]!.id,
    task: items[0]!.id,
  }
}

export function workshop_examples(east: School, things: WorkshopThings, own_class: string): Example[] {
  const path = { id: things.workshop }
  const session = { ...path, session: things.session }
  const task = { ...path, task: things.task }
  const mark = { ...task, person: things.member }
  return [
    { route: 'GET /api/training-classes/{id}/tutors', path },
    {
      route: 'PUT /api/training-classes/{id}/tutors',
      path,
      body: { tutors: [{ person: east.leader_id, role: 'theory_mentor' }] },
    },
    { route: 'GET /api/training-classes/{id}/teams', path },
    { route: 'PUT /api/training-classes/{id}/teams', path, body: { teams: [{ name: '第1组', people: [things.member] }] } },
    { route: 'GET /api/training-classes/{id}/team-proposal', path, query: { count: '2' } },
    { route: 'GET /api/training-classes/{id}/sessions', path },
    { route: 'POST /api/training-classes/{id}/sessions', path, body: lecture(1) },
    { route: 'PUT /api/training-classes/{id}/sessions/{session}', path: session, body: lecture(3) },
    { route: 'GET /api/training-classes/{id}/sessions/{session}/attendance', path: session },
    {
      route: 'PUT /api/training-classes/{id}/sessions/{session}/attendance',
      path: session,
      body: { people: [things.member], is_present: true },
    },
    { route: 'GET /api/training-classes/{id}/tasks', path },
    { route: 'PUT /api/training-classes/{id}/tasks', path, body: { tasks: [{ ...tasks.tasks![0], id: things.task }] } },
    { route: 'GET /api/training-classes/{id}/tasks/{task}/marks', path: task },
    {
      route: 'PUT /api/training-classes/{id}/tasks/{task}/marks/{person}',
      path: mark,
      body: { levels: [0, 1], comment: '目标清楚。' },
    },
    { route: 'GET /api/training-classes/{id}/products', path },
    {
      route: 'PUT /api/training-classes/{id}/products/{person}/agreements/{role}',
      path: { ...path, person: things.member, role: 'theory_mentor' },
    },
    {
      route: 'DELETE /api/training-classes/{id}/products/{person}/agreements/{role}',
      path: { ...path, person: things.member, role: 'theory_mentor' },
    },
    { route: 'GET /api/training-classes/{id}/classroom.xlsx', path },
    { route: 'GET /api/training-classes/{id}/applications', path },
    {
      route: 'PUT /api/training-classes/{id}/applications/{person}/decision',
      path: { ...path, person: things.applicant },
      body: { decision: 'waiting', reason: '' },
    },
    { route: 'GET /api/own-training/{id}/classroom', path: { id: own_class } },
    { route: 'PUT /api/own-training/{id}/application', path: { id: things.left } },
    { route: 'DELETE /api/own-training/{id}/application', path },
    { route: 'DELETE /api/training-classes/{id}/tasks/{task}/marks/{person}', path: mark },
    { route: 'DELETE /api/training-classes/{id}/sessions/{session}', path: { ...path, session: things.free_session } },
  ]
}
