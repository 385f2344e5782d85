import { describe, expect, it } from 'vitest'
import zh from '@/locales/zh-CN/accounts'
import { chosen_permissions, permission_groups } from './permissions'

describe('permissions', () => {
  it('stand in one group each, but for those that nobody gives by a role', () => {
    const grouped = permission_groups.flatMap((group) => group.permissions)

    expect(new Set(grouped).size).toBe(grouped.length)
    expect(Object.keys(zh.permission).filter((name) => !grouped.includes(name as never))).toEqual([
      'anyone',
      'signed_in',
      'manage_installation',
    ])
  })

  it('that everybody has are not counted as chosen', () => {
    expect(chosen_permissions(['anyone', 'signed_in', 'read_plan'])).toEqual(['read_plan'])
  })
})
