import { expect, test } from 'vitest'
import { by_day, china_moment } from './days'

test('sessions stand under the day that clocks in China show', () => {
  const late = { starts_at: '2026-03-05T23:30:00Z' }
  const early = { starts_at: '2026-03-05T01:00:00Z' }

  expect(by_day([early, late])).toEqual([
    { day: '2026-03-05', items: [early] },
    { day: '2026-03-06', items: [late] },
  ])
})

test('a time of day in China is the moment eight hours before it in UTC', () => {
  expect(new Date(china_moment('2026-03-05', '09:00')).toISOString()).toBe('2026-03-05T01:00:00.000Z')
})
