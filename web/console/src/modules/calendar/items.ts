import type { Out } from '@concentric/api-client'
import { plus_days } from '@concentric/shared'
import { china_time } from '@/modules/activities/times'

export type CalendarItem = Out<'GET /own-calendar'>['items'][number]
export type Kind = CalendarItem['kind']
export type Feed = Out<'GET /own-calendar-feeds'>['items'][number]

export const kinds: Kind[] = [
  'activity',
  'live',
  'consultation',
  'classroom',
  'booking',
  'visit',
  'duty',
  'form',
  'notice',
  'term',
  'holiday',
  'working_day',
  'day_off',
]

/** The colour that a kind is told apart by: what one takes part in, what is to be answered, and days of the county. */
export function tone_of({ kind, is_binding }: CalendarItem): 'own' | 'open' | 'due' | 'day' | 'work' {
  if (kind === 'form' || kind === 'notice') return 'due'
  if (kind === 'working_day') return 'work'
  if (kind === 'term' || kind === 'holiday' || kind === 'day_off') return 'day'
  return is_binding ? 'own' : 'open'
}

/** The first and last day on which it lies. */
export function days_of(item: CalendarItem): { first: string; last: string } {
  if (item.first_day && item.last_day) return { first: item.first_day, last: item.last_day }
  const first = china_time(item.from).day
  const until = Date.parse(item.until) > Date.parse(item.from) ? Date.parse(item.until) - 1 : Date.parse(item.until)
  return { first, last: china_time(new Date(until).toISOString()).day }
}

/** Each day from the first to the last with what lies on it; what began before stands on the first. */
export function by_day(items: CalendarItem[], first: string, last: string, repeats: boolean): Map<string, CalendarItem[]> {
  const days = new Map<string, CalendarItem[]>()
  const put = (day: string, item: CalendarItem) => days.set(day, [...(days.get(day) ?? []), item])
  for (const item of items) {
    const span = days_of(item)
    const from = span.first < first ? first : span.first
    const to = span.last > last ? last : span.last
    if (from > to) continue
    if (!repeats) put(from, item)
    else for (let day = from; day <= to; day = plus_days(day, 1)) put(day, item)
  }
  return new Map([...days].sort(([one], [other]) => one.localeCompare(other)))
}

/** Holidays and the like, and everything else, by what was chosen and typed. */
export function chosen_from(items: CalendarItem[], chosen: Kind[], child: string, words: string): CalendarItem[] {
  const sought = words.trim().toLowerCase()
  return items.filter(
    (item) =>
      (chosen.length === 0 || chosen.includes(item.kind)) &&
      (!child || item.child?.id === child) &&
      `${item.title} ${item.about} ${item.place} ${item.child?.name ?? ''}`.toLowerCase().includes(sought),
  )
}
