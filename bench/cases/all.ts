import type { Case } from '../setting.ts'
import { hello } from './hello.ts'

/** By the name that bin/bench takes. */
export const cases: Record<string, Case> = { hello }
