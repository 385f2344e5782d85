import type { InboxItem } from '@concentric/api-client'
import { reactive } from 'vue'
import { api } from './api'
import { send_or_keep } from './outbox'
import { open } from './ways'

/** What the tab shows a dot for. */
export const messages = reactive({ unread: 0 })

export async function count_unread(): Promise<number> {
  messages.unread = (await api('GET /inbox/unread')).unread
  return messages.unread
}

/** Read at once on this phone; the server hears of it as soon as there is a net. */
export async function read_all(all: InboxItem[]) {
  for (const each of all) each.is_read = true
  messages.unread = 0
  await send_or_keep({ route: 'PUT /inbox/all-reading' }).catch(() => undefined)
}

export async function read(one: InboxItem) {
  if (one.is_read) return
  one.is_read = true
  messages.unread = Math.max(0, messages.unread - 1)
  await send_or_keep({ route: 'PUT /inbox/reading', options: { body: { ids: [one.id] } } }).catch(() => undefined)
}

// A message leads to a page of the console; these are the same things here.
const pages: [RegExp, (id: string) => void][] = [
  [/^\/my-notices\/(\d+)/, (id) => open('notice', { id })],
  [/^\/my-forms\/(\d+)/, (id) => open('form', { id })],
  [/^\/activities\/drafts\/(\d+)/, (id) => open('plan', { id })],
  [/^\/activities\/(\d+)/, (id) => open('activity', { id })],
  [/^\/moments\/(\d+)/, (id) => open('moment', { id })],
  [/^\/learning\/(\d+)/, (id) => open('course', { id })],
  [/^\/my-family\/(\d+)\/recognition/, (id) => open('certificates', { child: id })],
  [/^\/my-family/, () => open('children')],
  [/^\/families/, () => open('requests', { kind: 'joins' })],
  [/^\/my-service/, () => open('service')],
  [/^\/service\/(\d+)/, (id) => open('service_offer', { id })],
  [/^\/visit-duties/, () => open('visit_days')],
  [/^\/visits\/(\d+)/, (id) => open('visit_record', { id })],
  [/^\/my-visits/, () => open('visits')],
  [/^\/safety\/drills\/(\d+)/, (id) => open('drill', { id })],
  [/^\/safety\/alarms\/(\d+)/, (id) => open('alarm', { id })],
  [/^\/safety\/hazards\/(\d+)/, (id) => open('hazard', { id })],
  [/^\/safety/, () => open('safety')],
  [/^\/my-duties/, () => open('duties')],
  [/^\/my-volunteering/, () => open('volunteering')],
  [/^\/my-consents/, () => open('consents')],
  [/^\/my-points/, () => open('points')],
  [/^\/my-certificates/, () => open('certificates')],
  [/^\/account/, () => open('devices')],
  [/^\/conversations\/(\d+)/, (id) => open('conversation', { id })],
]

/** The way to what a message is about; nothing where the phone has no page for it. */
export function way_of(link: string): (() => void) | undefined {
  for (const [pattern, go] of pages) {
    const found = pattern.exec(link)
    if (found) return () => go(found[1] ?? '')
  }
  return undefined
}
