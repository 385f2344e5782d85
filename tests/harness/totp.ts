// The app on the phone: RFC 6238 with HMAC-SHA-1, six digits, thirty seconds.
import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function bytes_of(secret: string): Buffer {
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)))
}

/** The code of now, or of `steps` thirty-second steps later. */
export function code_of(secret: string, steps = 0): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const mac = createHmac('sha1', bytes_of(secret)).update(counter).digest()
  const number = mac.readUInt32BE(mac[mac.length - 1]! & 0xf) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

/** Waits until a code that is read now is still the present one when a slow page has sent it. */
export async function time_enough_for_a_code(): Promise<void> {
  const left = 30_000 - (Date.now() % 30_000)
  if (left < 10_000) await sleep(left)
}
