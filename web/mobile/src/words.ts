import { format_date, format_day, format_minutes, format_moment, texts_en, texts_zh } from '@concentric/shared'
import en from './locales/en'
import zh from './locales/zh-CN'
import { preferences } from './preferences'

const tables = { 'zh-CN': { ...zh, shared: texts_zh }, en: { ...en, shared: texts_en } }

type Leaves<T> = { [K in keyof T & (string | number)]: T[K] extends string ? `${K}` : `${K}.${Leaves<T[K]>}` }[keyof T &
  (string | number)]
export type Key = Leaves<(typeof tables)['zh-CN']>

/** The words in the user's language. "{n}" is filled in; English may have a form for one before a bar. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const found = key
    .split('.')
    .reduce<unknown>((table, name) => (table as Record<string, unknown>)[name], tables[preferences.language])
  const [one = '', many = one] = String(found).split(' | ')
  return (values.n === 1 ? one : many).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}

export const day_words = (day: string) => format_day(day, preferences.language)
export const date_words = (day: string) => format_date(day, preferences.language)
export const moment_words = (instant: string) => format_moment(instant, preferences.language)
export const minutes_words = (minutes: number) => format_minutes(minutes, preferences.language)

const china = 8 * 3_600_000
/** The day and the time that China's clocks show. */
export const china_day = (instant: string) => new Date(Date.parse(instant) + china).toISOString().slice(0, 10)
export const china_time = (instant: string) => new Date(Date.parse(instant) + china).toISOString().slice(11, 16)

/** 周四 5日 14:00–15:30 in one line. */
export const span_words = (from: string, to: string) => `${day_words(china_day(from))} ${china_time(from)}–${china_time(to)}`

/** 11月 · Nov, of a day. */
export const month_name = (day: string) =>
  preferences.language === 'zh-CN' ? `${Number(day.slice(5, 7))}月` : (format_date(day, 'en').split(' ')[1] ?? '')

/** 2026年11月 · Nov 2026, of a day. */
export const month_words = (day: string) =>
  preferences.language === 'zh-CN' ? `${day.slice(0, 4)}年${month_name(day)}` : `${month_name(day)} ${day.slice(0, 4)}`

/** 周四 · Thu, of a day. */
export const weekday_words = (day: string) => {
  const words = day_words(day).split(' ')
  return (preferences.language === 'zh-CN' ? words.at(-1) : words[0]) ?? ''
}
