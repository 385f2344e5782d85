import type { FormAnswer, FormContent, FormQuestion } from './types'

export type Answers = Record<string, FormAnswer>

export function is_empty(answer: FormAnswer | undefined): boolean {
  return (
    !answer ||
    (!answer.choices?.length && answer.number === undefined && !answer.day && !(answer.text && answer.text.trim() !== ''))
  )
}

function says_one_of(answer: FormAnswer, wanted: string[]): boolean {
  return (
    (answer.choices ?? []).some((choice) => wanted.includes(choice)) ||
    (answer.number !== undefined && wanted.includes(String(Math.round(answer.number))))
  )
}

export interface ShownSection {
  key: string
  title: string
  questions: FormQuestion[]
}

/** The questions that these answers bring up, as the server reckons them: an answer to a hidden question brings nothing up. */
export function shown_sections(content: FormContent, answers: Answers): ShownSection[] {
  const shown = new Set<string>()
  const holds = (when: FormQuestion['shown_when']) => {
    if (!when) return true
    const answer = answers[when.question]
    return shown.has(when.question) && answer !== undefined && !is_empty(answer) && says_one_of(answer, when.is_any_of)
  }
  // One section after the other: whether one is shown hangs on questions of those before it.
  return content.sections
    .flatMap((section) => {
      if (!holds(section.shown_when)) return []
      const questions = section.questions.filter((question) => {
        const is_shown = holds(question.shown_when)
        if (is_shown) shown.add(question.key)
        return is_shown
      })
      return [{ key: section.key, title: section.title, questions }]
    })
    .filter(({ questions }) => questions.length > 0)
}

/** What is sent: answers to questions that are shown. */
export function answers_shown(content: FormContent, answers: Answers): FormAnswer[] {
  return shown_sections(content, answers)
    .flatMap(({ questions }) => questions)
    .map(({ key }) => answers[key])
    .filter((answer): answer is FormAnswer => !is_empty(answer))
}

export const by_question = (list: FormAnswer[]): Answers => Object.fromEntries(list.map((answer) => [answer.question, answer]))

export function steps_of(question: FormQuestion): number[] {
  const [least, greatest] = [question.least ?? 1, question.greatest ?? 5]
  return Array.from({ length: Math.max(0, Math.min(11, greatest - least + 1)) }, (_, index) => least + index)
}
