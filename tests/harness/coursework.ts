// A course in which people work together: a quiz from a bank, a board, an assignment with drafts that are alike.
import type { Body } from '../../web/packages/api-client/src/index.ts'
import { add_staff, type County, type School } from './county.ts'
import { save, type Draft } from './courses.ts'
import type { Example } from './examples.ts'
import type { Visitor } from './visitor.ts'

type QuestionInput = Body<'POST /question-banks/{id}/questions'>
export type QuizInput = NonNullable<NonNullable<Body<'PUT /courses/{id}'>['sections']>[number]['units']>[number]['quiz']

/** One of each kind; the first choice of two is right, 对 is right, 45 and 双减. */
export const questions: QuestionInput[] = [
  {
    kind: 'single',
    prompt: '孩子哭着回家，先做什么？',
    topic: '倾听',
    choices: [
      { text: '听他说完', is_right: true },
      { text: '批评他', is_right: false },
    ],
    accepted: [],
    explanation: '先接住情绪。',
  },
  {
    kind: 'truth',
    prompt: '家访要事先征得家长同意。',
    topic: '家访',
    choices: [
      { text: '对', is_right: true },
      { text: '错', is_right: false },
    ],
    accepted: [],
    explanation: '',
  },
  { kind: 'number', prompt: '一学时多少分钟？', topic: '学时', choices: [], accepted: ['45'], explanation: '' },
  { kind: 'text', prompt: '减轻作业负担的政策叫什么？', topic: '政策', choices: [], accepted: ['双减'], explanation: '' },
]

export async function make_bank(maker: Visitor, owner: string, input = questions) {
  const bank = await maker.call('POST /question-banks', { body: { owner, title: '家庭教育基础' } })
  for (const body of input) await maker.call('POST /question-banks/{id}/questions', { path: { id: bank.id }, body })
  return bank.id
}

/** A published course with a text and a quiz that draws all of the bank. */
export async function make_quiz_course(maker: Visitor, owner: string, bank: string, quiz: Partial<QuizInput> = {}): Promise<Draft> {
  const draft = await maker.call('POST /courses', { body: { title: '协同育人', line: 'staff', owner } })
  const settings = { draws: [{ bank, topic: '', count: 4 }], minutes: 20, attempts: 2, pass_share: 75, is_shuffled: true, ...quiz }
  const saved = await save(maker, draft, [
    {
      title: '',
      units: [
        { title: '测一测', kind: 'quiz', quiz: settings },
        { title: '读一读', kind: 'text', body: '教联体。', is_required: false },
      ],
    },
  ])
  return maker.call('POST /courses/{id}/editions', { path: { id: draft.id }, body: {}, version: saved.version })
}

export const rubric: Body<'POST /courses/{id}/assignments'> = {
  title: '研修总结',
  instructions: '写一份实施方案。',
  template_text: '一、工作背景　二、主要做法　三、成效与反思（请在各部分下面填写您的内容）',
  criteria: [
    { title: '可行', levels: ['优秀', '合格', '待改进'] },
    { title: '原创', levels: ['是', '否'] },
  ],
  peers: 1,
  minutes: 90,
}

/** Sixty characters that two drafts can share, well above what is surely found. */
export const copied =
  '每学期第一个月由班主任牵头召开一次家校社联席会议社区网格员和家长代表共同商定本学期的协同育人清单并在月底前公示接受全体家长监督评议和建议'

export interface CourseworkThings {
  course: string
  unit: string
  bank: string
  question: string
  spare_bank: string
  attempt: string
  asked: string
  topic: string
  answer: string
  assignment: string
  spare_assignment: string
  submission: string
  other_submission: string
  teacher: string
}

export async function make_coursework_things({ server, official, east }: County): Promise<CourseworkThings> {
  const { leader: teacher, leader_id: teacher_id } = await add_staff(server, official, east.id, 'teacher', '孙老师')
  const { leader: colleague } = await add_staff(server, official, east.id, 'teacher', '周老师')
  const bank = await make_bank(east.leader, east.id)
  const spare_bank = await make_bank(east.leader, east.id, [questions[0]!])
  const course = await make_quiz_course(east.leader, east.id, bank)
  const path = { id: course.id }
  const unit = course.sections[0]!.units[0]!.id
  const attempt = await east.leader.call('POST /units/{id}/quiz-attempts', { path: { id: unit } })
  const spare = await east.leader.call('GET /question-banks/{id}/questions', { path: { id: spare_bank } })
  const topic = await teacher.call('POST /catalogue/{id}/topics', { path, body: { title: '怎么开家长会', body: '来的人少。' } })
  const answer = await colleague.call('POST /board-topics/{id}/answers', { path: { id: topic.id }, body: { body: '先问时间。' } })
  const assignment = await east.leader.call('POST /courses/{id}/assignments', { path, body: rubric })
  const spare_assignment = await east.leader.call('POST /courses/{id}/assignments', { path, body: rubric })
  const other = await colleague.call('POST /assignments/{id}/drafts', {
    path: { id: assignment.id },
    body: { text: `我们学校的做法。${copied}` },
  })
  const sent = await teacher.send(
    'POST',
    `/api/assignments/${assignment.id}/draft-files?file_name=${encodeURIComponent('总结.txt')}`,
    {
      body: Buffer.from(`另一所学校的总结。${copied}`),
    },
  )
  if (sent.status !== 201) throw new Error(`the draft was refused: ${sent.text}`)
  await official.call('PUT /submissions/{id}/experts/{person}', { path: { id: sent.json.id, person: east.leader_id } })
  return {
    course: course.id,
    unit,
    bank,
    question: spare.items[0]!.id,
    spare_bank,
    attempt: attempt.id,
    asked: attempt.questions[0]!.id,
    topic: topic.id,
    answer: answer.id,
    assignment: assignment.id,
    spare_assignment: spare_assignment.id,
    submission: sent.json.id,
    other_submission: other.id,
    teacher: teacher_id,
  }
}

