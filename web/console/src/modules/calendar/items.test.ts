import { expect, test } from 'vitest'
import { by_day, chosen_from, days_of, type CalendarItem } from './items'

const lecture: CalendarItem = {
  kind: 'activity',
  id: 'activity-1',
  title: '讲座',
  about: '',
  from: '2026-03-05T19:00:00.000+08:00',
  until: '2026-03-05T20:30:00.000+08:00',
  place: '礼堂',
  link: '/activities/1',
  is_called_off: false,
  is_binding: true,
  is_waiting: false,
}
const holiday: CalendarItem = {
  ...lecture,
  kind: 'holiday',
  id: 'holiday-20260404',
  title: '清明节',
  from: '2026-04-04T00:00:00.000+08:00',
  until: '2026-04-07T00:00:00.000+08:00',
  first_day: '2026-04-04',
  last_day: '2026-04-06',
}

test('what ends at midnight does not lie on the next day', () => {
  const evening = { ...lecture, from: '2026-03-05T22:00:00.000+08:00', until: '2026-03-06T00:00:00.000+08:00' }

  expect(days_of(evening)).toEqual({ first: '2026-03-05', last: '2026-03-05' })
})

test('a holiday stands on each of its days in a month, and once in a list', () => {
  const month = by_day([holiday], '2026-04-01', '2026-04-30', true)
  const list = by_day([holiday], '2026-04-05', '2026-04-30', false)

  expect([...month.keys()]).toEqual(['2026-04-04', '2026-04-05', '2026-04-06'])
  expect([...list.keys()]).toEqual(['2026-04-05'])
})

test('kinds, children and words choose together', () => {
  const visit: CalendarItem = { ...lecture, kind: 'visit', id: 'visit-1', title: '家访', child: { id: '7', name: '李梅' } }

  expect(chosen_from([lecture, visit, holiday], ['visit', 'activity'], '', '').map(({ id }) => id)).toEqual([
    'activity-1',
    'visit-1',
  ])
  expect(chosen_from([lecture, visit], [], '7', '').map(({ id }) => id)).toEqual(['visit-1'])
  expect(chosen_from([lecture, visit], [], '', ' 礼堂 ')).toHaveLength(2)
  expect(chosen_from([lecture, visit], [], '', '李梅').map(({ id }) => id)).toEqual(['visit-1'])
})
