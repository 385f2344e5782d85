import { expect, it } from 'vitest'
import { all_there, marks_of, report_of, sums, tapped } from './head_count'

const pupils = [{ id: '1', is_present: true, marked_at: '2026-03-05T10:00:00+08:00' }, { id: '2' }, { id: '3' }]

it('shows what was tapped on this phone over what the server knows, unless the server heard something later', () => {
  const later = marks_of(pupils, [{ student: '1', is_present: false, at: '2026-03-05T02:00:01.000Z' }])
  const earlier = marks_of(pupils, [{ student: '1', is_present: false, at: '2026-03-05T01:59:59.000Z' }])

  expect(later['1']!.is_present).toBe(false)
  expect(earlier['1']!.is_present).toBe(true)
})

it('turns from not counted to there to missing and back', () => {
  const first = tapped(undefined, 'a')
  const second = tapped(first, 'b')

  expect([first.is_present, second.is_present, tapped(second, 'c').is_present]).toEqual([true, false, true])
})

it('counts all who have no mark as there, and nobody who is missing', () => {
  const marks = all_there(pupils, { '2': { is_present: false, at: 'a' } }, 'b')

  expect(sums(pupils, marks)).toEqual({ there: 2, missing: 1, rest: 0 })
  expect(report_of(marks)).toContainEqual({ student: '2', is_present: false, at: 'a' })
})
