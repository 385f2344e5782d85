import type { Question, QuestionInput, QuestionKind, TopicFilter } from '@concentric/api-client'

export const question_kinds: QuestionKind[] = ['single', 'multiple', 'truth', 'number', 'text']
export const topic_filters: TopicFilter[] = ['all', 'unanswered', 'helpful', 'own']

export const has_choices = (kind: QuestionKind) => kind !== 'number' && kind !== 'text'

/** A question while it is edited: accepted texts stand in lines. */
export interface EditedQuestion {
  kind: QuestionKind
  prompt: string
  topic: string
  choices: { text: string; is_right: boolean }[]
  accepted: string
  tolerance: number | undefined
  explanation: string
}

export function blank_question(topic = ''): EditedQuestion {
  const choices = [
    { text: '', is_right: true },
    { text: '', is_right: false },
  ]
  return { kind: 'single', prompt: '', topic, choices, accepted: '', tolerance: undefined, explanation: '' }
}

export function edited_question(question: Question): EditedQuestion {
  const { kind, prompt, topic, choices, accepted, tolerance, explanation } = question
  const shown = choices.length ? choices : blank_question().choices
  return { kind, prompt, topic, choices: shown, accepted: accepted.join('\n'), tolerance, explanation }
}

/** `truth` are the words for what is so and what is not. */
export function question_input(edited: EditedQuestion, truth: [string, string]): QuestionInput {
  const { kind, prompt, topic, explanation } = edited
  const lines = edited.accepted.split('\n').map((line) => line.trim())
  const choices =
    kind === 'truth'
      ? truth.map((text, index) => ({ text, is_right: edited.choices[index]?.is_right ?? false }))
      : edited.choices.filter((choice) => choice.text.trim())
  return {
    kind,
    prompt,
    topic,
    explanation,
    choices: has_choices(kind) ? choices : [],
    accepted: has_choices(kind) ? [] : lines.filter(Boolean),
    ...(kind === 'number' && edited.tolerance ? { tolerance: edited.tolerance } : {}),
  }
}

/** Of kinds with one right choice, ticking one takes the tick off the others. */
export function tick(edited: EditedQuestion, index: number, is_right: boolean) {
  edited.choices.forEach((choice, place) => {
    if (place === index) choice.is_right = is_right || edited.kind !== 'multiple'
    else if (edited.kind !== 'multiple') choice.is_right = false
  })
}

/** Changing the kind keeps what still fits. */
export function change_kind(edited: EditedQuestion, kind: QuestionKind) {
  edited.kind = kind
  const first = Math.max(
    edited.choices.findIndex((choice) => choice.is_right),
    0,
  )
  if (kind === 'truth') edited.choices = edited.choices.slice(0, 2)
  if (kind !== 'multiple') edited.choices.forEach((choice, place) => (choice.is_right = place === first % edited.choices.length))
}
