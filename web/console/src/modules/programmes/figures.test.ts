import { expect, test } from 'vitest'
import { days_left, missing_of, short_amount, yuan } from './figures'

test('fen are shown as yuan', () => {
  expect(yuan(20000)).toBe('200')
  expect(yuan(19950)).toBe('199.50')
})

test('an amount is never shown as more than there is', () => {
  expect(short_amount(13.36)).toBe('13.3')
  expect(short_amount(14.99)).toBe('14.9')
  expect(short_amount(15)).toBe('15')
})

test('what is missing is never shown as less than is asked', () => {
  const need = { title: '', source: '', text: '', unit: 'credit_hours' as const, needed: 15, amount: 13.36, is_met: false }
  expect(missing_of(need)).toBe(1.7)
  expect(missing_of({ ...need, amount: 16 })).toBe(0)
})

test('the last day still counts', () => {
  const today = new Date(2026, 2, 5)
  expect(days_left('2026-03-05', today)).toBe(0)
  expect(days_left('2026-03-15', today)).toBe(10)
  expect(days_left('2026-03-04', today)).toBe(-1)
})
