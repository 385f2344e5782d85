import { days_between } from '@concentric/shared'

export interface Tick {
  label: string
  at: number
}

/** Where a day lies between the first and the last, 0 to 1. */
export function place_of(day: string, from: string, to: string): number {
  const whole = days_between(from, to) + 1
  return Math.min(Math.max(days_between(from, day) / whole, 0), 1)
}

/** The beginnings of the half-years that the span touches. */
export function ticks_of(from: string, to: string): Tick[] {
  const ticks: Tick[] = []
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) {
    for (const month of ['01', '07']) {
      const day = `${year}-${month}-01`
      if (day >= from && day <= to) ticks.push({ label: `${year}.${month}`, at: place_of(day, from, to) })
    }
  }
  return ticks
}
