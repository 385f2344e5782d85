import type { ActivityView, Body, OrganisationKind } from '@concentric/api-client'

type Places = ActivityView['places']
type Translate = (key: string, values?: Record<string, unknown>) => string

/** When one may sign up, where that is not simply until the event begins. */
export function sign_up_words(places: Places, t: Translate, moment: (at: string) => string): string {
  if (places.is_closed) return t('activities.sign_up_closed')
  if (places.opens_at && Date.parse(places.opens_at) > Date.now()) return t('activities.opens', { at: moment(places.opens_at) })
  if (!places.closes_at) return ''
  const at = moment(places.closes_at)
  return t(Date.parse(places.closes_at) > Date.now() ? 'activities.closes' : 'activities.has_closed', { at })
}

export interface TypedQuota {
  unit: string
  stage: '' | 'kindergarten' | 'primary' | 'junior' | 'senior'
  role: '' | 'carer' | 'pupil' | 'staff'
  kind: '' | OrganisationKind
  places: number
}
export const blank_quota = (): TypedQuota => ({ unit: '', stage: '', role: '', kind: '', places: 10 })

/** What a form holds of the rules; moments as the browser's clock field has them, empty for none. */
export interface TypedPlaces {
  opens_at: string
  closes_at: string
  waiting: Places['waiting']
  offer_minutes: number
  release_at: string
  quotas: TypedQuota[]
}

export const blank_places = (): TypedPlaces => ({
  opens_at: '',
  closes_at: '',
  waiting: 'automatic',
  offer_minutes: 720,
  release_at: '',
  quotas: [],
})

export function typed_places(known: Places): TypedPlaces {
  return {
    opens_at: known.opens_at ?? '',
    closes_at: known.closes_at ?? '',
    waiting: known.waiting,
    offer_minutes: known.offer_minutes,
    release_at: known.release_at ?? '',
    quotas: known.quotas.map(({ unit, stage, role, kind, places }) => ({
      unit: unit?.id ?? '',
      stage: (stage ?? '') as TypedQuota['stage'],
      role: role ?? '',
      kind: (kind ?? '') as TypedQuota['kind'],
      places,
    })),
  }
}

/** As a draft or a template has them; moments stand for one date only. */
export function kept_places(kept: NonNullable<Body<'POST /activities'>['places']>, keeps_day: boolean): TypedPlaces {
  const blank = blank_places()
  return {
    opens_at: (keeps_day && kept.opens_at) || '',
    closes_at: (keeps_day && kept.closes_at) || '',
    waiting: kept.waiting ?? blank.waiting,
    offer_minutes: kept.offer_minutes ?? blank.offer_minutes,
    release_at: (keeps_day && kept.release_at) || '',
    quotas: (kept.quotas ?? []).map((quota) => ({ ...blank_quota(), ...quota })),
  }
}

/** Leaves out what is empty. */
export function body_of_places(typed: TypedPlaces) {
  const { opens_at, closes_at, release_at, waiting, offer_minutes } = typed
  return {
    waiting,
    offer_minutes,
    ...(opens_at ? { opens_at } : {}),
    ...(closes_at ? { closes_at } : {}),
    ...(release_at && typed.quotas.length ? { release_at } : {}),
    quotas: typed.quotas.map(({ unit, stage, role, kind, places }) => ({
      places,
      ...(unit ? { unit } : {}),
      ...(stage ? { stage } : {}),
      ...(role ? { role } : {}),
      ...(kind ? { kind } : {}),
    })),
  }
}
