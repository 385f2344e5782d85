// Rosters over HTTP from beginning to end: read, previewed, applied, brought again and undone.
import read_workbook from 'read-excel-file/node'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '../../web/packages/api-client/src/index.ts'
import { make_county, type County } from '../harness/county.ts'
import { apply, bring, counts_of, download, map, problems_of, rows_of, undo, type Import } from '../harness/imports.ts'
import { as_csv, as_workbook, formats, identity_number, table_of, type Table } from '../harness/sheets.ts'

let county: County
beforeAll(async () => {
  county = await make_county({ name: 'imports' })
})
afterAll(() => county?.server.stop())

describe('a roster', () => {
  const headings = [
    '姓名',
    '性别',
    '出生日期',
    '身份证件号',
    '全国学籍号',
    '年级',
    '班级',
    '是否留守儿童',
    '成员1姓名',
    '成员1关系',
    '成员1联系电话',
    '入学年月',
  ] as const
  type Row = Partial<Record<(typeof headings)[number], string | number>>

  let school: string
  let people = 0 // so that every school has pupils and parents of its own
  beforeEach(async () => {
    people += 10
    const made = await county.official.call('POST /organisations', {
      body: { parent: county.root, kind: 'school', name: `第${people}小学`, stages: ['primary'], opened_on: '2025-08-01' },
    })
    school = made.id
  })

  const in_class = (number: number): Row => ({ 年级: '2025级', 班级: `${number}班`, 入学年月: '2025-09' })
  const father = (): Row => ({ 成员1姓名: '𠮷建国', 成员1关系: '父亲', 成员1联系电话: String(13_700_000_000 + people) })
  const girl = (order: number): Row => ({ 性别: '女', 出生日期: '2016-05-12', 身份证件号: identity_number(people + order) })

  /** Two sisters in two classes, and a boy who lives with his grandmother. */
  const three_pupils = (): Row[] => [
    { 姓名: '𠮷小红', ...girl(2), 全国学籍号: `G${identity_number(people + 2)}`, ...in_class(2), ...father() },
    { 姓名: '䶮小兰', ...girl(4), 出生日期: '2016/5/12', ...in_class(3), ...father() },
    {
      姓名: '李小明',
      性别: '男',
      出生日期: '20160512',
      身份证件号: identity_number(people + 1),
      ...in_class(3),
      是否留守儿童: '双亲留守儿童',
    },
  ]

  function bring_table(table: Table): Promise<Import> {
    return bring(county.official, { kind: 'roster', name: '花名册.csv', bytes: as_csv(table), organisation: school })
  }
  const bring_pupils = (rows: Row[]) => bring_table(table_of(headings, rows))

  async function apply_pupils(rows: Row[]): Promise<Import> {
    return apply(county.official, (await bring_pupils(rows)).id)
  }

  async function pupils(): Promise<string[]> {
    const { items } = await county.official.call('GET /people', { query: { organisation: school, kind: 'student' } })
    return items.map(({ name }) => name).sort()
  }

  async function pupil(name: string): Promise<Person> {
    const { items } = await county.official.call('GET /people', { query: { organisation: school, kind: 'student', q: name } })
    return county.official.call('GET /people/{id}', { path: { id: items[0]!.id } })
  }

  test.each(formats)('as $format is read whole, rare characters too', async ({ extension, write }) => {
    const bytes = await write(table_of(headings, three_pupils()))

    const brought = await bring(county.official, { kind: 'roster', name: `花名册.${extension}`, bytes, organisation: school })

    expect(brought.state).toBe('previewed')
    expect(brought.sheets[0]!.kind).toBe('pupils')
    expect(counts_of(brought)).toBe('3 added')
    const rows = await rows_of(county.official, brought.id)
    expect(rows.map(({ row, action, title }) => [row, action, title])).toEqual([
      [2, 'add', '𠮷小红'],
      [3, 'add', '䶮小兰'],
      [4, 'add', '李小明'],
    ])
    expect(await pupils()).toEqual([]) // a preview changes nothing
    await apply(county.official, brought.id)
    expect(await pupils()).toEqual(['李小明', '䶮小兰', '𠮷小红'].sort())
  })

  test('becomes classes, pupils, groups and families', async () => {
    const applied = await apply_pupils(three_pupils())

    expect(applied.state).toBe('applied')
    expect(applied.can_undo).toBe(true)
    const sister = await pupil('𠮷小红')
    expect(sister.birth_day).toBe('2016-05-12')
    expect(sister.student!.class!.name).toContain('2班')
    expect(sister.student!.school!.id).toBe(school)
    expect(sister.student!.enrolments.map(({ from }) => from)).toEqual(['2025-09-01'])
    expect(sister.student!.siblings.map(({ name }) => name)).toEqual(['䶮小兰'])
    expect(sister.student!.carers.map(({ name, relation, is_guardian }) => [name, relation, is_guardian])).toEqual([
      ['𠮷建国', 'father', true],
    ])
    expect((await pupil('李小明')).student!.groups.map(({ name }) => name)).toEqual(['left-behind'])
  })

  test('names every fault in its place, and lets the good rows in', async () => {
    const right = identity_number(people + 1)
    const wrong = right.slice(0, 17) + (right.endsWith('0') ? '1' : '0')
    const rows: Row[] = [
      { 姓名: '李小明', 身份证件号: right, ...in_class(1) },
      { 姓名: '张校验', 身份证件号: wrong, ...in_class(1) },
      { 姓名: '张生日', 出生日期: '2016-05-13', 身份证件号: identity_number(people + 3), ...in_class(1) },
      { 姓名: '张性别', 性别: '女', 身份证件号: identity_number(people + 5), ...in_class(1) },
      { 姓名: '张日期', 出生日期: '2016-02-30', ...in_class(1) },
      { 姓名: '张班级', 出生日期: '2016-05-12', 班级: '雏鹰班' },
      { 姓名: '张缺班', 出生日期: '2016-05-12' },
      { 出生日期: '2016-05-12', ...in_class(1) },
      { 姓名: '张学籍', 全国学籍号: 'G36010020160512', ...in_class(1) },
      { 姓名: '张重复', 身份证件号: right, ...in_class(1) },
    ]

    const brought = await bring_pupils(rows)

    const expected = [
      'row 3, D: identity_number',
      'row 4, C: birth_day_differs',
      'row 5, B: sex_differs',
      'row 6, C: impossible_date',
      'row 7, G: unknown_class',
      'row 8, G: missing',
      'row 9, A: missing',
      'row 10, E: student_number',
      'row 11, D: duplicate',
    ]
    const found = await rows_of(county.official, brought.id)
    expect(problems_of(found)).toEqual(expected)
    expect(counts_of(brought)).toBe('1 added, 9 faulty')
    expect(brought.problem_counts.reduce((sum, { count }) => sum + count, 0)).toBe(9)
    const [first] = found.find(({ row }) => row === 3)!.problems
    expect(first!.found).toBe(`${wrong.slice(0, 6)}********${wrong.slice(14)}`)
    await apply(county.official, brought.id)
    expect(await pupils()).toEqual(['李小明'])
  })

  test('takes a row without the cell that it only warns of', async () => {
    const brought = await bring_pupils([
      { 姓名: '李?明', 出生日期: '2016-05-12', ...in_class(1) },
      { 姓名: '张强', 出生日期: '2016-05-12', ...in_class(1), 是否留守儿童: '也许' },
      { 姓名: '陈静', 出生日期: '2016-05-12', ...in_class(1), 成员1姓名: '陈刚', 成员1联系电话: '1380000' },
    ])

    const found = await rows_of(county.official, brought.id)

    expect(problems_of(found)).toEqual(['row 2, A: lost_character', 'row 3, H: unknown_choice', 'row 4, K: phone'])
    expect(found.every(({ problems }) => problems.every(({ is_warning }) => is_warning))).toBe(true)
    expect(counts_of(brought)).toBe('3 added')
  })

  test('does not believe a number whose last digits the spreadsheet lost', async () => {
    const table = table_of(headings, [
      { 姓名: '李小明', 身份证件号: Number(identity_number(people + 1).slice(0, 17)) * 10, ...in_class(1) },
    ])

    const brought = await bring(county.official, {
      kind: 'roster',
      name: '花名册.xlsx',
      bytes: await as_workbook(table),
      organisation: school,
    })

    expect(problems_of(await rows_of(county.official, brought.id))).toEqual(['row 2, D: digits_lost'])
  })

  test('says the same in its report', async () => {
    const brought = await bring_pupils([
      { 姓名: '𠮷小红', ...girl(2), ...in_class(2) },
      { 姓名: '张日期', 出生日期: '2016-02-30', ...in_class(1) },
    ])
    await apply(county.official, brought.id)

    const report = await read_workbook(await download(county.official, `/api/imports/${brought.id}/report`))

    expect(report.map(({ sheet }) => sheet)).toEqual(['概况', '问题', '明细'])
    const [summary, problems, rows] = report.map(({ data }) => data.slice(1))
    expect(summary![0]!.slice(1, 6)).toEqual([1, 0, 0, 0, 1])
    expect(problems!.map(([, row, column, about]) => [row, column, about])).toEqual([[3, 'C', '张日期']])
    expect(rows!.map(([, row, outcome, about]) => [row, outcome, about])).toEqual([
      [2, '新增', '𠮷小红'],
      [3, '未导入', '张日期'],
    ])
  })

  test('brought again changes nothing', async () => {
    await apply_pupils(three_pupils())
    const before = await pupil('𠮷小红')

    const again = await apply_pupils(three_pupils())

    expect(counts_of(again)).toBe('3 left')
    expect(await pupil('𠮷小红')).toEqual(before)
    expect(await pupils()).toHaveLength(3)
  })

  test('leaves alone what was edited by hand', async () => {
    await apply_pupils(three_pupils())
    const { id } = await pupil('𠮷小红')
    await county.official.call('PATCH /people/{id}', { path: { id }, body: { name: '𠮷晓红' } })

    const again = await bring_pupils(three_pupils())

    const [row] = await rows_of(county.official, again.id)
    expect(row!.changes).toMatchObject([{ field: 'name', before: '𠮷晓红', after: '𠮷小红', kept_by_hand: true }])
    await apply(county.official, again.id)
    expect((await county.official.call('GET /people/{id}', { path: { id } })).name).toBe('𠮷晓红')
  })

  test('moves a pupil whom it names in another class, and points out who is missing', async () => {
    await apply_pupils(three_pupils())
    const [sister] = three_pupils()

    const moved = await apply_pupils([{ ...sister!, ...in_class(3) }])

    expect(counts_of(moved)).toBe('1 moved')
    const { student } = await pupil('𠮷小红')
    expect(student!.class!.name).toContain('3班')
    expect(student!.enrolments).toHaveLength(2)
    expect(moved.problem_counts.map(({ code, count }) => [code, count])).toEqual([['not_in_file', 2]])
    expect(await pupils()).toHaveLength(3) // nobody is removed for not being in a file
  })

  test('is taken back whole', async () => {
    const classes = async () => (await county.official.call('GET /organisations', { query: { parent: school } })).items
    const { id } = await apply_pupils(three_pupils())
    expect(await classes()).toHaveLength(1) // the grade

    const undone = await undo(county.official, id)

    expect(undone.state).toBe('undone')
    expect(undone.can_undo).toBe(false)
    expect(await pupils()).toEqual([])
    expect(await classes()).toEqual([])
    expect(counts_of(await bring_pupils(three_pupils()))).toBe('3 added')
  })

  test('taken back leaves who is in the ledger since, and says so', async () => {
    const { id } = await apply_pupils(three_pupils())
    const body = { kind: 'visit.home', happened_at: '2026-03-02T18:00:00+08:00', student: (await pupil('𠮷小红')).id }
    await county.official.call('POST /entries', { body })

    await undo(county.official, id)

    expect(await pupils()).toEqual(['𠮷小红'])
    const report = await read_workbook(await download(county.official, `/api/imports/${id}/report`))
    const kept = report.find(({ sheet }) => sheet === '撤销后保留')!.data.slice(1)
    expect(kept.map(([about]) => about)).toContain('𠮷小红')
  })

  test('taken back leaves who has an account since', async () => {
    const staff: Table = [
      ['教职工姓名', '手机号', '职务'],
      ['王芳', String(13_600_000_000 + people), '教师'],
      ['赵强', String(13_600_000_001 + people), '教师'],
    ]
    const { id } = await apply(county.official, (await bring_table(staff)).id)
    const { items } = await county.official.call('GET /people', { query: { organisation: school, kind: 'staff', q: '王芳' } })
    await county.official.call('POST /accounts', { body: { person: items[0]!.id, user_name: `wangfang${people}` } })

    await undo(county.official, id)

    const left = await county.official.call('GET /people', { query: { organisation: school, kind: 'staff' } })
    expect(left.items.map(({ name }) => name)).toEqual(['王芳'])
  })

  test('with strange headings waits until somebody says what they mean', async () => {
    const brought = await bring_table([
      ['学员', '登记号', '在哪个班'],
      ['李小明', identity_number(people + 1), '2025级1班'],
    ])
    expect(brought.state).toBe('mapping')

    const columns = [
      { column: 'A', field: 'name' },
      { column: 'B', field: 'identity_number' },
      { column: 'C', field: 'class' },
    ]
    const mapped = await map(county.official, brought.id, [{ index: 0, kind: 'pupils', header_row: 1, columns }])

    expect(mapped.state).toBe('previewed')
    expect(counts_of(mapped)).toBe('1 added')
  })

  test('can be thrown away before it is applied, and not afterwards', async () => {
    const thrown = await bring_pupils(three_pupils())
    const kept = await apply_pupils(three_pupils())

    await county.official.call('DELETE /imports/{id}', { path: { id: thrown.id } })
    const refused = await county.official.send('DELETE', `/api/imports/${kept.id}`)

    expect((await county.official.send('GET', `/api/imports/${thrown.id}`)).status).toBe(404)
    expect(refused.status).toBe(409)
  })
})

test('figures that followed the imports equal those that are computed anew', async () => {
  await county.server.stop_serving()

  expect(await county.server.command('rebuild', '--check')).not.toMatch(/differ/i)

  await county.server.start()
})
