// People work together in a course: quizzes, discussion, collected questions, drafts that are improved until they pass.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Body, Out } from '../../web/packages/api-client/src/index.ts'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { copied, make_bank, make_quiz_course, questions, rubric } from '../harness/coursework.ts'
import { apply, bring, counts_of, problems_of, rows_of, undo } from '../harness/imports.ts'
import { as_workbook } from '../harness/sheets.ts'
import type { Draft } from '../harness/courses.ts'
import type { Visitor } from '../harness/visitor.ts'

type Attempt = Out<'GET /quiz-attempts/{id}'>
type Asked = Attempt['questions'][number]

let county: County
let bank: string
let course: Draft
let unit: string
let zhao: { leader: Visitor; leader_id: string }
let qian: { leader: Visitor; leader_id: string }
let sun: { leader: Visitor; leader_id: string }
beforeAll(async () => {
  county = await make_county({ name: 'coursework' })
  const { server, official, root, east, west } = county
  bank = await make_bank(official, root)
  course = await make_quiz_course(official, root, bank)
  unit = course.sections[0]!.units[0]!.id
  zhao = await add_staff(server, official, east.id, 'teacher', '赵老师')
  qian = await add_staff(server, official, east.id, 'teacher', '钱老师')
  sun = await add_staff(server, official, west.id, 'teacher', '孙老师')
})
afterAll(() => county?.server.stop())

const entries_of = async (person: string, kind: string) =>
  (await county.official.call('GET /entries', { query: { about: person, kind: [kind] } })).items
const right: Record<string, { word?: string; text?: string }> = {
  single: { word: '听他说完' },
  truth: { word: '对' },
  number: { text: '４５' },
  text: { text: ' 双减 ' },
}
const answer_to = ({ kind, choices }: Asked) => {
  const { word, text } = right[kind]!
  return { chosen: word ? [choices.indexOf(word)] : [], text: text ?? '' }
}
const save = (visitor: Visitor, attempt: string, asked: Asked, body = answer_to(asked)) =>
  visitor.call('PUT /quiz-attempts/{id}/answers/{question}', { path: { id: attempt, question: asked.id }, body })

test('a quiz never tells what is right before its end, and goes on where one stopped', async () => {
  const { leader, leader_id } = zhao
  expect(await leader.call('GET /units/{id}/quiz', { path: { id: unit } })).toMatchObject({
    questions: 4,
    minutes: 20,
    attempts_allowed: 2,
    pass_share: 75,
    may_begin: true,
    attempts: [],
  })
  expect((await leader.send('GET', `/api/units/${unit}`)).text).not.toContain(bank)

  const begun = await leader.send('POST', `/api/units/${unit}/quiz-attempts`)
  const attempt: Attempt = begun.json
  expect(attempt.questions.map(({ kind }) => kind).sort()).toEqual(['number', 'single', 'text', 'truth'])
  for (const told of ['is_right', '先接住情绪', '双减']) expect(begun.text).not.toContain(told)
  expect(Date.parse(attempt.deadline_at!) - Date.parse(attempt.started_at)).toBe(20 * 60_000)

  const single = attempt.questions.find(({ kind }) => kind === 'single')!
  await save(leader, attempt.id, single)
  const elsewhere = county.server.visitor()
  elsewhere.token = leader.token
  const again = await elsewhere.call('POST /units/{id}/quiz-attempts', { path: { id: unit } })
  expect(again.id).toBe(attempt.id)
  expect(again.questions.find(({ id }) => id === single.id)!.chosen).toEqual([single.choices.indexOf('听他说完')])
  expect((await qian.leader.send('GET', `/api/quiz-attempts/${attempt.id}`)).status).toBe(404)

  // One of four is right: not enough, and the answers stay untold while an attempt is left.
  const finished = await leader.call('PUT /quiz-attempts/{id}/completion', { path: { id: attempt.id } })
  expect(finished).toMatchObject({ right: 1, total: 4, is_passed: false })
  expect(finished.questions.find(({ id }) => id === single.id)).toMatchObject({
    is_right: true,
    right_choices: [],
    explanation: '',
  })
  await expect(save(leader, attempt.id, single)).rejects.toThrow(/409/)
  expect(await leader.call('PUT /quiz-attempts/{id}/completion', { path: { id: attempt.id } })).toMatchObject({ right: 1 })
  expect(await entries_of(leader_id, 'quiz.passed')).toEqual([])
})

