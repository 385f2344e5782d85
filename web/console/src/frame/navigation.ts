import type { Permission } from '@concentric/api-client'
import {
  AlarmClock,
  Avatar,
  Bell,
  Bicycle,
  Box,
  Calendar,
  ChatDotRound,
  ChatLineSquare,
  Checked,
  Clock,
  Collection,
  Connection,
  DataAnalysis,
  Document,
  EditPen,
  FirstAidKit,
  Finished,
  Flag,
  Guide,
  Hide,
  HomeFilled,
  House,
  Key,
  List,
  Lock,
  MapLocation,
  Memo,
  Message,
  Medal,
  Microphone,
  Notebook,
  OfficeBuilding,
  Picture,
  Postcard,
  Promotion,
  QuestionFilled,
  Reading,
  Refresh,
  School,
  Setting,
  Stamp,
  Star,
  Sunny,
  Sunrise,
  Sugar,
  Switch,
  Tickets,
  Timer,
  Trophy,
  Umbrella,
  Upload,
  User,
  Van,
  VideoCamera,
  View,
  Warning,
} from '@element-plus/icons-vue'
import { computed, type Component } from 'vue'
import { useRoute } from 'vue-router'
import { useSession } from '@/session'

export interface Place {
  name: string
  path: string
  icon: Component
  needs: Permission[]
  /** Only for people who have children here, or come for that. */
  for_family?: boolean
  /** Also for whoever works in a school, whatever the post allows. */
  or_in_school?: boolean
  /** Also for people who have children here, whatever the post allows. */
  or_for_family?: boolean
  /** The place whose page leads here and whose line in the menu stands for this one; the search knows both. */
  under?: string
}

