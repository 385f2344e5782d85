import type { Numbers } from '@concentric/api-client'
import { ElMessageBox } from 'element-plus'
import { computed, onUnmounted, reactive } from 'vue'
import { api } from '@/api'
import { toast } from '@/parts/toast'
import { useWords } from '@/parts/useWords'
import { useSession } from '@/session'

/** What the page shows in clear at this moment, by person. */
const shown = reactive(new Map<string, Numbers>())

/** A person's numbers in clear: asked for with a reason, which goes into the audit log; one's own without. Gone when the page is left. */
export function useNumbers(person: () => string) {
  const { t } = useWords()
  const session = useSession()
  const is_own = computed(() => session.me?.person.id === person())
  const may_see = computed(() => is_own.value || session.may('read_numbers'))
  const numbers = computed(() => shown.get(person()))

  async function reason(): Promise<string | undefined> {
    try {
      const { value } = await ElMessageBox.prompt(t('directory.why_words'), t('directory.see_numbers'), {
        inputPlaceholder: t('directory.why_example'),
        inputValidator: (text: string) => text.trim().length >= 2 || t('directory.why_required'),
        confirmButtonText: t('directory.see_numbers'),
        cancelButtonText: t('common.cancel'),
      })
      return value.trim()
    } catch {
      return undefined // cancelled
    }
  }

  async function see() {
    if (is_own.value) {
      await toast.attempt(async () => shown.set(person(), await api('GET /own-numbers')))
      return
    }
    const purpose = await reason()
    if (purpose)
      await toast.attempt(async () =>
        shown.set(person(), await api('GET /people/{id}/numbers', { path: { id: person() }, query: { purpose } })),
      )
  }

  const hide = () => shown.delete(person())
  onUnmounted(hide)
  return { may_see, numbers, see, hide }
}
