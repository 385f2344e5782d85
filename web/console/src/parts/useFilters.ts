import { computed, reactive } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** Filters that live in the address, so that a list can be sent to a colleague and the back button works. */
export function useFilters<Name extends string>(...names: Name[]) {
  const route = useRoute()
  const router = useRouter()

  function change(values: Partial<Record<Name, string | undefined>>) {
    const query: Record<string, unknown> = { ...route.query, ...values }
    for (const name of names) query[name] = query[name] || undefined
    return router.replace({ query: query as Record<string, string | undefined> })
  }

  const filter = (name: Name) =>
    computed<string>({
      get: () => String(route.query[name] ?? ''),
      set: (value) => void change({ [name]: value ?? '' } as Partial<Record<Name, string>>),
    })
  const filters = reactive(Object.fromEntries(names.map((name) => [name, filter(name)]))) as unknown as Record<Name, string>
  return { filters, change, is_filtered: computed(() => names.some((name) => filters[name] !== '')) }
}
