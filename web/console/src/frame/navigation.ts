import type { Permission } from '@concentric/api-client'
import { Clock, Collection, DataAnalysis, Document, House, Key, OfficeBuilding, Setting, Stamp, Upload, User } from '@element-plus/icons-vue'
import { computed, type Component } from 'vue'
import { useRoute } from 'vue-router'
import { useSession } from '@/session'

export interface Place {
  name: string
  path: string
  icon: Component
  needs: Permission[]
}

const groups: { name: string; places: Place[] }[] = [
  { name: '', places: [{ name: 'frame.workbench', path: '/', icon: House, needs: ['signed_in'] }] },
  {
    name: 'frame.plan_group',
    places: [
      { name: 'frame.indicators', path: '/indicators', icon: DataAnalysis, needs: ['read_indicators'] },
      { name: 'frame.plans', path: '/plans', icon: Document, needs: ['read_plan'] },
      { name: 'frame.ledger', path: '/entries', icon: Collection, needs: ['read_ledger'] },
    ],
  },
  {
    name: 'frame.directory_group',
    places: [
      { name: 'frame.organisations', path: '/organisations', icon: OfficeBuilding, needs: ['read_directory'] },
      { name: 'frame.people', path: '/people', icon: User, needs: ['read_people'] },
      { name: 'frame.imports', path: '/imports', icon: Upload, needs: ['import_roster', 'import_history'] },
    ],
  },
  {
    name: 'frame.settings_group',
    places: [
      { name: 'frame.accounts', path: '/accounts', icon: Key, needs: ['manage_accounts'] },
      { name: 'frame.audit', path: '/audit', icon: Clock, needs: ['read_audit'] },
      { name: 'frame.seals', path: '/seals', icon: Stamp, needs: ['read_audit'] },
      { name: 'frame.account', path: '/account', icon: Setting, needs: ['signed_in'] },
    ],
  },
]

/** The places that this person's post opens; groups with none are left out. */
export function usePlaces() {
  const session = useSession()
  return computed(() =>
    groups
      .map((group) => ({ ...group, places: group.places.filter((place) => session.may(...place.needs)) }))
      .filter((group) => group.places.length > 0),
  )
}

/** The path with the organisation that is being looked at, so that moving between places keeps it. */
export function useKeepsOrganisation() {
  const route = useRoute()
  return (path: string) => (route.query.organisation ? { path, query: { organisation: String(route.query.organisation) } } : { path })
}
