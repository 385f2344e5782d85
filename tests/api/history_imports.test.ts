// The ledger's history, from the tables that schools kept before: read, previewed, applied, brought again and undone.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { make_county, type County } from '../harness/county.ts'
import { apply, bring, counts_of, problems_of, rows_of, undo, type Import } from '../harness/imports.ts'
import { load_plan, small_plan } from '../harness/plans.ts'
import { as_csv, formats, table_of } from '../harness/sheets.ts'

const headings = ['日期', '类型', '年级', '班级', '学生姓名', '学籍号', '小时', '备注'] as const
type Row = Partial<Record<(typeof headings)[number], string | number>>

let county: County
let numbers: Record<string, number>
beforeAll(async () => {
  county = await make_county({ name: 'history' })
  numbers = (await load_plan(county.official, small_plan)).numbers
})
afterAll(() => county?.server.stop())

const visit = (name: string, day: string): Row => ({ 日期: day, 类型: '入户家访', 年级: '一年级', 班级: '1班', 学生姓名: name })
const two_visits: Row[] = [{ ...visit('李梅', '2026-03-02'), 备注: '䶮老师同行' }, visit('张强', '2026年3月3日')]

async function bring_rows(rows: Row[]): Promise<Import> {
  const bytes = as_csv(table_of(headings, rows))
  return bring(county.east.leader, { kind: 'history', name: '家访记录.csv', bytes, organisation: county.east.id })
}

async function visited(): Promise<number> {
  const query = { organisation: county.east.id, period: '2026-02-01' }
  const figure = await county.official.call('GET /indicators/{number}', { path: { number: numbers['home-visit']! }, query })
  return figure.covered
}

test.each(formats)('a history as $format is read whole', async ({ extension, write }) => {
  const bytes = await write(table_of(headings, two_visits))
  const organisation = county.east.id

  const brought = await bring(county.east.leader, { kind: 'history', name: `家访记录.${extension}`, bytes, organisation })

  expect(counts_of(brought)).toBe('2 added')
  const rows = await rows_of(county.east.leader, brought.id)
  expect(rows.map(({ row, title, problems }) => [row, title, problems])).toEqual([
    [2, '李梅', []],
    [3, '张强', []],
  ])
  expect(await visited()).toBe(0)
})

test('a history names every fault in its place', async () => {
  const brought = await bring_rows([
    { ...visit('李梅', '2026-02-30'), 年级: '2025级' },
    { ...visit('李梅', '2199-03-02'), 年级: '2025级' },
    { ...visit('李梅', ''), 年级: '2025级' },
    { ...visit('李梅', '2026-03-02'), 类型: '月球考察' },
    { ...visit('李梅', '2026-03-02'), 班级: '9班' },
    { ...visit('何人', '2026-03-02') },
    { ...visit('李梅', '2026-03-02'), 小时: 25 },
    { ...visit('', '2026-03-02') },
  ])

  expect(problems_of(await rows_of(county.east.leader, brought.id))).toEqual([
    'row 2, A: impossible_date',
    'row 3, A: future_date',
    'row 4, A: missing',
    'row 5, B: unknown_kind',
    'row 6, D: unknown_class',
    'row 7, E: unknown_person',
    'row 8, G: too_long',
    'row 9, E: needs_student',
  ])
  expect(counts_of(brought)).toBe('8 faulty')
})

test('a history counts when applied, once however often it is brought, and no longer when taken back', async () => {
  const applied = await apply(county.east.leader, (await bring_rows(two_visits)).id)
  expect(counts_of(applied)).toBe('2 added')
  expect(await visited()).toBe(2)

  const again = await apply(county.east.leader, (await bring_rows(two_visits)).id)
  expect(counts_of(again)).toBe('2 left')
  expect(await visited()).toBe(2)

  const undone = await undo(county.east.leader, applied.id)
  expect(undone.state).toBe('undone')
  expect(await visited()).toBe(0)
  const about = county.east.pupils.find(({ name }) => name === '李梅')!.id
  const { items } = await county.east.leader.call('GET /entries', { query: { about } })
  expect(items.map(({ reverses }) => reverses !== undefined)).toEqual([true, false]) // both stay in the book
})

test('a history brought again after it was taken back counts anew', async () => {
  const first = await apply(county.east.leader, (await bring_rows(two_visits)).id)
  await undo(county.east.leader, first.id)

  const second = await apply(county.east.leader, (await bring_rows(two_visits)).id)

  expect(counts_of(second)).toBe('2 added')
  expect(await visited()).toBe(2)
  await undo(county.east.leader, second.id)
})
test('figures that followed the imports equal those that are computed anew', async () => {
  await county.server.stop_serving()

  expect(await county.server.command('rebuild', '--check')).not.toMatch(/differ/i)

  await county.server.start()
})