test('a quiz that is passed completes its lesson and is one entry', async () => {
  const { leader, leader_id } = zhao
  const attempt = await leader.call('POST /units/{id}/quiz-attempts', { path: { id: unit } })
  for (const asked of attempt.questions) await save(leader, attempt.id, asked)

  const finished = await leader.call('PUT /quiz-attempts/{id}/completion', { path: { id: attempt.id } })

  expect(finished).toMatchObject({ number: 2, right: 4, total: 4, is_passed: true })
  expect(finished.questions.find(({ kind }) => kind === 'text')!.accepted).toEqual(['双减'])
  const entries = await entries_of(leader_id, 'quiz.passed')
  expect(entries).toHaveLength(1)
  expect(entries[0]).toMatchObject({ source: `coursework:quiz:${unit}`, unit: { id: county.east.id } })
  const view = await leader.call('GET /catalogue/{id}', { path: { id: course.id } })
  expect(view.sections[0]!.lessons[0]).toMatchObject({ kind: 'quiz', is_completed: true })
  expect(view.own!.completed_at).toBeDefined()
  await expect(leader.call('POST /units/{id}/quiz-attempts', { path: { id: unit } })).rejects.toThrow(/409/)
  await expect(leader.call('POST /units/{id}/viewings', { path: { id: unit } })).rejects.toThrow(/409/)
})

test('when no attempt is left the answers are told, and nothing more can be tried', async () => {
  const { leader } = qian
  for (const told of [false, true]) {
    const { id } = await leader.call('POST /units/{id}/quiz-attempts', { path: { id: unit } })
    const finished = await leader.call('PUT /quiz-attempts/{id}/completion', { path: { id } })
    expect(finished.questions.some(({ accepted }) => accepted.length > 0)).toBe(told)
  }
  await expect(leader.call('POST /units/{id}/quiz-attempts', { path: { id: unit } })).rejects.toThrow(/409/)
  expect((await leader.call('GET /units/{id}/quiz', { path: { id: unit } })).may_begin).toBe(false)
})

test('its maker sees how questions were answered at first attempts; one that was asked is replaced, not changed', async () => {
  const list = () => county.official.call('GET /question-banks/{id}/questions', { path: { id: bank }, query: { kind: 'single' } })
  const [single] = (await list()).items

  // Zhao was right at the first attempt, Qian gave no answer.
  expect(single).toMatchObject({ is_asked: true, statistics: { answers: 2, right: 1, chosen: [1, 0] } })
  const changed = await county.official.call('PUT /questions/{id}', {
    path: { id: single!.id },
    body: { ...questions[0]!, prompt: '孩子哭着回家，第一步？' },
  })
  expect(changed.id).not.toBe(single!.id)
  expect((await list()).items).toMatchObject([{ id: changed.id, is_asked: false, statistics: { answers: 0 } }])
  const { attempts } = await zhao.leader.call('GET /units/{id}/quiz', { path: { id: unit } })
  const attempt = await zhao.leader.call('GET /quiz-attempts/{id}', { path: { id: attempts[0]!.id } })
  expect(attempt.questions.map(({ prompt }) => prompt)).toContain('孩子哭着回家，先做什么？')
  await expect(county.official.call('DELETE /question-banks/{id}', { path: { id: bank } })).rejects.toThrow(/409/)
})

test('a quiz that cannot be asked is not published', async () => {
  const { official, east, root } = county
  await expect(make_quiz_course(official, root, bank, { draws: [{ bank, topic: '倾听', count: 9 }] })).rejects.toThrow(
    /draws\/0.*incomplete|只有 1 题/,
  )
  await expect(make_quiz_course(official, root, bank, { draws: [] })).rejects.toThrow(/还没有选题/)
  await expect(make_quiz_course(east.leader, east.id, bank)).rejects.toThrow(/不在您的管理范围内/)
})

