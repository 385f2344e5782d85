// Classroom days and workshops: from the call to the certificate, with what everybody may see on the way.
import read_workbook from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { download } from '../harness/imports.ts'
import { load_training_plan, open_class } from '../harness/training.ts'
import { apply_to, lecture, open_workshop, plan_words, tasks } from '../harness/workshops.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
beforeAll(async () => {
  county = await make_county({ name: 'workshops' })
  await load_training_plan(county.official)
})
afterAll(() => county?.server.stop())

const teacher = (name: string, school = county.east) => add_staff(county.server, county.official, school.id, 'teacher', name)
const entries_of = async (person: string, kind: string) =>
  (await county.official.call('GET /entries', { query: { about: person, kind: [kind] } })).items
const screening_of = (id: string) => county.official.call('GET /training-classes/{id}/applications', { path: { id } })
const decide = (id: string, person: string, decision: string, reason = '') =>
  county.official.send('PUT', `/api/training-classes/${id}/applications/${person}/decision`, { body: { decision, reason } })
const states_of = async (id: string) =>
  Object.fromEntries(
    (await screening_of(id)).items.map(({ person, state, place }) => [person.name, place ? `${state} ${place}` : state]),
  )
const tutors = (id: string, list: { person?: string; name?: string; role: 'theory_mentor' | 'practice_mentor' | 'expert' }[]) =>
  county.official.call('PUT /training-classes/{id}/tutors', { path: { id }, body: { tutors: list } })

/** A class with two teachers of each school in it. */
async function make_class() {
  const { id } = await open_class(county.official, county.root, { credential: 'classroom-training', process_weight: 60 })
  const learners = []
  for (const [at, school] of [county.east, county.east, county.west, county.west].entries()) {
    const one = await teacher(`学员${'甲乙丙丁'[at]}`, school)
    await one.leader.call('PUT /own-training/{id}/enrolment', { path: { id }, body: { track: 'teachers' } })
    learners.push(one)
  }
  return { id, learners }
}

test('from the call to the certificate: screened, mentored, improved until it passes', async () => {
  const { official, root } = county
  const { id } = await open_workshop(official, root, { capacity: 30, title: '教联体案例工作坊' })
  const learner = await teacher('周老师')
  const mentor = await teacher('吴导师', county.west)
  await tutors(id, [{ person: mentor.leader_id, role: 'theory_mentor' }])

  const direct = await learner.leader.send('PUT', `/api/own-training/${id}/enrolment`, { body: { track: 'everyone' } })
  expect([direct.status, direct.text]).toEqual([409, expect.stringContaining('通过筛选')])
  const application = await apply_to(id, learner.leader)
  expect((await learner.leader.call('GET /own-training')).applications).toMatchObject([
    { state: 'submitted', submission: application.id, class: { id, form: 'workshop' } },
  ])
  expect((await learner.leader.send('GET', `/api/own-training/${id}/classroom`)).status).toBe(404)
  expect((await decide(id, learner.leader_id, 'accepted')).status).toBe(204)
  expect(await screening_of(id)).toMatchObject({ taken: 1, capacity: 30, items: [{ state: 'accepted' }] })
  expect((await learner.leader.call('GET /inbox')).items[0]).toMatchObject({
    title: '您已被工作坊录取：教联体案例工作坊',
    link: `/my-training/${id}`,
  })

  const { product } = await learner.leader.call('GET /own-training/{id}/classroom', { path: { id } })
  const draft = (text: string) => ({ path: { id: product!.assignment }, body: { text } })
  const { id: submission } = await learner.leader.call(
    'POST /assignments/{id}/drafts',
    draft('初稿：我们把家长工作坊办成四次活动，从倾听开始，每次都有作业。'),
  )
  expect((await mentor.leader.call('GET /own-tutoring')).items).toMatchObject([
    { id, role: 'theory_mentor', learners: 1, to_read: 1 },
  ])
  expect((await mentor.leader.call('GET /own-reviews')).items).toMatchObject([{ submission, kind: 'expert' }])
  const stranger = await teacher('外人')
  expect((await stranger.leader.send('GET', `/api/submissions/${submission}`)).status).toBe(404)
  await mentor.leader.call('PUT /submissions/{id}/decision', {
    path: { id: submission },
    body: { decision: 'to_improve', comment: '请补充成效数据。' },
  })
  await learner.leader.call(
    'POST /assignments/{id}/drafts',
    draft('第二稿：四次活动后，参加家长的倾听时间由五分钟增加到二十分钟。'),
  )
  expect(
    (await learner.leader.send('PUT', `/api/submissions/${submission}/decision`, { body: { decision: 'accepted', comment: '' } }))
      .status,
  ).toBe(404)
  await mentor.leader.call('PUT /submissions/{id}/decision', {
    path: { id: submission },
    body: { decision: 'accepted', comment: '' },
  })

  expect(await entries_of(learner.leader_id, 'workshop.qualified')).toHaveLength(1)
  const page = await learner.leader.call('GET /own-training/{id}', { path: { id } })
  expect([page.is_earned, page.percent]).toEqual([false, 25]) // one of the four things that the plan asks for
  const rounds = (await learner.leader.call('GET /submissions/{id}', { path: { id: submission } })).rounds
  expect(rounds.map(({ decision, comment }) => [decision, comment])).toEqual([
    ['accepted', ''],
    ['to_improve', '请补充成效数据。'],
  ])
})

