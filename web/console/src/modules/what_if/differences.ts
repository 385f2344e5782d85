import type { TrialFigure, TrialObligation } from '@concentric/api-client'

/** Whether a changed plan asks or finds anything else under this obligation. */
export function differs({ change, before, after, newly_covered, newly_missing }: TrialObligation): boolean {
  return (
    change !== 'same' ||
    newly_covered > 0 ||
    newly_missing > 0 ||
    before?.total !== after?.total ||
    before?.covered !== after?.covered ||
    before?.excused !== after?.excused
  )
}

/** Rounded down as shares are shown. */
const shown = (share: number) => Math.floor(share * 1000 + 1e-9) / 10

/** By how many hundredths the share that is shown rises; nothing where either side counts nobody. */
export function share_difference(before: TrialFigure | undefined, after: TrialFigure | undefined): number | undefined {
  if (!before?.total || !after?.total) return undefined
  return Math.round((shown(after.share) - shown(before.share)) * 10) / 10
}

/** "+3.5", "−2", "±0". */
export function signed(value: number): string {
  return value === 0 ? '±0' : `${value > 0 ? '+' : '−'}${Math.abs(value)}`
}
