// A child's certificates and points are there for whoever may see its file, and for nobody else; late appeals are marked.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { written } from '../harness/certificates.ts'
import { make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'
import { download } from '../harness/imports.ts'
import { load_plan } from '../harness/plans.ts'
import type { Visitor } from '../harness/visitor.ts'

const plan = `[plan]
key = "children"
title = "梅岭县学生成长方案"
issuer = "梅岭县教育体育局"
region = { code = "360100", name = "梅岭县" }
from = 2025-09-01
to = 2027-08-31

[[points]]
key = "visited"
title = "家访互动"
entries = ["visit.home"]
to = "student"
award = { per_entry = 3 }

[[points]]
key = "guided"
title = "参加家庭教育指导"
entries = ["attended.guidance"]
to = "carer"
award = { per_entry = 5 }

[[credential]]
key = "growth"
title = "成长证书"
to = "student"
needs = [{ title = "家访互动两次", entries = ["visit.home"], at_least = { entries = 2 } }]
number = "CZ-{year}-{serial:04}"
`
const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()

let county: County
let family: Family
let others: Family
beforeAll(async () => {
  county = await make_county({ name: 'child-recognition' })
  family = await make_family(county.server, county.official, county.east)
  others = await make_family(county.server, county.official, county.east)
  await load_plan(county.official, plan)
})
afterAll(() => county?.server.stop())

const visit = () =>
  county.east.leader.call('POST /entries', {
    body: { kind: 'visit.home', happened_at: new Date(Date.now() - 60_000).toISOString(), student: family.child },
  })
const path = () => ({ id: family.child })
const certificates = (visitor: Visitor) => visitor.call('GET /children/{id}/certificates', { path: path() })
const points = (visitor: Visitor) => visitor.call('GET /children/{id}/points', { path: path() })

test('a mother sees how far her child is, its points, and its certificate to print', async () => {
  const { mother } = family
  expect(await points(mother)).toMatchObject({ total: 0, lines: [] })
  await visit()

  expect((await certificates(mother)).coming).toMatchObject([
    { title: '成长证书', is_earned: false, needs: [{ amount: 1, needed: 2 }] },
  ])
  await visit()
  expect(await points(mother)).toMatchObject({ total: 6, lines: [{ counted: 3, rule_title: '家访互动' }, { counted: 3 }] })
  await county.official.call('POST /certificates', {
    body: { plan: 'children', credential: 'growth', holders: [family.child] },
  })

  const { certificates: held, coming } = await certificates(mother)
  expect(coming).toEqual([])
  expect(held).toMatchObject([{ number: `CZ-${year}-0001`, holder_name: family.child_name, state: 'valid' }])
  const pdf = await download(mother, `/api/children/${family.child}/certificates/${held[0]!.id}/file.pdf`)
  expect(await written(pdf)).toContain(family.child_name)
})

test('its carers hear of it at once, each a single time, and other families do not', async () => {
  const heard = (visitor: Visitor) => visitor.call('GET /inbox', { query: { kind: 'recognition' } })

  const [letter, ...more] = (await heard(family.mother)).items

  expect(more).toEqual([])
  expect(letter).toMatchObject({
    title: `${family.child_name}获得了证书：成长证书`,
    link: `/my-family/${family.child}/recognition`,
    is_read: false,
  })
  expect((await heard(others.mother)).items).toEqual([])
  const told = await county.server.database.query(
    `SELECT i.person FROM inbox_items i JOIN inbox_letters l ON l.id = i.letter WHERE l.kind = 'recognition' ORDER BY i.person`,
  )
  expect(told).toEqual([family.mother_id, family.father_id].sort())
})

test('another family, a teacher without a child and a stranger find nothing', async () => {
  const [held] = (await certificates(family.mother)).certificates
  const file = `/api/children/${family.child}/certificates/${held!.id}/file.pdf`
  const elsewhere = `/api/children/${others.child}/certificates/${held!.id}/file.pdf`

  const statuses = await Promise.all([
    others.mother.send('GET', `/api/children/${family.child}/certificates`),
    others.mother.send('GET', `/api/children/${family.child}/points`),
    others.mother.send('GET', file),
    others.mother.send('GET', elsewhere),
    county.east.leader.send('GET', `/api/children/${family.child}/points`),
  ])

  expect(statuses.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
})

test('each look leaves an audit line', async () => {
  const { items } = await county.official.call('GET /audit', { query: { subject: `person:${family.child}` } as never })

  const actions = items.map(({ action }) => action)
  expect(actions).toEqual(expect.arrayContaining(['child_certificate_list', 'child_certificate_download', 'child_points_show']))
})

test('an appeal that nobody answered in time is marked, for its owner and for whoever answers', async () => {
  const { mother, mother_id } = family
  const made = await mother.call('POST /own-appeals', { body: { text: '上周的讲座没有计分。' } })
  expect(made.is_late).toBe(false)

  await county.server.database.execute(`UPDATE point_appeals SET answer_by = 20260101 WHERE id = ${made.id}`)

  expect((await mother.call('GET /own-appeals')).items[0]).toMatchObject({ id: made.id, is_late: true })
  expect((await county.official.call('GET /appeals', { query: { state: 'open' } })).items[0]).toMatchObject({ is_late: true })

  await county.official.call('POST /entries', {
    body: { kind: 'attended.guidance', happened_at: new Date().toISOString(), person: mother_id, unit: county.east.class },
  })
  const [line] = (await mother.call('GET /own-points')).lines
  const last_day = new Date(Date.now() + (60 * 24 * 60 + 8 * 60) * 60_000).toISOString().slice(0, 10)
  expect(line).toMatchObject({ appeal_until: last_day, may_appeal: true })
})
