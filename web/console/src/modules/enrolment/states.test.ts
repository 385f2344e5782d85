import type { Turn, TurnPreview } from '@concentric/api-client'
import { expect, it } from 'vitest'
import { is_open, outcomes_of, step_of, tone_of } from './states'

const turn = (values: Partial<Turn>) => ({ state: 'draft', schools: 3, schools_applied: 0, schools_failed: 0, ...values }) as Turn

it('lets choices be made in a draft and for the schools that an application left out', () => {
  expect(is_open(turn({ state: 'draft' }))).toBe(true)
  expect(is_open(turn({ state: 'applied', schools_applied: 2 }))).toBe(true)
  expect(is_open(turn({ state: 'applied', schools_applied: 3 }))).toBe(false)
  expect(is_open(turn({ state: 'scheduled' }))).toBe(false)
})

it('counts four steps from settings to result', () => {
  expect([turn({ state: 'draft' }), turn({ state: 'applying' }), turn({ state: 'undone' })].map(step_of)).toEqual([1, 2, 3])
})

it('names only what happens to somebody', () => {
  const counts = {
    up: 40,
    promoted: 0,
    graduated: 8,
    regrouped: 0,
    repeated: 1,
    skipped: 0,
    left: 0,
    moved: 0,
  } as TurnPreview['totals']
  expect(outcomes_of(counts)).toEqual([
    { outcome: 'up', n: 40 },
    { outcome: 'graduated', n: 8 },
    { outcome: 'repeated', n: 1 },
  ])
})

it('shows a request that waits for an answer as one to act on', () => {
  expect(tone_of('asked')).toBe('warning')
  expect(tone_of('expired')).toBe('info')
})
