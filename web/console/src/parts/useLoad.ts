import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'

export interface Load<T> {
  data: ShallowRef<T | undefined>
  error: Ref<unknown>
  is_loading: Ref<boolean>
  reload: () => Promise<void>
}

/** Fetches when the page opens and again whenever what `fetch` reads at `depends_on` changes; a late answer never replaces a newer one. */
export function useLoad<T>(fetch: (signal: AbortSignal) => Promise<T>, depends_on: () => unknown = () => undefined): Load<T> {
  const data = shallowRef<T>()
  const error = ref<unknown>()
  const is_loading = ref(false)
  let running: AbortController | undefined

  async function reload() {
    running?.abort()
    const mine = (running = new AbortController())
    is_loading.value = true
    error.value = undefined
    try {
      const fetched = await fetch(mine.signal)
      if (running === mine) data.value = fetched
    } catch (problem) {
      if (running === mine) error.value = problem
    } finally {
      if (running === mine) is_loading.value = false
    }
  }

  watch(() => JSON.stringify(depends_on()), reload, { immediate: true })
  onScopeDispose(() => running?.abort())
  return { data, error, is_loading, reload }
}
