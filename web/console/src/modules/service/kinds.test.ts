import { expect, test } from 'vitest'
import { filled, has_ages, hours_of } from './kinds'

test('hours are said with two places at most', () => {
  expect(hours_of(90)).toBe('1.5')
  expect(hours_of(100)).toBe('1.67')
  expect(hours_of(0)).toBe('0')
})

test('a meter is never more than full', () => {
  expect(filled(180, 360)).toBe(50)
  expect(filled(400, 360)).toBe(100)
  expect(filled(0, 0)).toBe(100)
})

test('the widest ages are not worth a word', () => {
  expect(has_ages({ age_from: 3, age_to: 25 })).toBe(false)
  expect(has_ages({ age_from: 6, age_to: 25 })).toBe(true)
})