test('questions come in from a workbook: known ones stay, faulty rows are told, undoing keeps what was asked', async () => {
  const { official, root } = county
  const head = ['题库', '知识点', '题型', '题干', '选项A', '选项B', '选项C', '答案', '解析']
  const bytes = await as_workbook([
    head,
    ['新题库', '倾听', '单选题', '倾听时最好？', '看着对方', '看手机', '', 'A', '专注'],
    ['新题库', '倾听', '多选', '哪些是倾听？', '点头', '打断', '复述', 'A、C', ''],
    ['新题库', '', '判断题', '沟通要先听。', '', '', '', '对', ''],
    ['新题库', '', '填空', '家校社共同？', '', '', '', '育人|协同育人', ''],
    ['新题库', '', '单选', '没有答案', '甲', '乙', '', 'D', ''],
    ['新题库', '', '判断题', '沟通要先听。', '', '', '', '对', ''],
  ])

  const brought = await bring(official, { kind: 'questions', name: '题目.xlsx', bytes, organisation: root })
  expect(counts_of(brought)).toBe('4 added, 1 left, 1 faulty')
  expect(problems_of(await rows_of(official, brought.id)).join()).toContain('no_such_choice')
  await apply(official, brought.id)

  const [made] = (await official.call('GET /question-banks', { query: { q: 'xtk' } })).items
  expect(made).toMatchObject({ title: '新题库', questions: 4 })
  const { items } = await official.call('GET /question-banks/{id}/questions', { path: { id: made!.id } })
  expect(items.find(({ kind }) => kind === 'multiple')!.choices.map(({ is_right }) => is_right)).toEqual([true, false, true])
  expect(items.find(({ kind }) => kind === 'text')!.accepted).toEqual(['育人', '协同育人'])
  const twice = await bring(official, { kind: 'questions', name: '题目.xlsx', bytes, organisation: root })
  expect(counts_of(twice)).toBe('5 left, 1 faulty')
  await undo(official, brought.id)
  expect((await official.call('GET /question-banks', { query: { q: 'xtk' } })).items).toEqual([])
})

const ask = (visitor: Visitor, title: string) =>
  visitor.call('POST /catalogue/{id}/topics', { path: { id: course.id }, body: { title, body: '请大家出主意。' } })
const answer = (visitor: Visitor, topic: string) =>
  visitor.call('POST /board-topics/{id}/answers', { path: { id: topic }, body: { body: '我们是这样做的……' } })
const mark = (visitor: Visitor, id: string, is_helpful = true) =>
  visitor.call('PUT /board-answers/{id}/helpfulness', { path: { id }, body: { is_helpful } })

test('an answer that helped earns a credit hour, and loses it with the mark', async () => {
  const topic = await ask(zhao.leader, '家长会没有人来怎么办')
  const helped = await answer(qian.leader, topic.id)
  const own = await answer(zhao.leader, topic.id)

  await expect(mark(sun.leader, helped.id)).rejects.toThrow(/404/)
  await expect(mark(zhao.leader, own.id)).rejects.toThrow(/409/)
  await expect(mark(county.official, own.id)).rejects.toThrow(/409/)
  expect(await mark(zhao.leader, helped.id)).toMatchObject({ is_helpful: true })
  await mark(zhao.leader, helped.id)
  const [entry, ...more] = await entries_of(qian.leader_id, 'discussion.helpful')
  expect(more).toEqual([])
  expect(entry).toMatchObject({ minutes: 45, recorded_by: { id: zhao.leader_id }, unit: { id: county.east.id } })

  await mark(zhao.leader, helped.id, false)
  const after = await entries_of(qian.leader_id, 'discussion.helpful')
  expect(after.map(({ reverses }) => reverses).sort()).toEqual([entry!.id, undefined])
  await mark(zhao.leader, helped.id)
  expect(await entries_of(qian.leader_id, 'discussion.helpful')).toHaveLength(3)

  // A hidden answer loses its mark too.
  const hiding = { path: { id: helped.id }, body: { reason: '内容不实' } }
  await expect(zhao.leader.call('PUT /board-answers/{id}/hiding', hiding)).rejects.toThrow(/403/)
  expect(await county.official.call('PUT /board-answers/{id}/hiding', hiding)).toMatchObject({ is_helpful: false })
  expect(await entries_of(qian.leader_id, 'discussion.helpful')).toHaveLength(4)
  const { items } = await sun.leader.call('GET /board-topics/{id}/answers', { path: { id: topic.id } })
  expect(items[0]).toMatchObject({ body: '', hidden_reason: '内容不实' })
})

