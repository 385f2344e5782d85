import { describe, expect, it } from 'vitest'
import { place_of, ticks_of } from './timeline'

describe('the timeline of milestones', () => {
  it('puts the first day at the left and the day after the last at the right', () => {
    expect(place_of('2025-01-01', '2025-01-01', '2025-12-31')).toBe(0)
    expect(place_of('2026-01-01', '2025-01-01', '2025-12-31')).toBe(1)
  })

  it('keeps what lies outside at the edge', () => {
    expect(place_of('2024-05-01', '2025-01-01', '2025-12-31')).toBe(0)
    expect(place_of('2028-05-01', '2025-01-01', '2025-12-31')).toBe(1)
  })

  it('marks the half-years inside the span', () => {
    expect(ticks_of('2025-02-01', '2026-12-31').map((tick) => tick.label)).toEqual(['2025.07', '2026.01', '2026.07'])
  })
})
