// What a measurement gives: a figure, what it is held against in the same run, and the bar.

export interface Figure {
  what: string
  figure: number
  unit: string
  compared_with?: string
  reference?: number
  /** The ratio figure ÷ reference (or the figure itself, where there is no reference) that is asked for. */
  bar: number
  direction: 'at least' | 'at most'
}

export function ratio_of(figure: Figure): number {
  return figure.reference === undefined ? figure.figure : figure.figure / figure.reference
}

export function is_met(figure: Figure): boolean {
  return figure.direction === 'at least' ? ratio_of(figure) >= figure.bar : ratio_of(figure) <= figure.bar
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

const columns = ['what', 'figure', 'compared with', 'ratio', 'bar', ''] as const

export function table_of(figures: Figure[]): string {
  const rows = [[...columns], ...figures.map(row_of)]
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)))
  return rows.map((row) => row.map((cell, at) => cell.padEnd(widths[at]!)).join('  ').trimEnd()).join('\n')
}

function row_of(figure: Figure): string[] {
  const has_reference = figure.reference !== undefined
  return [
    figure.what,
    `${short(figure.figure)} ${figure.unit}`,
    has_reference ? `${figure.compared_with}: ${short(figure.reference!)}` : '',
    has_reference ? ratio_of(figure).toFixed(3) : '',
    `${figure.direction === 'at least' ? '≥' : '≤'} ${figure.bar}`,
    is_met(figure) ? 'ok' : 'MISSED',
  ]
}

function short(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
