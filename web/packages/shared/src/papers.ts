// A quiz's paper in words: the time that is left, and what was chosen or would have been right.

interface Asked {
  choices: string[]
  chosen: number[]
  text: string
  right_choices: number[]
  accepted: string[]
}

/** 75,000 ms → "1:15". */
export function clock_words(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

export function is_answered(kind: string, answer: { chosen: number[]; text: string }): boolean {
  return kind === 'number' || kind === 'text' ? answer.text.trim() !== '' : answer.chosen.length > 0
}

const named = (asked: Asked, places: number[]) => places.map((place) => asked.choices[place] ?? '').join('；')

export const answer_words = (asked: Asked) => asked.text || named(asked, asked.chosen)
export const right_words = (asked: Asked) => asked.accepted.join(' | ') || named(asked, asked.right_choices)
