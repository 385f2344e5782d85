// Teaching packages made by hand, so that they can also be wrong in every way.
import { zipSync } from 'fflate'
import type { County } from './county.ts'
import { add_media, save, type Draft } from './courses.ts'
import type { Example } from './examples.ts'
import type { Visitor } from './visitor.ts'

export interface PackagePage {
  file: string
  html: string
  kind?: 'sco' | 'asset'
}

const item = ({ file }: PackagePage) => `<item identifier="i-${file}" identifierref="r-${file}"><title>${file}</title></item>`
const resource = ({ file, kind = 'sco' }: PackagePage) =>
  `<resource identifier="r-${file}" type="webcontent" adlcp:${kind === 'sco' ? 'scormtype="sco"' : 'scormtype="asset"'} href="${file}"/>`

export const manifest_of = (pages: PackagePage[], version = '1.2') =>
  `<?xml version="1.0" encoding="UTF-8"?><manifest identifier="m" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">` +
  `<metadata><schemaversion>${version}</schemaversion></metadata>` +
  `<organizations default="o"><organization identifier="o"><title>课件</title>${pages.map(item).join('')}</organization></organizations>` +
  `<resources>${pages.map(resource).join('')}</resources></manifest>`

export function package_of(pages: PackagePage[], more: Record<string, string> = {}, version = '1.2'): Buffer {
  const files = {
    'imsmanifest.xml': manifest_of(pages, version),
    ...Object.fromEntries(pages.map((p) => [p.file, p.html])),
    ...more,
  }
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]))))
}

/** A published course of one lesson: the package, which counts as so many minutes. */
export async function make_package_course(author: Visitor, owner: string, bytes: Buffer, minutes = 1): Promise<Draft> {
  const draft = await author.call('POST /courses', { body: { title: '互动课件', line: 'in_school', owner } })
  const media = await add_media(author, draft.id, 'package', '课件.zip', bytes)
  if (media.state !== 'ready') throw new Error(`the package was refused: ${media.problem}`)
  const unit = { title: '做一做', kind: 'package' as const, media: media.id, minutes, share: 50 }
  const saved = await save(author, draft, [{ title: '', units: [unit] }])
  return author.call('POST /courses/{id}/editions', { path: { id: draft.id }, body: {}, version: saved.version })
}

export interface PackageThings {
  unit: string
}

export async function make_package_things({ east }: County): Promise<PackageThings> {
  const course = await make_package_course(east.leader, east.id, package_of([{ file: 'a.html', html: '<html></html>' }]))
  return { unit: course.sections[0]!.units[0]!.id }
}

export function package_examples(things: PackageThings): Example[] {
  const page = { id: things.unit, page: '0' }
  return [
    { route: 'GET /api/units/{id}/package', path: { id: things.unit } },
    { route: 'GET /api/units/{id}/package-pages/{page}', path: page },
    { route: 'PUT /api/units/{id}/package-pages/{page}', path: page, body: { viewing: '1', data: [] } },
  ]
}
