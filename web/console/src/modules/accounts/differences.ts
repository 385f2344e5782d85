/** One field that a line of the audit log tells about: what came and went, or just its value. */
export interface Difference {
  name: string
  added: string[]
  removed: string[]
  text: string
}

/** The fields of an audit line's detail that a person can read; inner structures that say nothing to them are left out. */
export function differences_of(detail: unknown): Difference[] {
  if (!is_object(detail)) return []
  return Object.entries(detail).flatMap(([name, value]) => {
    const found = difference_of(name, value)
    return found ? [found] : []
  })
}

function difference_of(name: string, value: unknown): Difference | undefined {
  if (is_object(value) && Array.isArray(value.added) && Array.isArray(value.removed))
    return { name, added: value.added.map(String), removed: value.removed.map(String), text: '' }
  if (is_object(value) && 'from' in value && 'to' in value && !is_object(value.from)) {
    const [from, to] = [String(value.from), String(value.to)]
    return { name, added: to === '' ? [] : [to], removed: from === '' ? [] : [from], text: '' }
  }
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return { name, added: value.map(String), removed: [], text: '' }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return { name, added: [], removed: [], text: String(value) }
  return undefined
}

function is_object(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