test('two people who thanked each other earn nothing more by each other, except by the teacher', async () => {
  const thank = async (asker: Visitor, helper: Visitor, by = asker) => {
    const topic = await ask(asker, '互相采纳')
    return mark(by, (await answer(helper, topic.id)).id)
  }
  await thank(zhao.leader, sun.leader)
  await thank(sun.leader, zhao.leader)

  await expect(thank(zhao.leader, sun.leader)).rejects.toThrow(/互相采纳/)
  await expect(thank(sun.leader, zhao.leader)).rejects.toThrow(/互相采纳/)
  await thank(zhao.leader, sun.leader, county.official)
  expect(await entries_of(sun.leader_id, 'discussion.helpful')).toHaveLength(2)
})

test('a board is searched, paged, pinned, closed; words are mended for a while', async () => {
  const path = { id: course.id }
  const list = (query: object) => sun.leader.call('GET /catalogue/{id}/topics', { path, query: query as never })
  const old = await ask(sun.leader, '隔代教养')
  await ask(qian.leader, '作业辅导')
  const order = (is_pinned: boolean, is_closed: boolean) => ({ path: { id: old.id }, body: { is_pinned, is_closed } })

  await county.official.call('PUT /board-topics/{id}/order', order(true, true))
  const first = await list({ limit: 2 })
  expect(first.items.map(({ title }) => title)).toEqual(['隔代教养', '作业辅导'])
  const second = await list({ limit: 200, after: first.next })
  expect(second.items.map(({ id }) => id)).not.toContain(old.id)
  expect(second.items.length).toBeGreaterThan(2)
  expect((await list({ q: 'gdjy' })).items).toHaveLength(1)
  expect((await list({ show: 'own' })).items.every(({ author }) => author.is_self)).toBe(true)
  expect((await list({ show: 'unanswered' })).items.every(({ answers }) => answers === 0)).toBe(true)
  expect((await list({ show: 'helpful' })).items.every(({ has_helpful }) => has_helpful)).toBe(true)
  await expect(answer(zhao.leader, old.id)).rejects.toThrow(/409/)

  const edit = (visitor: Visitor) =>
    visitor.call('PUT /board-topics/{id}', { path: { id: old.id }, body: { title: '隔代教养分工', body: '怎么分？' } })
  expect(await edit(sun.leader)).toMatchObject({ title: '隔代教养分工' })
  await expect(edit(zhao.leader)).rejects.toThrow(/404/)
  await county.official.call('PUT /board-topics/{id}/order', order(false, false))
  await answer(zhao.leader, old.id)
  await expect(edit(sun.leader)).rejects.toThrow(/409/)

  await county.official.call('PUT /board-topics/{id}/hiding', { path: { id: old.id }, body: { reason: '重复' } })
  expect((await zhao.leader.send('GET', `/api/board-topics/${old.id}`)).status).toBe(404)
  expect(await sun.leader.call('GET /board-topics/{id}', { path: { id: old.id } })).toMatchObject({ hidden_reason: '重复' })
})

test('each learner hands in one question; the teacher reads and exports them', async () => {
  const path = { id: course.id }
  const hand_in = (text: string) => zhao.leader.call('PUT /catalogue/{id}/own-question', { path, body: { text } })
  await hand_in('家长都在外地务工，怎么开展家庭教育指导？')
  await hand_in('家长都在外地务工，怎样开展家庭教育指导？')

  expect(await entries_of(zhao.leader_id, 'question.collected')).toHaveLength(1)
  const { items } = await county.official.call('GET /courses/{id}/collected-questions', { path, query: { q: '怎样' } })
  expect(items).toMatchObject([{ name: '赵老师', workplace: '城东小学' }])
  const sheet = await county.official.send('GET', `/api/courses/${course.id}/collected-questions.xlsx`)
  expect([sheet.status, sheet.text.slice(0, 2)]).toEqual([200, 'PK'])
  expect((await county.east.leader.send('GET', `/api/courses/${course.id}/collected-questions`)).status).toBe(404)
})

