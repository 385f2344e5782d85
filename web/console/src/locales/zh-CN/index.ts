import { texts_zh as shared } from '@concentric/shared'
import accounts from './accounts'
import activities from './activities'
import archives from './archives'
import bills from './bills'
import calendar from './calendar'
import classroom from './classroom'
import common from './common'
import conversations from './conversations'
import coursework from './coursework'
import delivery from './delivery'
import directory from './directory'
import enrolment from './enrolment'
import families from './families'
import feed from './feed'
import forms from './forms'
import frame from './frame'
import growth from './growth'
import imports from './imports'
import inbox from './inbox'
import instructors from './instructors'
import learning from './learning'
import ledger from './ledger'
import notices from './notices'
import paper from './paper'
import plan from './plan'
import recognition from './recognition'
import safety from './safety'
import seals from './seals'
import privacy from './privacy'
import programmes from './programmes'
import setup from './setup'
import sign_in from './sign_in'
import supervision from './supervision'
import service from './service'
import rosters from './rosters'
import visits from './visits'
import what_if from './what_if'
import xapi from './xapi'

export default {
  shared,
  common,
  frame,
  accounts,
  activities,
  archives,
  bills,
  calendar,
  classroom,
  conversations,
  coursework,
  delivery,
  directory,
  enrolment,
  families,
  feed,
  forms,
  growth,
  imports,
  inbox,
  instructors,
  learning,
  ledger,
  notices,
  paper,
  plan,
  recognition,
  safety,
  seals,
  privacy,
  programmes,
  setup,
  sign_in,
  supervision,
  service,
  rosters,
  visits,
  what_if,
  xapi,
}
