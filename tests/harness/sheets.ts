// Tables as people bring them: in the encodings that spreadsheet programs write, and as workbooks.
import iconv from 'iconv-lite'
import write_workbook from 'write-excel-file/node'

/** Rows of cells; the first one holds the headings. */
export type Table = (string | number)[][]

export interface Format {
  format: string
  extension: 'csv' | 'xlsx'
  write: (table: Table) => Promise<Uint8Array>
}

export const formats: Format[] = [
  { format: 'CSV in GB18030', extension: 'csv', write: async (table) => iconv.encode(as_csv(table), 'gb18030') },
  {
    format: 'CSV in UTF-8 with a byte order mark',
    extension: 'csv',
    write: async (table) => Buffer.from(`\ufeff${as_csv(table)}`),
  },
  { format: 'XLSX', extension: 'xlsx', write: as_workbook },
]

export function as_csv(table: Table): string {
  return table.map((row) => row.map((cell) => `"${cell}"`).join(',') + '\r\n').join('')
}

export async function as_workbook(table: Table): Promise<Uint8Array> {
  return write_workbook(table.map((row) => row.map((value) => ({ value })))).toBuffer()
}

/** A workbook of several sheets, each by its name. */
export async function as_sheets(sheets: Record<string, Table>): Promise<Buffer> {
  const all = Object.entries(sheets).map(([sheet, table]) => ({ sheet, data: table.map((row) => row.map((value) => ({ value }))) }))
  return write_workbook(all).toBuffer()
}

/** A table whose rows are told by heading; what is not told is empty. */
export function table_of<Heading extends string>(
  headings: readonly Heading[],
  rows: Partial<Record<Heading, string | number>>[],
): Table {
  return [[...headings], ...rows.map((row) => headings.map((heading) => row[heading] ?? ''))]
}

/** Born on 12 May 2016 in a county that never was; boys have odd orders. */
export function identity_number(order: number): string {
  const digits = `36010020160512${String(order).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  return digits + '10X98765432'[sum % 11]
}