test('a draft is read blind, improved, passes, and the pass can be taken back', async () => {
  const { official, east } = county
  const { id } = await official.call('POST /courses/{id}/assignments', { path: { id: course.id }, body: rubric })
  const hand_in = (visitor: Visitor, text: string) =>
    visitor.call('POST /assignments/{id}/drafts', { path: { id }, body: { text } })
  const others = await hand_in(sun.leader, '城西小学的方案：每月一次社区课堂，由退休教师轮流主讲。')
  const first = await hand_in(zhao.leader, '城东小学的方案：每周一次亲子阅读，家长轮流到班级讲故事。')
  await expect(hand_in(zhao.leader, '城东小学的方案改了一个字，再交一次看看行不行。')).rejects.toThrow(/409/)

  // Sun, of another school, reads Zhao; Zhao, who came later, reads Sun.
  const review = { path: { id: first.id, number: 1 }, body: { levels: [1, 0], comment: '请写清楚时间安排。' } }
  expect((await sun.leader.call('GET /own-reviews')).items).toMatchObject([{ submission: first.id, kind: 'peer' }])
  expect((await zhao.leader.call('GET /own-reviews')).items).toMatchObject([{ submission: others.id }])
  const room = await sun.leader.call('GET /submissions/{id}/rounds/{number}/own-review', { path: review.path })
  expect(JSON.stringify(room)).not.toContain('赵老师')
  expect(room.may_compare).toBe(false)
  await expect(
    sun.leader.call('PUT /submissions/{id}/rounds/{number}/own-review', { ...review, body: { levels: [3, 0], comment: '好的' } }),
  ).rejects.toThrow(/422/)
  await sun.leader.call('PUT /submissions/{id}/rounds/{number}/own-review', review)
  expect((await qian.leader.send('GET', `/api/submissions/${first.id}/rounds/1/own-review`)).status).toBe(404)
  await expect(
    official.call('PUT /submissions/{id}/experts/{person}', { path: { id: first.id, person: zhao.leader_id } }),
  ).rejects.toThrow(/422/)
  const asked = await official.call('PUT /submissions/{id}/experts/{person}', { path: { id: first.id, person: east.leader_id } })
  expect(asked.rounds[0]!.reviews.map(({ reviewer, kind }) => [reviewer, kind])).toEqual([
    ['孙老师', 'peer'],
    ['城东校长', 'expert'],
  ])

  const decide = (decision: Body<'PUT /submissions/{id}/decision'>['decision'], comment: string) =>
    official.call('PUT /submissions/{id}/decision', { path: { id: first.id }, body: { decision, comment } })
  await expect(decide('to_improve', '')).rejects.toThrow(/422/)
  await decide('to_improve', '请补充时间表。')
  await expect(sun.leader.call('PUT /submissions/{id}/rounds/{number}/own-review', review)).rejects.toThrow(/409/)
  const second = await hand_in(zhao.leader, '城东小学的方案：每周五下午一次亲子阅读，九月至十二月，家长轮流到班级讲故事。')
  expect(second.rounds.map(({ number, decision, comment }) => [number, decision, comment])).toEqual([
    [2, 'none', ''],
    [1, 'to_improve', '请补充时间表。'],
  ])
  expect(second.rounds[1]!.reviews).toMatchObject([{ reviewer: '', levels: [1, 0], comment: '请写清楚时间安排。' }])

  await decide('accepted', '')
  await expect(decide('accepted', '')).rejects.toThrow(/409/)
  const [entry, ...more] = await entries_of(zhao.leader_id, 'summary.accepted')
  expect([entry, more]).toMatchObject([{ minutes: 90, source: `coursework:submission:${first.id}:2` }, []])
  await official.call('PUT /submissions/{id}/reversal', { path: { id: first.id }, body: { reason: '查实抄袭' } })
  const after = await entries_of(zhao.leader_id, 'summary.accepted')
  expect(after.find(({ reverses }) => reverses)).toMatchObject({ reverses: entry!.id, reason: '查实抄袭' })
  const third = await hand_in(zhao.leader, '城东小学自己重新写的方案：每周五下午一次亲子阅读，九月至十二月。')
  expect(third).toMatchObject({ state: 'in_review' })
})

