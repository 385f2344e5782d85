import { onMounted, reactive, ref, watch, type Ref } from 'vue'
import { onShow } from '@dcloudio/uni-app'
import { is_line_problem, words_of } from './api'
import { preferences } from './preferences'
import { china_day } from './words'

interface Kept {
  at: number
  value: unknown
}

const prefix = 'seen:'
const most_kept = 80
const day_mark = 'day-'

export interface Seen<T> {
  value: T | undefined
  /** When it was fetched, where the server cannot be asked now. */
  seen_at: number
  fault: string
}

/**
 * What a page reads: shown at once as it was last seen on this phone, and anew as soon as the server answers, each time the page
 * comes into sight or `name` changes. `name` tells it from all else; where it is empty, nothing is read yet. It is kept for whoever
 * is logged in until they log out.
 */
export function useSeen<T>(name: () => string, fetch: () => Promise<T>): { seen: Seen<T>; reload: () => Promise<void> } {
  const seen = reactive({ value: undefined, seen_at: 0, fault: '' }) as Seen<T>
  let shown = ''
  let is_asking = false

  function show_kept(key: string) {
    if (shown === key) return
    shown = key
    const kept = uni.getStorageSync(key) as Kept | ''
    seen.value = kept ? (kept.value as T) : undefined
    if (kept) seen.seen_at = kept.at
  }

  async function reload() {
    if (!name()) return
    const key = `${prefix}${preferences.language}:${name()}`
    show_kept(key)
    is_asking = true
    try {
      const value = await fetch()
      if (shown !== key) return
      Object.assign(seen, { value, seen_at: Date.now(), fault: '' })
      keep(key, value)
    } catch (error) {
      if (shown === key && !(is_line_problem(error) && seen.value !== undefined)) seen.fault = words_of(error)
    } finally {
      is_asking = false
    }
  }

  onMounted(reload)
  watch(name, reload)
  onShow(() => void (shown && !is_asking && reload()))
  return { seen, reload }
}

function keep(key: string, value: unknown) {
  const names = (uni.getStorageSync('seen') || []) as string[]
  const order = [key, ...names.filter((each) => each !== key)]
  for (const old of order.splice(most_kept)) uni.removeStorageSync(old)
  uni.setStorageSync(key, { at: Date.now(), value } satisfies Kept)
  uni.setStorageSync('seen', order)
}

/** A name for what counts on one day alone: it is gone from the phone when that day is over. */
export const of_day = (name: string) => `${day_mark}${china_day(new Date().toISOString())}:${name}`

export function forget_past_days() {
  const names = (uni.getStorageSync('seen') || []) as string[]
  const is_past = (key: string) => key.includes(`:${day_mark}`) && !key.includes(`:${of_day('')}`)
  for (const key of names.filter(is_past)) uni.removeStorageSync(key)
  uni.setStorageSync(
    'seen',
    names.filter((key) => !is_past(key)),
  )
}

export function forget_seen() {
  for (const key of (uni.getStorageSync('seen') || []) as string[]) uni.removeStorageSync(key)
  uni.removeStorageSync('seen')
}

/** Something that the user starts: what came of it, and that it runs. */
export function useAttempt(): {
  attempt: (work: () => Promise<unknown>) => Promise<boolean>
  is_busy: Ref<boolean>
  fault: Ref<string>
  error: Ref<unknown>
} {
  const is_busy = ref(false)
  const fault = ref('')
  const error = ref<unknown>()

  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    if (is_busy.value) return false
    is_busy.value = true
    fault.value = ''
    error.value = undefined
    try {
      await work()
      return true
    } catch (caught) {
      error.value = caught
      fault.value = words_of(caught)
      return false
    } finally {
      is_busy.value = false
    }
  }
  return { attempt, is_busy, fault, error }
}
