import { describe, expect, it } from 'vitest'
import {
  days_between,
  format_credit_hours,
  format_day,
  format_minutes,
  format_moment,
  format_share,
  format_size,
  instant_of,
  plus_days,
  today,
} from '.'

describe('days', () => {
  it('are written as people in China read them', () => {
    expect(format_day('2026-03-05', 'zh-CN')).toBe('2026年3月5日 周四')
    expect(format_day('2026-03-05', 'en')).toBe('Thu 5 Mar 2026')
  })

  it('are counted across months and leap years', () => {
    expect(plus_days('2028-02-28', 1)).toBe('2028-02-29')
    expect(plus_days('2027-01-01', -1)).toBe('2026-12-31')
    expect(days_between('2026-02-27', '2026-03-02')).toBe(3)
  })

  it('begin at midnight in China wherever the reader is', () => {
    expect(today(Date.parse('2026-03-04T15:59:59Z'))).toBe('2026-03-04')
    expect(today(Date.parse('2026-03-04T16:00:00Z'))).toBe('2026-03-05')
  })
})

describe('moments', () => {
  it('are shown in China’s time', () => {
    expect(format_moment('2026-03-04T20:30:00.000Z', 'zh-CN')).toBe('2026年3月5日 04:30')
    expect(instant_of('2026-03-05', '09:15')).toBe('2026-03-05T09:15:00.000+08:00')
  })
})

describe('numbers', () => {
  it('say 100% only when nobody is missing', () => {
    expect(format_share(1)).toBe('100%')
    expect(format_share(0.99999)).toBe('99.9%')
    expect(format_share(0.29)).toBe('29%')
  })

  it('spell out minutes and credit hours', () => {
    expect(format_minutes(90, 'zh-CN')).toBe('1 小时 30 分')
    expect(format_minutes(45, 'en')).toBe('45 min')
    expect(format_credit_hours(90, 45, 'zh-CN')).toBe('2 学时')
    expect(format_credit_hours(45, 45, 'en')).toBe('1 credit hour')
  })

  it('shorten sizes of files', () => {
    expect(format_size(900)).toBe('900 B')
    expect(format_size(48_000)).toBe('47 KB')
    expect(format_size(1_300_000)).toBe('1.2 MB')
  })
})
