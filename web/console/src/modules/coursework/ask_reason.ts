import { ElMessageBox } from 'element-plus'
import { i18n } from '@/i18n'

/** Asks why; nothing when somebody thinks better of it. */
export async function ask_reason(what: string): Promise<string | undefined> {
  const { t } = i18n.global
  const asked = await ElMessageBox.prompt(t('coursework.reason'), what, {
    confirmButtonText: what,
    cancelButtonText: t('common.cancel'),
    inputValidator: (text) => (text ?? '').trim().length >= 2 && text.length <= 200,
    inputErrorMessage: t('coursework.reason_needed'),
  }).catch(() => undefined)
  return asked?.value.trim()
}
