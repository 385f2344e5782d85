import type { FieldList, ImportState, Sheet } from '@concentric/api-client'

const working: ImportState[] = ['reading', 'matching', 'applying', 'undoing']

/** Whether the server is at it, so that asking again makes sense. */
export function is_working(state: ImportState): boolean {
  return working.includes(state)
}

/** Which of the four steps an import stands at: file, columns, preview, result. */
export function step_of(state: ImportState): number {
  if (state === 'reading' || state === 'failed') return 0
  if (state === 'mapping' || state === 'matching') return 1
  return state === 'previewed' ? 2 : 3
}

/** Names of the fields that a sheet of its kind must have and that no column is mapped to. */
export function missing_fields(sheet: Sheet, lists: FieldList[]): string[] {
  const mapped = new Set(sheet.columns.map((column) => column.field))
  const fields = lists.find((list) => list.kind === sheet.kind)?.fields ?? []
  return fields.filter((field) => field.required && !mapped.has(field.field)).map((field) => field.name)
}
