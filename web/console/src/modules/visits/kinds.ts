import type { Body, Out } from '@concentric/api-client'
import { clock } from '@/modules/instructors/kinds'

export type Campaign = Out<'GET /visit-campaigns/{id}'>
export type Team = Campaign['teams'][number]
export type Visit = Out<'GET /visits/{id}'>
export type VisitLine = Out<'GET /visit-campaigns/{id}/board'>['visits'][number]
export type OwnVisit = Out<'GET /own-visits'>['items'][number]
export type Route = Out<'GET /visit-teams/{id}/route'>
export type Times = Visit['times']
export type Place = OwnVisit['place']
export type Wish = Visit['wish']
export type Record = Body<'PUT /visits/{id}/record'>

export const wishes = ['home', 'school', 'neutral', 'online', 'not_now'] as const
export const dues = ['unanswered', 'unplanned', 'planned', 'done', 'declined'] as const
export const record_forms = ['home', 'school', 'neutral', 'online', 'phone'] as const
export const levels = ['good', 'usual', 'attention', 'not_seen'] as const
export const aspects = ['environment', 'relation', 'behaviour', 'mind'] as const
export const texts = ['strengths', 'needs', 'talk', 'advice'] as const

/** How urgent a state looks. */
export const colours = {
  asked: 'info',
  wished: 'warning',
  planned: 'primary',
  published: 'primary',
  confirmed: 'success',
  moved: 'danger',
  done: 'success',
  declined: 'info',
} as const

export const times_words = (times: Times, weekday: (n: number) => string) =>
  times.map((one) => `${weekday(one.weekday)} ${clock(one.from_minute)}–${clock(one.until_minute)}`).join('，')

/** Places on a drawing of so many units across, the north above; the school is the first. */
export function drawn(places: { latitude: number; longitude: number }[], width: number, height: number, edge: number) {
  const across = Math.cos(((places[0]?.latitude ?? 0) * Math.PI) / 180)
  const points = places.map(({ latitude, longitude }) => ({ x: longitude * across, y: -latitude }))
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  const scale = Math.min(
    (width - 2 * edge) / Math.max(Math.max(...xs) - left, 1e-4),
    (height - 2 * edge) / Math.max(Math.max(...ys) - top, 1e-4),
  )
  const [wide, high] = [(Math.max(...xs) - left) * scale, (Math.max(...ys) - top) * scale]
  return points.map(({ x, y }) => ({
    x: (width - wide) / 2 + (x - left) * scale,
    y: (height - high) / 2 + (y - top) * scale,
  }))
}
