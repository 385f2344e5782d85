import type { Body, Out } from '@concentric/api-client'
import { china_time, clock_span } from '@/modules/activities/times'

export type Roster = Out<'GET /rosters/{id}'>
export type Post = Roster['posts'][number]
export type PostContent = Omit<Body<'POST /rosters/{roster}/posts'>, 'roster'>
export type Shift = Out<'GET /rosters/{id}/shifts'>['items'][number]
export type Member = Out<'GET /rosters/{id}/members'>['items'][number]
export type OwnDuties = Out<'GET /own-duties'>
export type OwnShift = OwnDuties['items'][number]
export type OwnRoster = OwnDuties['rosters'][number]
export type Swap = OwnDuties['swaps'][number]
export type VolunteerRecord = Out<'GET /own-volunteer-record'>

export const sorts = ['parent', 'staff', 'police', 'community'] as const
export type Sort = (typeof sorts)[number]
export const weekdays = [1, 2, 3, 4, 5, 6, 7]
export const roster_kinds = ['safety_duty', 'class_care', 'other'] as const

const two = (n: number) => String(n).padStart(2, '0')
export const clock = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
export const minutes_of = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** "2026年3月5日 周四 07:30–08:10"; `day` words a day in the user's language. */
export const turn_words = ({ starts_at, ends_at }: Pick<Shift, 'starts_at' | 'ends_at'>, day: (day: string) => string) =>
  `${day(china_time(starts_at).day)} ${clock_span(starts_at, ends_at)}`

/** Monday of the week that a day is in. */
export function monday_of(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  return date.toISOString().slice(0, 10)
}

export interface Cell {
  day: string
  shifts: Shift[]
}
export interface Line {
  post: string
  name: string
  cells: Cell[]
}

/** A week as a table: a line for each post, a cell for each day. */
export function week_of(shifts: Shift[], days: string[]): Line[] {
  const lines = new Map<string, Line>()
  for (const shift of shifts) {
    const line = lines.get(shift.post) ?? {
      post: shift.post,
      name: shift.post_name,
      cells: days.map((day) => ({ day, shifts: [] })),
    }
    lines.set(shift.post, line)
    line.cells.find(({ day }) => day === china_time(shift.starts_at).day)?.shifts.push(shift)
  }
  return [...lines.values()]
}

/** How a turn looks in the week: gaps and what waits call for somebody. */
export function tone_of(shift: Shift, now = Date.now()): 'gap' | 'wait' | 'done' | 'missed' | 'plain' {
  if (!shift.person) return Date.parse(shift.ends_at) > now ? 'gap' : 'missed'
  if (shift.state === 'claimed' || shift.is_asked) return 'wait'
  if (shift.state === 'done') return 'done'
  return shift.state === 'planned' && Date.parse(shift.ends_at) < now ? 'missed' : 'plain'
}
