import type { Indicator } from '@concentric/api-client'
import { describe, expect, it } from 'vitest'
import { count_states, draw_rings } from './circle'

function obligation(ring: Indicator['ring'], state: Indicator['state'] = 'met', target = 1): Indicator {
  return { ring, state, target, share: 0.5 } as Indicator
}

describe('the circle view', () => {
  it('puts the school at the centre, families around it and the community outside', () => {
    const given = [obligation('community'), obligation('school'), obligation('family'), obligation('school')]

    const { rings } = draw_rings(given)

    expect(rings.map((ring) => ring.indicator.ring)).toEqual(['school', 'school', 'family', 'community'])
    expect(rings.map((ring) => ring.radius)).toEqual([...rings.map((ring) => ring.radius)].sort((a, b) => a - b))
  })

  it('never lets rings touch, however many there are', () => {
    const { rings, reach } = draw_rings(Array.from({ length: 60 }, (_, index) => obligation(index % 2 ? 'school' : 'family')))

    for (const [index, ring] of rings.entries()) {
      const next = rings[index + 1]
      if (next) expect(next.radius - ring.radius).toBeGreaterThan(ring.thickness)
    }
    expect(reach).toBeCloseTo(74 + 200 + 4)
  })

  it('puts the fullest of a ring inside', () => {
    const given = [0.2, 1, 0.6].map((share) => ({ ...obligation('school'), share }))

    expect(draw_rings(given).rings.map((ring) => ring.indicator.share)).toEqual([1, 0.6, 0.2])
  })

  it('has no ring for an obligation that nobody here is counted for', () => {
    expect(draw_rings([obligation('school', 'no_subjects'), obligation('family')]).rings).toHaveLength(1)
  })

  it('marks a target of a quarter at three o’clock', () => {
    const { tick } = draw_rings([obligation('school', 'met', 0.25)]).rings[0]!

    expect(tick.x1).toBeGreaterThan(0)
    expect(tick.y1).toBeCloseTo(0)
    expect(tick.x2).toBeGreaterThan(tick.x1)
  })

  it('leaves obligations without subjects out of the whole', () => {
    const counts = count_states([obligation('school', 'met'), obligation('school', 'no_subjects'), obligation('family', 'at_risk')])

    expect(counts.counted).toBe(2)
    expect(counts.met).toBe(1)
  })
})