const groups: { name: string; places: Place[] }[] = [
  {
    name: '',
    places: [
      { name: 'frame.workbench', path: '/', icon: House, needs: ['signed_in'] },
      { name: 'frame.my_calendar', path: '/my-calendar', icon: Calendar, needs: ['signed_in'] },
      { name: 'frame.inbox', path: '/inbox', icon: Bell, needs: ['signed_in'] },
      { name: 'frame.my_notices', path: '/my-notices', icon: Message, needs: ['signed_in'] },
      { name: 'frame.notices', path: '/notices', icon: Promotion, needs: ['send_notices'] },
      { name: 'frame.notice_burden', path: '/notice-burden', icon: Timer, needs: ['send_notices'] },
      { name: 'frame.conversations', path: '/conversations', icon: ChatDotRound, needs: ['signed_in'] },
      { name: 'frame.conversation_reports', path: '/conversation-reports', icon: ChatLineSquare, needs: ['approve_access'] },
      { name: 'frame.moments', path: '/moments', icon: Picture, needs: [], or_in_school: true, or_for_family: true },
      { name: 'frame.moment_reports', path: '/moment-reports', icon: Warning, needs: ['manage_families'], under: '/moments' },
      { name: 'frame.my_forms', path: '/my-forms', icon: List, needs: ['signed_in'] },
      { name: 'frame.forms', path: '/forms', icon: Checked, needs: ['send_notices'] },
    ],
  },
  {
    name: 'frame.plan_group',
    places: [
      { name: 'frame.indicators', path: '/indicators', icon: DataAnalysis, needs: ['read_indicators'] },
      { name: 'frame.plans', path: '/plans', icon: Document, needs: ['read_plan'] },
      { name: 'frame.calendar_days', path: '/calendar-days', icon: Calendar, needs: ['manage_plan'], under: '/plans' },
      { name: 'frame.ledger', path: '/entries', icon: Collection, needs: ['read_ledger', 'append_entries'] },
    ],
  },
  {
    name: 'frame.directory_group',
    places: [
      { name: 'frame.organisations', path: '/organisations', icon: OfficeBuilding, needs: ['read_directory'] },
      { name: 'frame.people', path: '/people', icon: User, needs: ['read_people'] },
      { name: 'frame.posts', path: '/posts', icon: Postcard, needs: ['read_people', 'manage_posts'] },
      { name: 'frame.turns', path: '/turns', icon: Refresh, needs: ['manage_enrolment'] },
      { name: 'frame.transfers', path: '/transfers', icon: Switch, needs: ['manage_enrolment'] },
      { name: 'frame.unplaced', path: '/unplaced', icon: Guide, needs: ['manage_enrolment'] },
      { name: 'frame.families', path: '/families', icon: Connection, needs: ['approve_families'] },
      {
        name: 'frame.requests',
        path: '/privacy/requests',
        icon: View,
        needs: ['read_people', 'approve_access'],
        or_in_school: true,
      },
      { name: 'frame.privacy', path: '/privacy', icon: Hide, needs: ['manage_privacy', 'read_people'] },
      { name: 'frame.imports', path: '/imports', icon: Upload, needs: ['import_roster', 'import_history', 'manage_courses'] },
    ],
  },
  {
    name: 'frame.learning_group',
    places: [
      { name: 'frame.catalogue', path: '/learning', icon: Reading, needs: ['signed_in'] },
      { name: 'frame.my_learning', path: '/my-learning', icon: Notebook, needs: ['signed_in'] },
      { name: 'frame.reviews', path: '/reviews', icon: Memo, needs: ['signed_in'] },
      { name: 'frame.activities', path: '/activities', icon: Calendar, needs: ['signed_in'] },
      { name: 'frame.my_activities', path: '/my-activities', icon: Tickets, needs: ['signed_in'] },
      { name: 'frame.courses', path: '/courses', icon: VideoCamera, needs: ['manage_courses'] },
      { name: 'frame.own_training', path: '/my-training', icon: Flag, needs: ['signed_in'] },
      { name: 'frame.own_tutoring', path: '/my-tutoring', icon: Avatar, needs: ['signed_in'], under: '/my-training' },
      { name: 'frame.training_classes', path: '/training-classes', icon: School, needs: ['manage_courses'] },
      { name: 'frame.payment_bills', path: '/payment-bills', icon: Tickets, needs: ['manage_courses'], under: '/training-classes' },
      { name: 'frame.question_banks', path: '/question-banks', icon: QuestionFilled, needs: ['manage_courses'] },
      { name: 'frame.training_menu', path: '/training-menu', icon: List, needs: ['signed_in'] },
      { name: 'frame.bookings', path: '/bookings', icon: AlarmClock, needs: ['signed_in'], under: '/training-menu' },
      { name: 'frame.my_teaching', path: '/my-teaching', icon: Microphone, needs: ['signed_in'], under: '/training-menu' },
      { name: 'frame.service', path: '/service', icon: Sunny, needs: ['signed_in'] },
      { name: 'frame.visits', path: '/visit-campaigns', icon: MapLocation, needs: ['read_people'] },
      { name: 'frame.visit_duties', path: '/visit-duties', icon: Bicycle, needs: ['read_people'], or_in_school: true },
      { name: 'frame.safety', path: '/safety', icon: FirstAidKit, needs: ['signed_in'] },
      { name: 'frame.rosters', path: '/rosters', icon: Umbrella, needs: ['read_people'] },
      { name: 'frame.volunteers', path: '/volunteers', icon: Sugar, needs: ['read_people'], under: '/rosters' },
      { name: 'frame.my_duties', path: '/my-duties', icon: Umbrella, needs: ['signed_in'] },
      { name: 'frame.my_volunteering', path: '/my-volunteering', icon: Sugar, needs: ['signed_in'], under: '/my-duties' },
      { name: 'frame.instructors', path: '/instructors', icon: Avatar, needs: ['manage_instructors'] },
      { name: 'frame.my_certificates', path: '/my-certificates', icon: Medal, needs: ['signed_in'] },
      { name: 'frame.my_points', path: '/my-points', icon: Star, needs: ['signed_in'] },
      { name: 'frame.certificates', path: '/certificates', icon: Trophy, needs: ['manage_certificates'] },
    ],
  },
  {
    name: 'frame.own_group',
    places: [
      { name: 'frame.my_family', path: '/my-family', icon: HomeFilled, needs: ['signed_in'], for_family: true },
      { name: 'frame.my_service', path: '/my-service', icon: Sunrise, needs: ['signed_in'], for_family: true },
      { name: 'frame.my_visits', path: '/my-visits', icon: Van, needs: ['signed_in'], for_family: true },
      { name: 'frame.my_data', path: '/my-family/data', icon: Finished, needs: ['signed_in'], for_family: true },
      { name: 'frame.my_consents', path: '/my-family/consents', icon: EditPen, needs: ['signed_in'], for_family: true },
    ],
  },
  {
    name: 'frame.settings_group',
    places: [
      { name: 'frame.accounts', path: '/accounts', icon: Key, needs: ['manage_accounts'] },
      { name: 'frame.roles', path: '/roles', icon: Lock, needs: ['manage_roles', 'manage_accounts'] },
      { name: 'frame.audit', path: '/audit', icon: Clock, needs: ['read_audit'] },
      { name: 'frame.seals', path: '/seals', icon: Stamp, needs: ['read_audit'] },
      { name: 'frame.archives', path: '/archives', icon: Box, needs: ['export_county'] },
      { name: 'frame.learning_records', path: '/learning-records', icon: Connection, needs: ['manage_accounts', 'export_county'] },
      { name: 'frame.delivery', path: '/delivery', icon: Promotion, needs: ['send_notices'] },
      { name: 'frame.account', path: '/account', icon: Setting, needs: ['signed_in'] },
    ],
  },
]

/** The places that this person's post opens; groups with none are left out. */
export function usePlaces() {
  const session = useSession()
  const has_family = () => (session.me?.children.length ?? 0) > 0 || !session.home
  const in_school = () => ['school', 'kindergarten', 'grade', 'class'].includes(session.home?.kind ?? '')
  return computed(() =>
    groups
      .map((group) => ({
        ...group,
        places: group.places.filter(
          (place) =>
            (session.may(...place.needs) || (place.or_in_school && in_school()) || (place.or_for_family && has_family())) &&
            (!place.for_family || has_family()),
        ),
      }))
      .filter((group) => group.places.length > 0),
  )
}

/** The path with the organisation that is being looked at, so that moving between places keeps it. */
export function useKeepsOrganisation() {
  const route = useRoute()
  return (path: string) =>
    route.query.organisation ? { path, query: { organisation: String(route.query.organisation) } } : { path }
}
