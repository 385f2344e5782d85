import {
  format_count,
  format_credit_hours,
  format_date,
  format_day,
  format_minutes,
  format_moment,
  format_share,
  format_size,
  format_span,
} from '@concentric/shared'
import { useI18n } from 'vue-i18n'
import { usePreferences } from '@/preferences'

/** Messages, dates and numbers in the user's language. */
export function useWords() {
  const { t } = useI18n()
  const preferences = usePreferences()
  return {
    t,
    day: (day: string) => format_day(day, preferences.language),
    date: (day: string) => format_date(day, preferences.language),
    moment: (instant: string) => format_moment(instant, preferences.language),
    span: (from: string, to: string) => format_span(from, to, preferences.language),
    minutes: (minutes: number) => format_minutes(minutes, preferences.language),
    credit_hours: (minutes: number, each: number) => format_credit_hours(minutes, each, preferences.language),
    /** A text that a plan gives in both languages. */
    either: (words: { zh: string; en: string }) => (preferences.language === 'en' && words.en ? words.en : words.zh),
    count: format_count,
    share: format_share,
    size: format_size,
  }
}
