// One right request for every route, about the eastern school: what its own people and the county may ask, and nobody else.
import { activity_examples, type ActivityThings } from './activities.ts'
import { conversation_examples, type ConversationThings } from './conversations.ts'
import type { County } from './county.ts'
import { course_examples, type CourseThings } from './courses.ts'
import { coursework_examples, type CourseworkThings } from './coursework.ts'
import { package_examples, type PackageThings } from './packages.ts'
import { family_examples, type FamilyThings } from './families.ts'
import { moment_examples, type MomentThings } from './feed.ts'
import { notice_examples, type NoticeThings } from './notices.ts'
import { form_examples, type FormThings } from './forms.ts'
import { safety_examples, type SafetyThings } from './safety.ts'
import { service_examples, type ServiceThings } from './service.ts'
import { roster_examples, type RosterThings } from './rosters.ts'
import { visit_examples, type VisitThings } from './visits.ts'
import { training_examples, type TrainingThings } from './training.ts'
import { workshop_examples, type WorkshopThings } from './workshops.ts'
import { record_examples, type RecordThings } from './xapi.ts'

export interface Example {
  route: string
  path?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
}

/** Things of the eastern school that a request can be about. */
export interface Things {
  pupil: string
  carer: string
  teacher: string
  post: string
  role: string
  entry: string
  import: string
  job: string
  plan: string
  indicator: string
  /** A what-if of the county's own official, with an obligation that is new: 'another-visit'. */
  trial: string
  /** Of the eastern school alone, for a day that has not come. */
  turn: string
  /** To a third school. */
  transfer: string
  third_school: string
  third_class: string
  second_class: string
  /** Pupils who change classes, leave, left before, and wait for a class. */
  mover: string
  leaver: string
  former: string
  families: FamilyThings
  courses: CourseThings
  training: TrainingThings
  workshops: WorkshopThings
  coursework: CourseworkThings
  packages: PackageThings
  activities: ActivityThings
  notices: NoticeThings
  moments: MomentThings
  forms: FormThings
  visits: VisitThings
  safety: SafetyThings
  service: ServiceThings
  rosters: RosterThings
  records: RecordThings
  conversations: ConversationThings
}

/** Routes that are the same for everybody who is logged in, or about oneself alone: no thing of others can be named in them. */
export const about_oneself = [
  'DELETE /api/sessions/{id}',
  'GET /api/own-standing',
  'GET /api/session',
  'DELETE /api/session',
  'GET /api/sessions',
  'PUT /api/password',
  'GET /api/roles',
  'GET /api/entry-kinds',
  'GET /api/own-entries',
  'GET /api/activity-kinds',
  'GET /api/own-activities',
  'GET /api/activity-drafts',
  'GET /api/activity-templates',
  'POST /api/activity-dates',
  'GET /api/activity-budgets.xlsx',
  'POST /api/training-orders/{id}/payments',
  'GET /api/training-payments/{id}',
  'GET /api/own-forms',
  'GET /api/visit-days/{day}',
  'GET /api/visit-duties',
  'GET /api/own-visits',
  'GET /api/own-duties',
  'GET /api/own-volunteer-record',
  'GET /api/own-volunteer-record/certificate.pdf',
  'PUT /api/session/confirmation',
  'GET /api/session/sso-log-out',
  'GET /api/log-ins',
  'PUT /api/log-ins/{id}/report',
  'GET /api/inbox',
  'GET /api/inbox/news',
  'GET /api/inbox/unread',
  'PUT /api/inbox/reading',
  'PUT /api/inbox/all-reading',
  'GET /api/second-factor',
  'POST /api/second-factor',
  'PUT /api/second-factor',
  'DELETE /api/second-factor',
  'POST /api/second-factor/recovery-codes',
  'GET /api/own-ways',
  'PUT /api/own-ways/{channel}',
  'POST /api/email-codes',
  'PUT /api/own-email',
  'DELETE /api/own-email',
  'POST /api/delivery-trials',
  'GET /api/linked-log-ins',
  'DELETE /api/linked-log-ins/{provider}',
  'POST /api/phone-codes',
  'GET /api/own-numbers',
  'PUT /api/viewings/{viewing}/heartbeat',
  'GET /api/own-learning',
  'GET /api/own-training',
  'GET /api/own-tutoring',
  'PUT /api/board-topics/{id}',
  'PUT /api/board-answers/{id}',
  'GET /api/own-certificates',
  'GET /api/own-certificates/{id}/file.pdf',
  'GET /api/own-certificates/{id}/badge.jwt',
  'GET /api/own-points',
  'GET /api/own-appeals',
  'POST /api/own-appeals',
  'PUT /api/own-appeals/reading',
  'PUT /api/own-appeals/{id}/withdrawal',
]

