import type { TrainingClassBrief } from '@concentric/api-client'
import { format_day } from '@concentric/shared'
import { i18n } from '@/i18n'
import { usePreferences } from '@/preferences'

/** "全年接受报名", or the first and the last day on which people may come in. */
export function enrolment_words(of: Pick<TrainingClassBrief, 'opens_on' | 'closes_on'>): string {
  const language = usePreferences().language
  if (!of.opens_on && !of.closes_on) return i18n.global.t('programmes.all_year')
  const shown = (day?: string) => (day ? format_day(day, language) : '')
  return `${shown(of.opens_on)} – ${shown(of.closes_on)}`
}