test('the certificate needs what the plan says: a session, both mentors, and a product that passed', async () => {
  const { official, root } = county
  const { id } = await open_workshop(official, root, { title: '双导师工作坊' })
  const learner = await teacher('秦老师')
  const [theory, other] = [await teacher('何导师', county.west), await teacher('吕导师', county.west)]
  await apply_to(id, learner.leader)
  await decide(id, learner.leader_id, 'accepted')
  await tutors(id, [
    { person: theory.leader_id, role: 'theory_mentor' },
    { name: '施馆长', role: 'practice_mentor' },
    { person: other.leader_id, role: 'expert' },
  ])
  const agreement = (role: string) => `/api/training-classes/${id}/products/${learner.leader_id}/agreements/${role}`
  const agree = async (by: Visitor, role: string) => (await by.send('PUT', agreement(role))).status
  const page = () => learner.leader.call('GET /own-training/{id}', { path: { id } })

  expect(await agree(theory.leader, 'theory_mentor')).toBe(409)
  const { product } = await learner.leader.call('GET /own-training/{id}/classroom', { path: { id } })
  const { id: submission } = await learner.leader.call('POST /assignments/{id}/drafts', {
    path: { id: product!.assignment },
    body: { text: '实践报告：社区、学校和博物馆一起办的六次周末课堂，家长和孩子都说了什么。' },
  })
  expect(await agree(other.leader, 'theory_mentor')).toBe(403)
  expect(await agree(learner.leader, 'theory_mentor')).toBe(404)
  expect(await agree(theory.leader, 'practice_mentor')).toBe(403)
  expect(await agree(official, 'theory_mentor')).toBe(403)
  expect(await agree(theory.leader, 'nobody')).toBe(422)
  expect([await agree(theory.leader, 'theory_mentor'), await agree(official, 'practice_mentor')]).toEqual([204, 204])
  await official.call('PUT /submissions/{id}/decision', {
    path: { id: submission },
    body: { decision: 'accepted', comment: '' },
  })
  expect(await page()).toMatchObject({ is_earned: false, percent: 75 })
  const { sessions } = await official.call('POST /training-classes/{id}/sessions', { path: { id }, body: lecture(2) })
  const note = { path: { id, session: sessions[0]!.id }, body: { people: [learner.leader_id], is_present: true } }
  await official.call('PUT /training-classes/{id}/sessions/{session}/attendance', note)

  expect(await page()).toMatchObject({ is_earned: true, percent: 100 })
  const [line] = (await theory.leader.call('GET /training-classes/{id}/products', { path: { id } })).items
  expect(line!.agreements).toMatchObject([
    { role: 'theory_mentor', mentor: '何导师', round: 1 },
    { role: 'practice_mentor', mentor: '施馆长', round: 1 },
  ])
  expect((await theory.leader.send('DELETE', agreement('theory_mentor'))).status).toBe(204)
  // The session lasts an hour and each of the four needs weighs a credit hour of 45 minutes: (60 + 3 × 45) of (60 + 4 × 45).
  expect(await page()).toMatchObject({ is_earned: false, percent: 81 })
})

