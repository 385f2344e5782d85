import { describe, expect, it } from 'vitest'
import zh from '@/locales/zh-CN/accounts'
import { bring_along, chosen_permissions, is_brought_along, permission_groups } from './permissions'

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

  it('to change things bring along those to see them', () => {
    const entailed = [{ permission: 'manage_plan' as const, also: 'read_plan' as const }]

    expect(bring_along(['manage_plan'], entailed)).toEqual(['manage_plan', 'read_plan'])
    expect(bring_along(['read_people'], entailed)).toEqual(['read_people'])
    expect(is_brought_along('read_plan', ['manage_plan'], entailed)).toBe(true)
    expect(is_brought_along('read_plan', ['read_plan'], entailed)).toBe(false)
  })
})
