import { describe, expect, it } from 'vitest'
import { differences_of } from './differences'

describe('the difference that an audit line tells', () => {
  it('names what came and what went', () => {
    const found = differences_of({ permissions: { added: ['read_plan'], removed: ['read_audit', 'read_ledger'] } })

    expect(found).toEqual([{ name: 'permissions', added: ['read_plan'], removed: ['read_audit', 'read_ledger'], text: '' }])
  })

  it('shows a new name after the old one', () => {
    expect(differences_of({ name_zh: { from: '教师', to: '任课教师' } })).toEqual([
      { name: 'name_zh', added: ['任课教师'], removed: ['教师'], text: '' },
    ])
  })

  it('leaves out what no person can read', () => {
    expect(differences_of({ items: [{ id: 1 }], number: 3 })).toEqual([{ name: 'number', added: [], removed: [], text: '3' }])
    expect(differences_of(null)).toEqual([])
    expect(differences_of({})).toEqual([])
  })
})
