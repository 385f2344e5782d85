import type { ApiProblem, Body } from '@concentric/api-client'
import { reactive } from 'vue'
import { api, is_line_problem, words_of } from './api'
import { draft_of, keep_draft, name_of_duty, name_of_fault, name_of_form, name_of_visit } from './drafts'
import { say } from './said'
import { note_answer, note_refusal, type ScanBody } from './scans'
import { china_day, china_time } from './words'

// Writes that may wait for the net. Each changes nothing when it comes twice, so that one whose answer was lost may be sent again.
type Waiting =
  | { route: 'PUT /viewings/{viewing}/heartbeat'; options: { path: { viewing: string }; body: Beat } }
  | { route: 'PUT /inbox/reading'; options: { body: { ids: string[] } } }
  | { route: 'PUT /inbox/all-reading'; options?: undefined }
  | { route: 'PUT /conversations/{id}/reading'; options: Of & { body: { position: number } } }
  | WaitingMessage
  | { route: 'PUT /own-notices/{id}/reading'; options: Of }
  | { route: 'PUT /own-notices/{id}/answer'; options: Of & { body: Body<'PUT /own-notices/{id}/answer'> } }
  | { route: 'PUT /own-forms/{id}/draft'; options: Of & { body: Filled } }
  | { route: 'PUT /own-forms/{id}/answer'; options: Of & { body: Filled } }
  | VisitEdit
  | { route: 'PUT /visit-teams/{id}/outings/{day}/departure'; options: Outing }
  | { route: 'PUT /visit-teams/{id}/outings/{day}/return'; options: Outing }
  | { route: 'POST /own-forms/{id}/ballot'; options: Of & { body: Filled } } // a second one is refused
  | { route: 'PUT /activities/{id}/scans'; options: Of & { body: ScanBody } }
  | WaitingCheckIn
  | WaitingDuty
  | WaitingReport

/** What somebody reported on the spot: refused, it stays on the phone with the reason, until it is sent again or thrown away. */
export type WaitingReport =
  | { route: 'PUT /drills/{id}/start'; options: Of & { body: { at: string } } }
  | { route: 'PUT /drills/{id}/stop'; options: Of & { body: { at: string } } }
  | WaitingCount
  | { route: 'POST /handovers'; options: { body: { student: string; carer: string; at: string } } } // noted once in ten minutes
  | { route: 'PUT /alarms/{id}/confirmation'; options: Of & { body: { answer: 'safe' | 'needs_help' } } }
  | { route: 'PUT /service-offers/{id}/hours'; options: Of & { body: ServedHours } } // the same words again change nothing
export type ServedHours = Omit<Body<'PUT /service-offers/{id}/hours'>, 'id'>

export interface RefusedReport {
  write: WaitingReport
  words: string
}

/** A class as it was counted last: the whole of it, so that one report waits, however often somebody taps. */
export interface WaitingCount {
  route: 'PUT /drills/{id}/classes/{class}/count' | 'PUT /alarms/{id}/classes/{class}/count'
  options: { path: { id: string; class: string }; body: { marks: Counted[]; arrived_at?: string } }
}
export interface Counted {
  student: string
  is_present: boolean
  at: string
}

interface Of {
  path: { id: string }
}
interface Outing {
  path: { id: string; day: string }
  body: { at: string }
}
/** What a visitor changed of a record; the server merges it with what others changed meanwhile. */
export interface VisitEdit {
  route: 'PUT /visits/{id}/record-edit'
  options: Of & { body: Omit<Body<'PUT /visits/{id}/record-edit'>, 'id'> }
}
export type Filled = Body<'PUT /own-forms/{id}/answer'>

interface Beat {
  unit: string
  from_ms: number
  to_ms: number
  speed: number
  position_ms: number
}

/** The venue's code, read while there was no net: it is taken once for each minute. */
export interface WaitingCheckIn {
  route: 'POST /activities/{id}/check-in'
  options: Of & { body: Body<'POST /activities/{id}/check-in'> }
}

/** Coming to a turn of duty, or going, by a code that was read while there was no net. */
export interface WaitingDuty {
  route: 'PUT /own-duties/{id}/arrival' | 'PUT /own-duties/{id}/departure'
  options: Of & { body: { code: string; code_read_at: string } }
}

export interface WaitingMessage {
  route: 'PUT /conversations/{id}/messages/{client}'
  options: { path: { id: string; client: string }; body: { body: string; files: string[]; is_sure?: boolean } }
}

/** A message that the server refused: its writer has to look at it again. */
export interface RefusedMessage {
  write: WaitingMessage
  words: string
  is_private_number: boolean
}

let is_sending = false

const stored = <T>(key: string) => (uni.getStorageSync(key) || []) as T[]
/** What waits for the net now, and what the server refused, for pages that show it. */
export const outbox = reactive({
  waiting: stored<Waiting>('outbox'),
  refused: stored<RefusedMessage>('refused'),
  reports: stored<RefusedReport>('refused-reports'),
})

