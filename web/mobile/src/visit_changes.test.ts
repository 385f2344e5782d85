import { expect, test } from 'vitest'
import { changed } from './visit_changes'

test('only what was changed is handed in', () => {
  const before = { talk: '作息', minutes: 40, points: [{ side: 'family' as const, words: '早睡' }] }

  expect(changed(before, { ...before, talk: '作业', points: [{ side: 'family', words: '早睡' }] })).toEqual({ talk: '作业' })
})
