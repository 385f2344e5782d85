// Days and moments as people in China read them; days are texts ("2026-03-05") and never pass through a time zone.

export type Language = 'zh-CN' | 'en'

const weekdays = {
  'zh-CN': ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const milliseconds_of_day = 86_400_000
const china_offset = 8 * 3_600_000

function utc_of(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}

function day_of(date: Date): string {
  return date.toISOString().slice(0, 10)
}

/** 2026年3月5日 周四 · Thu 5 Mar 2026 */
export function format_day(day: string, language: Language): string {
  const date = utc_of(day)
  const weekday = weekdays[language][date.getUTCDay()]
  return language === 'zh-CN' ? `${format_date(day, language)} ${weekday}` : `${weekday} ${format_date(day, language)}`
}

/** 2026年3月5日 · 5 Mar 2026 */
export function format_date(day: string, language: Language): string {
  const date = utc_of(day)
  const [year, month, of_month] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
  return language === 'zh-CN' ? `${year}年${month + 1}月${of_month}日` : `${of_month} ${months[month]} ${year}`
}

/** 2026年3月5日 14:03, in China's time wherever the reader is. */
export function format_moment(instant: string, language: Language): string {
  const there = new Date(Date.parse(instant) + china_offset).toISOString()
  return `${format_date(there.slice(0, 10), language)} ${there.slice(11, 16)}`
}

/** From the first day to the last, both included. */
export function format_span(from: string, to: string, language: Language): string {
  return language === 'zh-CN'
    ? `${format_date(from, language)}至${format_date(to, language)}`
    : `${format_date(from, language)} – ${format_date(to, language)}`
}

export function today(now = Date.now()): string {
  return new Date(now + china_offset).toISOString().slice(0, 10)
}

/** The last full quarter of an hour on China's clocks: when something that is written down now may just have ended. */
export function last_quarter(now = Date.now()): { day: string; time: string } {
  const quarter = 15 * 60_000
  const there = new Date(Math.floor(now / quarter) * quarter + china_offset).toISOString()
  return { day: there.slice(0, 10), time: there.slice(11, 16) }
}

export function plus_days(day: string, days: number): string {
  return day_of(new Date(utc_of(day).getTime() + days * milliseconds_of_day))
}

export function days_between(from: string, to: string): number {
  return Math.round((utc_of(to).getTime() - utc_of(from).getTime()) / milliseconds_of_day)
}

/** The moment that a clock in China shows as this day and time ("14:30"). */
export function instant_of(day: string, time = '00:00'): string {
  return `${day}T${time}:00.000+08:00`
}
