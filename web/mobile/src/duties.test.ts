import { expect, it } from 'vitest'
import { can_scan, code_in } from './duties'

const turn = { starts_at: '2026-03-05T07:30:00+08:00', ends_at: '2026-03-05T08:10:00+08:00', state: 'planned' as const }
const at = (clock: string) => Date.parse(`2026-03-05T${clock}:00+08:00`)

it('takes codes from half an hour before a turn until half an hour after it, while it is open', () => {
  expect(['06:59', '07:00', '08:40', '08:41'].map((clock) => can_scan(turn, at(clock)))).toEqual([false, true, true, false])
  expect(can_scan({ ...turn, state: 'present' }, at('08:00'))).toBe(true)
  expect(can_scan({ ...turn, state: 'done' }, at('08:00'))).toBe(false)
})

it('finds the code that was typed or stands in an address, and none in anything else', () => {
  expect(code_in(' 123456 ')).toBe('123456')
  expect(code_in('https://example.cn/m/pages/duties#12345678')).toBe('12345678')
  expect(['1234567', '12345', 'https://example.cn/123456', '123456789', ''].map(code_in)).toEqual(Array(5).fill(undefined))
})