/** What a sender sees of the ways that messages go: figures of the county, and whom of their own nothing reaches; delivery.test.ts. */
export const about_delivery = [
  'GET /api/delivery',
  'GET /api/delivery-gaps',
  'GET /api/delivery-gaps.xlsx',
  'GET /api/unreached-letters',
  'GET /api/unreached-letters/{letter}/people',
]

/** One's own data and children; and what the county states for everybody: purposes, consents, retention, holds, proofs, the yearly audit. */
export const about_data_protection = [
  'GET /api/me/consents',
  'POST /api/me/consents',
  'GET /api/me/data.xlsx',
  'GET /api/children/{id}/data.xlsx',
  'GET /api/children/{id}/readings',
  'GET /api/privacy/purposes',
  'POST /api/privacy/purposes',
  'PATCH /api/privacy/purposes/{id}',
  'GET /api/privacy/requests',
  'GET /api/privacy/consents',
  'GET /api/privacy/consents/{key}/answers',
  'GET /api/privacy/consents/{key}/answers.xlsx',
  'POST /api/privacy/consents',
  'POST /api/privacy/consents/{key}/versions',
  'PUT /api/privacy/consents/{key}/closing',
  'GET /api/privacy/retention',
  'PUT /api/privacy/retention/{data_class}',
  'GET /api/privacy/retention/{data_class}/due',
  'POST /api/privacy/retention/runs',
  'GET /api/privacy/deletions',
  'GET /api/privacy/holds',
  'PUT /api/privacy/holds/{id}/lifting',
  'GET /api/privacy/audits/{year}',
  'GET /api/privacy/audits/{year}/report.xlsx',
  'GET /api/privacy/audits/{year}/report.pdf',
  'PUT /api/privacy/requests/{id}/decision',
  'PUT /api/privacy/requests/{id}/end',
  'PUT /api/privacy/requests/{id}/review',
  'GET /api/privacy/requests/{id}/file',
]

/** Routes that only whoever reaches the whole county may use; archives.test.ts sends the others away. */
export const about_the_county = [
  'GET /api/archives',
  'POST /api/archives',
  'GET /api/archives/{id}',
  'GET /api/archives/{id}/file',
  'DELETE /api/archives/{id}',
]

/** What WeChat Pay billed the county's merchant; payment_bills.test.ts sends schools away. */
export const about_the_bills = [
  'GET /api/payment-bills',
  'POST /api/payment-bills',
  'GET /api/payment-differences',
  'GET /api/payment-differences.xlsx',
  'PUT /api/payment-differences/{kind}/{number}/mark',
  'DELETE /api/payment-differences/{kind}/{number}/mark',
]

/** Routes for whoever issues a plan's certificates: of the county's plans, the county alone; recognition.test.ts sends the others away. */
export const about_certificates = [
  'GET /api/credentials',
  'GET /api/credentials/{plan}/{credential}/earners',
  'GET /api/certificates',
  'GET /api/certificates.xlsx',
  'POST /api/certificates',
  'GET /api/certificates/{id}',
  'GET /api/certificates/{id}/file.pdf',
  'POST /api/certificates/{id}/replacement',
  'PUT /api/certificates/{id}/revocation',
  'POST /api/certificate-batches',
  'GET /api/certificate-batches',
  'GET /api/certificate-batches/{id}',
  'GET /api/certificate-batches/{id}/archive.zip',
  'GET /api/appeals',
  'PUT /api/appeals/{id}/answer',
]