/** What the people of the course's own school may ask. */
export function coursework_examples(east: School, things: CourseworkThings): Example[] {
  const course = { id: things.course }
  const bank = { id: things.bank }
  const attempt = { id: things.attempt }
  const topic = { id: things.topic }
  const answer = { id: things.answer }
  const assignment = { id: things.assignment }
  const round = { id: things.submission, number: '1' }
  return [
    { route: 'GET /api/question-banks' },
    { route: 'POST /api/question-banks', body: { title: '新题库', owner: east.id } },
    { route: 'GET /api/question-banks/{id}', path: bank },
    { route: 'PUT /api/question-banks/{id}', path: bank, body: { title: '改名' } },
    { route: 'GET /api/question-banks/{id}/questions', path: bank },
    { route: 'POST /api/question-banks/{id}/questions', path: bank, body: questions[1] },
    { route: 'PUT /api/questions/{id}', path: { id: things.question }, body: questions[0] },
    { route: 'GET /api/units/{id}/quiz', path: { id: things.unit } },
    { route: 'POST /api/units/{id}/quiz-attempts', path: { id: things.unit } },
    { route: 'GET /api/quiz-attempts/{id}', path: attempt },
    {
      route: 'PUT /api/quiz-attempts/{id}/answers/{question}',
      path: { ...attempt, question: things.asked },
      body: { chosen: [0], text: '' },
    },
    { route: 'PUT /api/quiz-attempts/{id}/completion', path: attempt },
    { route: 'GET /api/catalogue/{id}/topics', path: course },
    { route: 'POST /api/catalogue/{id}/topics', path: course, body: { title: '问一问', body: '怎么办？' } },
    { route: 'GET /api/board-topics/{id}', path: topic },
    { route: 'GET /api/board-topics/{id}/answers', path: topic },
    { route: 'POST /api/board-topics/{id}/answers', path: topic, body: { body: '试试看。' } },
    { route: 'PUT /api/board-topics/{id}/order', path: topic, body: { is_pinned: true, is_closed: false } },
    { route: 'PUT /api/board-topics/{id}/hiding', path: topic, body: { reason: '' } },
    { route: 'PUT /api/board-answers/{id}/helpfulness', path: answer, body: { is_helpful: true } },
    { route: 'PUT /api/board-answers/{id}/hiding', path: answer, body: { reason: '广告' } },
    { route: 'GET /api/catalogue/{id}/own-question', path: course },
    { route: 'PUT /api/catalogue/{id}/own-question', path: course, body: { text: '家长工作忙不愿参加怎么办' } },
    { route: 'GET /api/courses/{id}/collected-questions', path: course },
    { route: 'GET /api/courses/{id}/collected-questions.xlsx', path: course },
    { route: 'GET /api/catalogue/{id}/assignments', path: course },
    { route: 'POST /api/courses/{id}/assignments', path: course, body: rubric },
    { route: 'GET /api/assignments/{id}', path: assignment },
    { route: 'PUT /api/assignments/{id}', path: assignment, body: { ...rubric, title: '总结', is_open: true } },
    { route: 'GET /api/assignments/{id}/submissions', path: assignment },
    {
      route: 'POST /api/assignments/{id}/drafts',
      path: assignment,
      body: { text: '我校本学期开展了丰富多彩的家校社活动，成效明显。' },
    },
    { route: 'POST /api/assignments/{id}/draft-files', path: assignment, query: { file_name: '稿.doc' }, body: 'no document' },
    { route: 'GET /api/submissions/{id}', path: { id: things.submission } },
    { route: 'GET /api/submissions/{id}/rounds/{number}/file', path: round },
    { route: 'PUT /api/submissions/{id}/experts/{person}', path: { id: things.submission, person: east.leader_id } },
    { route: 'GET /api/own-reviews' },
    { route: 'GET /api/submissions/{id}/rounds/{number}/own-review', path: round },
    {
      route: 'PUT /api/submissions/{id}/rounds/{number}/own-review',
      path: round,
      body: { levels: [0, 0], comment: '写得很实在。' },
    },
    { route: 'GET /api/submissions/{id}/rounds/{number}/originality', path: round },
    {
      route: 'GET /api/submissions/{id}/rounds/{number}/comparison',
      path: round,
      query: { other: things.other_submission, other_number: '1' },
    },
    { route: 'PUT /api/submissions/{id}/decision', path: { id: things.submission }, body: { decision: 'accepted', comment: '好' } },
    { route: 'PUT /api/submissions/{id}/reversal', path: { id: things.submission }, body: { reason: '评错了' } },
    { route: 'DELETE /api/questions/{id}', path: { id: things.question } },
    { route: 'DELETE /api/question-banks/{id}', path: { id: things.spare_bank } },
    { route: 'DELETE /api/assignments/{id}', path: { id: things.spare_assignment } },
  ]
}
