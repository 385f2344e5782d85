import type { ActivityBrief } from '@concentric/api-client'
import { plus_days } from '@concentric/shared'

/** The day and the time that clocks in China show ("2026-03-05", "14:30"). */
export function china_time(instant: string): { day: string; time: string } {
  const there = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString()
  return { day: there.slice(0, 10), time: there.slice(11, 16) }
}

/** "14:30–16:00", with the day of the end where it is another one. */
export function clock_span(from: string, to: string): string {
  const [start, end] = [china_time(from), china_time(to)]
  return start.day === end.day ? `${start.time}–${end.time}` : `${start.time} – ${end.day.slice(5)} ${end.time}`
}

export function by_day(activities: ActivityBrief[]): { day: string; items: ActivityBrief[] }[] {
  const days: { day: string; items: ActivityBrief[] }[] = []
  for (const activity of activities) {
    const { day } = china_time(activity.starts_at)
    if (days.at(-1)?.day !== day) days.push({ day, items: [] })
    days.at(-1)!.items.push(activity)
  }
  return days
}

/** The whole weeks, from Monday, that a month ("2026-03") lies in. */
export function days_of_month(month: string): string[] {
  const first = `${month}-01`
  const weekday = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7
  const days: string[] = []
  for (let day = plus_days(first, -weekday); day.slice(0, 7) <= month || days.length % 7 !== 0; day = plus_days(day, 1))
    days.push(day)
  return days
}

export function plus_months(month: string, months: number): string {
  const [year, of_year] = month.split('-').map(Number) as [number, number]
  const count = year * 12 + of_year - 1 + months
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
}
