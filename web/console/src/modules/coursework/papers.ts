import type { AskedQuestion, QuestionKind } from '@concentric/api-client'

/** 75,000 ms → "1:15". */
export function clock_words(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

export function is_answered(kind: QuestionKind, answer: { chosen: number[]; text: string }): boolean {
  return kind === 'number' || kind === 'text' ? answer.text.trim() !== '' : answer.chosen.length > 0
}

const named = (asked: AskedQuestion, places: number[]) => places.map((place) => asked.choices[place] ?? '').join('；')

export const answer_words = (asked: AskedQuestion) => asked.text || named(asked, asked.chosen)
export const right_words = (asked: AskedQuestion) => asked.accepted.join(' | ') || named(asked, asked.right_choices)
