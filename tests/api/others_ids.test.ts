// One id of somebody else's among one's own: in the path, the query or the body of every request that the leader of a school may make.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { make_county, type County } from '../harness/county.ts'
import { examples, type Example } from '../harness/examples.ts'
import { ask, is_refused, make_things } from '../harness/things.ts'

let county: County
let pairs: { own: Example; foreign: Example }[]
beforeAll(async () => {
  county = await make_county({ name: 'others-ids' })
  const mirrored = { ...county, east: county.west, west: county.east }
  const own = examples(mirrored, await make_things(mirrored))
  const foreign = examples(county, await make_things(county))
  pairs = own.map((example, i) => ({ own: example, foreign: foreign[i]! }))
}, 180_000)
afterAll(() => county?.server.stop())

type Place = (string | number)[]
const is_id = (value: unknown) => typeof value === 'string' && /^\d{10,}$/.test(value)

/** Where the foreign request has an id of its own. */
function places_of(own: unknown, foreign: unknown, at: Place = []): Place[] {
  if (is_id(own)) return own !== foreign && is_id(foreign) ? [at] : []
  if (typeof own !== 'object' || own === null) return []
  return Object.keys(own).flatMap((name) => places_of((own as any)[name], (foreign as any)?.[name], [...at, name]))
}

function with_foreign({ own, foreign }: { own: Example; foreign: Example }, place: Place): Example {
  const mixed = structuredClone(own)
  const [holder, given] = place.slice(0, -1).reduce(([to, from]: any[], name) => [to[name], from[name]], [mixed, foreign])
  holder[place.at(-1)!] = given[place.at(-1)!]
  return mixed
}

/** Ids that people have to name to speak with another school at all. */
const may_name = [
  'POST /api/transfers body.to_school', // asks the other school, which answers
  'GET /api/submissions/{id}/rounds/{number}/comparison query.other', // a draft that shares a passage; what shares none is not found
  'POST /api/activity-templates body.content.organiser', // a template has no organiser: what is named there is left out
  'PUT /api/activity-templates/{id} body.content.organiser',
  'PUT /api/activities/{id}/scans body.scans.0.person', // each scan has an answer of its own: somebody whom the event is not for is not let in
]

test('is refused in every place of every request', { timeout: 120_000 }, async () => {
  const reached: string[] = []
  let asked = 0
  for (const pair of pairs)
    for (const place of places_of(pair.own, pair.foreign)) {
      const where = `${pair.own.route} ${place.join('.')}`
      if (may_name.includes(where)) continue
      const answer = await ask(county.west.leader, with_foreign(pair, place))
      ++asked
      if (!is_refused(answer)) reached.push(`${where} → ${answer.status} ${answer.text.slice(0, 160)}`)
    }

  expect(reached).toEqual([])
  expect(asked).toBeGreaterThan(120)
})

test('is what those requests were refused for: with their own ids most of them are answered', { timeout: 120_000 }, async () => {
  const answered = new Set<string>()
  for (const { own } of pairs) if (!is_refused(await ask(county.west.leader, own))) answered.add(own.route)

  expect(answered.size).toBeGreaterThan(100)
})
