// Forms for tests: one question, or clauses to sign; and what whoever may send notices may ask.
import type { Body, FormView } from '../../web/packages/api-client/src/index.ts'
import type { County, School } from './county.ts'
import type { Example } from './examples.ts'
import type { Visitor } from './visitor.ts'

export type FormDraft = Omit<Body<'PATCH /forms/{id}'>, 'id'>
export type Content = NonNullable<FormDraft['content']>

export const in_days = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString()

const question = { is_required: true, choices: [] }
/** Whether they agree; who does not is asked why. */
export const content: Content = {
  sections: [
    {
      key: 's1',
      title: '',
      questions: [
        {
          ...question,
          key: 'q1',
          kind: 'single',
          text: '您赞成吗？',
          choices: [
            { key: 'yes', text: '赞成' },
            { key: 'no', text: '不赞成' },
          ],
        },
        { ...question, key: 'q2', kind: 'long_text', text: '为什么？', shown_when: { question: 'q1', is_any_of: ['no'] } },
        { ...question, key: 'q3', kind: 'scale', text: '您满意吗？', least: 1, greatest: 5, is_required: false },
      ],
    },
  ],
}
export const clauses: Content = {
  sections: [
    {
      key: 's1',
      title: '',
      questions: [{ key: 'q1', kind: 'statement', text: '我教育孩子不私自下水游泳。', is_required: false, choices: [] }],
    },
  ],
}

export const form_path = (form: { id: string }) => ({ path: { id: form.id } })

export async function make_form(maker: Visitor, purpose: FormView['purpose'], draft: FormDraft = {}): Promise<FormView> {
  const made = await maker.call('POST /forms', { body: { purpose, title: '家长意见' } })
  return maker.call('PATCH /forms/{id}', {
    ...form_path(made),
    body: { content: purpose === 'commitment' ? clauses : content, audience: 'children', until_at: in_days(14), ...draft },
  })
}
export async function publish_form(maker: Visitor, purpose: FormView['purpose'], draft: FormDraft = {}): Promise<FormView> {
  return maker.call('PUT /forms/{id}/publication', form_path(await make_form(maker, purpose, draft)))
}
export const answer = (
  visitor: Visitor,
  form: FormView,
  choice: string,
  more: { question: string; text?: string; number?: number; choices?: string[] }[] = [],
) =>
  visitor.call('PUT /own-forms/{id}/answer', {
    ...form_path(form),
    body: {
      version: form.version,
      answers: [{ question: 'q1', choices: [choice] }, ...more.map((one) => ({ choices: [], ...one }))],
    },
  })

export interface FormThings {
  form: string
  draft: string
  spare: string
  commitment: string
  guardian: string
  signed_pupil: string
  slip_pupil: string
  pupil: string
}

export async function make_form_things({ official, east }: County): Promise<FormThings> {
  const commitment = await publish_form(east.leader, 'commitment')
  const [pupil, signed, slip] = east.pupils
  for (const one of [signed!, slip!])
    await official.call('POST /forms/{id}/paper-signatures', {
      ...form_path(commitment),
      body: { student: one.id, signed_by: one.student!.carers[0]!.person, signed_on: today() },
    })
  await east.leader.call('PUT /forms/{id}/paper-signatures/{student}/second-look', {
    path: { id: commitment.id, student: signed!.id },
  })
  return {
    form: (await publish_form(east.leader, 'survey')).id,
    draft: (await make_form(east.leader, 'survey')).id,
    spare: (await make_form(east.leader, 'poll')).id,
    commitment: commitment.id,
    guardian: pupil!.student!.carers[0]!.person,
    signed_pupil: signed!.id,
    slip_pupil: slip!.id,
    pupil: pupil!.id,
  }
}
export const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

/** What the people of whoever made the forms may ask. */
export function form_examples(east: School, things: FormThings): Example[] {
  const form = { id: things.form }
  const commitment = { id: things.commitment }
  return [
    { route: 'GET /api/forms' },
    { route: 'POST /api/forms', body: { purpose: 'survey', title: '调查', owner: east.id } },
    { route: 'GET /api/forms/{id}', path: form },
    { route: 'PATCH /api/forms/{id}', path: { id: things.draft }, body: { title: '改了' } },
    { route: 'POST /api/forms/{id}/copies', path: form },
    { route: 'PUT /api/forms/{id}/publication', path: { id: things.draft } },
    { route: 'DELETE /api/forms/{id}', path: { id: things.spare } },
    { route: 'POST /api/forms/{id}/reminders', path: form, body: {} },
    { route: 'GET /api/forms/{id}/results', path: form },
    { route: 'GET /api/forms/{id}/cross-table', path: form, query: { columns: 'q1' } },
    { route: 'GET /api/forms/{id}/progress', path: form },
    { route: 'GET /api/forms/{id}/missing', path: form },
    { route: 'GET /api/forms/{id}/results.xlsx', path: form },
    { route: 'GET /api/forms/{id}/signatures', path: commitment },
    {
      route: 'POST /api/forms/{id}/paper-signatures',
      path: commitment,
      body: { student: things.pupil, signed_by: things.guardian, signed_on: today() },
    },
    { route: 'GET /api/forms/{id}/signatures/{student}/proof.pdf', path: { ...commitment, student: things.signed_pupil } },
    { route: 'PUT /api/forms/{id}/paper-signatures/{student}/second-look', path: { ...commitment, student: things.slip_pupil } },
    {
      route: 'PUT /api/forms/{id}/paper-signatures/{student}/removal',
      path: { ...commitment, student: things.signed_pupil },
      body: { reason: '登记错了' },
    },
    { route: 'GET /api/forms/{id}/sheet', path: form },
    { route: 'GET /api/forms/{id}/sheet.pdf', path: form },
    {
      route: 'PUT /api/forms/{id}/paper-answers/{student}',
      path: { ...form, student: things.pupil },
      body: { version: 1, answers: [{ question: 'q1', choices: ['yes'] }] },
    },
    { route: 'GET /api/forms/{id}/paper-answers', path: form },
    { route: 'DELETE /api/forms/{id}/paper-answers/{student}', path: { ...form, student: things.pupil } },
    { route: 'PUT /api/forms/{id}/closing', path: form },
  ]
}

/** What those who are asked may do, and nobody else: tried in forms.test.ts. */
export const about_own_forms = [
  'GET /api/own-forms/{id}',
  'PUT /api/own-forms/{id}/draft',
  'PUT /api/own-forms/{id}/answer',
  'POST /api/own-forms/{id}/ballot',
  'PUT /api/own-forms/{id}/reading',
  'PUT /api/own-forms/{id}/signature',
  'GET /api/own-forms/{id}/signatures/{student}/proof.pdf',
]
