import { expect, test } from 'vitest'
import { by_day, china_time, clock_span, days_of_month, plus_months } from './times'

test('an evening in UTC is the next morning in China', () => {
  expect(china_time('2026-03-04T23:30:00Z')).toEqual({ day: '2026-03-05', time: '07:30' })
})

test('the end names its day only where it is another one', () => {
  expect(clock_span('2026-03-05T19:00:00+08:00', '2026-03-05T20:30:00+08:00')).toBe('19:00–20:30')
  expect(clock_span('2026-03-05T19:00:00+08:00', '2026-03-06T08:00:00+08:00')).toBe('19:00 – 03-06 08:00')
})

test('a month is shown in whole weeks from Monday', () => {
  const march = days_of_month('2026-03')

  expect([march.length, march[0], march.at(-1)]).toEqual([42, '2026-02-23', '2026-04-05'])
  expect(days_of_month('2026-02')).toHaveLength(35)
})

test('months run over the turn of the year both ways', () => {
  expect([plus_months('2026-12', 1), plus_months('2026-01', -1), plus_months('2026-05', 0)]).toEqual([
    '2027-01',
    '2025-12',
    '2026-05',
  ])
})

test('what begins on one day stands together, in its order', () => {
  const at = (id: string, starts_at: string) => ({ id, starts_at }) as never
  const days = by_day([
    at('1', '2026-03-05T09:00:00+08:00'),
    at('2', '2026-03-05T19:00:00+08:00'),
    at('3', '2026-03-06T09:00:00+08:00'),
  ])

  expect(days.map(({ day, items }) => [day, items.map(({ id }) => id)])).toEqual([
    ['2026-03-05', ['1', '2']],
    ['2026-03-06', ['3']],
  ])
})