test('what a draft shares with another is shown side by side; one’s own drafts, quotations and the template are not', async () => {
  const { official, west } = county
  const { id } = await official.call('POST /courses/{id}/assignments', { path: { id: course.id }, body: { ...rubric, peers: 0 } })
  const hand_in = (visitor: Visitor, text: string) =>
    visitor.call('POST /assignments/{id}/drafts', { path: { id }, body: { text } })
  const source = await hand_in(sun.leader, `${rubric.template_text}我们城西小学：${copied}。`)
  const draft = await hand_in(qian.leader, `${rubric.template_text}城东的想法不一样。“文件要求各校结合实际制定方案。”${copied}！`)
  const path = { id: draft.id, number: 1 }

  const found = await official.call('GET /submissions/{id}/rounds/{number}/originality', { path })
  expect(found.like).toMatchObject([{ submission: source.id, name: '孙老师' }])
  // 65 characters of 73: the template and the quotation are not compared.
  expect(found.characters).toBe([...copied].length + 8)
  expect(found.share).toBe(Math.floor(([...copied].length * 100) / found.characters))
  const beside = await official.call('GET /submissions/{id}/rounds/{number}/comparison', {
    path,
    query: { other: source.id, other_number: 1 },
  })
  const [passage] = beside.passages
  expect([...beside.text].slice(passage!.begin, passage!.end).join('')).toBe(copied)
  expect([...beside.other_text].slice(passage!.other_begin, passage!.other_end).join('')).toBe(copied)

  const unlike = await hand_in(zhao.leader, '城南小学每周三邀请社区民警来校，和家长一起值守护学岗，学期末评出护学先锋。')
  const guessed = `/api/submissions/${draft.id}/rounds/1/comparison?other=${unlike.id}&other_number=1`
  expect((await official.send('GET', guessed)).status, 'what shares nothing is not there to be read').toBe(404)
  expect((await qian.leader.send('GET', `/api/submissions/${draft.id}/rounds/1/originality`)).status).toBe(404)
  expect((await west.leader.send('GET', `/api/submissions/${draft.id}/rounds/1/originality`)).status).toBe(404)
  await official.call('PUT /submissions/{id}/decision', {
    path: { id: draft.id },
    body: { decision: 'to_improve', comment: '请自己写' },
  })
  await hand_in(qian.leader, `城东的想法完全不一样。${copied}`)
  const again = await official.call('GET /submissions/{id}/rounds/{number}/originality', { path: { id: draft.id, number: 2 } })
  expect(again.like.map(({ submission }) => submission)).toEqual([source.id])
})

test('files hand in their words; what holds none is refused with a reason', async () => {
  const { official } = county
  const { id } = await official.call('POST /courses/{id}/assignments', { path: { id: course.id }, body: rubric })
  const send = (name: string, body: Buffer) =>
    zhao.leader.send('POST', `/api/assignments/${id}/draft-files?file_name=${encodeURIComponent(name)}`, { body })

  for (const [name, bytes] of [
    ['稿.doc', Buffer.from([0xd0, 0xcf, 0x11, 0xe0])],
    ['稿.pdf', Buffer.from('%PDF-1.7 broken')],
    ['稿.docx', Buffer.from('PK\x03\x04broken')],
    ['稿.txt', Buffer.from('太短')],
  ] as const) {
    const refused = await send(name, bytes)
    expect([name, refused.status, refused.json.problems?.[0]?.path]).toEqual([name, 422, '/file'])
  }
  const sent = await send('总结.txt', Buffer.from('这是一份用文本文件提交的研修总结，内容足够长。'))
  expect(sent.json).toMatchObject({ rounds: [{ file_name: '总结.txt', has_file: true }] })
  const file = await official.send('GET', `/api/submissions/${sent.json.id}/rounds/1/file`)
  expect(file.text).toBe('这是一份用文本文件提交的研修总结，内容足够长。')
})
