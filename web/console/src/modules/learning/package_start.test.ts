import { expect, test } from 'vitest'
import { kept_elements, start_data } from './package_start'

const nothing = { data: [], mastery_score: '', launch_data: '' }

test('a page that was never open begins anew, for somebody without a name', () => {
  expect(start_data('1.2', 'a1b2', '学员', nothing)).toEqual({
    'cmi.core.entry': 'ab-initio',
    'cmi.core.credit': 'credit',
    'cmi.core.lesson_mode': 'normal',
    'cmi.core.student_id': 'a1b2',
    'cmi.core.student_name': '学员',
  })
})

test('a page that was left goes on where it stood, and its sitting begins at nought', () => {
  const data = [
    { name: 'cmi.exit', value: 'suspend' },
    { name: 'cmi.session_time', value: 'PT5M' },
    { name: 'cmi.location', value: 'page-3' },
  ]

  const start = start_data('2004', 'a1b2', '学员', { data, mastery_score: '80', launch_data: 'level=2' })

  expect(start).toMatchObject({ 'cmi.entry': 'resume', 'cmi.location': 'page-3', 'cmi.launch_data': 'level=2' })
  expect(start).not.toHaveProperty('cmi.session_time')
  expect(start).not.toHaveProperty('cmi.exit')
})

test('a page that was finished is neither new nor to be gone on with', () => {
  const data = [{ name: 'cmi.core.exit', value: 'time-out' }]

  expect(start_data('1.2', 'a1b2', '学员', { ...nothing, data, mastery_score: '80' })).toMatchObject({
    'cmi.core.entry': '',
    'cmi.student_data.mastery_score': '80',
  })
})

test('of a commit only texts of the data model are kept', () => {
  const committed = {
    'cmi.core.lesson_status': 'passed',
    'cmi.core.score.raw': 90,
    'cmi.core._children': 'x',
    'cmi.comments': '',
    other: 1,
  }

  expect(kept_elements(committed)).toEqual([
    { name: 'cmi.core.lesson_status', value: 'passed' },
    { name: 'cmi.core.score.raw', value: '90' },
  ])
  expect(kept_elements('forged')).toEqual([])
})