/** Routes of the county's guidance instructors: for whoever runs the scheme, or about one's own bookings; instructors.test.ts sends the others away. */
export const about_instructors = [
  'GET /api/instructor-scheme',
  'PUT /api/instructor-scheme',
  'GET /api/instructors',
  'GET /api/instructors.xlsx',
  'GET /api/instructors/{person}',
  'POST /api/instructor-memberships',
  'PUT /api/instructor-memberships/{id}/decision',
  'PUT /api/instructor-memberships/{id}/review',
  'GET /api/instructor-items',
  'PUT /api/instructor-items/{id}/decision',
  'GET /api/instructor-ratings',
  'PUT /api/instructor-ratings/{id}/hiding',
  'DELETE /api/instructor-ratings/{id}/hiding',
  'PUT /api/instructor-ratings/{id}/answer',
  'GET /api/own-instructor',
  'PUT /api/own-instructor',
  'PUT /api/own-instructor/times',
  'POST /api/own-instructor/memberships',
  'PUT /api/own-instructor/memberships/{id}/withdrawal',
  'POST /api/own-instructor/items',
  'PUT /api/own-instructor/items/{id}',
  'PUT /api/own-instructor/items/{id}/withdrawal',
  'GET /api/training-menu',
  'GET /api/training-menu/{id}',
  'POST /api/instructor-bookings',
  'GET /api/instructor-bookings',
  'GET /api/instructor-bookings.xlsx',
  'GET /api/instructor-bookings/{id}',
  'PUT /api/instructor-bookings/{id}/answer',
  'PUT /api/instructor-bookings/{id}/agreement',
  'PUT /api/instructor-bookings/{id}/cancellation',
  'PUT /api/instructor-bookings/{id}/delivery',
  'DELETE /api/instructor-bookings/{id}/delivery',
  'PUT /api/instructor-bookings/{id}/rating',
]

/** Routes about the whole county's seals: digests without a person or a place in them. */
export const about_the_seals = ['GET /api/seals', 'GET /api/seals/state', 'POST /api/seal-checks']

/** Routes that show the county's plans to all who may read plans, in every school. */
export const about_the_plan = [
  'GET /api/plans',
  'GET /api/plans/{id}',
  'GET /api/plans/{id}/file',
  'POST /api/plan-checks',
  'GET /api/training-credentials',
]

