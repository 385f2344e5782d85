// One's own calendar for tests: read as it is, and as a telephone reads it.
import ICAL from 'ical.js'
import type { Out } from '../../web/packages/api-client/src/index.ts'
import type { Visitor } from './visitor.ts'

export type CalendarItem = Out<'GET /own-calendar'>['items'][number]

/** Routes about one's own calendar, and the county's days, which the plan's own permission guards; calendar.test.ts sends the others away. */
export const about_calendars = [
  'GET /api/own-calendar',
  'GET /api/own-calendar/concentric.ics',
  'GET /api/own-calendar-feeds',
  'POST /api/own-calendar-feeds',
  'PUT /api/own-calendar-feeds/{id}/address',
  'DELETE /api/own-calendar-feeds/{id}',
  'POST /api/calendar-conflicts',
  'GET /api/calendar-days',
  'POST /api/calendar-days',
  'PUT /api/calendar-days/{id}',
  'DELETE /api/calendar-days/{id}',
]

/** So many days from today in China. */
export const day_after = (days: number) => new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10)

export const calendar_of = async (visitor: Visitor, from = day_after(-1), to = day_after(60)) =>
  (await visitor.call('GET /own-calendar', { query: { from, to } })).items

export interface Entry {
  uid: string
  summary: string
  status: string
  starts: string
  is_day: boolean
  sequence: string
  modified: string
}

/** What another program's parser makes of it. */
export function entries_in(text: string): Entry[] {
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((one) => {
    const event = new ICAL.Event(one)
    return {
      uid: event.uid,
      summary: event.summary,
      status: String(one.getFirstPropertyValue('status')),
      starts: event.startDate.toString(),
      is_day: event.startDate.isDate,
      sequence: String(one.getFirstPropertyValue('sequence')),
      modified: String(one.getFirstPropertyValue('last-modified')),
    }
  })
}
