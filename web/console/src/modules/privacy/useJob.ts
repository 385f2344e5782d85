import type { Job } from '@concentric/api-client'
import { computed, onScopeDispose, ref } from 'vue'
import { api } from '@/api'

/** Follows work in the background, asking every second how far it is; the work goes on without this page. */
export function useJob() {
  const job = ref<Job>()
  const is_running = ref(false)
  const percentage = computed(() => (job.value && job.value.total > 0 ? Math.floor((job.value.done / job.value.total) * 100) : 0))
  let is_left = false
  onScopeDispose(() => (is_left = true))

  /** Its last state, or nothing when the page was left before it ended. */
  async function follow(id: string): Promise<Job | undefined> {
    is_running.value = true
    try {
      for (;;) {
        job.value = await api('GET /jobs/{id}', { path: { id } })
        if (is_left) return undefined
        if (job.value.state !== 'waiting' && job.value.state !== 'running') return job.value
        await new Promise((resolve) => setTimeout(resolve, 1000))
      }
    } finally {
      is_running.value = false
    }
  }

  return { job, is_running, percentage, follow }
}
