// Lessons are written in Markdown. The phone shows headings, paragraphs, lists, quotations and what is bold as plain views, which the
// browser and the mini-program draw alike and in which no HTML can hide.

export interface Piece {
  kind: 'head' | 'words' | 'item' | 'quote'
  spans: { text: string; is_strong: boolean }[]
}

const marks: [RegExp, Piece['kind']][] = [
  [/^#{1,6}\s+/, 'head'],
  [/^(?:[-*+]|\d+[.)])\s+/, 'item'],
  [/^>\s?/, 'quote'],
]

/** "[words](https://…)" becomes "words (https://…)"; what else is marked loses its marks. */
function plain(text: string): string {
  return text.replace(/!?\[([^\]]*)\]\(([^)\s]+)\)/g, '$1 ($2)').replace(/`([^`]+)`/g, '$1')
}

function spans_of(text: string): Piece['spans'] {
  return plain(text)
    .split(/(\*\*[^*]+\*\*|__[^_]+__)/)
    .filter(Boolean)
    .map((part) => (/^(\*\*|__)/.test(part) ? { text: part.slice(2, -2), is_strong: true } : { text: part, is_strong: false }))
}

/** Lines that follow each other are one paragraph; each item of a list, heading and quotation stands for itself. */
export function pieces_of(markdown: string): Piece[] {
  const pieces: { kind: Piece['kind']; lines: string[] }[] = []
  let is_open = false
  for (const line of markdown.split(/\r?\n/).map((each) => each.trim())) {
    const mark = marks.find(([pattern]) => pattern.test(line))
    if (mark) pieces.push({ kind: mark[1], lines: [line.replace(mark[0], '')] })
    else if (line && is_open) pieces.at(-1)!.lines.push(line)
    else if (line) pieces.push({ kind: 'words', lines: [line] })
    is_open = line !== '' && mark?.[1] !== 'head'
  }
  return pieces.map(({ kind, lines }) => ({ kind, spans: spans_of(lines.join('\n')) }))
}
