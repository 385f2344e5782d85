import { expect, it } from 'vitest'
import { pieces_of } from './assignments'

it('cuts a text where shared passages begin and end', () => {
  expect(
    pieces_of('一二三四五六', [
      { begin: 1, end: 3 },
      { begin: 4, end: 6 },
    ]),
  ).toEqual([
    { text: '一', passage: 0 },
    { text: '二三', passage: 1 },
    { text: '四', passage: 0 },
    { text: '五六', passage: 2 },
  ])
})

it('keeps the numbers of passages that stand in another order, and counts rare characters once', () => {
  expect(
    pieces_of('𠮷二三', [
      { begin: 2, end: 3 },
      { begin: 0, end: 1 },
    ]),
  ).toEqual([
    { text: '𠮷', passage: 2 },
    { text: '二', passage: 0 },
    { text: '三', passage: 1 },
  ])
})

it('shows what two passages cover once', () => {
  expect(
    pieces_of('一二三四', [
      { begin: 0, end: 3 },
      { begin: 1, end: 4 },
    ]).map((piece) => piece.text),
  ).toEqual(['一二三', '四'])
})
