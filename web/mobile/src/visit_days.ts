import type { Out } from '@concentric/api-client'
import { instant_of, plus_days, today } from '@concentric/shared'
import { computed } from 'vue'
import { api } from './api'
import { draft_of, keep_draft, name_of_fault, name_of_visit } from './drafts'
import { outbox, send_or_keep, type VisitEdit } from './outbox'
import { useSeen } from './seen'
import type { Fields } from './visit_changes'
import { china_day, china_time } from './words'

// A visitor's own days, all of them kept on the phone before anybody leaves, and what is written on the way.

export type Way = Out<'GET /visit-days/{day}'>['ways'][number]
export type Visit = Way['stops'][number]['visit']
export type Day = Out<'GET /visit-days/{day}'>

export const aspects = ['environment', 'relation', 'behaviour', 'mind'] as const
export const levels = ['good', 'usual', 'attention', 'not_seen'] as const
export const texts = ['strengths', 'needs', 'talk', 'advice'] as const
export const forms = ['home', 'school', 'neutral', 'online', 'phone'] as const

const [days_back, days_ahead] = [7, 7]

async function read_days(): Promise<{ days: Day[]; points: Out<'GET /visit-duties'>['points'] }> {
  const { items, points } = await api('GET /visit-duties')
  const [first, last] = [plus_days(today(), -days_back), plus_days(today(), days_ahead)]
  const planned = items.flatMap(({ starts_at }) => (starts_at ? [china_day(starts_at)] : []))
  const near = [...new Set([today(), ...planned])].filter((day) => day >= first && day <= last).sort()
  return { days: await Promise.all(near.map((day) => api('GET /visit-days/{day}', { path: { day } }))), points }
}

/** Everything of one's visits near today; without a net as it was last seen. */
export const useVisitDays = () => useSeen(() => 'visit-days', read_days)

export const waiting_edits = (visit: string) =>
  outbox.waiting.filter(
    (each): each is VisitEdit => each.route === 'PUT /visits/{id}/record-edit' && each.options.path.id === visit,
  )

/** What the record says on this phone: as the server told it, and what waits to be handed in. */
export function fields_of(visit: Visit, waiting: Fields[]): Fields {
  const known: Fields = { ...(visit.unfinished ?? {}), ...(visit.record ?? {}) }
  if (visit.points.length) known.points = visit.points.map(({ side, words, due }) => ({ side, words, ...(due ? { due } : {}) }))
  return Object.assign({}, known, ...waiting) as Fields
}

/** The record as it is filled in: texts and taps. */
export interface Filled {
  form: (typeof forms)[number]
  day: string
  time: string
  minutes: string
  present: string
  environment: (typeof levels)[number]
  relation: (typeof levels)[number]
  behaviour: (typeof levels)[number]
  mind: (typeof levels)[number]
  strengths: string
  needs: string
  talk: string
  advice: string
  points: { side: 'family' | 'school'; words: string; due?: string }[]
  code: string
  /** When the code was typed, since it changes every two minutes. */
  code_read_at: string
}

export function filled_of(visit: Visit, fields: Fields, now: Date): Filled {
  const held_at =
    fields.held_at ?? (visit.starts_at && Date.parse(visit.starts_at) < now.getTime() ? visit.starts_at : now.toISOString())
  const wished = visit.wish === 'school' || visit.wish === 'neutral' || visit.wish === 'online' ? visit.wish : 'home'
  return {
    form: fields.form ?? wished,
    day: china_day(held_at),
    time: china_time(held_at),
    minutes: String(fields.minutes ?? visit.minutes),
    present: fields.present ?? '',
    environment: fields.environment ?? 'not_seen',
    relation: fields.relation ?? 'not_seen',
    behaviour: fields.behaviour ?? 'not_seen',
    mind: fields.mind ?? 'not_seen',
    strengths: fields.strengths ?? '',
    needs: fields.needs ?? '',
    talk: fields.talk ?? '',
    advice: fields.advice ?? '',
    points: (fields.points ?? []).map((point) => ({ ...point })),
    code: '',
    code_read_at: '',
  }
}

/** Where the time on the clock was not touched the moment stays as it was, to the second. */
export function fields_in(filled: Filled, before: Fields): Fields {
  const { day, time, minutes, code: _code, code_read_at: _at, points, ...rest } = filled
  const is_as_before = before.held_at !== undefined && china_day(before.held_at) === day && china_time(before.held_at) === time
  return {
    ...rest,
    held_at: is_as_before ? before.held_at! : instant_of(day, time),
    minutes: Number(minutes),
    points: points.filter(({ words }) => words.trim()),
  }
}

/** Fifteen digits: long enough that no two phones make the same, short enough to be a number everywhere. */
export const new_edit = () => String(Math.floor(100_000_000_000_000 + Math.random() * 899_999_999_999_999))

/** Hands in what was changed, now or as soon as the net is back; true when the server has it. */
export function hand_in(visit: Visit, fields: Fields, code?: { code: string; code_read_at: string }): Promise<boolean> {
  const saw = [...visit.edits, ...waiting_edits(visit.id).map(({ options }) => options.body.edit)]
  const body = { edit: new_edit(), written_at: new Date().toISOString(), saw, ...fields, ...code }
  return send_or_keep({ route: 'PUT /visits/{id}/record-edit', options: { path: { id: visit.id }, body } })
}

/** The record as somebody left it unfinished, and why the server refused what was handed in. */
export const record_draft = (visit: string) => draft_of<Partial<Filled>>(name_of_visit(visit))
export const record_fault = (visit: string) => draft_of<string>(name_of_fault(visit)) ?? ''
export function forget_record(visit: string) {
  keep_draft(name_of_visit(visit), undefined)
  keep_draft(name_of_fault(visit), undefined)
}

/** What waits for the net of one team's day. */
export const useWaitingOuting = (team: () => string, day: () => string) =>
  computed(() => {
    const about = outbox.waiting.filter(
      ({ route, options }) =>
        route.includes('/outings/') &&
        (options as { path: { id: string; day: string } }).path.id === team() &&
        (options as { path: { day: string } }).path.day === day(),
    )
    const at = (end: string) =>
      (about.find(({ route }) => route.endsWith(end))?.options as { body: { at: string } } | undefined)?.body.at
    return { left_at: at('/departure'), back_at: at('/return') }
  })
