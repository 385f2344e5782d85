import type { PackageView } from '@concentric/api-client'

export interface PackageElement {
  name: string
  value: string
}

export interface KeptPage {
  data: PackageElement[]
  mastery_score: string
  launch_data: string
}

/** What only the runtime says, and anew each time: the time of one sitting, and how the last one was left. */
const of_one_sitting = /^cmi\.(core\.)?(session_time|exit|entry)$/
const told_by_runtime = /\._(children|count|version)$/

const value_of = (kept: KeptPage, name: string) => kept.data.find((each) => each.name === name)?.value ?? ''

/** How a sitting begins: where it was left to be gone on with, anew, or at something that was finished. */
function entry_of(kept: KeptPage) {
  const exit = value_of(kept, 'cmi.core.exit') || value_of(kept, 'cmi.exit')
  if (kept.data.length === 0) return 'ab-initio'
  return exit === 'suspend' || exit === 'logout' || exit === '' ? 'resume' : ''
}

/** The data model with which a page's runtime begins: what was kept, who learns, and what the manifest says. */
export function start_data(version: PackageView['version'], learner: string, name: string, kept: KeptPage): Record<string, string> {
  const data: Record<string, string> = {}
  for (const each of kept.data) if (!of_one_sitting.test(each.name)) data[each.name] = each.value
  const core = version === '1.2' ? 'cmi.core.' : 'cmi.'
  data[`${core}entry`] = entry_of(kept)
  data[`${core}credit`] = 'credit'
  data[version === '1.2' ? 'cmi.core.lesson_mode' : 'cmi.mode'] = 'normal'
  data[version === '1.2' ? 'cmi.core.student_id' : 'cmi.learner_id'] = learner
  data[version === '1.2' ? 'cmi.core.student_name' : 'cmi.learner_name'] = name
  if (kept.launch_data) data['cmi.launch_data'] = kept.launch_data
  if (kept.mastery_score && version === '1.2') data['cmi.student_data.mastery_score'] = kept.mastery_score
  return data
}

/** What a commit brings, as the server keeps it: texts, without what the runtime knows by itself. */
export function kept_elements(committed: unknown): PackageElement[] {
  if (typeof committed !== 'object' || committed === null) return []
  return Object.entries(committed)
    .filter(
      ([name, value]) => name.startsWith('cmi.') && !told_by_runtime.test(name) && value !== null && typeof value !== 'object',
    )
    .map(([name, value]) => ({ name, value: String(value) }))
    .filter((each) => each.value !== '')
}
