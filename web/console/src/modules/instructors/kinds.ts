import type { Out } from '@concentric/api-client'
import { china_time } from '@/modules/activities/times'

export type MenuItem = Out<'GET /training-menu'>['items'][number]
export type Booking = Out<'GET /instructor-bookings'>['items'][number]
export type Member = Out<'GET /instructors'>['items'][number]
export type Own = Out<'GET /own-instructor'>
export type Item = Own['items'][number]
export type Opinion = Own['opinions'][number]
export type Team = Member['team']
export type Form = MenuItem['form']

export const teams: Team[] = ['expert', 'teacher', 'parent']
export const forms: Form[] = ['lecture', 'salon', 'consultation', 'workshop']
export const modes: Booking['mode'][] = ['online', 'on_site']
export const stages: Item['stages'] = ['kindergarten', 'primary', 'junior', 'senior']
export const audiences: Item['audience'][] = ['families', 'staff', 'everybody']

/** "11-30 14:00", which is short enough for a button. */
export function short_time(instant: string): string {
  const { day, time } = china_time(instant)
  return `${day.slice(5)} ${time}`
}

/** Minutes of a day as clocks show them, and back. */
export const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
export const minutes_of = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
