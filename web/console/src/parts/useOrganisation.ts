import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useSession } from '@/session'

/** The organisation that the page is about: the one in the address, else the one of the post. */
export function useOrganisation() {
  const route = useRoute()
  const session = useSession()
  return computed(() => String(route.query.organisation ?? session.home?.id ?? ''))
}
