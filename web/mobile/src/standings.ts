import type { OwnStanding } from '@concentric/api-client'

/** Of all obligations that lines ask for, how many are met; what is excused counts as met. */
export function count_of(lines: OwnStanding[]): { done: number; all: number } {
  const asked = lines.flatMap(({ indicators }) => indicators)
  return { done: asked.filter(({ state }) => state !== 'missing').length, all: asked.length }
}

export type Tone = 'child' | 'family' | 'self'

export function tone_of(line: OwnStanding): Tone {
  return line.about === 'student' && line.people.length ? 'child' : line.about === 'family' ? 'family' : 'self'
}

/** Whether the line is about the child, or about somebody who stands for all children. */
export function is_about(line: OwnStanding, child: string): boolean {
  return !child || !line.people.length || line.people.some(({ id }) => id === child)
}

export function rings_of(lines: OwnStanding[]) {
  const tones: Tone[] = ['child', 'family', 'self']
  return tones.map((tone) => ({ tone, ...count_of(lines.filter((line) => tone_of(line) === tone)) })).filter(({ all }) => all > 0)
}
