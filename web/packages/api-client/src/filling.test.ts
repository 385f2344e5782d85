import type { FormContent, FormQuestion } from './types'
import { expect, it } from 'vitest'
import { answers_shown, by_question, shown_sections } from './filling'

const question = (key: string, more: Partial<FormQuestion> = {}): FormQuestion => ({
  key,
  kind: 'single',
  text: key,
  is_required: true,
  choices: [
    { key: 'yes', text: 'yes' },
    { key: 'no', text: 'no' },
  ],
  ...more,
})
const content: FormContent = {
  sections: [
    { key: 's1', title: '', questions: [question('q1'), question('q2', { shown_when: { question: 'q1', is_any_of: ['yes'] } })] },
    { key: 's2', title: '', shown_when: { question: 'q2', is_any_of: ['yes'] }, questions: [question('q3')] },
  ],
}
const keys = (answers: Record<string, string>) =>
  shown_sections(content, by_question(Object.entries(answers).map(([question, choice]) => ({ question, choices: [choice] }))))
    .flatMap(({ questions }) => questions)
    .map(({ key }) => key)

it('shows a question or a section when an earlier answer calls for it', () => {
  expect(keys({})).toEqual(['q1'])
  expect(keys({ q1: 'yes' })).toEqual(['q1', 'q2'])
  expect(keys({ q1: 'yes', q2: 'yes' })).toEqual(['q1', 'q2', 'q3'])
})

it('lets the answer to a hidden question bring nothing up, and does not send it', () => {
  const answers = by_question([
    { question: 'q1', choices: ['no'] },
    { question: 'q2', choices: ['yes'] },
  ])

  expect(keys({ q1: 'no', q2: 'yes' })).toEqual(['q1'])
  expect(answers_shown(content, answers)).toEqual([{ question: 'q1', choices: ['no'] }])
})
