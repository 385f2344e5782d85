import { expect, test } from 'vitest'
import { differs, share_difference, signed } from './differences'

const figure = (covered: number, total: number) => ({
  covered,
  total,
  excused: 0,
  missing: total - covered,
  share: total ? covered / total : 0,
})
const same = {
  key: 'visit',
  title: '家访',
  ring: 'school',
  source: '',
  subject_kind: 'student',
  change: 'same',
  differences: [],
  newly_covered: 0,
  newly_missing: 0,
  is_blank: false,
} as const

test('an obligation that is said and counted alike does not differ', () => {
  expect(differs({ ...same, differences: [], before: figure(3, 4), after: figure(3, 4) })).toBe(false)
})

test('an obligation differs by its words, its figures or its people', () => {
  expect(differs({ ...same, differences: [], change: 'changed', before: figure(3, 4), after: figure(3, 4) })).toBe(true)
  expect(differs({ ...same, differences: [], before: figure(3, 4), after: figure(2, 4) })).toBe(true)
  expect(differs({ ...same, differences: [], newly_covered: 1, newly_missing: 1, before: figure(3, 4), after: figure(3, 4) })).toBe(
    true,
  )
})

test('shares are compared in hundredths, and not at all where one side counts nobody', () => {
  expect(share_difference(figure(3, 4), figure(2, 4))).toBe(-25)
  expect(share_difference(figure(2, 3), figure(0, 3))).toBe(-66.6)
  expect(share_difference(figure(0, 0), figure(2, 4))).toBeUndefined()
  expect(share_difference(undefined, figure(2, 4))).toBeUndefined()
})

test('a difference carries its sign', () => {
  expect([signed(3.5), signed(-2), signed(0)]).toEqual(['+3.5', '−2', '±0'])
})
