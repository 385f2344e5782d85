import { expect, test, vi } from 'vitest'

vi.mock('./api', () => ({ api: () => Promise.resolve({ items: [] }) }))
vi.mock('./ways', () => ({ open: () => {} }))
vi.mock('./words', () => ({
  t: (key: string) => key,
  date_words: (day: string) => day,
  china_day: (at: string) => at.slice(0, 10),
  china_time: (at: string) => at.slice(11, 16),
}))

const { by_day, is_chosen, way_to } = await import('./calendar')

const lecture = {
  kind: 'activity' as const,
  id: 'activity-1',
  title: '讲座',
  about: '',
  from: '2026-03-05T19:00:00.000+08:00',
  until: '2026-03-05T20:30:00.000+08:00',
  place: '',
  link: '/activities/1',
  is_called_off: false,
  is_binding: true,
  is_waiting: false,
}
const form = { ...lecture, kind: 'form' as const, id: 'form-2', until: lecture.from, link: '/my-forms/2' }
const holiday = { ...lecture, kind: 'holiday' as const, id: 'h', first_day: '2026-03-01', last_day: '2026-03-06', link: '' }

test('what began before stands under the first day', () => {
  const days = by_day([holiday, lecture], '2026-03-04')

  expect(days.map(({ day, items }) => [day, items.length])).toEqual([
    ['2026-03-04', 1],
    ['2026-03-05', 1],
  ])
})

test('each thing belongs to one choice, and to all', () => {
  const of = (choice: string) => [lecture, form, holiday].filter((one) => is_chosen(one, choice)).map(({ kind }) => kind)

  expect(of('mine')).toEqual(['activity'])
  expect(of('due')).toEqual(['form'])
  expect(of('days')).toEqual(['holiday'])
  expect(of('all')).toHaveLength(3)
})

test('only what the app has a page for can be opened', () => {
  expect(way_to(lecture)).toBeDefined()
  expect(way_to({ ...lecture, link: '/my-training/3' })).toBeUndefined()
  expect(way_to(holiday)).toBeUndefined()
})
