import type { CourseDraft } from '@concentric/api-client'
import { describe, expect, it } from 'vitest'
import { edited_of, input_of, move } from './editing'

const draft = (body: string, seconds: number) =>
  ({
    title: '亲子沟通',
    line: 'in_school',
    is_compulsory: false,
    summary: '',
    topics: [],
    sections: [
      {
        title: '',
        units: [{ id: '7', title: '读一读', kind: 'text', is_required: true, body, seconds, share: 100, is_published: true }],
      },
    ],
  }) as unknown as CourseDraft

const minutes_of = (course: CourseDraft) => input_of(edited_of(course)).sections![0]!.units![0]!.minutes

describe('a draft that is saved as it came', () => {
  it('leaves the usual reading time to the server', () => {
    expect(minutes_of(draft('短', 30))).toBeUndefined()
    expect(minutes_of(draft('长'.repeat(300), 60))).toBeUndefined()
  })

  it('keeps the time that its author set', () => {
    expect(minutes_of(draft('短', 300))).toBe(5)
  })

  it('keeps what is open open', () => {
    const before = edited_of(draft('短', 30))

    expect(edited_of(draft('短', 30), before).sections[0]!.units[0]!.key).toBe(before.sections[0]!.units[0]!.key)
  })
})

it('moves an item by one place, and not past the ends', () => {
  const list = ['一', '二', '三']
  move(list, 0, 1)
  move(list, 0, -1)

  expect(list).toEqual(['二', '一', '三'])
})
