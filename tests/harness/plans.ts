import { eventually } from './eventually.ts'
import type { Visitor } from './visitor.ts'

export interface LoadedPlan {
  id: string
  /** Of each requirement and point rule, by its key. */
  numbers: Record<string, number>
}

/** Puts a plan in force and waits until its figures are there. */
export async function load_plan(official: Visitor, text: string): Promise<LoadedPlan> {
  await official.call('POST /plans', { query: { file_name: 'plan.toml' }, body: text })
  const key = /^key = "(.*)"/m.exec(text)?.[1]
  const { items } = await official.call('GET /plans')
  const { id } = items.find((plan) => plan.key === key && plan.state === 'in_force')!
  const { numbers } = await official.call('GET /plans/{id}', { path: { id } })
  await eventually(async () => (await official.send('GET', '/api/indicators')).json.is_computing === false)
  return { id, numbers: Object.fromEntries(numbers.map(({ rule, number }) => [rule, number])) }
}

/** One obligation of each measure, for a county whose figures can be worked out by hand. */
export const small_plan = `[plan]
key = "small"
title = "梅岭县家校社协同育人方案"
issuer = "教体局"
region = { code = "360100", name = "梅岭县" }
from = 2025-09-01
to = 2027-08-31

[[requirement]]
key = "home-visit"
title = "每生每学期至少一次家访"
subject = "student"
entries = ["visit.home"]
excused_by = ["visit.declined"]
at_least = { entries = 1 }
per = "term"
target = 1.0

[[requirement]]
key = "service-hours"
title = "学生每学年社区服务不少于 6 小时"
subject = "student"
entries = ["service.*"]
at_least = { hours = 6 }
per = "school-year"
target = 1.0

[[requirement]]
key = "drills"
title = "学校每学期两次安全演练"
subject = "school"
entries = ["held.drill"]
at_least = { entries = 2 }
per = "term"
target = 1.0
`
