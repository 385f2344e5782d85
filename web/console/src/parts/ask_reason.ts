import { ElMessageBox } from 'element-plus'
import { i18n } from '@/i18n'

/** Asks why; nothing when somebody thinks better of it. `words` say who will read it, where that matters. */
export async function ask_reason(what: string, words?: string): Promise<string | undefined> {
  const { t } = i18n.global
  const asked = await ElMessageBox.prompt(words ?? t('common.reason'), what, {
    confirmButtonText: what,
    cancelButtonText: t('common.cancel'),
    inputValidator: (text) => (text ?? '').trim().length >= 2 && text.length <= 200,
    inputErrorMessage: t('common.reason_needed'),
  }).catch(() => undefined)
  return asked?.value.trim()
}
