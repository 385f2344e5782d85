// Every obligation and every need of a certificate in the plans that ship: one entry short, reached, and taken back again.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { EntryInput, Indicator, Plan, Requirement } from '../../web/packages/api-client/src/index.ts'
import { audience_of, make_obligation_county, type ObligationCounty, type Subject } from '../harness/obligation_county.ts'
import { day_within, Fulfiller, period_of } from '../harness/obligations.ts'
import { load_plan } from '../harness/plans.ts'
import { root } from '../harness/server.ts'

const plans = readdirSync(join(root, 'plans'))
  .filter((name) => name.endsWith('.toml'))
  .map((name) => ({ name, text: readFileSync(join(root, 'plans', name), 'utf8') }))

describe.each(plans)('$name', ({ name, text }) => {
  let county: ObligationCounty
  let plan: Plan
  let numbers: Record<string, number>
  let fulfiller: Fulfiller
  let written: string[] = []

  beforeAll(async () => {
    county = await make_obligation_county({ name: `obligations-${name.replace('.toml', '')}` })
    const loaded = await load_plan(county.official, text)
    numbers = loaded.numbers
    plan = (await county.official.call('GET /plans/{id}', { path: { id: loaded.id } })).plan
    const kinds = await county.official.call('GET /entry-kinds')
    fulfiller = new Fulfiller(
      plan,
      kinds.items.map((kind) => kind.name),
      `${day_within(plan)}T10:00:00+08:00`,
    )
  })
  afterAll(() => county?.server.stop())

  async function write(entries: EntryInput[]): Promise<void> {
    if (entries.length === 0) return
    const { items, added } = await county.official.call('POST /entry-batches', { body: { entries } })
    if (added !== entries.length) throw new Error(`not all entries were taken: ${JSON.stringify(items)}`)
    written.push(...items.map(({ entry }) => entry!))
  }

  async function take_back(id: string): Promise<void> {
    await county.official.call('POST /entries/{id}/reversal', { path: { id }, body: { reason: '记错了' } })
    written = written.filter((other) => other !== id)
  }

  // Each obligation begins with an empty book, since one entry may count for several.
  afterEach(async () => {
    for (const id of written) await take_back(id)
  })

  /** What the API says of an obligation and of one of its subjects. */
  async function look(requirement: Requirement, subject: Subject) {
    const period = period_of(plan, requirement, day_within(plan))
    const path = { number: numbers[requirement.key]! }
    const [in_county, at_home, missing, covered, standing] = await Promise.all([
      county.official.call('GET /indicators/{number}', { path, query: { period } }),
      county.official.call('GET /indicators/{number}', { path, query: { period, organisation: subject.within[0]! } }),
      county.official.call('GET /indicators/{number}/subjects', { path, query: { period, state: 'missing', limit: 200 } }),
      county.official.call('GET /indicators/{number}/subjects', { path, query: { period, state: 'covered', limit: 200 } }),
      county.official.send('GET', subject.standing),
    ])
    const own = standing.json.indicators.find((one: any) => one.number === path.number && one.period === period)
    return {
      in_county: figures(in_county),
      at_home: figures(at_home),
      missing: missing.items.map(({ id }) => id).sort(),
      covered: covered.items.map(({ id }) => id),
      own_account: own?.state === 'covered',
    }
  }

  function expected(requirement: Requirement, subject: Subject, is_covered: boolean): Awaited<ReturnType<typeof look>> {
    const asked = audience_of(county, plan, requirement)
    const others = asked.filter((one) => one !== subject)
    const missing = (is_covered ? others : asked).map(({ id }) => id).sort()
    return {
      in_county: figures_of(asked.length, is_covered),
      at_home: figures_of(asked.filter(({ within }) => within.includes(subject.within[0]!)).length, is_covered),
      missing,
      covered: is_covered ? [subject.id] : [],
      own_account: is_covered && requirement.purpose !== 'award', // who is proposed for an honour is for the panel alone
    }
  }

  async function check_part(requirement: Requirement, subject: Subject, short_part: number): Promise<void> {
    const parts = fulfiller.fulfil(requirement, subject)
    const last = parts[short_part]!.pop()!
    const what = `${requirement.key}, part ${short_part + 1}, for ${subject.kind} ${subject.name}`

    await write([...fulfiller.opening(requirement, subject), ...parts.flat()])
    expect(await look(requirement, subject), `${what}: one short`).toEqual(expected(requirement, subject, false))

    await write([last])
    expect(await look(requirement, subject), `${what}: reached`).toEqual(expected(requirement, subject, true))

    await take_back(written.at(-1)!)
    expect(await look(requirement, subject), `${what}: taken back`).toEqual(expected(requirement, subject, false))
    for (const id of written) await take_back(id)
  }

  /** A subject of every kind that the obligation asks; not always the first. */
  function chosen_subjects(requirement: Requirement): Subject[] {
    const asked = audience_of(county, plan, requirement)
    return requirement.subjects.map((kind) => {
      const alike = asked.filter((subject) => subject.kind === kind)
      if (alike.length === 0) throw new Error(`the county has no ${kind} for ${requirement.key}`)
      return alike[numbers[requirement.key]! % alike.length]!
    })
  }

  const keys = [...text.matchAll(/^\[\[(?:requirement|credential|award)\]\]\nkey = "(.+)"$/gm)].map((found) => found[1]!)
  // The needs of a certificate are called KEY/1, KEY/2 …, the ranking for an honour KEY/candidates.
  const requirements_of = (key: string) => plan.requirements.filter((one) => one.key === key || one.key.startsWith(`${key}/`))

  test.each(keys)('%s counts from the last entry that it needs, and no longer when that is taken back', async (key) => {
    for (const requirement of requirements_of(key))
      for (const subject of chosen_subjects(requirement))
        for (const part of requirement.all.keys()) await check_part(requirement, subject, part)
  })

  test('nothing that can be counted was left out', () => {
    const tested = keys.flatMap(requirements_of).map(({ key }) => key)

    expect(tested.sort()).toEqual(plan.requirements.map(({ key }) => key).sort())
  })

  test('with everything done at once, all are covered somewhere, and figures computed anew are the same', async () => {
    const done = plan.requirements.flatMap((requirement) =>
      chosen_subjects(requirement).flatMap((subject) => [
        ...fulfiller.opening(requirement, subject),
        ...fulfiller.fulfil(requirement, subject).flat(),
      ]),
    )

    await write(done)

    const { indicators } = await county.official.call('GET /indicators', { query: { day: day_within(plan) } })
    const obligations = plan.requirements.filter(({ purpose }) => purpose === 'obligation')
    expect(indicators.filter(({ covered }) => covered > 0).map(({ key }) => key)).toEqual(obligations.map(({ key }) => key))
    await county.server.stop_serving()
    expect(await county.server.command('rebuild', '--check')).not.toMatch(/differ/i)
    await county.server.start()
  })
})

type Figures = Pick<Indicator, 'total' | 'covered' | 'excused' | 'missing' | 'share'>

function figures({ total, covered, excused, missing, share }: Figures): Figures {
  return { total, covered, excused, missing, share }
}

/** With nobody excused, and one subject covered or none. */
function figures_of(total: number, is_covered: boolean): Figures {
  const covered = is_covered ? 1 : 0
  return { total, covered, excused: 0, missing: total - covered, share: covered / total }
}
