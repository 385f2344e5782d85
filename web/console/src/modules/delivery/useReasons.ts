import { useI18n } from 'vue-i18n'

/** Why something did not arrive, in words; what the other side alone understands stays its code. */
export function useReasons() {
  const { t, te } = useI18n()
  return {
    reason_of(reason: string): string {
      if (!reason) return ''
      const key = `delivery.reasons.${/^\d/.test(reason) ? `code_${reason}` : reason}`
      return te(key) ? t(key) : t('delivery.reasons.other', { code: reason })
    },
  }
}
