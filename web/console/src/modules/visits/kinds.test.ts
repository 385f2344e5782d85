import { expect, test } from 'vitest'
import { drawn, times_words } from './kinds'

test('the north lies above, and everything within the edge', () => {
  const [school, north_east] = drawn(
    [
      { latitude: 30, longitude: 104 },
      { latitude: 30.1, longitude: 104.05 },
    ],
    200,
    100,
    10,
  )

  expect(north_east!.y).toBeCloseTo(10)
  expect(school!.y).toBeCloseTo(90)
  expect(north_east!.x).toBeGreaterThan(school!.x)
})

test('one place alone stands in the middle', () => {
  expect(drawn([{ latitude: 30, longitude: 104 }], 200, 100, 10)).toEqual([{ x: 100, y: 50 }])
})

test('times of a week are told in words', () => {
  expect(times_words([{ weekday: 5, from_minute: 1020, until_minute: 1140 }], (n) => `周${n}`)).toBe('周5 17:00–19:00')
})