export function examples(county: County, things: Things): Example[] {
  const { east } = county
  const organisation = { organisation: east.id }
  const turn = { id: things.turn }
  const indicator = { number: things.indicator }
  const trial = { id: things.trial, obligation: 'another-visit' }
  return [
    { route: 'GET /api/accounts', query: { q: '城东' } },
    { route: 'GET /api/oneroster.zip', query: organisation },
    { route: 'POST /api/accounts', body: { person: things.teacher, user_name: 'stranger.made' } },
    { route: 'PUT /api/accounts/{person}/password', path: { person: things.teacher } },
    { route: 'PATCH /api/accounts/{person}', path: { person: things.teacher }, body: { disabled: false } },
    { route: 'DELETE /api/accounts/{person}/second-factor', path: { person: things.teacher } },
    { route: 'GET /api/accounts/{person}/linked-log-ins', path: { person: things.teacher } },
    {
      route: 'PUT /api/accounts/{person}/linked-log-ins/{provider}',
      path: { person: things.teacher, provider: 'wechat' },
      body: { subject: 'o-zhao' },
    },
    {
      route: 'DELETE /api/accounts/{person}/linked-log-ins/{provider}',
      path: { person: things.teacher, provider: 'wechat' },
    },
    { route: 'GET /api/audit', query: { person: east.leader_id } },
    { route: 'GET /api/organisations', query: { parent: east.id } },
    { route: 'GET /api/organisations/{id}', path: { id: east.id } },
    {
      route: 'POST /api/organisations',
      body: { parent: east.id, kind: 'grade', name: '2024级', stages: ['primary'], entry_year: 2024 },
    },
    { route: 'PATCH /api/organisations/{id}', path: { id: east.grade }, body: { contact: '赵老师' } },
    { route: 'GET /api/people', query: organisation },
    { route: 'GET /api/people.xlsx', query: organisation },
    { route: 'GET /api/people/{id}', path: { id: things.pupil } },
    { route: 'GET /api/people/{id}/numbers', path: { id: things.pupil }, query: { purpose: '联系家长' } },
    { route: 'PATCH /api/people/{id}', path: { id: things.pupil }, body: { name: '李小梅' } },
    { route: 'POST /api/students', body: { name: '何平', class: east.class, from: '2025-09-01', carers: [] } },
    { route: 'PUT /api/students/{id}/class', path: { id: things.pupil }, body: { class: east.class, from: '2026-02-01' } },
    { route: 'PUT /api/students/{id}/status', path: { id: things.pupil }, body: { status: 'active', on: '2026-03-01' } },
    { route: 'POST /api/students/{id}/carers', path: { id: things.pupil }, body: { name: '李奶奶', relation: 'grandparent' } },
    {
      route: 'PUT /api/students/{id}/carers/{carer}',
      path: { id: things.pupil, carer: things.carer },
      body: { relation: 'mother', position: 1, is_guardian: true },
    },
    { route: 'POST /api/staff', body: { name: '何老师', organisation: east.id, role: 'teacher' } },
    {
      route: 'POST /api/posts',
      body: { person: things.teacher, organisation: east.class, role: 'class_teacher', from: '2026-02-01' },
    },
    { route: 'PATCH /api/posts/{id}', path: { id: things.post }, body: { title: '语文教师' } },
    { route: 'GET /api/posts', query: organisation },
    {
      route: 'POST /api/classes/{id}/handover',
      path: { id: east.class },
      body: { to: things.teacher, from: '2026-02-02', roles: [] },
    },
    { route: 'GET /api/people/{id}/access', path: { id: things.pupil } },
    {
      route: 'POST /api/roles',
      body: { name_zh: '校医', name_en: 'School doctor', permissions: ['read_directory'], kinds: ['school'], titles: [] },
    },
    { route: 'PATCH /api/roles/{role}', path: { role: things.role }, body: { term_years: 3 } },
    { route: 'DELETE /api/roles/{role}', path: { role: things.role } },
    {
      route: 'POST /api/imports',
      query: { kind: 'roster', file_name: '花名册.csv', ...organisation },
      body: '姓名,班级\n何平,1班\n',
    },
    { route: 'GET /api/imports/{id}', path: { id: things.import } },
    { route: 'GET /api/imports/{id}/rows', path: { id: things.import } },
    { route: 'GET /api/imports/{id}/report', path: { id: things.import } },
    { route: 'PUT /api/imports/{id}/mapping', path: { id: things.import }, body: { sheets: [] } },
    { route: 'PUT /api/imports/{id}/application', path: { id: things.import } },
    { route: 'DELETE /api/imports/{id}/application', path: { id: things.import } },
    { route: 'DELETE /api/imports/{id}', path: { id: things.import } },
    { route: 'GET /api/jobs/{id}', path: { id: things.job } },
    { route: 'DELETE /api/jobs/{id}', path: { id: things.job } },
    { route: 'POST /api/plans', query: { file_name: 'small.toml' }, body: '' },
    { route: 'DELETE /api/plans/{id}', path: { id: things.plan } },
    { route: 'POST /api/what-ifs', body: { plan: things.plan } },
    { route: 'GET /api/what-ifs' },
    { route: 'GET /api/what-ifs/{id}', path: trial },
    { route: 'GET /api/what-ifs/{id}/findings', path: trial, query: organisation },
    { route: 'GET /api/what-ifs/{id}/organisations', path: trial, query: organisation },
    { route: 'GET /api/what-ifs/{id}/obligations/{obligation}/organisations', path: trial, query: organisation },
    { route: 'GET /api/what-ifs/{id}/obligations/{obligation}/subjects', path: trial, query: organisation },
    { route: 'GET /api/what-ifs/{id}/sheet.xlsx', path: trial, query: organisation },
    { route: 'DELETE /api/what-ifs/{id}', path: trial },
    { route: 'POST /api/entries', body: { kind: 'visit.home', happened_at: '2026-03-01T18:00:00+08:00', student: things.pupil } },
    {
      route: 'POST /api/entry-batches',
      body: { entries: [{ kind: 'visit.home', happened_at: '2026-03-02T18:00:00+08:00', student: things.pupil }] },
    },
    { route: 'GET /api/entries', query: { unit: east.id } },
    { route: 'GET /api/entries.xlsx', query: { unit: east.id } },
    { route: 'GET /api/entries/{id}', path: { id: things.entry } },
    { route: 'POST /api/entries/{id}/reversal', path: { id: things.entry }, body: { reason: '记错了人' } },
    { route: 'GET /api/indicators', query: organisation },
    { route: 'GET /api/indicators.xlsx', query: organisation },
    { route: 'GET /api/indicators/{number}', path: indicator, query: organisation },
    { route: 'GET /api/indicators/{number}/units', path: indicator, query: organisation },
    { route: 'GET /api/indicators/{number}/subjects', path: indicator, query: organisation },
    { route: 'GET /api/indicators/{number}/subjects.xlsx', path: indicator, query: organisation },
    { route: 'GET /api/indicators/{number}/entries', path: indicator, query: organisation },
    { route: 'GET /api/entries/{id}/proof', path: { id: things.entry } },
    { route: 'GET /api/entries/{id}/proof.json', path: { id: things.entry } },
    { route: 'GET /api/people/{id}/standing', path: { id: things.pupil } },
    { route: 'GET /api/people/{id}/points', path: { id: things.carer } },
    { route: 'GET /api/people/{id}/entries', path: { id: things.pupil } },
    { route: 'GET /api/organisations/{id}/standing', path: { id: east.id } },
    { route: 'GET /api/turns' },
    { route: 'GET /api/turns/{id}', path: turn },
    { route: 'GET /api/turns/{id}/preview', path: turn },
    { route: 'GET /api/turns/{id}/schools/{school}', path: { ...turn, school: east.id } },
    { route: 'PUT /api/turns/{id}/classes/{class}', path: { ...turn, class: east.class }, body: { action: 'leave_out' } },
    {
      route: 'PUT /api/turns/{id}/schools/{school}/sizes',
      path: { ...turn, school: east.id },
      body: { stage: 'primary', entry_year: 2027, classes: 1 },
    },
    { route: 'PUT /api/turns/{id}/posts/{post}', path: { ...turn, post: things.post }, body: { action: 'end' } },
    { route: 'PUT /api/turns/{id}/exceptions/{student}', path: { ...turn, student: things.mover }, body: { kind: 'leave' } },
    { route: 'GET /api/turns/{id}/exceptions', path: turn },
    { route: 'POST /api/turns/{id}/places', path: turn, body: '姓名,新班级\n李梅,1班\n' },
    { route: 'GET /api/turns/{id}/report', path: turn },
    { route: 'GET /api/turns/{id}/hindrances', path: turn },
    { route: 'PUT /api/turns/{id}/application', path: turn },
    { route: 'DELETE /api/turns/{id}/application', path: turn },
    { route: 'DELETE /api/turns/{id}/places', path: turn },
    { route: 'DELETE /api/turns/{id}/exceptions/{student}', path: { ...turn, student: things.mover } },
    { route: 'DELETE /api/turns/{id}', path: turn },
    { route: 'POST /api/turns', body: { organisation: east.id, on: '2027-09-01' } },
    {
      route: 'POST /api/class-changes',
      body: { students: [things.mover], class: things.second_class, on: '2026-02-01', reason: '班额均衡' },
    },
    { route: 'GET /api/students/{student}/class-changes', path: { student: things.mover } },
    { route: 'GET /api/unplaced', query: organisation },
    { route: 'GET /api/former-pupils', query: organisation },
    { route: 'GET /api/former-pupils/{id}', path: { id: things.former } },
    { route: 'GET /api/transfers' },
    { route: 'GET /api/transfers/{id}', path: { id: things.transfer } },
    {
      route: 'POST /api/transfers',
      body: { student: things.leaver, to_school: things.third_school, on: '2026-03-01', reason: '搬家' },
    },
    { route: 'PUT /api/transfers/{id}/refusal', path: { id: things.transfer }, body: { reason: '班额已满' } },
    { route: 'PUT /api/transfers/{id}/acceptance', path: { id: things.transfer }, body: { class: things.third_class } },
    { route: 'PUT /api/transfers/{id}/withdrawal', path: { id: things.transfer } },
    {
      route: 'POST /api/departures',
      body: { student: things.leaver, place: '邻县小学', on: '2026-03-01', reason: '搬家' },
    },
    {
      route: 'POST /api/arrivals',
      body: { name: '孙远', class: east.class, on: '2026-03-01', place: '邻县小学', reason: '搬家' },
    },
    { route: 'POST /api/school-closings', body: { school: east.id, on: '2026-03-01', only_preview: true } },
    { route: 'GET /api/students/{id}/growth-book', path: { id: things.pupil } },
    { route: 'GET /api/students/{id}/growth-book.pdf', path: { id: things.pupil } },
    { route: 'GET /api/people/{id}/data', path: { id: things.pupil } },
    { route: 'GET /api/people/{id}/data.xlsx', path: { id: things.pupil } },
    { route: 'GET /api/privacy/askable-pupils', query: { q: '郑动' } },
    { route: 'POST /api/privacy/requests', body: { student: things.pupil, reason: '了解心理辅导背景', hours: 24 } },
    { route: 'POST /api/privacy/holds', body: { person: things.pupil, reason: '配合调查' } },
    { route: 'POST /api/people/{id}/erasure', path: { id: things.leaver }, body: { name: '别的名字', reason: '监护人要求' } },
    ...family_examples(county, things.families),
    ...course_examples(east, things.courses),
    ...record_examples(things.records),
    ...workshop_examples(east, things.workshops, things.training.class),
    ...training_examples(east, things.training),
    ...coursework_examples(east, things.coursework),
    ...package_examples(things.packages),
    ...activity_examples(east, things.activities),
    { route: 'GET /api/delivery-gaps/{organisation}/families', path: { organisation: east.id } },
    ...notice_examples(east, things.notices),
    ...moment_examples(east, things.moments),
    ...form_examples(east, things.forms),
    ...service_examples(east, things.service),
    ...visit_examples(east, things.visits),
    ...safety_examples(east, things.safety),
    ...roster_examples(east, things.rosters),
    ...conversation_examples(east, things.conversations),
    { route: 'PUT /api/session/acting-as', body: { post: things.post } },
    { route: 'PUT /api/posts/{id}/ending', path: { id: things.post }, body: { on: '2026-03-01' } },
    { route: 'DELETE /api/students/{id}/carers/{carer}', path: { id: things.pupil, carer: things.carer } },
    { route: 'PUT /api/organisations/{id}/closing', path: { id: east.class }, body: { on: '2026-03-01' } },
    { route: 'DELETE /api/organisations/{id}/closing', path: { id: east.class } },
  ]
}
