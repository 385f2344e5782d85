import { expect, test } from 'vitest'
import { chosen_of, times_of } from './visit_times'

test('what is tapped becomes times of the week, and is found again in them', () => {
  const times = times_of(['sunday', 'saturday'])

  expect(times.map(({ weekday }) => weekday)).toEqual([6, 7])
  expect(chosen_of(times)).toEqual(['saturday', 'sunday'])
})

test('one evening alone is not every evening', () => {
  expect(chosen_of([{ weekday: 2, from_minute: 1020, until_minute: 1200 }])).toEqual([])
})
