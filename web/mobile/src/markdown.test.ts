import { expect, it } from 'vitest'
import { pieces_of } from './markdown'

const words = (text: string) => pieces_of(text).map(({ kind, spans }) => `${kind}: ${spans.map((span) => span.text).join('')}`)

it('parts headings, paragraphs, items and quotations', () => {
  const text = '## 先听\n孩子说完，\n再开口。\n\n- 看着他\n- 不打断\n\n> 情绪没有对错。'

  expect(words(text)).toEqual([
    'head: 先听',
    'words: 孩子说完，\n再开口。',
    'item: 看着他',
    'item: 不打断',
    'quote: 情绪没有对错。',
  ])
})

it('shows what is bold, and where a link leads', () => {
  expect(pieces_of('**慢**一点，见[指南](https://a.cn/b)')[0]!.spans).toEqual([
    { text: '慢', is_strong: true },
    { text: '一点，见指南 (https://a.cn/b)', is_strong: false },
  ])
})

it('leaves HTML as the text that it is', () => {
  expect(words('<img src=x onerror=alert(1)>')).toEqual(['words: <img src=x onerror=alert(1)>'])
})
