// What the ledger holds, read to its last page.
import type { Out } from '../../web/packages/api-client/src/index.ts'
import type { Visitor } from './visitor.ts'

export type Entry = Out<'GET /entries'>['items'][number]

export async function entries_about(visitor: Visitor, person: string): Promise<Entry[]> {
  const found: Entry[] = []
  let after: string | undefined
  do {
    const page = await visitor.call('GET /entries', { query: { about: person, limit: 200, after } })
    found.push(...page.items)
    after = page.next
  } while (after)
  return found
}
