import type { OrganisationKind } from '@concentric/api-client'

const regional: OrganisationKind[] = [
  'county',
  'bureau',
  'department',
  'subdistrict',
  'school',
  'kindergarten',
  'resource',
  'training_agency',
  'association',
  'region',
]
const below: Partial<Record<OrganisationKind, OrganisationKind[]>> = {
  region: regional,
  county: regional.filter((kind) => kind !== 'county'),
  bureau: ['department', 'school', 'kindergarten', 'training_agency'],
  subdistrict: ['community', 'school', 'kindergarten', 'guidance_station', 'resource', 'association'],
  community: ['guidance_station', 'school', 'kindergarten', 'resource'],
  school: ['grade', 'class', 'guidance_station'],
  kindergarten: ['grade', 'class'],
  grade: ['class'],
}

/** What may be founded directly below an organisation of this kind. */
export function kinds_below(kind: string): OrganisationKind[] {
  return below[kind as OrganisationKind] ?? []
}

export const has_stages: string[] = ['school', 'kindergarten', 'grade', 'class']
export const has_pupils: string[] = ['school', 'kindergarten', 'grade', 'class']
