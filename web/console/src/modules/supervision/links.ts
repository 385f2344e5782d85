import type { Indicator } from '@concentric/api-client'

/** The page of an obligation in an organisation and period; `tab` is one of its lists. */
export function indicator_link(indicator: Indicator, organisation: string, tab?: string): string {
  const query = new URLSearchParams({ organisation, period: indicator.period.from, ...(tab ? { tab } : {}) })
  return `/indicators/${indicator.number}?${query}`
}

/** Who has to be covered: shares are of these, those who are excused stand apart. */
export function due(figure: { total: number; excused: number }): number {
  return figure.total - figure.excused
}