function keep(waiting: Waiting[], refused = outbox.refused) {
  Object.assign(outbox, { waiting, refused })
  store('outbox', waiting)
  store('refused', refused)
}

function store(key: string, list: unknown[]) {
  if (list.length) uni.setStorageSync(key, JSON.parse(JSON.stringify(list)))
  else uni.removeStorageSync(key)
}

/** What a write is about: the same thing said again, or said anew of the same children, takes the place of what was said before. */
function about({ route, options }: Waiting) {
  if (route === 'PUT /own-notices/{id}/answer') return JSON.stringify([route, options.path, options.body.people])
  // Of each class only its last count waits.
  if (route.startsWith('PUT /drills/') || route.endsWith('/count') || route === 'PUT /service-offers/{id}/hours')
    return JSON.stringify([route, (options as Of).path])
  if (route === 'PUT /alarms/{id}/confirmation') return JSON.stringify([route, options.path])
  if (route.includes('/own-forms/'))
    return JSON.stringify(['form', (options as Of).path, (options as { body: Filled }).body.student])
  if (route === 'PUT /activities/{id}/scans') return JSON.stringify([route, options.path, part_of(options.body)])
  return JSON.stringify([route, options])
}
/** A request takes the place of an earlier one that handed in the same scans and fewer. */
const part_of = ({ scans, undone }: ScanBody) =>
  scans[0] ? `scans ${Math.floor(scans[0].number / 100)}` : `undone ${undone[0]?.number}`
const without = (write: Waiting) => outbox.waiting.filter((each) => about(each) !== about(write))

/** Sends at once, or keeps it until the net is back; true when the server has it. Throws what the server refuses. */
export async function send_or_keep(write: Waiting): Promise<boolean> {
  try {
    await send(write)
    return true
  } catch (error) {
    if (!is_line_problem(error)) throw error
    keep([...without(write), write])
    return false
  }
}

/** What could not be sent now, to be sent later. */
export function keep_for_later(write: WaitingCheckIn | WaitingDuty) {
  keep([...without(write), write])
}
export const waiting_check_ins = (id: string) =>
  outbox.waiting.filter(
    (write): write is WaitingCheckIn => write.route === 'POST /activities/{id}/check-in' && write.options.path.id === id,
  )

const is_duty = (write: Waiting): write is WaitingDuty => write.route.startsWith('PUT /own-duties/')
/** When a code of a duty was read on this phone, while the server has not heard of it. */
export const waiting_duty = (id: string, what: 'arrival' | 'departure') =>
  outbox.waiting.filter(is_duty).find(({ route, options }) => route.endsWith(what) && options.path.id === id)?.options.body
    .code_read_at

/** Keeps it first, so that nothing is lost whenever the net or the app goes; then sends. */
export async function keep_and_send(write: WaitingMessage) {
  keep([...without(write), write], without_refusal(write.options.path.client))
  await send_waiting()
}

/** When a drill was begun or ended on this phone, while the server has not heard of it. */
export function tapped_at(id: string, what: 'start' | 'stop'): string | undefined {
  for (const write of outbox.waiting)
    if ((write.route === 'PUT /drills/{id}/start' || write.route === 'PUT /drills/{id}/stop') && write.options.path.id === id)
      if (write.route.endsWith(what)) return write.options.body.at
  return undefined
}

/** How a class was counted on this phone, while the server has not heard of it. */
export const waiting_count = (id: string, unit: string) =>
  outbox.waiting.find(
    (write): write is WaitingCount =>
      (write.route === 'PUT /drills/{id}/classes/{class}/count' || write.route === 'PUT /alarms/{id}/classes/{class}/count') &&
      write.options.path.id === id &&
      write.options.path.class === unit,
  )?.options.body

/** The hours of an offer that wait for the net. */
export const waiting_hours = (id: string) =>
  outbox.waiting.find(
    (write): write is Extract<Waiting, { route: 'PUT /service-offers/{id}/hours' }> =>
      write.route === 'PUT /service-offers/{id}/hours' && write.options.path.id === id,
  )

const is_report = (write: Waiting): write is WaitingReport =>
  write.route.startsWith('PUT /drills/') ||
  write.route.startsWith('PUT /alarms/') ||
  write.route === 'POST /handovers' ||
  write.route === 'PUT /service-offers/{id}/hours'

function keep_reports(reports: RefusedReport[]) {
  outbox.reports = reports
  store('refused-reports', reports)
}
export const throw_away = (report: RefusedReport) => keep_reports(outbox.reports.filter((each) => each !== report))

/** As it was said, since only then it says when it was. */
export async function send_again(report: RefusedReport) {
  keep([...without(report.write), report.write])
  throw_away(report)
  await send_waiting()
}

const is_message = (write: Waiting): write is WaitingMessage => write.route === 'PUT /conversations/{id}/messages/{client}'

export const waiting_messages = (id: string) => outbox.waiting.filter(is_message).filter(({ options }) => options.path.id === id)
export const refused_messages = (id: string) => outbox.refused.filter(({ write }) => write.options.path.id === id)

