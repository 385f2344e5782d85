import { expect, it } from 'vitest'
import { go_on_with, point_in, start_at } from './signature'

const box = { left: 20, top: 100, width: 300, height: 100 }

it('finds where on the paper a finger is, and keeps it there', () => {
  expect(point_in(box, 170, 150)).toEqual([300, 100])
  expect(point_in(box, 0, 900)).toEqual([0, 200])
})

it('writes strokes one after the other', () => {
  const first = go_on_with(start_at('', [12, 30]), [14, 33])

  expect(start_at(first, [50, 60])).toBe('M12 30L14 33M50 60')
})

it('stops where the server takes no more', () => {
  let drawing = ''
  for (let i = 0; i < 5000; ++i) drawing = go_on_with(start_at(drawing, [600, 200]), [599, 199])

  expect(drawing.length).toBeGreaterThan(19_900)
  expect(drawing.length).toBeLessThanOrEqual(20_000)
})
