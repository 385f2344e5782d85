import { expect, test } from 'vitest'
import { clock, minutes_of, monday_of, tone_of, turn_words, week_of, type Shift } from './kinds'

const gap = {
  id: '1',
  post: '7',
  post_name: '校门口',
  starts_at: '2026-03-05T07:30:00.000+08:00',
  ends_at: '2026-03-05T08:10:00.000+08:00',
  state: 'planned',
} as Shift
const served = { ...gap, id: '2', person: { id: '9', name: '王芳' } }

test('a week begins on Monday, also for a Sunday', () => {
  expect(monday_of('2026-03-05')).toBe('2026-03-02')
  expect(monday_of('2026-03-08')).toBe('2026-03-02')
  expect(monday_of('2026-03-02')).toBe('2026-03-02')
})

test('minutes of a day are a time and back', () => {
  expect(clock(450)).toBe('07:30')
  expect(minutes_of('16:20')).toBe(980)
})

test('a turn is said with its day and its times in China', () => {
  expect(turn_words(gap, (day) => day)).toBe('2026-03-05 07:30–08:10')
})

test('turns lie under their post and the day in China', () => {
  const [line] = week_of([gap, served], ['2026-03-04', '2026-03-05'])
  expect(line!.cells.map(({ shifts }) => shifts.length)).toEqual([0, 2])
})

test('a gap is marked while it is to come, and a planned turn that is over was missed', () => {
  const before = Date.parse('2026-03-05T00:00:00+08:00')
  const after = Date.parse('2026-03-06T00:00:00+08:00')
  expect(tone_of(gap, before)).toBe('gap')
  expect(tone_of(gap, after)).toBe('missed')
  expect(tone_of(served, after)).toBe('missed')
  expect(tone_of({ ...served, state: 'done' }, after)).toBe('done')
  expect(tone_of({ ...served, is_asked: true }, before)).toBe('wait')
})
