import { expect, test } from 'vitest'
import { clock, minutes_of, short_time } from './kinds'

test('a moment is shown as clocks in China show it', () => {
  expect(short_time('2026-11-30T06:05:00.000Z')).toBe('11-30 14:05')
})

test('minutes of a day are written as a time and read again', () => {
  expect(clock(545)).toBe('09:05')
  expect(minutes_of('09:05')).toBe(545)
  expect(minutes_of(clock(1439))).toBe(1439)
})
