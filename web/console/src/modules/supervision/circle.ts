import type { Indicator, Ring } from '@concentric/api-client'

export const rings: Ring[] = ['school', 'family', 'community']

/** The obligations of each ring that anyone here is counted for, the fullest first. */
export function by_ring(indicators: Indicator[]): { ring: Ring; indicators: Indicator[] }[] {
  return rings
    .map((ring) => ({
      ring,
      indicators: indicators
        .filter((indicator) => indicator.ring === ring && indicator.state !== 'no_subjects')
        .sort((a, b) => b.share - a.share),
    }))
    .filter((group) => group.indicators.length > 0)
}

export interface DrawnRing {
  indicator: Indicator
  radius: number
  thickness: number
  /** The mark of the target across the ring. */
  tick: { x1: number; y1: number; x2: number; y2: number }
}

export interface Drawing {
  rings: DrawnRing[]
  /** Half the side of the square that holds everything. */
  reach: number
}

const heart = 74
const room = 200
const gap_between_groups = 9
const widest_pitch = 21

/** Obligations as circles around one heart: the school's inside, then the family's, then the community's. */
export function draw_rings(indicators: Indicator[]): Drawing {
  const groups = by_ring(indicators)
  const gaps = gap_between_groups * Math.max(groups.length - 1, 0)
  const count = groups.reduce((sum, group) => sum + group.indicators.length, 0)
  const pitch = Math.min((room - gaps) / Math.max(count, 1), widest_pitch)
  const thickness = pitch * 0.74

  const drawn: DrawnRing[] = []
  let inner = heart
  for (const group of groups) {
    for (const indicator of group.indicators) {
      const radius = inner + pitch / 2
      drawn.push({ indicator, radius, thickness, tick: tick_at(indicator.target, radius, thickness) })
      inner += pitch
    }
    inner += gap_between_groups
  }
  return { rings: drawn, reach: Math.max(inner - gap_between_groups, heart) + 4 }
}

function tick_at(share: number, radius: number, thickness: number) {
  const angle = (share * 360 - 90) * (Math.PI / 180)
  const [x, y] = [Math.cos(angle), Math.sin(angle)]
  const [from, to] = [radius - thickness / 2 - 1, radius + thickness / 2 + 1]
  return { x1: x * from, y1: y * from, x2: x * to, y2: y * to }
}

/** How many obligations stand how; those without anyone to count stay out of the whole. */
export function count_states(indicators: Indicator[]) {
  const counts = { met: 0, on_course: 0, at_risk: 0, missed: 0, no_subjects: 0 }
  for (const indicator of indicators) counts[indicator.state]++
  return { ...counts, counted: indicators.length - counts.no_subjects }
}
