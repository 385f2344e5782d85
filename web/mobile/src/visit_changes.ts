import type { Body } from '@concentric/api-client'

/** Some fields of a visit's record. */
export type Fields = Partial<
  Omit<Body<'PUT /visits/{id}/record-edit'>, 'id' | 'edit' | 'written_at' | 'saw' | 'code' | 'code_read_at'>
>

const is_same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** What is not in `after` as it was before. */
export function changed_of<T extends object>(before: T, after: T): Partial<T> {
  const names = Object.keys(after) as (keyof T)[]
  return Object.fromEntries(
    names.filter((name) => !is_same(before[name], after[name])).map((name) => [name, after[name]]),
  ) as Partial<T>
}

const is_empty = (value: unknown) => value === '' || value === 'not_seen' || is_same(value, [])

/**
 * What somebody changed, so that nothing else takes the place of what others wrote meanwhile. What was never there and is left empty
 * says nothing: it must not disagree with the words of another phone.
 */
export function changed(before: Fields, after: Fields): Fields {
  const fields = Object.entries(changed_of(before, after))
  return Object.fromEntries(fields.filter(([name, value]) => name in before || !is_empty(value)))
}
