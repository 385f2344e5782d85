// A file brought in over HTTP, and carried through the steps of an import.
import type { Body, ImportKind, Out } from '../../web/packages/api-client/src/index.ts'
import { eventually } from './eventually.ts'
import type { Visitor } from './visitor.ts'

export type Import = Out<'GET /imports/{id}'>
export type ImportRow = Out<'GET /imports/{id}/rows'>['items'][number]

export interface BroughtFile {
  kind: ImportKind
  name: string
  bytes: Uint8Array | string
  organisation: string
  /** Seconds to wait for a large one. */
  patience?: number
}

/** Gives the import when it rests: previewed, or asking what its columns mean. */
export async function bring(visitor: Visitor, { kind, name, bytes, organisation, patience }: BroughtFile): Promise<Import> {
  const query = new URLSearchParams({ kind, file_name: name, organisation })
  const answer = await visitor.send('POST', `/api/imports?${query}`, { body: bytes })
  if (answer.status !== 201) throw new Error(`${name} was refused: ${answer.status} ${answer.text}`)
  return at_rest(visitor, answer.json.id, patience)
}

export async function map(visitor: Visitor, id: string, sheets: Body<'PUT /imports/{id}/mapping'>['sheets']): Promise<Import> {
  await visitor.call('PUT /imports/{id}/mapping', { path: { id }, body: { sheets } })
  return at_rest(visitor, id)
}

export async function apply(visitor: Visitor, id: string, patience?: number): Promise<Import> {
  await visitor.call('PUT /imports/{id}/application', { path: { id } })
  return at_rest(visitor, id, patience)
}

export async function undo(visitor: Visitor, id: string): Promise<Import> {
  await visitor.call('DELETE /imports/{id}/application', { path: { id } })
  return at_rest(visitor, id)
}

const moving: string[] = ['reading', 'matching', 'applying', 'undoing']

async function at_rest(visitor: Visitor, id: string, patience?: number): Promise<Import> {
  const look = () => visitor.call('GET /imports/{id}', { path: { id } })
  await eventually(async () => !moving.includes((await look()).state), patience)
  const found = await look()
  if (found.job?.state === 'failed') throw new Error(`the import failed: ${found.job.error}`)
  return found
}

export async function rows_of(visitor: Visitor, id: string): Promise<ImportRow[]> {
  return (await visitor.call('GET /imports/{id}/rows', { path: { id }, query: { limit: 200 } })).items
}

/** What it would do, or has done, in one line: "3 added, 1 faulty". */
export function counts_of({ counts }: Import): string {
  const names = ['added', 'changed', 'moved', 'left', 'faulty'] as const
  return names
    .map((name) => ({ name, count: counts.reduce((sum, line) => sum + line[name], 0) }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}`)
    .join(', ')
}

/** Where the import found something wrong: "row 3, D: identity_number". */
export function problems_of(rows: ImportRow[]): string[] {
  return rows.flatMap(({ row, problems }) => problems.map(({ column, code }) => `row ${row}, ${column}: ${code}`))
}

export async function download(visitor: Visitor, path: string): Promise<Buffer> {
  const headers = { authorization: `Bearer ${visitor.token}`, 'accept-language': visitor.language }
  const answer = await fetch(visitor.server.address + path, { headers })
  if (!answer.ok) throw new Error(`${path} → ${answer.status} ${await answer.text()}`)
  return Buffer.from(await answer.arrayBuffer())
}
