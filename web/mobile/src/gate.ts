import type { CheckInList } from '@concentric/api-client'
import { api, is_line_problem } from './api'
import { send_or_keep } from './outbox'
import { is_refused, is_undone, keep_scan, keep_undoing, requests_for, scans_at, type KeptScan } from './scans'

// Letting people in with this phone: by the list and the keys that it took along, and by what it scanned itself.

export type Listed = CheckInList['items'][number]
export interface GateList extends CheckInList {
  /** This phone's clock before the server's, in milliseconds, as it was when the list was loaded. */
  clock_ahead_ms: number
  is_cut: boolean
}

const most_listed = 3000

/** Whoever signed up or was seen, and, for whoever may read people's files, everybody who is invited. */
export async function load_gate_list(id: string): Promise<GateList> {
  const first = await api('GET /activities/{id}/check-in-list', { path: { id } })
  const clock_ahead_ms = Date.now() - Date.parse(first.now)
  const people = new Map<string, Listed>()
  let is_cut = false
  for (const list of ['expected', 'invited'] as const) {
    let page = list === 'expected' ? first : await api('GET /activities/{id}/check-in-list', { path: { id }, query: { list } })
    for (;;) {
      for (const each of page.items) if (!people.has(each.person)) people.set(each.person, each)
      if (!page.next) break
      is_cut = people.size >= most_listed
      if (is_cut) break
      page = await api('GET /activities/{id}/check-in-list', { path: { id }, query: { list, after: page.next } })
    }
  }
  return { ...first, items: [...people.values()], clock_ahead_ms, is_cut }
}

export interface Where {
  direction: 'in' | 'out'
  gate: string
}

/** What this phone knows of somebody: from the list, and from its own scans since, in their order. */
export function state_of(event: string, list: GateList, person: string): { is_inside: boolean; last?: KeptScan } {
  const listed = list.items.find((each) => each.person === person)
  let is_inside = list.check_type === 'once' ? !!listed?.was_there : !!listed?.is_inside
  let last: KeptScan | undefined
  for (const scan of scans_at(event).scans) {
    if ((scan.person ?? scan.answer?.person) !== person || is_undone(event, scan) || is_refused(scan)) continue
    is_inside = scan.direction !== 'out'
    last = scan
  }
  return { is_inside, last }
}

export type Passed = 'passed' | 'repeated'

/** Notes that somebody passed; `repeated` where they were in, or out, already. It is noted then too: the server decides. */
export function pass(
  event: string,
  list: GateList,
  who: { person: string; code?: string; is_count?: boolean },
  where: Where,
): Passed {
  const listed = list.items.find((each) => each.person === who.person)
  const { is_inside } = state_of(event, list, who.person)
  keep_scan(event, {
    at: new Date().toISOString(),
    clock_ahead_ms: list.clock_ahead_ms,
    direction: where.direction,
    ...(where.gate && { gate: where.gate }),
    ...who,
    name: listed?.name ?? '',
    unit: listed?.unit_name ?? '',
  })
  return is_inside === (where.direction === 'in') ? 'repeated' : 'passed'
}

export function take_back(event: string, list: GateList, scan: KeptScan) {
  keep_undoing(event, scan, new Date().toISOString(), list.clock_ahead_ms)
}

/** Hands in what waits, or leaves it in the outbox. */
export async function hand_in(id: string) {
  for (const body of requests_for(id))
    try {
      if (!(await send_or_keep({ route: 'PUT /activities/{id}/scans', options: { path: { id }, body } }))) return
    } catch (error) {
      if (is_line_problem(error)) return
      throw error
    }
}
