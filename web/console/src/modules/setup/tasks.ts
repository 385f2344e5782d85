import type { Indicator } from '@concentric/api-client'

/** What needs doing: obligations that are missed or will be, the ones that are due first in front, then the widest gap. */
export function tasks_of(indicators: Indicator[]): Indicator[] {
  return indicators
    .filter((indicator) => indicator.state === 'at_risk' || indicator.state === 'missed')
    .sort((a, b) => a.period.to.localeCompare(b.period.to) || a.share / a.target - b.share / b.target)
}