const without_refusal = (client: string) => outbox.refused.filter(({ write }) => write.options.path.client !== client)
export const forget_refusal = (client: string) => keep(outbox.waiting, without_refusal(client))

function send(write: Waiting): Promise<unknown> {
  switch (write.route) {
    case 'PUT /viewings/{viewing}/heartbeat':
      return api(write.route, write.options)
    case 'PUT /inbox/reading':
      return api(write.route, write.options)
    case 'PUT /conversations/{id}/reading':
      return api(write.route, write.options)
    case 'PUT /conversations/{id}/messages/{client}':
      return api(write.route, write.options)
    case 'PUT /own-notices/{id}/reading':
      return api(write.route, write.options)
    case 'PUT /own-notices/{id}/answer':
      return api(write.route, write.options)
    case 'PUT /own-forms/{id}/draft':
      return api(write.route, write.options)
    case 'PUT /own-forms/{id}/answer':
      return api(write.route, write.options).then(() => forget_form(write.options))
    case 'PUT /visits/{id}/record-edit':
      return api(write.route, write.options)
    case 'PUT /visit-teams/{id}/outings/{day}/departure':
      return api(write.route, write.options)
    case 'PUT /visit-teams/{id}/outings/{day}/return':
      return api(write.route, write.options)
    case 'POST /own-forms/{id}/ballot':
      return api(write.route, write.options).then(() => forget_form(write.options))
    case 'PUT /activities/{id}/scans':
      return api(write.route, write.options).then((answer) => note_answer(write.options.path.id, write.options.body, answer))
    case 'PUT /drills/{id}/start':
      return api(write.route, write.options)
    case 'PUT /drills/{id}/stop':
      return api(write.route, write.options)
    case 'PUT /drills/{id}/classes/{class}/count':
    case 'PUT /alarms/{id}/classes/{class}/count':
      return api(write.route, write.options)
    case 'PUT /service-offers/{id}/hours':
      return api(write.route, write.options)
    case 'POST /handovers':
      return api(write.route, write.options)
    case 'PUT /alarms/{id}/confirmation':
      return api(write.route, write.options)
    case 'POST /activities/{id}/check-in':
      return api(write.route, write.options)
    case 'PUT /own-duties/{id}/arrival':
    case 'PUT /own-duties/{id}/departure':
      return api(write.route, write.options)
    default:
      return api(write.route)
  }
}

const forget_form = ({ path, body }: Of & { body: Filled }) => keep_draft(name_of_form(path.id, body.student), undefined)

/** What the server refuses is dropped, since it would refuse it again; messages, records and reports go back to whoever wrote them. */
function refuse(write: Waiting, error: unknown) {
  if (write.route === 'PUT /activities/{id}/scans') note_refusal(write.options.path.id, write.options.body, words_of(error))
  if (write.route === 'POST /activities/{id}/check-in') {
    keep_draft(`check-in:${write.options.path.id}`, words_of(error))
    say(words_of(error))
  }
  if (is_duty(write)) {
    keep_draft(name_of_duty(write.options.path.id), words_of(error))
    say(words_of(error))
  }
  if (write.route === 'PUT /visits/{id}/record-edit') return give_back(write, words_of(error))
  if (is_report(write)) {
    keep_reports([...outbox.reports.filter((each) => about(each.write) !== about(write)), { write, words: words_of(error) }])
    say(words_of(error))
  }
  if (!is_message(write)) return
  const is_private_number = (error as ApiProblem).problems?.some(({ code }) => code === 'private_number') ?? false
  const refusal = { write, words: words_of(error), is_private_number }
  keep(outbox.waiting, [...without_refusal(write.options.path.client), refusal])
}

/** Into the draft of the record, beneath what was written there since. */
function give_back({ options: { path, body } }: VisitEdit, words: string) {
  const { edit: _edit, written_at: _at, saw: _saw, code: _code, code_read_at: _read_at, held_at, minutes, ...fields } = body
  const times = held_at ? { day: china_day(held_at), time: china_time(held_at) } : {}
  const length = minutes === undefined ? {} : { minutes: String(minutes) }
  keep_draft(name_of_visit(path.id), { ...fields, ...times, ...length, ...draft_of<object>(name_of_visit(path.id)) })
  keep_draft(name_of_fault(path.id), words)
}

/** In the order in which they were made. What was said anew while it was on its way stays for the next turn. */
export async function send_waiting() {
  if (is_sending) return
  is_sending = true
  try {
    for (let write = outbox.waiting[0]; write; write = outbox.waiting[0]) {
      const sent = JSON.stringify(write)
      const one = JSON.parse(sent) as Waiting
      await send(one).catch((error: unknown) => {
        if (is_line_problem(error)) throw error
        refuse(one, error)
      })
      keep(outbox.waiting.filter((each) => JSON.stringify(each) !== sent))
    }
  } catch {
    // Still no net: the next return of it tries again.
  } finally {
    is_sending = false
  }
}

export function forget_waiting() {
  keep([], [])
  keep_reports([])
}
