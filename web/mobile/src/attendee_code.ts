/// <reference path="./sm-crypto.d.ts" />
import type { CheckInList, OwnCode } from '@concentric/api-client'
import { doVerifySignature } from 'sm-crypto/src/sm2'
import { sm3 } from 'sm-crypto/src/sm2/sm3'
import nacl from 'tweetnacl'

// The code by which an attendee is let in, made on one phone and checked on another, both without the net. What it says is in
// docs/activities.md. Both suites of signatures are checked here, since browsers know no SM2 and a mini-program knows neither.

const minute = 60_000
const chain_width = 16
const steps_apart = 2 // as far as two phones' clocks may differ
const first_line = 'concentric check-in 1\n'
const step_line = [...'concentric check-in step\n'].map((letter) => letter.charCodeAt(0))
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

function bytes_in(text: string): number[] {
  const bytes: number[] = []
  let bits = 0
  let width = 0
  for (const letter of text) {
    const value = letters.indexOf(letter)
    if (value < 0) return []
    bits = ((bits << 6) | value) & 0xffff
    width += 6
    if (width >= 8) bytes.push((bits >> (width -= 8)) & 255)
  }
  return bytes
}

function text_of(bytes: number[]): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    for (let place = 0; place < Math.min(4, bytes.length - at + 1); ++place) text += letters[(group >> (18 - 6 * place)) & 63]
  }
  return text
}

const hex_of = (bytes: number[]) => bytes.map((each) => each.toString(16).padStart(2, '0')).join('')
const digest_before = (later: number[]) => Array.from<number>(sm3([...step_line, ...later])).slice(0, chain_width)

type Time = Pick<OwnCode, 'from' | 'until'>
const minutes_a_step = (from: number, until: number) => 1 + Math.floor((until - from) / (24 * 60))
const steps = (from: number, until: number) => Math.floor((until - from) / minutes_a_step(from, until)) + 1

/** Which step it is at a moment, in milliseconds. */
function step_at(from: number, until: number, now: number): number {
  return Math.floor((now / minute - from) / minutes_a_step(from, until))
}

/** What a phone shows now. */
export function code_shown(code: Pick<OwnCode, 'text' | 'seed'> & Time, now: number): string {
  const [from, until] = [Date.parse(code.from) / minute, Date.parse(code.until) / minute]
  const last = steps(from, until) - 1
  let link = bytes_in(code.seed)
  for (let step = last; step > Math.max(0, step_at(from, until, now)); --step) link = digest_before(link)
  return `${code.text}.${text_of(link)}`
}

/** When the code changes next, in milliseconds from now. */
export function changes_in(code: Time, now: number): number {
  const [from, until] = [Date.parse(code.from) / minute, Date.parse(code.until) / minute]
  const length = minutes_a_step(from, until) * minute
  return length - ((((now - from * minute) % length) + length) % length)
}

type Keys = CheckInList['keys']

function is_signed(keys: Keys, version: string, text: string, signature: string): boolean {
  const key = keys.find((each) => String(each.version) === version)
  if (!key) return false
  const [public_key, signed] = [bytes_in(key.public_key), bytes_in(signature)]
  if (key.suite === 'shangmi')
    return doVerifySignature(first_line + text, hex_of(signed), hex_of(public_key), { der: true, userId: '1234567812345678' })
  if (public_key.length !== nacl.sign.publicKeyLength || signed.length !== nacl.sign.signatureLength) return false
  const message = Uint8Array.from(first_line + text, (letter) => letter.charCodeAt(0))
  return nacl.sign.detached.verify(message, Uint8Array.from(signed), Uint8Array.from(public_key))
}

function step_shown(link: string, anchor: string, from: number, until: number): number {
  let bytes = bytes_in(link)
  for (let step = 0; step < steps(from, until); ++step) {
    bytes = digest_before(bytes)
    if (text_of(bytes) === anchor) return step
  }
  return -1
}

export type CodeRead = { person: string; is_paper: boolean } | { fault: 'wrong_code' | 'other_event' | 'old_code' }

/** What a code says about an event at a moment of the server's clock. */
export function read_code(text: string, event: string, keys: Keys, now: number): CodeRead {
  const parts = text.trim().split('.')
  const [mark, key, , activity, person, from, until, anchor, signature, link] = parts
  if (mark !== 'CC1' || parts.length < 9 || parts.length > 10) return { fault: 'wrong_code' }
  if (!is_signed(keys, key!, parts.slice(0, 8).join('.'), signature!)) return { fault: 'wrong_code' }
  if (activity !== event) return { fault: 'other_event' }
  if (!anchor) return { person: person!, is_paper: true }
  const step = step_shown(link ?? '', anchor, Number(from), Number(until))
  if (step < 0) return { fault: 'wrong_code' }
  if (Math.abs(step - step_at(Number(from), Number(until), now)) > steps_apart) return { fault: 'old_code' }
  return { person: person!, is_paper: false }
}
