import { expect, test } from 'vitest'
import { changed } from './visit_changes'

test('only what was changed is handed in', () => {
  const before = { talk: '作息', minutes: 40, points: [{ side: 'family' as const, words: '早睡' }] }

  expect(changed(before, { ...before, talk: '作业', points: [{ side: 'family', words: '早睡' }] })).toEqual({ talk: '作业' })
})

test('what was never there and is left empty says nothing, and what is emptied says so', () => {
  const filled = { talk: '作息', minutes: 40, advice: '', mind: 'not_seen' as const, points: [] }

  expect(changed({}, filled)).toEqual({ talk: '作息', minutes: 40 })
  expect(changed({ advice: '早睡', mind: 'good' }, filled)).toEqual({
    ...{ talk: '作息', minutes: 40 },
    ...{ advice: '', mind: 'not_seen' },
  })
})