test('a full workshop, its waiting list, and a reason for whoever is refused', async () => {
  const { official, root } = county
  const { id } = await open_workshop(official, root, { capacity: 1 })
  const [first, second, third] = [await teacher('郑老师'), await teacher('冯老师'), await teacher('陈老师')]
  for (const { leader } of [first, second, third]) await apply_to(id, leader)
  await decide(id, first.leader_id, 'accepted')

  expect((await decide(id, second.leader_id, 'accepted')).status).toBe(409)
  expect((await decide(id, third.leader_id, 'refused')).status).toBe(422)
  await decide(id, third.leader_id, 'refused', '方案还没有实践基础')
  await decide(id, second.leader_id, 'waiting')
  expect(await states_of(id)).toEqual({ 郑老师: 'accepted', 冯老师: 'waiting 1', 陈老师: 'refused' })
  expect((await third.leader.call('GET /own-training')).applications[0]).toMatchObject({
    state: 'refused',
    reason: '方案还没有实践基础',
  })
  await first.leader.call('DELETE /own-training/{id}/enrolment', { path: { id } })

  expect(await states_of(id)).toEqual({ 郑老师: 'withdrawn', 冯老师: 'accepted', 陈老师: 'refused' })
  expect((await second.leader.call('GET /own-training')).classes.map((own) => own.class.id)).toContain(id)
})

test('an application can be taken back, renewed, and returned to be improved, but not passed as a draft', async () => {
  const { official, root } = county
  const { id } = await open_workshop(official, root)
  const { leader, leader_id } = await teacher('褚老师')
  const { id: submission, assignment } = await apply_to(id, leader)
  const judge = (decision: string, comment: string) =>
    official.send('PUT', `/api/submissions/${submission}/decision`, { body: { decision, comment } })

  await leader.call('DELETE /own-training/{id}/application', { path: { id } })
  expect((await decide(id, leader_id, 'accepted')).status).toBe(409)
  await leader.call('PUT /own-training/{id}/application', { path: { id } })
  expect((await judge('accepted', '')).status).toBe(409)
  expect((await judge('to_improve', '请补充已有基础。')).status).toBe(200)
  await leader.call('POST /assignments/{id}/drafts', { path: { id: assignment }, body: { text: `${plan_words}去年已办两次。` } })

  expect((await screening_of(id)).items).toMatchObject([{ state: 'submitted', rounds: 2, is_returned: false }])
  await decide(id, leader_id, 'refused', '名额有限')
  expect((await leader.call('GET /assignments/{id}', { path: { id: assignment } })).closed).toBe('筛选已有结果，不能再提交。')
})

test('a plan that shares passages with an earlier one is shown beside it', async () => {
  const { official, root } = county
  const { id } = await open_workshop(official, root)
  const shared =
    '围绕双减之后家长的焦虑，学校与社区联合开设亲子阅读、家长沙龙和入户走访三类活动，由班主任牵头，社区网格员配合，每学期评估一次成效并公开结果。'
  await apply_to(id, (await teacher('卫老师')).leader, `${shared}第一所学校。`)
  const copy = await apply_to(id, (await teacher('蒋老师')).leader, `${shared}第二所学校。`)

  const found = await official.call('GET /submissions/{id}/rounds/{number}/originality', { path: { id: copy.id, number: 1 } })

  expect(found.like).toHaveLength(1)
  expect(found.like[0]).toMatchObject({ name: '卫老师' })
  expect(found.share).toBeGreaterThan(80)
})

