/** The fields whose value is not the one that the form began with. */
export function changes_of<T extends object>(now: T, before: T): Partial<T> {
  const names = Object.keys(now) as (keyof T)[]
  return Object.fromEntries(names.filter((name) => now[name] !== before[name]).map((name) => [name, now[name]])) as Partial<T>
}
