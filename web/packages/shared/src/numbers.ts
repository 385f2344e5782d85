import type { Language } from './dates'

/** 12,345; 1.41 of 1.4166…: cut, never rounded up, since a goal is reached only when it is. */
export function format_count(count: number): string {
  const [whole = '', fraction] = String(Math.trunc(count * 100 + Math.sign(count) * 1e-9) / 100).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return fraction ? `${grouped}.${fraction}` : grouped
}

/** 93.4%. Cut, never rounded up: 100% means every single one. */
export function format_share(share: number): string {
  const tenths = Math.floor(share * 1000 + 1e-9) / 10
  return `${tenths}%`
}

/** 1 小时 30 分 · 1 h 30 min */
export function format_minutes(minutes: number, language: Language): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const [hour_name, minute_name] = language === 'zh-CN' ? ['小时', '分'] : ['h', 'min']
  if (hours === 0) return `${rest} ${minute_name}`
  return rest === 0 ? `${hours} ${hour_name}` : `${hours} ${hour_name} ${rest} ${minute_name}`
}

/** Credit hours (学时) of so many minutes each: 2 学时 · 2 credit hours */
export function format_credit_hours(minutes: number, minutes_each: number, language: Language): string {
  const hours = Math.floor((minutes / minutes_each) * 10) / 10
  return language === 'zh-CN' ? `${hours} 学时` : `${hours} credit ${hours === 1 ? 'hour' : 'hours'}`
}

/** 48 KB, 1.2 MB */
export function format_size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const kilobytes = bytes / 1024
  return kilobytes < 1024 ? `${Math.round(kilobytes)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`
}

/** Of what was to be learnt, 0 to 100; 100 only where all of it was. */
export function percent_of(learnt: number, seconds: number): number {
  return seconds === 0 ? 0 : Math.min(100, Math.floor((learnt * 100) / seconds))
}
