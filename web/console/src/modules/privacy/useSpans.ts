import { useWords } from '@/parts/useWords'

/** Hours and months in the largest unit that fits without a rest. */
export function useSpans() {
  const { t } = useWords()
  return {
    hours_words: (hours: number) => (hours % 24 === 0 ? t('privacy.days', { n: hours / 24 }) : t('privacy.hours', { n: hours })),
    months_words: (months: number) =>
      months % 12 === 0 ? t('privacy.years', { n: months / 12 }) : t('privacy.months', { n: months }),
  }
}
