import { expect, it } from 'vitest'
import { percent_of } from './percent'

it('says a hundred only when everybody is done', () => {
  expect(percent_of({ done: 999, subjects: 1000 })).toBe(99)
  expect(percent_of({ done: 1000, subjects: 1000 })).toBe(100)
  expect(percent_of({ done: 0, subjects: 0 })).toBe(0)
})
