import { onLoad } from '@dcloudio/uni-app'
import { reactive } from 'vue'

// From page to page. The tabs are pages like others, drawn by the app itself, so that 关怀版 can make them larger.

export const tabs = ['home', 'learning', 'activities', 'messages', 'me'] as const
export type Tab = (typeof tabs)[number]

function address(page: string, query: Record<string, string> = {}): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `/pages/${page}${pairs.length ? `?${pairs.join('&')}` : ''}`
}

/** What the page's address says, as soon as it is known. */
export function useQuery<Name extends string>(...names: Name[]): Record<Name, string> {
  const query = reactive(Object.fromEntries(names.map((name) => [name, '']))) as Record<Name, string>
  onLoad((given) => {
    for (const name of names) query[name] = given?.[name] ?? ''
  })
  return query
}

export function open(page: string, query?: Record<string, string>) {
  uni.navigateTo({ url: address(page, query) })
}

/** Leaves the page for another that takes its place. */
export function replace(page: string, query?: Record<string, string>) {
  uni.redirectTo({ url: address(page, query) })
}

/** Leaves everything behind. */
export function start_at(page: string, query?: Record<string, string>) {
  uni.reLaunch({ url: address(page, query) })
}

export function back() {
  if (getCurrentPages().length > 1) uni.navigateBack()
  else start_at('home')
}
