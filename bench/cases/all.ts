import type { Case } from '../setting.ts'
import { appends } from './appends.ts'
import { idle_connections, listeners } from './connections.ts'
import { archives } from './archives.ts'
import { certificates } from './certificates.ts'
import { counties } from './counties.ts'
import { memory, obligation_table, rebuild } from './figures.ts'
import { forms } from './forms.ts'
import { imports } from './imports.ts'
import { notices } from './notices.ts'
import { originality } from './originality.ts'
import { pages } from './pages.ts'
import { places } from './places.ts'
import { progress } from './progress.ts'
import { processor } from './processor.ts'
import { entry_by_key, hello } from './reads.ts'
import { scans } from './scans.ts'
import { training } from './training.ts'
import { visits } from './visits.ts'

/** By the name that bin/bench takes. */
export const cases: Record<string, Case> = {
  hello,
  entry_by_key,
  appends,
  progress,
  training,
  notices,
  forms,
  places,
  scans,
  originality,
  pages,
  visits,
  archives,
  certificates,
  counties,
  imports,
  rebuild,
  obligation_table,
  processor,
  memory,
  idle_connections,
  listeners,
}
