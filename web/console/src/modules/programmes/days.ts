import { china_time } from '../activities/times'

/** Sessions, which come in the order of time, by the day on which they are held. */
export function by_day<S extends { starts_at: string }>(sessions: S[]): { day: string; items: S[] }[] {
  const days: { day: string; items: S[] }[] = []
  for (const session of sessions) {
    const { day } = china_time(session.starts_at)
    if (days.at(-1)?.day !== day) days.push({ day, items: [] })
    days.at(-1)!.items.push(session)
  }
  return days
}

/** The moment at which clocks in China show this ("2026-03-05", "14:30"). */
export const china_moment = (day: string, time: string): string => `${day}T${time}:00+08:00`

export const session_kinds = ['lecture', 'discussion', 'case_analysis', 'mock_teaching', 'visit'] as const
export const tutor_roles = ['theory_mentor', 'practice_mentor', 'assistant', 'expert'] as const
export const task_kinds = ['case_analysis', 'mock_teaching', 'other'] as const
