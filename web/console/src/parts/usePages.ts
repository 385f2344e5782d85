import type { Page } from '@concentric/api-client'
import { ref } from 'vue'
import { useLoad, type Load } from './useLoad'

export interface Pages<T> extends Load<T[]> {
  has_more: () => boolean
  load_more: () => Promise<void>
  is_loading_more: { readonly value: boolean }
  /** Puts a changed item in the place of the old one without fetching again. */
  replace: (is_it: (item: T) => boolean, by: T) => void
}

/** A list that is fetched page by page; a change of what it depends on begins it anew. */
export function usePages<T>(
  fetch: (after: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
  depends_on: () => unknown = () => undefined,
): Pages<T> {
  const next = ref<string>()
  const is_loading_more = ref(false)

  const load = useLoad(async (signal) => {
    const page = await fetch(undefined, signal)
    next.value = page.next
    return page.items
  }, depends_on)

  async function load_more() {
    const before = load.data.value
    is_loading_more.value = true
    try {
      const page = await fetch(next.value, new AbortController().signal)
      if (load.data.value !== before) return
      load.data.value = [...(before ?? []), ...page.items]
      next.value = page.next
    } catch (problem) {
    } finally {
      is_loading_more.value = false
    }
  }

  function replace(is_it: (item: T) => boolean, by: T) {
    load.data.value = load.data.value?.map((item) => (is_it(item) ? by : item))
  }

  return { ...load, has_more: () => next.value !== undefined, load_more, is_loading_more, replace }
}
