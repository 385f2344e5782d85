import { join } from 'node:path'
import { root } from '../../tests/harness/server.ts'
import { run } from '../../tests/harness/run.ts'
import type { Figure } from '../figures.ts'
import type { Case, Setting } from '../setting.ts'

const fixed = ['own-teacher', 'villages', 'any-teacher']
const [families, teams, days, search_ms] = [3_000, 60, 80, 15_000]

/** Home visits: days and routes for 60 families against the least way known, and for a school of 3,000. */
export const visits: Case = async (setting) => [...(await fixed_cases(setting)), ...(await large_school(setting))]

/** One after the other: they are timed. */
async function fixed_cases(setting: Setting): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const name of fixed) figures.push(...(await fixed_case(setting, name)))
  return figures
}

const numbers_of = (said: string) => said.trim().split(' ').map(Number)

async function fixed_case(setting: Setting, name: string): Promise<Figure[]> {
  const said = await run(join(setting.programs, 'visit_loop'), [join(root, 'tests/visits', `${name}.txt`)])
  const [seconds, metres, least] = numbers_of(said)
  const what = `visits, ${name}, 60 families`
  return [
    { what, figure: metres! < 0 ? Infinity : metres!, unit: 'm', compared_with: 'best known, m', reference: least!, at_most: 1.1 },
    { what, figure: seconds!, unit: 's', at_most: 2 },
  ]
}

async function large_school(setting: Setting): Promise<Figure[]> {
  const said = await run(join(setting.programs, 'visit_loop'), [families, teams, days, search_ms].map(String))
  const [seconds, planned, possible] = numbers_of(said)
  const what = `visits, ${families} families, ${teams} teachers`
  return [
    { what, figure: seconds!, unit: 's', at_most: 20 },
    { what, figure: planned!, unit: 'planned', compared_with: 'families that could be met', reference: possible! },
  ]
}
