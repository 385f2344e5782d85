import type { Case } from '../setting.ts'
import { appends } from './appends.ts'
import { memory, obligation_table, rebuild } from './figures.ts'
import { entry_by_key, hello } from './reads.ts'

/** By the name that bin/bench takes. */
export const cases: Record<string, Case> = { hello, entry_by_key, appends, rebuild, obligation_table, memory }
