import type { FieldList, Sheet } from '@concentric/api-client'
import { expect, it } from 'vitest'
import { is_working, missing_fields, step_of } from './states'

const lists: FieldList[] = [
  {
    kind: 'pupils',
    kind_name: '学生',
    fields: [
      { field: 'name', name: '姓名', required: true },
      { field: 'class', name: '班级', required: true },
      { field: 'sex', name: '性别', required: false },
    ],
  },
]

function sheet(kind: Sheet['kind'], ...fields: (string | undefined)[]): Sheet {
  return {
    index: 0,
    name: '',
    kind,
    kind_name: '',
    header_row: 1,
    heading_rows: 1,
    rows: 0,
    columns: fields.map((field) => ({ column: 'A', heading: '', sample: '', field })),
  }
}

it('names required fields that no column holds', () => {
  expect(missing_fields(sheet('pupils', 'name', undefined), lists)).toEqual(['班级'])
})

it('asks nothing of a sheet that is left out', () => {
  expect(missing_fields(sheet('ignore'), lists)).toEqual([])
})

it('asks the server again only while it is at work', () => {
  expect(is_working('matching')).toBe(true)
  expect(is_working('previewed')).toBe(false)
})

it('stands at the last step once it is applied or undone', () => {
  expect(step_of('previewed')).toBe(2)
  expect(step_of('undone')).toBe(3)
})
