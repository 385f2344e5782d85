// Figures about children in need tell nobody of a single child: neither by themselves nor by subtracting one from another.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { apply, bring } from '../harness/imports.ts'
import { load_plan, small_plan } from '../harness/plans.ts'
import type { Visitor } from '../harness/visitor.ts'

// 12 left-behind pupils in the east, 3 in the west, 20 in the south, 8 in the north: 43.
const left_behind = { east: 12, west: 3, south: 20, north: 8 }
const names = { east: '城东小学', west: '城西小学', south: '城南小学', north: '城北小学' }
type Place = keyof typeof names

const care_plan = `${small_plan}
[[requirement]]
key = "care"
title = "留守儿童每学期至少走访一次"
subject = "student"
where = { group = ["left-behind"] }
entries = ["visit.home"]
at_least = { entries = 1 }
per = "term"
target = 1.0
`

let county: County
let evaluator: Visitor
let care: string, visits: string
const ids = {} as Record<Place, string>
beforeAll(async () => {
  county = await make_county({ name: 'small-numbers' })
  const { server, official, root } = county
  for (const [place, name] of Object.entries(names) as [Place, string][])
    ids[place] =
      place === 'east'
        ? county.east.id
        : place === 'west'
          ? county.west.id
          : (
              await official.call('POST /organisations', {
                body: { parent: root, kind: 'school', name, stages: ['primary'], opened_on: '2025-09-01' },
              })
            ).id
  const lines = (Object.keys(names) as Place[]).flatMap((place) =>
    Array.from({ length: left_behind[place] }, (_, n) => `${place}${n},${names[place]},2025级,2班,是`),
  )
  const csv = `姓名,学校,年级,班级,是否留守儿童\n${lines.join('\n')}\n`
  const { id } = await bring(official, { kind: 'roster', name: '学生.csv', bytes: csv, organisation: root })
  await apply(official, id)
  const { numbers } = await load_plan(official, care_plan)
  care = String(numbers['care'])
  visits = String(numbers['home-visit'])
  evaluator = (await add_staff(server, official, root, 'evaluator', '评估员')).leader
})
afterAll(() => county?.server.stop())

const figure = (visitor: Visitor, number: string, organisation: string) =>
  visitor.call('GET /indicators/{number}', { path: { number: Number(number) }, query: { organisation } })
const table = async (visitor: Visitor, number = care) => {
  const { items } = await visitor.call('GET /indicators/{number}/units', {
    path: { number: Number(number) },
    query: { organisation: county.root },
  })
  return Object.fromEntries(items.map(({ organisation, total, is_blank }) => [organisation.name, is_blank ? 'blank' : total]))
}

describe('for whoever may not open files', () => {
  test('the school with three children is blank, and the next smallest with it, since the sum is shown', async () => {
    expect(await table(evaluator)).toEqual({ 城东小学: 12, 城西小学: 'blank', 城南小学: 20, 城北小学: 'blank' })
    expect(await figure(evaluator, care, county.root)).toMatchObject({ total: 43, is_blank: false, trend: [] })
  })

  test('a school that is blank in the table is blank by itself, in its classes, and in the list', async () => {
    const alone = await Promise.all([figure(evaluator, care, ids.west), figure(evaluator, care, ids.north)])
    const classes = await evaluator.call('GET /indicators/{number}/units', {
      path: { number: Number(care) },
      query: { organisation: ids.north },
    })
    const { indicators } = await evaluator.call('GET /indicators', { query: { organisation: ids.north } })

    expect(alone).toMatchObject([
      { is_blank: true, total: 0, covered: 0, missing: 0 },
      { is_blank: true, total: 0 },
    ])
    expect(classes.items.map(({ is_blank, total }) => [is_blank, total])).toEqual([[true, 0]])
    expect(indicators.find(({ key }) => key === 'care')).toMatchObject({ is_blank: true, total: 0 })
  })

  test('two covered children make a school as blank as two children do', async () => {
    const [first, second] = (
      await county.official.call('GET /people', { query: { kind: 'student', organisation: ids.south, limit: 2 } })
    ).items
    for (const { id } of [first!, second!])
      await county.official.call('POST /entries', {
        body: { kind: 'visit.home', happened_at: new Date().toISOString(), student: id },
      })

    // South: 2 of 20 covered. West and north are blank anyway; the sum has 2 covered itself: nothing at all is told.
    expect(await table(evaluator)).toEqual({ 城东小学: 'blank', 城西小学: 'blank', 城南小学: 'blank', 城北小学: 'blank' })
    expect(await figure(evaluator, care, county.root)).toMatchObject({ is_blank: true, total: 0, covered: 0 })
  })

  test('figures of all pupils stay as they are', async () => {
    const { 城西小学: west } = await table(evaluator, visits)

    expect(west).toBe(6)
  })

  test('who is missing is told to nobody who may not open files', async () => {
    const list = await evaluator.send('GET', `/api/indicators/${care}/subjects`)
    const sheet = await evaluator.send('GET', `/api/indicators/${visits}/subjects.xlsx`)

    expect([list.status, sheet.status]).toEqual([403, 403])
  })

  test('entries are read without the name of the child', async () => {
    const { items } = await evaluator.call('GET /entries')

    expect(items.map(({ student }) => student?.name)).toEqual(['s****1', 's****0'].map(() => expect.stringContaining('*')))
  })
})

