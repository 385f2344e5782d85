import type { Body, Out } from '@concentric/api-client'
import { instant_of, plus_days, today } from '@concentric/shared'
import { blank_places, body_of_places, kept_places } from './places'
import { china_time } from './times'

export type Content = Body<'POST /activities'>
type KeptSheet = Pick<Out<'GET /activities/{id}/travel'>, 'stages' | 'risks' | 'insurance'>

/** A journey's sheet as it is typed: days and times apart. */
export interface TypedTravel {
  stages: { day: string; from: string; to: string; place: string; transport: string }[]
  risks: { risk: string; measure: string; responsible: string }[]
  company: string
  policy: string
  insured_from: string
  insured_to: string
}

export const blank_travel = (): TypedTravel => ({
  stages: [],
  risks: [],
  company: '',
  policy: '',
  insured_from: '',
  insured_to: '',
})

export function typed_travel(sheet: KeptSheet): TypedTravel {
  return {
    stages: sheet.stages.map(({ from, until, place, transport }) => {
      const start = china_time(from)
      return { day: start.day, from: start.time, to: china_time(until).time, place, transport: transport ?? '' }
    }),
    risks: sheet.risks.map((risk) => ({ ...risk })),
    company: sheet.insurance?.company ?? '',
    policy: sheet.insurance?.policy ?? '',
    insured_from: sheet.insurance?.from ?? '',
    insured_to: sheet.insurance?.to ?? '',
  }
}

/** What is left empty is left out, so that the server says what is missing. */
export function sheet_of(typed: TypedTravel): KeptSheet {
  const { company, policy, insured_from, insured_to } = typed
  const is_insured = company && policy && insured_from && insured_to
  return {
    stages: typed.stages
      .filter(({ day, from, to, place }) => day && from && to && place)
      .map(({ day, from, to, place, transport }) => ({
        from: instant_of(day, from),
        until: instant_of(to > from ? day : plus_days(day, 1), to),
        place,
        ...(transport ? { transport } : {}),
      })),
    risks: typed.risks.filter(({ risk, measure, responsible }) => risk && measure && responsible),
    ...(is_insured ? { insurance: { company, policy, from: insured_from, to: insured_to } } : {}),
  }
}

export const blank = () => ({
  kind: 'guidance',
  title: '',
  summary: '',
  day: plus_days(today(), 7),
  to_day: '', // of a journey of several days
  from: '19:00',
  to: '20:30',
  place: '',
  link: '',
  audience: 'families' as Content['audience'],
  organiser: '',
  invited: [] as string[],
  partners: [] as string[],
  leaders: [] as string[],
  resource: '',
  capacity: 0,
  needs_sign_up: false,
  places: blank_places(),
  slot_minutes: 30,
  remind_minutes: 1440,
  repeats: 'once' as 'once' | 'week' | 'month',
  until: plus_days(today(), 70),
  skipped: [] as string[],
  scope: 'one' as 'one' | 'following',
  travels: false,
  travel: blank_travel(),
  planned: 0, // yuan
  source: '',
})
export type Typed = ReturnType<typeof blank>

export function times_of({ day, to_day, from, to }: Pick<Typed, 'day' | 'to_day' | 'from' | 'to'>) {
  const last = to_day > day ? to_day : to > from ? day : plus_days(day, 1)
  return { starts_at: instant_of(day, from), ends_at: instant_of(last, to) }
}

/** What a draft or a template holds. A template's day is long past: the next event has its own. */
export function typed_content(content: Out<'GET /activity-drafts/{id}'>['content'], keeps_day: boolean): Typed {
  const { day, time } = china_time(content.starts_at)
  const end = china_time(content.ends_at)
  const base = blank()
  const typed: Typed = {
    ...base,
    kind: content.kind,
    title: content.title,
    summary: content.summary ?? '',
    day: keeps_day ? day : base.day,
    to_day: keeps_day && end.day > day ? end.day : '',
    from: time,
    to: end.time,
    place: content.place ?? '',
    link: content.link ?? '',
    audience: content.audience,
    organiser: content.organiser ?? '',
    invited: content.invited,
    partners: content.partners,
    leaders: content.leaders,
    resource: content.resource ?? '',
    capacity: content.capacity ?? 0,
    needs_sign_up: content.needs_sign_up ?? false,
    places: content.places ? kept_places(content.places, keeps_day) : blank_places(),
    slot_minutes: content.slot_minutes ?? 30,
    remind_minutes: content.remind_minutes ?? 1440,
    repeats: content.every ?? 'once',
    until: content.until ?? base.until,
    skipped: content.skipped,
    travels: !!content.travel,
    travel: content.travel ? typed_travel(content.travel) : blank_travel(),
    planned: (content.budget?.planned ?? 0) / 100,
    source: content.budget?.source ?? '',
  }
  if (!keeps_day) for (const stage of typed.travel.stages) stage.day = base.day
  return typed
}

const seats_of = ({ capacity, needs_sign_up, places }: Typed) => ({ capacity, needs_sign_up, places: body_of_places(places) })

export function content_of(typed: Typed, has_slots: boolean): Content {
  const { kind, title, summary, place, link, audience, invited, partners, leaders, remind_minutes, organiser, resource } = typed
  return {
    kind,
    title,
    summary,
    place,
    link,
    audience,
    invited,
    partners,
    leaders,
    remind_minutes,
    ...times_of(typed),
    ...(organiser ? { organiser } : {}),
    ...(resource ? { resource } : {}),
    ...(has_slots ? { slot_minutes: typed.slot_minutes } : seats_of(typed)),
    ...(typed.repeats === 'once' ? {} : { every: typed.repeats, until: typed.until, skipped: typed.skipped }),
    ...(typed.travels ? { travel: sheet_of(typed.travel) } : {}),
    ...(typed.planned > 0 ? { budget: { planned: Math.round(typed.planned * 100), source: typed.source } } : {}),
  }
}
