import type { Out, Permission } from '@concentric/api-client'

/** How the pages group what a role may do; the names stand in the locales. */
export const permission_groups: { name: string; permissions: Permission[] }[] = [
  {
    name: 'organisations',
    permissions: ['read_directory', 'manage_organisations', 'manage_posts', 'manage_accounts', 'manage_roles'],
  },
  {
    name: 'people',
    permissions: [
      'read_people',
      'read_numbers',
      'manage_people',
      'import_roster',
      'approve_families',
      'manage_families',
      'manage_enrolment',
    ],
  },
  {
    name: 'plan',
    permissions: [
      'read_plan',
      'manage_plan',
      'read_indicators',
      'read_ledger',
      'append_entries',
      'import_history',
      'manage_courses',
      'manage_certificates',
      'manage_instructors',
    ],
  },
  { name: 'notices', permissions: ['send_notices', 'approve_notices'] },
  { name: 'trust', permissions: ['read_audit', 'approve_access', 'manage_privacy', 'export_county'] },
]

/** What everybody has who is logged in; nothing to choose. */
const of_everybody: Permission[] = ['anyone', 'signed_in']

export function chosen_permissions(permissions: Permission[]): Permission[] {
  return permissions.filter((permission) => !of_everybody.includes(permission))
}

type Entailed = Out<'GET /roles'>['entailed']

/** Whether one that was chosen does not go without this one. */
export function is_brought_along(permission: Permission, chosen: Permission[], entailed: Entailed): boolean {
  return entailed.some((each) => each.also === permission && chosen.includes(each.permission))
}

/** The same list where nothing is missing, so that whoever watches it comes to rest. */
export function bring_along(chosen: Permission[], entailed: Entailed): Permission[] {
  const missing = entailed.filter((each) => chosen.includes(each.permission) && !chosen.includes(each.also))
  return missing.length ? [...new Set([...chosen, ...missing.map(({ also }) => also)])] : chosen
}
