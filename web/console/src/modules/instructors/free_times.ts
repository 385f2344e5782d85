import { china_time } from '@/modules/activities/times'

/** Free stretches under their days: "14:00–17:00". */
export function by_free_day(free: { from: string; until: string }[]): { day: string; times: string[] }[] {
  const days: { day: string; times: string[] }[] = []
  for (const one of free) {
    const { day, time } = china_time(one.from)
    const end = china_time(one.until)
    if (days.at(-1)?.day !== day) days.push({ day, times: [] })
    days.at(-1)!.times.push(`${time}–${end.day === day ? end.time : '24:00'}`)
  }
  return days
}
