// Files as large as a county: a roster of all its pupils with their carers, and what was done with them.
import { apply, bring, type Import } from '../tests/harness/imports.ts'
import { as_csv, type Table } from '../tests/harness/sheets.ts'
import type { Visitor } from '../tests/harness/visitor.ts'

export const patience = 1800

export interface School {
  id: string
  name: string
}

export async function add_schools(official: Visitor, count: number): Promise<School[]> {
  const parent = (await official.call('GET /session')).acting_as!.organisation.id
  const schools: School[] = []
  for (let number = 1; number <= count; ++number) {
    const name = `第${number}小学`
    const body = { parent, kind: 'school' as const, name, stages: ['primary' as const], opened_on: '2025-08-01' }
    schools.push({ id: (await official.call('POST /organisations', { body })).id, name })
  }
  return schools
}

export interface Roster {
  schools: School[]
  pupils: number
}

/** In classes of forty; seven pupils in ten have a second carer. */
export function roster_table({ schools, pupils }: Roster): Table {
  const carer = (number: number) => [`成员${number}姓名`, `成员${number}关系`, `成员${number}联系电话`]
  const headings = [
    '姓名',
    '性别',
    '出生日期',
    '身份证件号',
    '全国学籍号',
    '学校名称',
    '年级',
    '班级',
    '入学年月',
    ...carer(1),
    ...carer(2),
  ]
  const rows = Array.from({ length: pupils }, (_, at) => {
    const { birth_day, number } = identity(at)
    const sex = at % 2 === 0 ? '女' : '男'
    const father = [`李建${character(at, 7)}`, '父亲', String(13_100_000_000 + at)]
    const mother = at % 10 < 7 ? [`周敏${character(at, 11)}`, '母亲', String(15_100_000_000 + at)] : ['', '', '']
    return [
      name_of(at),
      sex,
      birth_day,
      number,
      `G${number}`,
      ...class_of(at, { schools, pupils }),
      '2025-09',
      ...father,
      ...mother,
    ]
  })
  return [headings, ...rows]
}

/** One visit of each pupil and a phone call to every other. */
export function history_table(roster: Roster, entries: number): Table {
  const headings = ['日期', '类型', '学校', '年级', '班级', '学生姓名', '学籍号']
  const rows = Array.from({ length: entries }, (_, at) => {
    const pupil = at % roster.pupils
    const day = `2026-03-${String(1 + (at % 28)).padStart(2, '0')}`
    const kind = at < roster.pupils ? '入户家访' : '电话家访'
    return [day, kind, ...class_of(pupil, roster), name_of(pupil), `G${identity(pupil).number}`]
  })
  return [headings, ...rows]
}

export async function bring_roster(official: Visitor, roster: Roster): Promise<Import> {
  return bring_table(official, 'roster', roster_table(roster))
}

/** From the file's bytes to the last commit. */
export async function bring_table(official: Visitor, kind: 'roster' | 'history', table: Table): Promise<Import> {
  const organisation = (await official.call('GET /session')).acting_as!.organisation.id
  const brought = await bring(official, { kind, name: `${kind}.csv`, bytes: as_csv(table), organisation, patience })
  const applied = await apply(official, brought.id, patience)
  const faulty = applied.counts.reduce((sum, count) => sum + count.faulty, 0)
  if (faulty > 0) throw new Error(`${faulty} rows of the ${kind} were refused`)
  return applied
}

const characters = [
  ...'一乙二十丁厂七卜人入八九几儿了力刀又三于干亏士工土才寸下大丈与万上小口巾山千乞川亿个勺久凡及夕丸么广亡门义之尸弓己已子卫也女飞刃习叉马乡丰王井开夫天无元专云扎艺木五支厅',
]

function character(at: number, step: number): string {
  return characters[(at * step) % characters.length]!
}

function name_of(at: number): string {
  return `李${character(at, 1)}${character(Math.floor(at / characters.length), 1)}`
}

function class_of(at: number, { schools, pupils }: Roster): string[] {
  const each = Math.ceil(pupils / schools.length)
  return [schools[Math.floor(at / each)]!.name, '2025级', `${Math.floor((at % each) / 40) + 1}班`]
}

/** Five hundred are born on each day; girls have even orders. */
function identity(at: number): { birth_day: string; number: string } {
  const birth_day = new Date(Date.UTC(2018, 0, 1 + Math.floor(at / 500))).toISOString().slice(0, 10)
  const digits = `360100${birth_day.replaceAll('-', '')}${String((at % 500) * 2 + (at % 2)).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, place) => total + weight * Number(digits[place]), 0)
  return { birth_day, number: digits + '10X98765432'[sum % 11] }
}
