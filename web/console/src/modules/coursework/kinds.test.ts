import { expect, it } from 'vitest'
import { blank_question, change_kind, question_input, tick } from './kinds'

const truth: [string, string] = ['对', '错']

it('sends choices without those that were left empty', () => {
  const edited = blank_question('倾听')
  edited.prompt = '先做什么？'
  edited.choices = [
    { text: '听', is_right: true },
    { text: ' ', is_right: false },
    { text: '说', is_right: false },
  ]

  expect(question_input(edited, truth)).toMatchObject({
    topic: '倾听',
    choices: [
      { text: '听', is_right: true },
      { text: '说', is_right: false },
    ],
    accepted: [],
  })
})

it('sends accepted texts line by line, and a tolerance of numbers only', () => {
  const edited = { ...blank_question(), kind: 'text' as const, accepted: '双减\n\n “双减”政策 ', tolerance: 1 }

  expect(question_input(edited, truth)).toMatchObject({ choices: [], accepted: ['双减', '“双减”政策'] })
  expect(question_input(edited, truth)).not.toHaveProperty('tolerance')
  expect(question_input({ ...edited, kind: 'number', accepted: '45' }, truth)).toMatchObject({ accepted: ['45'], tolerance: 1 })
})

it('keeps one right choice unless several may be', () => {
  const edited = blank_question()
  tick(edited, 1, true)
  expect(edited.choices.map((choice) => choice.is_right)).toEqual([false, true])

  change_kind(edited, 'multiple')
  tick(edited, 0, true)
  expect(edited.choices.map((choice) => choice.is_right)).toEqual([true, true])

  change_kind(edited, 'truth')
  expect(question_input(edited, truth).choices).toEqual([
    { text: '对', is_right: true },
    { text: '错', is_right: false },
  ])
})