test('a role that may read files but has no purpose sees no small numbers either, nor the names of children in need', async () => {
  const reader = (await add_staff(county.server, county.official, county.root, 'county_reader', '查看员')).leader

  expect((await table(reader))['城西小学']).toBe('blank')
  expect((await reader.send('GET', `/api/indicators/${care}/subjects`)).status).toBe(403)
  expect((await reader.send('GET', `/api/indicators/${visits}/subjects`)).status).toBe(200)
})

test('whoever opens files under a standing purpose sees every figure and every name', async () => {
  const subjects = await county.west.leader.call('GET /indicators/{number}/subjects', { path: { number: Number(care) } })

  expect(await table(county.official)).toEqual({ 城东小学: 12, 城西小学: 3, 城南小学: 20, 城北小学: 8 })
  expect(subjects.items).toHaveLength(3)
})

describe('two obligations about overlapping groups', () => {
  // In need only: 2 in the south, 7 in the north; so the wider obligation counts 12, 3, 22 and 15, the narrower one 12, 3, 20 and 8.
  const hours = 'subject = "student"\nentries = ["service.*"]\nat_least = { hours = 6 }\nper = "school-year"\ntarget = 1.0'
  const both_plan = `${small_plan.replace('key = "small"', 'key = "both"')}
[[requirement]]
key = "narrow"
title = "留守儿童每学年社区服务不少于 6 小时"
where = { group = ["left-behind"] }
${hours}

[[requirement]]
key = "wide"
title = "留守和困境儿童每学年社区服务不少于 6 小时"
where = { group = ["left-behind", "in-need"] }
${hours}
`
  let narrow: string, wide: string
  beforeAll(async () => {
    const in_need = (place: Place, count: number) =>
      Array.from({ length: count }, (_, n) => `困${place}${n},${names[place]},2025级,2班,是`)
    const csv = `姓名,学校,年级,班级,是否困境儿童\n${[...in_need('south', 2), ...in_need('north', 7)].join('\n')}\n`
    const { id } = await bring(county.official, { kind: 'roster', name: '困境.csv', bytes: csv, organisation: county.root })
    await apply(county.official, id)
    const { numbers } = await load_plan(county.official, both_plan)
    narrow = String(numbers['narrow'])
    wide = String(numbers['wide'])
  })

  test('tell nobody of the two children by whom they differ', async () => {
    expect(await table(evaluator, wide)).toEqual({ 城东小学: 'blank', 城西小学: 'blank', 城南小学: 22, 城北小学: 15 })
    expect(await table(evaluator, narrow)).toEqual({ 城东小学: 12, 城西小学: 'blank', 城南小学: 'blank', 城北小学: 'blank' })
    expect(await figure(evaluator, narrow, ids.south)).toMatchObject({ is_blank: true, total: 0 })
  })

  test('are told in full to whoever opens files', async () => {
    expect(await table(county.official, narrow)).toEqual({ 城东小学: 12, 城西小学: 3, 城南小学: 20, 城北小学: 8 })
  })
})
