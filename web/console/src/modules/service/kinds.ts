import type { Out } from '@concentric/api-client'

export type Offer = Out<'GET /service-offers'>['items'][number]
export type OfferPage = Out<'GET /service-offers/{id}'>
export type Meter = Out<'GET /service-meters/{class}'>
export type MeterLine = Meter['items'][number]
export type Target = Out<'GET /service-targets'>['items'][number]
export type ServedLine = Out<'GET /service-offers/{id}/hours'>['items'][number]
export type Rating = Out<'GET /service-ratings'>['items'][number]
export type Reminder = Out<'GET /service-reminders'>['items'][number]
export type OwnChild = Out<'GET /own-service'>['items'][number]

export const service_kinds = ['community', 'environment', 'charity'] as const
export const youngest = 3
export const oldest = 25

/** Hours as people say them: "1.5". */
export const hours_of = (minutes: number): string => String(Math.round((minutes / 60) * 100) / 100)
/** How full a meter is, 0 to 100. */
export const filled = (minutes: number, needed: number): number =>
  needed > 0 ? Math.min(100, Math.round((minutes / needed) * 100)) : 100
/** Whether an offer says for which ages it is. */
export const has_ages = (offer: { age_from: number; age_to: number }): boolean => offer.age_from > youngest || offer.age_to < oldest
