import { expect, test } from 'vitest'
import { by_free_day } from './free_times'

test('stretches stand under their day, one to midnight ends at 24:00', () => {
  const free = [
    { from: '2026-11-30T09:00:00+08:00', until: '2026-11-30T11:30:00+08:00' },
    { from: '2026-11-30T14:00:00+08:00', until: '2026-12-01T00:00:00+08:00' },
    { from: '2026-12-02T19:00:00+08:00', until: '2026-12-02T21:00:00+08:00' },
  ]

  expect(by_free_day(free)).toEqual([
    { day: '2026-11-30', times: ['09:00–11:30', '14:00–24:00'] },
    { day: '2026-12-02', times: ['19:00–21:00'] },
  ])
})
