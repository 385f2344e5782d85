import { ElMessageBox } from 'element-plus'
import { i18n } from '@/i18n'

/** Asks why something is reported, hidden or taken down; nothing when somebody thinks better of it. */
export async function ask_why(what: string, words: string): Promise<string | undefined> {
  const { t } = i18n.global
  const asked = await ElMessageBox.prompt(words, what, {
    confirmButtonText: what,
    cancelButtonText: t('common.cancel'),
    inputValidator: (text) => (text ?? '').trim().length >= 2 && text.length <= 200,
    inputErrorMessage: t('feed.reason_needed'),
  }).catch(() => undefined)
  return asked?.value.trim()
}
