import type { Assignment, Criterion } from '@concentric/api-client'

export interface EditedAssignment {
  title: string
  instructions: string
  template_text: string
  criteria: Criterion[]
  peers: number
  minutes: number
  due_on: string | undefined
  is_open: boolean
}

export const new_criterion = (levels: string[]): Criterion => ({ title: '', levels: [...levels] })

/** Two credit hours of 45 minutes, as the national training programme gives them for a summary. */
export const blank_assignment = (levels: string[]): EditedAssignment => ({
  title: '',
  instructions: '',
  template_text: '',
  criteria: [new_criterion(levels)],
  peers: 1,
  minutes: 90,
  due_on: undefined,
  is_open: true,
})

export const edited_assignment = (assignment: Assignment): EditedAssignment => {
  const { title, instructions, template_text, criteria, peers, minutes, due_on, is_open } = assignment
  return { title, instructions, template_text, criteria, peers, minutes, due_on, is_open }
}

export interface Piece {
  text: string
  /** The number of the passage that it is, from 1; 0 for what is not shared. */
  passage: number
}

/** A text cut where shared passages begin and end. Places count characters, not UTF-16 units; passages come in order or not. */
export function pieces_of(text: string, passages: { begin: number; end: number }[]): Piece[] {
  const characters = [...text]
  const pieces: Piece[] = []
  let at = 0
  const add = (to: number, passage: number) => {
    if (to > at) pieces.push({ text: characters.slice(at, to).join(''), passage })
    at = Math.max(at, to)
  }
  const ordered = passages.map((passage, index) => ({ ...passage, number: index + 1 })).sort((a, b) => a.begin - b.begin)
  for (const passage of ordered) {
    add(passage.begin, 0)
    add(passage.end, passage.number)
  }
  add(characters.length, 0)
  return pieces
}
