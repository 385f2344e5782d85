import { computed } from 'vue'
import { api } from '@/api'
import { useLoad } from '@/parts/useLoad'

/** What an event can be, in the user's language. */
export function useKinds() {
  const load = useLoad((signal) => api('GET /activity-kinds', { signal }))
  return computed(() => load.data.value?.items ?? [])
}
