// What a measurement gives: a figure, what it is held against in the same run, and the bar.

export interface Figure {
  what: string
  figure: number
  unit: string
  compared_with?: string
  reference?: number
  /** What is asked of the ratio figure ÷ reference, or of the figure itself where there is no reference; neither: only shown. */
  at_least?: number
  at_most?: number
}

export function ratio_of(figure: Figure): number {
  return figure.reference === undefined ? figure.figure : figure.figure / figure.reference
}

export function is_met(figure: Figure): boolean {
  const ratio = ratio_of(figure)
  return ratio >= (figure.at_least ?? -Infinity) && ratio <= (figure.at_most ?? Infinity)
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
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function row_of(figure: Figure): string[] {
  const has_reference = figure.reference !== undefined
  return [
    figure.what,
    `${short(figure.figure)} ${figure.unit}`,
    has_reference ? `${figure.compared_with}: ${short(figure.reference!)}` : '',
    has_reference ? ratio_of(figure).toFixed(3) : '',
    bar_of(figure),
    bar_of(figure) === '' ? '' : is_met(figure) ? 'ok' : 'MISSED',
  ]
}

function bar_of({ at_least, at_most }: Figure): string {
  if (at_least !== undefined) return `≥ ${at_least}`
  return at_most === undefined ? '' : `≤ ${at_most}`
}

function short(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
