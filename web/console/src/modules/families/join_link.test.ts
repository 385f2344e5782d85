import { describe, expect, it } from 'vitest'
import { spaced } from './join_link'

describe('a code on paper', () => {
  it('stands in two halves', () => {
    expect(spaced('K7M3XQ')).toBe('K7M 3XQ')
    expect(spaced('K7M3XQ4AAC')).toBe('K7M3X Q4AAC')
  })
})