test('classroom days: groups that mix schools, attendance that can be undone, marks that make the result', async () => {
  const { official } = county
  const { id, learners } = await make_class()
  const path = { id }
  const proposal = await official.call('GET /training-classes/{id}/team-proposal', { path, query: { count: 2 } })
  const school_of = (person: string) => learners.findIndex(({ leader_id }) => leader_id === person) < 2
  expect(proposal.teams.map((team) => team.people.map(school_of).sort())).toEqual([
    [false, true],
    [false, true],
  ])
  const { teams } = await official.call('PUT /training-classes/{id}/teams', { path, body: { teams: proposal.teams } })
  expect(teams.map(({ name }) => name)).toEqual(['第1组', '第2组'])
  const expert = await teacher('沈专家')
  const named = await tutors(id, [
    { person: expert.leader_id, role: 'expert' },
    { name: '外请教授', role: 'expert' },
  ])
  const { sessions } = await official.call('POST /training-classes/{id}/sessions', {
    path,
    body: { ...lecture(3), tutors: [named.items[1]!.id] },
  })
  const session = { id, session: sessions[0]!.id }
  const [first, second] = learners.map(({ leader_id }) => leader_id) as [string, string]

  const note = (by: Visitor, people: string[], is_present: boolean) =>
    by.call('PUT /training-classes/{id}/sessions/{session}/attendance', { path: session, body: { people, is_present } })
  await note(expert.leader, [first, second], true)
  await note(official, [second], false)
  expect((await entries_of(first, 'classroom.attended')).map(({ minutes }) => minutes)).toEqual([60])
  expect((await official.send('DELETE', `/api/training-classes/${id}/sessions/${session.session}`)).status).toBe(409)

  const set = await official.call('PUT /training-classes/{id}/tasks', { path, body: tasks })
  const task = { id, task: set.items[0]!.id }
  const mark = (by: Visitor, person: string, levels: number[]) =>
    by.call('PUT /training-classes/{id}/tasks/{task}/marks/{person}', {
      path: { ...task, person },
      body: { levels, comment: '目标清楚。' },
    })
  await mark(expert.leader, first, [0, 1]) // 75
  await mark(official, first, [1, 1]) // 50
  const marked = await official.call('GET /training-classes/{id}/tasks/{task}/marks', { path: task })
  expect(marked.items.find(({ person }) => person.id === first)).toMatchObject({ score: 63, marks: [{ score: 75 }, { score: 50 }] })
  const own = await learners[0]!.leader.call('GET /own-training/{id}', { path })
  expect([own.percent, own.result?.score, own.mark, own.is_earned]).toEqual([100, 63, 85, true]) // 60 % of 100 and 40 % of 63
  expect(await entries_of(first, 'training.completed')).toHaveLength(1)
  expect((await mark(official, first, [1, 1])).task.marked).toBe(1)

  const view = await learners[0]!.leader.call('GET /own-training/{id}/classroom', { path })
  expect(view).toMatchObject({ minutes_attended: 60, minutes: 60, sessions: [{ is_present: true, tutors: ['外请教授'] }] })
  expect(view.marks[0]!.marks.map(({ comment }) => comment)).toEqual(['目标清楚。', '目标清楚。'])
  const sheet = await download(official, `/api/training-classes/${id}/classroom.xlsx`)
  const [attendance, marks] = (await read_workbook(sheet)).map(({ data }) => data as unknown[][])
  expect(attendance!.filter((row) => row[3] === '✓').map((row) => row[0])).toEqual(['学员甲'])
  expect(marks!.slice(1).map((row) => row[5])).toEqual([75, 50])
})

test('whoever is no tutor of a class, and not in it, sees none of it', async () => {
  const { id, learners } = await make_class()
  const other = await teacher('韩老师')
  await tutors(id, [{ person: other.leader_id, role: 'expert' }])
  const asked = ['sessions', 'teams', 'tutors', 'tasks', 'classroom.xlsx']

  const status_of = async (visitor: Visitor) =>
    Promise.all(asked.map(async (what) => (await visitor.send('GET', `/api/training-classes/${id}/${what}`)).status))
  expect(await status_of(other.leader)).toEqual(asked.map(() => 200))
  expect(await status_of(learners[0]!.leader)).toEqual(asked.map(() => 404))
  expect(await status_of(county.east.leader)).toEqual(asked.map(() => 404))
  expect((await other.leader.send('PUT', `/api/training-classes/${id}/teams`, { body: { teams: [] } })).status).toBe(403)
  await tutors(id, [])
  expect(await status_of(other.leader)).toEqual(asked.map(() => 404))
})
