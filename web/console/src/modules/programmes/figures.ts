import type { TrainingLearner, TrainingPace, TrainingTrack } from '@concentric/api-client'

export const tracks: TrainingTrack[] = ['everyone', 'leaders', 'teachers']
export const paces: TrainingPace[] = ['behind', 'on_course', 'lapsed', 'done']
export const fee_states = ['unpaid', 'paid', 'waived', 'refunded'] as const
export const class_states = ['draft', 'open', 'closed'] as const

/** "200" or "199.50" of fen. */
export function yuan(fen: number): string {
  return fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2)
}

/** 13.333 credit hours are shown as 13.3, never rounded up to what is asked. */
export function short_amount(amount: number): string {
  return String(Math.floor(amount * 10 + 1e-9) / 10)
}

/** What is still missing of a condition, in its unit. */
export function missing_of(need: TrainingLearner['needs'][number]): number {
  return Math.max(0, Math.ceil((need.needed - need.amount) * 10 - 1e-9) / 10)
}

/** Days from today to the last day, which still counts; negative once it is over. */
export function days_left(until: string, today: Date = new Date()): number {
  const [year, month, day] = until.split('-').map(Number) as [number, number, number]
  const from = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate())
  return Math.round((Date.UTC(year, month - 1, day) - from) / 86_400_000)
}
