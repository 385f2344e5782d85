import { expect, test, vi } from 'vitest'

vi.mock('./api', () => ({ api: () => Promise.resolve({ items: [] }) }))
vi.mock('./seen', () => ({ useSeen: () => ({}) }))
vi.mock('./session', () => ({}))
vi.mock('./words', () => ({
  t: (key: string) => key,
  china_day: (at: string) => at.slice(0, 10),
  moment_words: (at: string) => at,
}))

const { by_time, family_to_dos, staff_to_dos } = await import('./to_dos')

const at = (day: string) => `${day}T18:00:00.000+08:00`
const notice = (id: string, waits_for: string[], due_at?: string) => ({
  id,
  title: '秋游',
  office: '政教处',
  ask: 'confirm' as const,
  state: 'sent' as const,
  is_urgent: false,
  is_corrected: false,
  sent_at: at('2026-03-01'),
  ...(due_at ? { due_at } : {}),
  is_read: true,
  concerned: waits_for.length,
  missing: waits_for.length,
  waits_for,
})
const form = (id: string, audience: 'families' | 'children' | 'staff', turns: { student?: string; state: 'open' | 'done' }[]) => ({
  id,
  purpose: 'survey' as const,
  audience,
  title: '午餐',
  owner_name: '城东小学',
  is_anonymous: false,
  is_open: true,
  may_change: true,
  from_at: at('2026-03-01'),
  until_at: at('2026-03-06'),
  turns: turns.map((turn) => ({ name: '', unit_name: '', may_sign: true, ...turn })),
})
const nothing = { joins: [], consents: [], notices: [], forms: [], visits: [], requests: { joins: 0, changes: 0 }, plans: 0 }
const keys = (items: { key: string }[]) => items.map(({ key }) => key)

test('what is due first stands first, and what has no end last', () => {
  const asked = {
    ...nothing,
    notices: [notice('1', ['2']), notice('2', ['2'], at('2026-03-09'))],
    forms: [form('3', 'children', [{ student: '2', state: 'open' }])],
  }

  expect(keys(family_to_dos(asked, '1', ''))).toEqual(['form-3', 'notice-2', 'notice-1'])
})

test('a child sees what is about it and about the whole family, and not what is about the other one', () => {
  const asked = {
    ...nothing,
    notices: [notice('1', ['2']), notice('2', ['3']), notice('3', ['2', '3'])],
    forms: [form('4', 'families', [{ state: 'open' }])],
  }

  expect(keys(family_to_dos(asked, '1', '3')).sort()).toEqual(['form-4', 'notice-2', 'notice-3'])
})

test('a form that is filled in for one child and open for the other is left for the other only', () => {
  const asked = {
    ...nothing,
    forms: [
      form('4', 'children', [
        { student: '2', state: 'done' },
        { student: '3', state: 'open' },
      ]),
      form('5', 'children', [{ student: '2', state: 'done' }]),
    ],
  }

  expect(keys(family_to_dos(asked, '1', ''))).toEqual(['form-4'])
  expect(keys(family_to_dos(asked, '1', '2'))).toEqual([])
})

test('a teacher who is a mother too has in the post what is asked of staff, and as a mother what is about her child', () => {
  const asked = {
    ...nothing,
    notices: [notice('1', ['9']), notice('2', ['3'])],
    forms: [form('4', 'staff', [{ state: 'open' }]), form('5', 'children', [{ student: '3', state: 'open' }])],
    requests: { joins: 2, changes: 0 },
  }

  expect(keys(staff_to_dos({ ...asked, plans: 2 }, '9'))).toEqual(['requests-joins', 'plans', 'form-4', 'notice-1'])
  expect(keys(family_to_dos(asked, '9', ''))).toEqual(['form-5', 'notice-2'])
})

test('things stand under how soon they are due', () => {
  const asked = {
    ...nothing,
    notices: [
      notice('1', ['2'], at('2026-03-05')),
      notice('2', ['2'], at('2026-03-12')),
      notice('3', ['2'], at('2026-03-13')),
      notice('4', ['2']),
    ],
  }

  const parts = by_time(family_to_dos(asked, '1', ''), '2026-03-05')

  expect(parts.map(({ time, items }) => [time, ...keys(items)])).toEqual([
    ['today', 'notice-1'],
    ['week', 'notice-2'],
    ['later', 'notice-3'],
    ['none', 'notice-4'],
  ])
})
