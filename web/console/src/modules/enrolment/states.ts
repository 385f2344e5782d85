import type { Transfer, Turn, TurnPreview } from '@concentric/api-client'

/** Whether the server is at it, so that asking again makes sense. */
export function is_working(turn: Turn): boolean {
  return turn.state === 'applying' || turn.state === 'undoing'
}

/** Whether choices can still be made: for a draft, and for the schools that an application left out. */
export function is_open(turn: Turn): boolean {
  return turn.state === 'draft' || (turn.state === 'applied' && turn.schools_applied < turn.schools)
}

/** Which of the four steps a turn stands at: settings, check, application, result. */
export function step_of(turn: Turn): number {
  if (turn.state === 'draft') return 1
  return turn.state === 'applied' || turn.state === 'undone' || turn.state === 'discarded' ? 3 : 2
}

export type Outcome = 'up' | 'promoted' | 'graduated' | 'regrouped' | 'repeated' | 'skipped' | 'left' | 'moved'

/** What becomes of how many pupils, without what happens to nobody. */
export function outcomes_of(counts: TurnPreview['totals']): { outcome: Outcome; n: number }[] {
  const all: Outcome[] = ['up', 'promoted', 'graduated', 'regrouped', 'repeated', 'skipped', 'left', 'moved']
  return all.map((outcome) => ({ outcome, n: counts[outcome] })).filter(({ n }) => n > 0)
}

/** A colour for where a transfer stands: waiting for somebody, gone well, or ended. */
export function tone_of(state: Transfer['state']): 'warning' | 'success' | 'info' | 'primary' {
  if (state === 'asked') return 'warning'
  if (state === 'moved') return 'success'
  return state === 'accepted' ? 'primary' : 'info'
}
