// Everybody comes at once while the server is killed: thousands ask for few places, and the gates of an event hand in what they scanned
// while they were off line. Whoever got no answer asks again; afterwards nobody is there twice, and nobody who was told so is missing.
import { setTimeout as sleep } from 'node:timers/promises'
import { announce, now_on, people_of, show } from '../harness/activities.ts'
import type { DatabaseKind } from '../harness/database.ts'
import { Server } from '../harness/server.ts'
import { turnstile } from '../harness/turnstile.ts'
import type { Answer, Visitor } from '../harness/visitor.ts'
import { carers_logged_in } from './carers.ts'
import { faults_in } from './faults.ts'

export interface Rush {
  database: DatabaseKind
  people: number
  crashes: number
}

const gates = 20
const scans_of_a_gate = 100
const at_once = 10
const at_the_same_time = 64

export async function rush_through_crashes({ database, people, crashes }: Rush): Promise<string[]> {
  const server = await Server.prepare({ name: 'soak-rushing', database, settings: ['--log-requests', 'false'] })
  try {
    const pupils = Math.ceil(people * 1.1)
    await server.command('demo', '--schools', String(Math.ceil(pupils / 800)), '--pupils', String(pupils), '--entries', '1000')
    await server.start()
    const official = await server.log_in('official', 'tongxin-shu-2026')
    return [...(await ask_for_places(server, official, people, crashes)), ...(await hand_in_scans(server, official, crashes))]
  } finally {
    await server.stop()
  }
}

/** Asks until there is an answer, as a phone does; some of those that were lost had been carried out. */
async function until_answered(visitor: Visitor, ...asked: Parameters<Visitor['send']>): Promise<Answer> {
  for (;;) {
    const answer = await visitor.send(...asked).catch(() => undefined)
    if (answer?.status === 200) return answer
    if (answer && answer.status !== 503) throw new Error(`${asked[1]} was answered with ${answer.status} ${answer.text}`)
    await sleep(50)
  }
}

/** Kills the server and starts it again, so many times and at moments that nobody chose, until what is under way is done. */
async function while_crashing<T>(server: Server, crashes: number, work: Promise<T>): Promise<T> {
  let is_done = false
  const ended = work.finally(() => (is_done = true))
  let crash = 0
  for (; crash < crashes && !is_done; ++crash) {
    await sleep(200 + Math.random() * 600)
    await server.kill9()
    await server.start()
  }
  const result = await ended
  console.log(`  the server was killed ${crash} times meanwhile`)
  return result
}

async function ask_for_places(server: Server, official: Visitor, people: number, crashes: number): Promise<string[]> {
  const capacity = Math.floor(people / 10)
  const event = await announce(official, { kind: 'festival', capacity })
  const families = await carers_logged_in(server, official, people)
  const in_turn = turnstile(at_the_same_time)
  const ask = (family: Visitor) =>
    in_turn(async () => {
      const { json } = await until_answered(family, 'PUT', `/api/activities/${event.id}/sign-up`, { body: {} })
      return (json as { people: { state: string }[] }).people[0]!.state
    })
  const told = await while_crashing(server, crashes, Promise.all(families.map(ask)))
  const asked_again = await Promise.all(families.map(ask))
  const { placed, waiting } = await show(official, event)
  const placed_by_word = told.filter((state) => state === 'placed').length
  console.log(`  ${people} families asked for ${capacity} places: ${placed} have one, ${waiting} wait`)
  return faults_in({
    'places not given exactly once': Math.abs(placed - capacity),
    'families who neither come nor wait': Math.abs(people - placed - waiting),
    'told that they come, beyond the places': Math.abs(placed_by_word - capacity),
    'told another thing when they asked again': told.filter((state, i) => state !== asked_again[i]).length,
  })
}

interface Scan {
  number: number
  person: string
  at: string
}

async function hand_in_scans(server: Server, official: Visitor, crashes: number): Promise<string[]> {
  const event = await announce(official, { kind: 'lecture', ...now_on() })
  const came = await people_of(official, event, 'invited', (gates * scans_of_a_gate) / 2)
  const [begin, length] = [Date.now() - 25 * 60_000, 20 * 60_000]
  const phones = Array.from({ length: gates }, (_, gate) =>
    Array.from({ length: scans_of_a_gate }, (_, i): Scan => {
      const person = came[(gate * scans_of_a_gate + i) % came.length]!.person // each was scanned at two gates
      return { number: i + 1, person, at: new Date(begin + Math.floor(Math.random() * length)).toISOString() }
    }),
  )
  const hand_in = async (scans: Scan[], gate: number) => {
    for (let from = 0; from < scans.length; from += at_once) {
      const body = { device: `soak-gate-${gate}`, scans: scans.slice(from, from + at_once), undone: [] }
      await until_answered(official, 'PUT', `/api/activities/${event.id}/scans`, { body })
    }
  }
  await while_crashing(server, crashes, Promise.all(phones.map(hand_in)))
  const first = new Map<string, string>()
  for (const { person, at } of phones.flat()) if (at < (first.get(person) ?? '9')) first.set(person, at)
  const listed = await people_of(official, event, 'expected')
  const present = listed.filter(({ arrived_at }) => arrived_at)
  console.log(`  ${gates} gates handed in ${phones.flat().length} scans of ${first.size} people: ${present.length} were there`)
  const wrong = present.filter(({ person, arrived_at }) => Date.parse(arrived_at!) !== Date.parse(first.get(person) ?? '')).length
  return faults_in({
    'scanned and not there': first.size - new Set(present.map(({ person }) => person)).size,
    'there twice': present.length - new Set(present.map(({ person }) => person)).size,
    'there from another moment than the first scan': wrong,
  })
}
