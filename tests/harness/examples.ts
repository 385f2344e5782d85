// One right request for every route, about the eastern school: what its own people and the county may ask, and nobody else.
import type { County } from './county.ts'

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
  entry: string
  import: string
  job: string
  plan: string
  indicator: string
  /** A what-if of the county's own official. */
  trial: string
}

/** Routes that are the same for everybody who is logged in, or about oneself alone: no thing of others can be named in them. */
export const about_oneself = [
  'DELETE /api/sessions/{id}',
  'GET /api/session',
  'DELETE /api/session',
  'GET /api/sessions',
  'PUT /api/password',
  'GET /api/roles',
  'GET /api/entry-kinds',
  'GET /api/own-entries',
]

/** Routes that show the county's plans to all who may read plans, in every school. */
export const about_the_plan = ['GET /api/plans', 'GET /api/plans/{id}', 'GET /api/plans/{id}/file', 'POST /api/plan-checks']

export function examples({ east }: County, things: Things): Example[] {
  const organisation = { organisation: east.id }
  const indicator = { number: things.indicator }
  const trial = { id: things.trial, obligation: 'home-visit' }
  return [
    { route: 'GET /api/accounts', query: { q: '城东' } },
    { route: 'POST /api/accounts', body: { person: things.teacher, user_name: 'stranger.made' } },
    { route: 'PUT /api/accounts/{person}/password', path: { person: things.teacher } },
    { route: 'PATCH /api/accounts/{person}', path: { person: things.teacher }, body: { disabled: false } },
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
    { route: 'GET /api/people/{id}/standing', path: { id: things.pupil } },
    { route: 'GET /api/organisations/{id}/standing', path: { id: east.id } },
    { route: 'PUT /api/session/acting-as', body: { post: things.post } },
    { route: 'PUT /api/posts/{id}/ending', path: { id: things.post }, body: { on: '2026-03-01' } },
    { route: 'DELETE /api/students/{id}/carers/{carer}', path: { id: things.pupil, carer: things.carer } },
    { route: 'PUT /api/organisations/{id}/closing', path: { id: east.class }, body: { on: '2026-03-01' } },
    { route: 'DELETE /api/organisations/{id}/closing', path: { id: east.class } },
  ]
}
