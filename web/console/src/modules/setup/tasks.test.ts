import type { Indicator } from '@concentric/api-client'
import { expect, it } from 'vitest'
import { tasks_of } from './tasks'

function obligation(key: string, state: Indicator['state'], to: string, share: number): Indicator {
  return { key, state, share, target: 1, period: { from: '2026-02-01', to, title: '' } } as Indicator
}

it('lists what is missed or at risk, what ends first in front, then the widest gap', () => {
  const given = [
    obligation('fine', 'on_course', '2026-03-31', 0.2),
    obligation('term-narrow', 'at_risk', '2026-07-10', 0.8),
    obligation('month', 'at_risk', '2026-03-31', 0.9),
    obligation('term-wide', 'missed', '2026-07-10', 0.1),
  ]

  const tasks = tasks_of(given)

  expect(tasks.map((task) => task.key)).toEqual(['month', 'term-wide', 'term-narrow'])
})
