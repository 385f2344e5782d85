import { computed, ref, watch } from 'vue'
import { useSession } from '@/session'

export interface Choosable {
  key: string
  /** Hidden until somebody chooses it. */
  is_extra?: boolean
}

/** Which columns of a list this person looks at in this browser; the first one always stays. Without a name nothing is kept. */
export function useColumns<C extends Choosable>(name: string | undefined, columns: () => C[]) {
  const session = useSession()
  const place = name && `columns.${session.me?.person.id}.${name}`
  const turned = ref(new Set<string>(place ? read(place) : []))

  watch(turned, (keys) => place && localStorage.setItem(place, JSON.stringify([...keys])))

  const is_shown = (column: C) => turned.value.has(column.key) === Boolean(column.is_extra)
  const shown = computed(() => columns().filter((column, index) => index === 0 || is_shown(column)))
  const choice = computed({
    get: () => shown.value.map(({ key }) => key),
    set: (keys) =>
      (turned.value = new Set(columns().flatMap(({ key, is_extra }) => (keys.includes(key) === Boolean(is_extra) ? [key] : [])))),
  })
  return { shown, choice }
}

/** Kept is what differs from the usual choice, so that a column that comes later is seen. */
function read(place: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '[]')
    return Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : []
  } catch {
    return []
  }
}
