import type { Body, HandedIn, ScanAnswer } from '@concentric/api-client'
import { reactive } from 'vue'
import { draft_of, keep_draft } from './drafts'

// What this phone scanned at the gates of events: kept with its own number until whoever is logged in logs out, handed in as soon as
// there is a net.

export type ScanBody = Required<Body<'PUT /activities/{id}/scans'>>
type NewScan = ScanBody['scans'][number]

export interface KeptScan extends NewScan {
  name: string
  unit: string
  answer?: ScanAnswer
  /** The server's words, where it refused the whole request. */
  fault?: string
}
export interface KeptUndoing {
  device: string
  scan: number
  number: number
  at: string
  clock_ahead_ms?: number
  is_sent?: boolean
}
export interface KeptScans {
  scans: KeptScan[]
  undone: KeptUndoing[]
}

const at_once = 100
const kept: Record<string, KeptScans> = reactive({})
const name_of = (event: string) => `scans:${event}`

export function scans_at(event: string): KeptScans {
  return (kept[event] ??= draft_of<KeptScans>(name_of(event)) ?? { scans: [], undone: [] })
}
const store = (event: string) => keep_draft(name_of(event), JSON.parse(JSON.stringify(kept[event])))

/** Nobody else is logged in with this name of the phone: it goes with all drafts. */
function own_device(): string {
  const known = draft_of<string>('scanner')
  if (known) return known
  const made = `phone-${Array.from({ length: 12 }, () => Math.floor(Math.random() * 16).toString(16)).join('')}`
  keep_draft('scanner', made)
  return made
}
export const device = () => own_device()

function next_number(): number {
  const next = (draft_of<number>('scanner-number') ?? 0) + 1
  keep_draft('scanner-number', next)
  return next
}

export function keep_scan(event: string, scan: Omit<KeptScan, 'number'>): KeptScan {
  const { scans } = scans_at(event)
  scans.push({ ...scan, number: next_number() })
  store(event)
  return scans.at(-1)!
}

export function keep_undoing(event: string, scan: KeptScan, at: string, clock_ahead_ms: number) {
  scans_at(event).undone.push({ device: own_device(), scan: scan.number, number: next_number(), at, clock_ahead_ms })
  store(event)
}

export const is_undone = (event: string, scan: KeptScan) =>
  scan.answer?.outcome === 'undone' || scans_at(event).undone.some((each) => each.scan === scan.number)
export const is_refused = ({ answer, fault }: KeptScan) => !!answer?.refusal || !!fault
const is_waiting = ({ answer, fault }: KeptScan) => !answer && !fault

export function waiting_at(event: string): number {
  const { scans, undone } = scans_at(event)
  return scans.filter(is_waiting).length + undone.filter(({ is_sent }) => !is_sent).length
}

/** What is still to be handed in, a hundred numbers a request, so that what waits long goes in small parts. */
export function requests_for(event: string): ScanBody[] {
  const { scans, undone } = scans_at(event)
  const parts = new Map<number, ScanBody>()
  const part_of = (number: number) => {
    const key = Math.floor(number / at_once)
    if (!parts.has(key)) parts.set(key, { device: own_device(), scans: [], undone: [] })
    return parts.get(key)!
  }
  for (const { number, at, clock_ahead_ms, direction, gate, code, person, is_count } of scans.filter(is_waiting))
    part_of(number).scans.push(defined({ number, at, clock_ahead_ms, direction, gate, code, person, is_count }))
  for (const { number, device, scan, at, clock_ahead_ms } of undone.filter(({ is_sent }) => !is_sent))
    part_of(number).undone.push(defined({ device, number: scan, at, clock_ahead_ms }))
  return [...parts.values()]
}
const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T

export function note_answer(event: string, body: ScanBody, { items }: HandedIn) {
  const { scans, undone } = scans_at(event)
  for (const answer of items) {
    const scan = scans.find(({ number }) => number === answer.number)
    if (!scan) continue
    scan.answer = answer
    scan.name = answer.name || scan.name
  }
  for (const each of undone) each.is_sent ||= body.undone.some(({ number }) => number === each.scan)
  store(event)
}

export function note_refusal(event: string, body: ScanBody, words: string) {
  for (const scan of scans_at(event).scans) if (body.scans.some(({ number }) => number === scan.number)) scan.fault = words
  store(event)
}

/** Whoever logs out leaves nothing behind. */
export function forget_scans() {
  for (const event of Object.keys(kept)) delete kept[event]
}
