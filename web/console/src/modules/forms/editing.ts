import type { FormContent, FormQuestion, FormSection } from '@concentric/api-client'

export const question_kinds: FormQuestion['kind'][] = [
  'single',
  'multiple',
  'scale',
  'number',
  'short_text',
  'long_text',
  'date',
  'statement',
]
export const has_choices = (kind: FormQuestion['kind']) => kind === 'single' || kind === 'multiple'
export const can_decide = (kind: FormQuestion['kind']) => has_choices(kind) || kind === 'scale'

/** A key that nothing in the form has: "q7". */
export function free_key(content: FormContent, letter: string): string {
  const taken = new Set(content.sections.flatMap((section) => [section.key, ...section.questions.map(({ key }) => key)]))
  for (let n = 1; ; ++n) if (!taken.has(`${letter}${n}`)) return `${letter}${n}`
}

export function free_choice(question: FormQuestion): string {
  for (let n = 1; ; ++n) if (!question.choices.some(({ key }) => key === `c${n}`)) return `c${n}`
}

export function new_question(content: FormContent, kind: FormQuestion['kind']): FormQuestion {
  const question: FormQuestion = { key: free_key(content, 'q'), kind, text: '', is_required: kind !== 'statement', choices: [] }
  set_kind(question, kind)
  return question
}

export const new_section = (content: FormContent): FormSection => ({ key: free_key(content, 's'), title: '', questions: [] })

/** What belongs to another kind goes; what the kind needs is there. */
export function set_kind(question: FormQuestion, kind: FormQuestion['kind']) {
  question.kind = kind
  if (!has_choices(kind)) question.choices = []
  else while (question.choices.length < 2) question.choices.push({ key: free_choice(question), text: '' })
  if (kind !== 'multiple') delete question.most
  if (kind !== 'scale') {
    delete question.least_label
    delete question.greatest_label
  }
  if (kind === 'scale') Object.assign(question, { least: 1, greatest: 5 })
  else if (kind !== 'number') {
    delete question.least
    delete question.greatest
  }
  if (kind === 'statement') question.is_required = false
}

/** The questions that may decide whether a place is shown: those before it. */
export function questions_before(content: FormContent, section: number, question?: number): FormQuestion[] {
  return content.sections
    .flatMap(({ questions }, index) =>
      index < section ? questions : index === section && question !== undefined ? questions.slice(0, question) : [],
    )
    .filter(({ kind }) => can_decide(kind))
}

/** Moves the item at `from` by one; gives whether it moved. */
export function move<T>(list: T[], from: number, by: -1 | 1): boolean {
  const to = from + by
  if (to < 0 || to >= list.length) return false
  const [item] = list.splice(from, 1)
  list.splice(to, 0, item!)
  return true
}
