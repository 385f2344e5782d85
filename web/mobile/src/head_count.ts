import type { Counted } from './outbox'

// What the taps on a class list mean; the server merges the reports of several phones by the same moments.

export interface OnRoll {
  id: string
  is_present?: boolean | undefined
  marked_at?: string | undefined
}
export type Marks = Record<string, { is_present: boolean; at: string }>

/** What the server knows, and over it what was tapped later on this phone. */
export function marks_of(pupils: OnRoll[], waiting: Counted[]): Marks {
  const marks: Marks = {}
  for (const { id, is_present, marked_at } of pupils)
    if (is_present !== undefined && marked_at) marks[id] = { is_present, at: marked_at }
  for (const { student, is_present, at } of waiting)
    if (!marks[student] || Date.parse(marks[student].at) <= Date.parse(at)) marks[student] = { is_present, at }
  return marks
}

/** Not counted yet → there → missing → there. */
export const tapped = (mark: { is_present: boolean } | undefined, at: string) => ({ is_present: !(mark?.is_present ?? false), at })

/** Whoever has no mark is there; who was said to be missing stays so. */
export function all_there(pupils: OnRoll[], marks: Marks, at: string): Marks {
  return Object.fromEntries(pupils.map(({ id }) => [id, marks[id] ?? { is_present: true, at }]))
}

export const report_of = (marks: Marks): Counted[] => Object.entries(marks).map(([student, mark]) => ({ student, ...mark }))

export function sums(pupils: OnRoll[], marks: Marks) {
  const there = pupils.filter(({ id }) => marks[id]?.is_present).length
  const missing = pupils.filter(({ id }) => marks[id] && !marks[id].is_present).length
  return { there, missing, rest: pupils.length - there - missing }
}
