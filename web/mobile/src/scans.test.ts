import { beforeEach, expect, it, vi } from 'vitest'

const stored = new Map<string, unknown>()
vi.stubGlobal('uni', {
  getStorageSync: (key: string) => stored.get(key) ?? '',
  setStorageSync: (key: string, value: unknown) => void stored.set(key, value),
  removeStorageSync: (key: string) => void stored.delete(key),
})
const { device, forget_scans, keep_scan, keep_undoing, note_answer, note_refusal, requests_for, scans_at, waiting_at } =
  await import('./scans')

beforeEach(() => {
  stored.clear()
  forget_scans()
})
const scan = (person: string) => ({ at: '2026-03-05T00:00:00Z', person, name: person, unit: '' })

it('numbers what it scans, on one device, and forgets nothing when the app is closed', () => {
  keep_scan('7', scan('1'))
  keep_scan('8', scan('2'))
  forget_scans()

  expect(scans_at('7').scans.map(({ number }) => number)).toEqual([1])
  expect(scans_at('8').scans.map(({ number }) => number)).toEqual([2])
  expect(requests_for('7')[0]!.device).toBe(device())
})

it('hands in what the server has not answered, and keeps what it refused', () => {
  for (const person of ['1', '2', '3']) keep_scan('7', scan(person))
  const [body] = requests_for('7')
  note_answer('7', body!, { items: [{ number: 1, outcome: 'counted', name: '王芳' }] })
  expect(requests_for('7')[0]!.scans.map(({ number }) => number)).toEqual([2, 3])
  note_refusal('7', requests_for('7')[0]!, '活动已取消。')

  expect(waiting_at('7')).toBe(0)
  expect(scans_at('7').scans.map(({ fault }) => fault)).toEqual([undefined, '活动已取消。', '活动已取消。'])
})

it('takes a scan back with a number of its own, until the server knows', () => {
  const kept = keep_scan('7', scan('1'))
  note_answer('7', requests_for('7')[0]!, { items: [{ number: 1, outcome: 'counted', name: '' }] })
  keep_undoing('7', kept, '2026-03-05T00:05:00Z', 0)
  const [body] = requests_for('7')

  expect(body).toMatchObject({ scans: [], undone: [{ device: device(), number: 1 }] })
  note_answer('7', body!, { items: [] })
  expect(waiting_at('7')).toBe(0)
})

it('parts a long day into requests of a hundred numbers', () => {
  for (let i = 0; i < 250; ++i) keep_scan('7', scan(String(i)))

  expect(requests_for('7').map(({ scans }) => scans.length)).toEqual([99, 100, 51])
})
