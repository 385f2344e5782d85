import { ApiProblem } from '@concentric/api-client'
import { computed, ref } from 'vue'
import { words_of } from '@/api'
import { useWords } from '@/parts/useWords'
import { useCountdown } from './useCountdown'

/** One thing that may be refused: what went wrong, and how long one has to wait after too many tries. */
export function useAttempt() {
  const { t } = useWords()
  const { seconds, begin } = useCountdown()
  const words = ref('')
  const is_busy = ref(false)
  /** The log-in that this belongs to has run out. */
  const is_over = ref(false)
  const fault = computed(() => (seconds.value > 0 ? t('accounts.wait_seconds', { n: seconds.value }) : words.value))

  async function attempt(action: () => Promise<unknown>): Promise<boolean> {
    is_busy.value = true
    words.value = ''
    try {
      await action()
      return true
    } catch (error) {
      const problems = error instanceof ApiProblem ? error.problems.map((problem) => problem.words) : []
      words.value = problems.join(' ') || words_of(error)
      if (error instanceof ApiProblem && error.status === 429) begin(error.retry_after_seconds)
      if (error instanceof ApiProblem && error.status === 401) is_over.value = true
      return false
    } finally {
      is_busy.value = false
    }
  }

  return { attempt, fault, is_busy, is_over, must_wait: computed(() => seconds.value > 0), forget: () => (words.value = '') }
}
