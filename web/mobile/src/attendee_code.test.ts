import { doSignature, generateKeyPairHex } from 'sm-crypto/src/sm2'
import read_picture from 'jsqr'
import nacl from 'tweetnacl'
import { encode } from 'uqr'
import { expect, it } from 'vitest'
import { changes_in, code_shown, read_code } from './attendee_code'

const minute = 60_000
const from = Date.UTC(2026, 2, 5, 0, 0)
const until = from + 120 * minute
const time = { from: new Date(from).toISOString(), until: new Date(until).toISOString() }
const seed = 'AAECAwQFBgcICQoLDA0ODw'
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/** One digest before the first that is shown: what all of them lead to. */
function anchor(): string {
  const first = code_shown({ text: '', seed, ...time }, from).slice(1)
  const shown = code_shown({ text: '', seed: first, from: time.from, until: time.from }, from).slice(1)
  expect(shown).toBe(first)
  return code_shown({ text: '', seed: first, from: time.from, until: new Date(from + minute).toISOString() }, from).slice(1)
}
const plain = (version: number) => `CC1.${version}.360100.77.42.${from / minute}.${until / minute}.${anchor()}`

function by_ed25519() {
  const pair = nacl.sign.keyPair()
  const text = plain(1)
  const signature = nacl.sign.detached(new TextEncoder().encode(`concentric check-in 1\n${text}`), pair.secretKey)
  const keys = [{ version: 1, suite: 'international' as const, public_key: base64url(pair.publicKey), since: time.from }]
  return { text: `${text}.${base64url(signature)}`, keys }
}

function by_sm2() {
  const pair = generateKeyPairHex()
  const text = plain(2)
  const options = { der: true, hash: true, userId: '1234567812345678' }
  const signature = doSignature(`concentric check-in 1\n${text}`, pair.privateKey, options)
  const keys = [
    { version: 2, suite: 'shangmi' as const, public_key: base64url(Buffer.from(pair.publicKey, 'hex')), since: time.from },
  ]
  return { text: `${text}.${base64url(Buffer.from(signature, 'hex'))}`, keys }
}

for (const [suite, make] of [
  ['Ed25519', by_ed25519],
  ['SM2', by_sm2],
] as const)
  it(`lets in by ${suite} during the minutes of the code, and not by a picture of it`, () => {
    const { text, keys } = make()
    const now = from + 40 * minute
    const shown = code_shown({ text, seed, ...time }, now)

    expect(read_code(shown, '77', keys, now)).toEqual({ person: '42', is_paper: false })
    expect(read_code(shown, '77', keys, now + 2 * minute)).toEqual({ person: '42', is_paper: false })
    expect(read_code(shown, '77', keys, now + 3 * minute)).toEqual({ fault: 'old_code' })
    expect(read_code(shown, '77', keys, now - 3 * minute)).toEqual({ fault: 'old_code' })
    expect(read_code(shown, '78', keys, now)).toEqual({ fault: 'other_event' })
    expect(read_code(shown.replace('.42.', '.43.'), '77', keys, now)).toEqual({ fault: 'wrong_code' })
    expect(read_code(text, '77', keys, now)).toEqual({ fault: 'wrong_code' })
    expect(read_code(shown, '77', [], now)).toEqual({ fault: 'wrong_code' })
  })

it('changes with each minute of the event', () => {
  const { text } = by_ed25519()
  const at = (minutes: number) => code_shown({ text, seed, ...time }, from + minutes * minute)

  expect(new Set([at(0), at(1), at(60), at(120)]).size).toBe(4)
  expect(at(-5)).toBe(at(0))
  expect(changes_in(time, from + 10_000)).toBe(50_000)
})

it('takes nothing else for a code', () => {
  for (const text of ['', 'CC1', 'https://example.gov.cn/activities/1#123456', 'CC1.........', '签到'])
    expect(read_code(text, '77', [], from)).toEqual({ fault: 'wrong_code' })
})

it('is read from the picture that the phone shows', () => {
  const text = code_shown({ text: by_ed25519().text, seed, ...time }, from)
  const { data, size } = encode(text, { border: 2 })
  const side = size * 4
  const dots = new Uint8ClampedArray(side * side * 4)
  for (let i = 0; i < side * side; ++i) {
    const is_dark = data[Math.floor(i / side / 4)]![Math.floor((i % side) / 4)]
    dots.set([...Array<number>(3).fill(is_dark ? 0 : 255), 255], i * 4)
  }

  expect(read_picture(dots, side, side)?.data).toBe(text)
})
