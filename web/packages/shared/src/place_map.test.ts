import { describe, expect, it } from 'vitest'
import { dot_of, fitting, length_words, metres_of_dot, moved, place_at, scale_of, zoomed } from './place_map'

const school = { latitude: 30.5, longitude: 104.1 }
const view = { centre: school, zoom: 15 }

describe('a place on the map', () => {
  it('lies where it was tapped', () => {
    const tapped = place_at({ x: 120, y: -80 }, view)
    expect(tapped.latitude).toBeGreaterThan(school.latitude)
    expect(tapped.longitude).toBeGreaterThan(school.longitude)
    const dot = dot_of(tapped, view)
    expect(dot.x).toBeCloseTo(120, 0)
    expect(dot.y).toBeCloseTo(-80, 0)
  })

  it('is as far as the scale says', () => {
    // A kilometre east of the school: 1000 / (111320 m × cos 30.5°) degrees.
    const east = { latitude: 30.5, longitude: 104.1 + 1000 / (111_320 * Math.cos((30.5 * Math.PI) / 180)) }
    expect(dot_of(east, view).x * metres_of_dot(view)).toBeCloseTo(1000, -1)
  })
})

describe('the view', () => {
  it('follows a finger', () => {
    expect(dot_of(school, moved(view, { x: 30, y: 40 })).x).toBeCloseTo(30, 0)
    expect(dot_of(school, moved(view, { x: 30, y: 40 })).y).toBeCloseTo(40, 0)
  })

  it('comes nearer around a place, and no nearer than it can', () => {
    const corner = place_at({ x: 100, y: 50 }, view)
    const near = zoomed(view, 1, corner)
    expect(near.zoom).toBe(16)
    expect(dot_of(corner, near).x).toBeCloseTo(100, 0)
    expect(dot_of(corner, near).y).toBeCloseTo(50, 0)
    expect(zoomed({ ...view, zoom: 18 }, 1).zoom).toBe(18)
  })

  it('shows all places', () => {
    const places = [school, { latitude: 30.52, longitude: 104.2 }]
    const seen = fitting(places, 640, 320)
    for (const place of places) {
      expect(Math.abs(dot_of(place, seen).x)).toBeLessThan(320)
      expect(Math.abs(dot_of(place, seen).y)).toBeLessThan(160)
    }
    expect(fitting([school], 640, 320)).toEqual({ centre: school, zoom: 15 })
  })
})

describe('the scale', () => {
  it('is a round length that fits', () => {
    const { metres, dots } = scale_of(view, 100)
    expect([metres, length_words(metres)]).toEqual([200, '200 m'])
    expect(dots).toBeLessThanOrEqual(100)
    expect(length_words(scale_of({ ...view, zoom: 12 }, 100).metres)).toBe('2 km')
  })
})
