import type { Entry } from '@concentric/api-client'

/** Entries in the order given, under the day in China on which each happened. */
export function by_day(entries: Entry[]): [day: string, entries: Entry[]][] {
  const days = new Map<string, Entry[]>()
  for (const entry of entries) {
    const day = entry.happened_at.slice(0, 10)
    days.set(day, [...(days.get(day) ?? []), entry])
  }
  return [...days]
}
