import type { Out } from '@concentric/api-client'
import { plus_days, today } from '@concentric/shared'
import { api } from './api'
import { open } from './ways'
import { china_day, china_time, date_words, t } from './words'

// One's own calendar: what lies on which day, and where it leads.

export type CalendarItem = Out<'GET /own-calendar'>['items'][number]
export type Choice = 'all' | 'mine' | 'due' | 'days'

export const days_ahead = 60
export const read_calendar = () => api('GET /own-calendar', { query: { from: today(), to: plus_days(today(), days_ahead) } })

const is_due = ({ kind }: CalendarItem) => kind === 'form' || kind === 'notice'

export function is_chosen(item: CalendarItem, choice: string): boolean {
  if (choice === 'all') return true
  if (choice === 'days') return item.first_day !== undefined
  return item.first_day === undefined && is_due(item) === (choice === 'due')
}

/** Under the day on which they begin; what began before stands under today. */
export function by_day(items: CalendarItem[], first: string): { day: string; items: CalendarItem[] }[] {
  const days = new Map<string, CalendarItem[]>()
  for (const item of items) {
    const begins = item.first_day ?? china_day(item.from)
    const day = begins < first ? first : begins
    days.set(day, [...(days.get(day) ?? []), item])
  }
  return [...days].sort(([one], [other]) => one.localeCompare(other)).map(([day, on]) => ({ day, items: on }))
}

export function time_words(item: CalendarItem): string {
  if (item.first_day && item.last_day)
    return item.first_day === item.last_day ? t('calendar.whole_day') : t('calendar.until_day', { day: date_words(item.last_day) })
  if (item.from === item.until) return t('calendar.due_at', { time: china_time(item.from) })
  return `${china_time(item.from)}–${china_time(item.until)}`
}

const pages: Record<string, string> = { activities: 'activity', 'my-forms': 'form', 'my-notices': 'notice' }

/** What opens it in the app; nothing where only the console has a page for it. */
export function way_to(item: CalendarItem): (() => void) | undefined {
  const [, place = '', id] = item.link.split('/')
  if (place === 'visits' && id) return () => open('visit_record', { id })
  if (place === 'my-visits') return () => open('visits')
  if (place === 'my-duties') return () => open('duties')
  const page = pages[place]
  if (!page || !id) return undefined
  return () => open(page, { id })
}
