// Somebody who keeps appending to the ledger, and remembers what the server said about each fact.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer, Visitor } from '../harness/visitor.ts'

export interface Fact {
  /** Tells it from all others: no two happen in the same second. */
  second: number
  is_acknowledged: boolean
}

export interface Writer {
  visitor: Visitor
  pupil: string
  number: number
  /** Asks again, under a key or a source of its own, until there is an answer; or leaves at one try what got none. */
  manner: 'key' | 'source' | 'once'
}

const first_second = Date.parse('2026-03-02T00:00:00+08:00') / 1000
const seconds_apart = 2 * 24 * 3600

export async function write_on(writer: Writer, is_over: () => boolean): Promise<Fact[]> {
  const facts: Fact[] = []
  while (!is_over()) {
    const fact = { second: first_second + writer.number * seconds_apart + facts.length, is_acknowledged: false }
    facts.push(fact)
    fact.is_acknowledged = await hand_in(writer, fact)
  }
  return facts
}

async function hand_in(writer: Writer, fact: Fact): Promise<boolean> {
  for (;;) {
    const answer = await ask(writer, fact)
    if (answer?.status === 201) return true
    if (answer && answer.status !== 503) throw new Error(`an entry was answered with ${answer.status} ${answer.text}`)
    await sleep(20)
    if (writer.manner === 'once') return false
  }
}

/** Nothing when the connection broke, or when patience did: one request in fifty is given up within five milliseconds. */
async function ask({ visitor, pupil, manner }: Writer, { second }: Fact): Promise<Answer | undefined> {
  const body = {
    kind: 'visit.phone',
    happened_at: new Date(second * 1000).toISOString(),
    student: pupil,
    source: manner === 'source' ? `soak:${second}` : undefined,
  }
  const headers = manner === 'key' ? { 'idempotency-key': `soak-${second}` } : undefined
  const signal = Math.random() < 0.02 ? AbortSignal.timeout(Math.ceil(Math.random() * 5)) : undefined
  return visitor.send('POST', '/api/entries', { body, headers, signal }).catch(() => undefined)
}
