import { i18n } from '@/i18n'

/** "12 分钟", "40 秒" or "1 小时 5 分钟". */
export function length_words(seconds: number): string {
  const { t } = i18n.global
  if (seconds < 60) return t('learning.n_seconds', { n: seconds })
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return t('learning.n_minutes', { n: minutes })
  return minutes % 60 === 0
    ? t('learning.n_hours', { n: minutes / 60 })
    : t('learning.hours_minutes', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
}
