import type { Permission } from '@concentric/api-client'
import { createRouter, createWebHistory } from 'vue-router'
import { on_expired } from './api'
import { i18n } from './i18n'
import { useSession } from './session'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's name. */
    title?: string
    /** Any one of these opens the page. */
    needs?: Permission[]
    open?: boolean
    /** The page stays in place when the parameters of its path change. */
    stays?: boolean
  }
}

export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  routes: [
    { path: '/sso', component: () => import('./modules/sign_in/SsoPage.vue'), meta: { title: 'accounts.log_in', open: true } },
    { path: '/log-in', component: () => import('./modules/sign_in/LogInPage.vue'), meta: { title: 'accounts.log_in', open: true } },
    { path: '/join', component: () => import('./modules/families/JoinPage.vue'), meta: { title: 'frame.join', open: true } },
    {
      path: '/check-service',
      component: () => import('./modules/service/CheckServicePage.vue'),
      meta: { title: 'service.check', open: true },
    },
    { path: '/check', component: () => import('./modules/recognition/CheckPage.vue'), meta: { title: 'frame.check', open: true } },
    {
      path: '/open-days',
      component: () => import('./modules/activities/OpenDaysPage.vue'),
      meta: { title: 'activities.open_days', open: true },
    },
    {
      path: '/',
      component: () => import('./frame/Frame.vue'),
      children: [
        { path: '', component: () => import('./modules/setup/WorkbenchPage.vue'), meta: { title: 'frame.workbench' } },
        {
          path: 'indicators',
          component: () => import('./modules/supervision/IndicatorsPage.vue'),
          meta: { title: 'frame.indicators', needs: ['read_indicators'] },
        },
        {
          path: 'indicators/:number',
          component: () => import('./modules/supervision/IndicatorPage.vue'),
          meta: { title: 'frame.indicators', needs: ['read_indicators'] },
        },
        {
          path: 'plans',
          component: () => import('./modules/plan/PlansPage.vue'),
          meta: { title: 'frame.plans', needs: ['read_plan'] },
        },
        {
          path: 'plans/new',
          component: () => import('./modules/plan/PlanUploadPage.vue'),
          meta: { title: 'plan.load', needs: ['manage_plan'] },
        },
        {
          path: 'plans/:id',
          component: () => import('./modules/plan/PlanPage.vue'),
          meta: { title: 'frame.plans', needs: ['read_plan'] },
        },
        {
          path: 'what-ifs/:id',
          component: () => import('./modules/what_if/WhatIfPage.vue'),
          meta: { title: 'what_if.start', needs: ['manage_plan'] },
        },
        {
          path: 'entries',
          component: () => import('./modules/ledger/EntriesPage.vue'),
          meta: { title: 'frame.ledger', needs: ['read_ledger', 'append_entries'] },
        },
        {
          path: 'organisations/:id?',
          component: () => import('./modules/directory/OrganisationsPage.vue'),
          meta: { title: 'frame.organisations', needs: ['read_directory'], stays: true },
        },
        {
          path: 'people',
          component: () => import('./modules/directory/PeoplePage.vue'),
          meta: { title: 'frame.people', needs: ['read_people'] },
        },
        {
          path: 'people/:id',
          component: () => import('./modules/directory/PersonPage.vue'),
          meta: { title: 'frame.people', needs: ['read_people'] },
        },
        {
          path: 'people/:id/growth-book',
          component: () => import('./modules/growth/GrowthBookPage.vue'),
          meta: { title: 'growth.title', needs: ['read_people'] },
        },
        {
          path: 'turns',
          component: () => import('./modules/enrolment/TurnsPage.vue'),
          meta: { title: 'frame.turns', needs: ['manage_enrolment'] },
        },
        {
          path: 'turns/:id',
          component: () => import('./modules/enrolment/TurnPage.vue'),
          meta: { title: 'frame.turns', needs: ['manage_enrolment'] },
        },
        {
          path: 'turns/:id/schools/:school',
          component: () => import('./modules/enrolment/TurnSchoolPage.vue'),
          meta: { title: 'frame.turns', needs: ['manage_enrolment'] },
        },
        {
          path: 'transfers',
          component: () => import('./modules/enrolment/TransfersPage.vue'),
          meta: { title: 'frame.transfers', needs: ['manage_enrolment'] },
        },
        {
          path: 'unplaced',
          component: () => import('./modules/enrolment/UnplacedPage.vue'),
          meta: { title: 'frame.unplaced', needs: ['manage_enrolment'] },
        },
        {
          path: 'former-pupils',
          component: () => import('./modules/enrolment/FormerPupilsPage.vue'),
          meta: { title: 'enrolment.former_pupils', needs: ['manage_enrolment'] },
        },
        {
          path: 'families',
          component: () => import('./modules/families/FamiliesPage.vue'),
          meta: { title: 'frame.families', needs: ['approve_families'] },
        },
        {
          path: 'families/sheet/:id',
          component: () => import('./modules/families/ClassSheetPage.vue'),
          meta: { title: 'frame.families', needs: ['approve_families'] },
        },
        { path: 'service', component: () => import('./modules/service/ServicePage.vue'), meta: { title: 'frame.service' } },
        {
          path: 'service/:id',
          component: () => import('./modules/service/ServiceOfferPage.vue'),
          meta: { title: 'frame.service' },
        },
        { path: 'my-service', component: () => import('./modules/service/MyServicePage.vue'), meta: { title: 'frame.my_service' } },
        {
          path: 'visit-campaigns',
          component: () => import('./modules/visits/VisitCampaignsPage.vue'),
          meta: { title: 'frame.visits', needs: ['read_people'] },
        },
        {
          path: 'visit-campaigns/:id',
          component: () => import('./modules/visits/VisitCampaignPage.vue'),
          meta: { title: 'frame.visits', needs: ['read_people'] },
        },
        {
          path: 'visit-duties',
          component: () => import('./modules/visits/VisitDutiesPage.vue'),
          meta: { title: 'frame.visit_duties' },
        },
        { path: 'visits/:id', component: () => import('./modules/visits/VisitPage.vue'), meta: { title: 'frame.visit_duties' } },
        {
          path: 'rosters',
          component: () => import('./modules/rosters/RostersPage.vue'),
          meta: { title: 'frame.rosters', needs: ['read_people'] },
        },
        { path: 'rosters/:id', component: () => import('./modules/rosters/RosterPage.vue'), meta: { title: 'frame.rosters' } },
        {
          path: 'rosters/:id/posters/:post',
          component: () => import('./modules/rosters/PosterPage.vue'),
          meta: { title: 'frame.rosters', needs: ['read_people'] },
        },
        { path: 'my-duties', component: () => import('./modules/rosters/MyDutiesPage.vue'), meta: { title: 'frame.my_duties' } },
        {
          path: 'my-volunteering',
          component: () => import('./modules/rosters/MyVolunteeringPage.vue'),
          meta: { title: 'frame.my_volunteering' },
        },
        {
          path: 'volunteers',
          component: () => import('./modules/rosters/VolunteersPage.vue'),
          meta: { title: 'frame.volunteers', needs: ['read_people'] },
        },
        {
          path: 'volunteers/:id',
          component: () => import('./modules/rosters/VolunteerPage.vue'),
          meta: { title: 'frame.volunteers', needs: ['read_people'] },
        },
        { path: 'my-visits', component: () => import('./modules/visits/MyVisitsPage.vue'), meta: { title: 'frame.my_visits' } },
        {
          path: 'safety/:tab(overview|drills|tasks|hazards|alarms|cards)?',
          component: () => import('./modules/safety/SafetyPage.vue'),
          meta: { title: 'frame.safety' },
        },
        { path: 'safety/drills/:id', component: () => import('./modules/safety/DrillPage.vue'), meta: { title: 'frame.safety' } },
        { path: 'safety/hazards/:id', component: () => import('./modules/safety/HazardPage.vue'), meta: { title: 'frame.safety' } },
        { path: 'safety/alarms/:id', component: () => import('./modules/safety/AlarmPage.vue'), meta: { title: 'frame.safety' } },
        { path: 'my-family', component: () => import('./modules/families/MyFamilyPage.vue'), meta: { title: 'frame.my_family' } },
        { path: 'my-family/data', component: () => import('./modules/families/MyDataPage.vue'), meta: { title: 'frame.my_data' } },
        {
          path: 'my-family/consents',
          component: () => import('./modules/privacy/MyConsentsPage.vue'),
          meta: { title: 'frame.my_consents' },
        },
        {
          path: 'my-family/:id/recognition',
          component: () => import('./modules/recognition/ChildRecognitionPage.vue'),
          meta: { title: 'recognition.child_title' },
        },
        { path: 'my-family/:id', component: () => import('./modules/families/ChildPage.vue'), meta: { title: 'frame.my_family' } },
        {
          path: 'imports',
          component: () => import('./modules/imports/ImportsPage.vue'),
          meta: { title: 'frame.imports', needs: ['import_roster', 'import_history', 'manage_courses'] },
        },
        {
          path: 'imports/:id',
          component: () => import('./modules/imports/ImportPage.vue'),
          meta: { title: 'frame.imports', needs: ['import_roster', 'import_history', 'append_entries', 'manage_courses'] },
        },
        {
          path: 'accounts',
          component: () => import('./modules/accounts/AccountsPage.vue'),
          meta: { title: 'frame.accounts', needs: ['manage_accounts'] },
        },
        {
          path: 'posts',
          component: () => import('./modules/directory/PostsPage.vue'),
          meta: { title: 'frame.posts', needs: ['read_people', 'manage_posts'] },
        },
        {
          path: 'roles',
          component: () => import('./modules/accounts/RolesPage.vue'),
          meta: { title: 'frame.roles', needs: ['manage_roles', 'manage_accounts'] },
        },
        {
          path: 'audit',
          component: () => import('./modules/accounts/AuditPage.vue'),
          meta: { title: 'frame.audit', needs: ['read_audit'] },
        },
        {
          path: 'archives',
          component: () => import('./modules/archives/ArchivesPage.vue'),
          meta: { title: 'frame.archives', needs: ['export_county'] },
        },
        {
          path: 'learning-records',
          component: () => import('./modules/xapi/LearningRecordsPage.vue'),
          meta: { title: 'frame.learning_records', needs: ['manage_accounts', 'export_county'] },
        },
        {
          path: 'seals',
          component: () => import('./modules/seals/SealsPage.vue'),
          meta: { title: 'frame.seals', needs: ['read_audit'] },
        },
        {
          path: 'privacy',
          component: () => import('./modules/privacy/PrivacyPage.vue'),
          meta: { title: 'frame.privacy', needs: ['manage_privacy', 'read_people'] },
        },
        {
          path: 'privacy/requests',
          component: () => import('./modules/privacy/RequestsPage.vue'),
          meta: { title: 'frame.requests', needs: ['read_directory'] },
        },
        { path: 'learning', component: () => import('./modules/learning/CataloguePage.vue'), meta: { title: 'frame.catalogue' } },
        {
          path: 'my-learning',
          component: () => import('./modules/learning/MyLearningPage.vue'),
          meta: { title: 'frame.my_learning' },
        },
        { path: 'learning/:id', component: () => import('./modules/learning/CoursePage.vue'), meta: { title: 'frame.catalogue' } },
        {
          path: 'learning/:id/lessons/:unit',
          component: () => import('./modules/learning/LessonPage.vue'),
          meta: { title: 'frame.catalogue' },
        },
        {
          path: 'courses',
          component: () => import('./modules/learning/CoursesPage.vue'),
          meta: { title: 'frame.courses', needs: ['manage_courses'] },
        },
        {
          path: 'courses/:id',
          component: () => import('./modules/learning/CourseEditorPage.vue'),
          meta: { title: 'frame.courses', needs: ['manage_courses'] },
        },
        {
          path: 'my-training',
          component: () => import('./modules/programmes/OwnTrainingPage.vue'),
          meta: { title: 'frame.own_training' },
        },
        {
          path: 'my-training/:id',
          component: () => import('./modules/programmes/OwnClassPage.vue'),
          meta: { title: 'frame.own_training' },
        },
        {
          path: 'my-tutoring',
          component: () => import('./modules/programmes/TutoringsPage.vue'),
          meta: { title: 'frame.own_tutoring' },
        },
        {
          path: 'my-tutoring/:id',
          component: () => import('./modules/programmes/TutoringPage.vue'),
          meta: { title: 'frame.own_tutoring' },
        },
        {
          path: 'training-classes',
          component: () => import('./modules/programmes/ClassesPage.vue'),
          meta: { title: 'frame.training_classes', needs: ['manage_courses'] },
        },
        {
          path: 'training-classes/:id',
          component: () => import('./modules/programmes/ClassPage.vue'),
          meta: { title: 'frame.training_classes', needs: ['manage_courses'] },
        },
        {
          path: 'training-classes/:id/members/:person',
          component: () => import('./modules/programmes/MemberPage.vue'),
          meta: { title: 'frame.training_classes', needs: ['manage_courses'] },
        },
        {
          path: 'payment-bills',
          component: () => import('./modules/programmes/PaymentBillsPage.vue'),
          meta: { title: 'frame.payment_bills', needs: ['manage_courses'] },
        },
        {
          path: 'question-banks',
          component: () => import('./modules/coursework/QuestionBanksPage.vue'),
          meta: { title: 'frame.question_banks', needs: ['manage_courses'] },
        },
        {
          path: 'question-banks/:id',
          component: () => import('./modules/coursework/QuestionBankPage.vue'),
          meta: { title: 'frame.question_banks', needs: ['manage_courses'] },
        },
        {
          path: 'learning/:id/board',
          component: () => import('./modules/coursework/BoardPage.vue'),
          meta: { title: 'frame.board' },
        },
        {
          path: 'learning/:id/board/:topic',
          component: () => import('./modules/coursework/TopicPage.vue'),
          meta: { title: 'frame.board' },
        },
        {
          path: 'courses/:id/questions',
          component: () => import('./modules/coursework/CollectedPage.vue'),
          meta: { title: 'frame.collected', needs: ['manage_courses'] },
        },
        {
          path: 'assignments/:id',
          component: () => import('./modules/coursework/AssignmentPage.vue'),
          meta: { title: 'frame.assignment' },
        },
        {
          path: 'assignments/:id/submissions',
          component: () => import('./modules/coursework/SubmissionsPage.vue'),
          meta: { title: 'frame.assignment', needs: ['manage_courses'] },
        },
        {
          path: 'submissions/:id',
          component: () => import('./modules/coursework/SubmissionPage.vue'),
          meta: { title: 'frame.assignment' },
        },
        { path: 'reviews', component: () => import('./modules/coursework/ReviewsPage.vue'), meta: { title: 'frame.reviews' } },
        {
          path: 'reviews/:submission/:number',
          component: () => import('./modules/coursework/ReviewPage.vue'),
          meta: { title: 'frame.reviews' },
        },
        {
          path: 'activities',
          component: () => import('./modules/activities/ActivitiesPage.vue'),
          meta: { title: 'frame.activities' },
        },
        {
          path: 'activities/planning',
          component: () => import('./modules/activities/PlanningPage.vue'),
          meta: { title: 'activities.planning', needs: ['append_entries'] },
        },
        {
          path: 'activities/drafts/:id',
          component: () => import('./modules/activities/DraftPage.vue'),
          meta: { title: 'activities.drafts', needs: ['append_entries'] },
        },
        {
          path: 'activities/:id',
          component: () => import('./modules/activities/ActivityPage.vue'),
          meta: { title: 'frame.activities' },
        },
        {
          path: 'activities/:id/own-codes',
          component: () => import('./modules/activities/OwnCodesPage.vue'),
          meta: { title: 'frame.activities' },
        },
        {
          path: 'activities/:id/paper-codes',
          component: () => import('./modules/activities/PaperCodesPage.vue'),
          meta: { title: 'frame.activities' },
        },
        {
          path: 'my-calendar',
          component: () => import('./modules/calendar/MyCalendarPage.vue'),
          meta: { title: 'frame.my_calendar' },
        },
        {
          path: 'calendar-days',
          component: () => import('./modules/calendar/CalendarDaysPage.vue'),
          meta: { title: 'frame.calendar_days', needs: ['manage_plan'] },
        },
        {
          path: 'my-activities',
          component: () => import('./modules/activities/MyActivitiesPage.vue'),
          meta: { title: 'frame.my_activities' },
        },
        {
          path: 'training-menu',
          component: () => import('./modules/instructors/MenuPage.vue'),
          meta: { title: 'frame.training_menu' },
        },
        {
          path: 'training-menu/:id',
          component: () => import('./modules/instructors/MenuItemPage.vue'),
          meta: { title: 'frame.training_menu' },
        },
        { path: 'bookings', component: () => import('./modules/instructors/BookingsPage.vue'), meta: { title: 'frame.bookings' } },
        {
          path: 'bookings/:id',
          component: () => import('./modules/instructors/BookingPage.vue'),
          meta: { title: 'frame.bookings' },
        },
        {
          path: 'my-teaching',
          component: () => import('./modules/instructors/TeachingPage.vue'),
          meta: { title: 'frame.my_teaching' },
        },
        {
          path: 'instructors',
          component: () => import('./modules/instructors/InstructorsPage.vue'),
          meta: { title: 'frame.instructors', needs: ['manage_instructors'] },
        },
        {
          path: 'instructors/:person',
          component: () => import('./modules/instructors/InstructorPage.vue'),
          meta: { title: 'frame.instructors', needs: ['manage_instructors'] },
        },
        {
          path: 'forms',
          component: () => import('./modules/forms/FormsPage.vue'),
          meta: { title: 'frame.forms', needs: ['send_notices'] },
        },
        {
          path: 'forms/:id',
          component: () => import('./modules/forms/FormPage.vue'),
          meta: { title: 'frame.forms', needs: ['send_notices'] },
        },
        { path: 'my-forms', component: () => import('./modules/forms/MyFormsPage.vue'), meta: { title: 'frame.my_forms' } },
        { path: 'my-forms/:id', component: () => import('./modules/forms/MyFormPage.vue'), meta: { title: 'frame.my_forms' } },
        {
          path: 'my-certificates',
          component: () => import('./modules/recognition/MyCertificatesPage.vue'),
          meta: { title: 'frame.my_certificates' },
        },
        {
          path: 'my-points',
          component: () => import('./modules/recognition/MyPointsPage.vue'),
          meta: { title: 'frame.my_points' },
        },
        {
          path: 'certificates',
          component: () => import('./modules/recognition/CertificatesPage.vue'),
          meta: { title: 'frame.certificates', needs: ['manage_certificates'], stays: true },
        },
        {
          path: 'my-notices',
          component: () => import('./modules/notices/OwnNoticesPage.vue'),
          meta: { title: 'frame.my_notices' },
        },
        {
          path: 'my-notices/:id',
          component: () => import('./modules/notices/OwnNoticePage.vue'),
          meta: { title: 'frame.my_notices' },
        },
        {
          path: 'notices',
          component: () => import('./modules/notices/NoticesPage.vue'),
          meta: { title: 'frame.notices', needs: ['send_notices'] },
        },
        {
          path: 'notices/:id',
          component: () => import('./modules/notices/NoticePage.vue'),
          meta: { title: 'frame.notices', needs: ['send_notices'] },
        },
        {
          path: 'notice-burden',
          component: () => import('./modules/notices/BurdenPage.vue'),
          meta: { title: 'frame.notice_burden', needs: ['send_notices'] },
        },
        {
          path: 'conversations/:id?',
          component: () => import('./modules/conversations/MessageDeskPage.vue'),
          meta: { title: 'frame.conversations', stays: true },
        },
        {
          path: 'conversation-reports',
          component: () => import('./modules/conversations/ReportsPage.vue'),
          meta: { title: 'frame.conversation_reports', needs: ['approve_access'] },
        },
        {
          path: 'conversation-reports/:id',
          component: () => import('./modules/conversations/ReportPage.vue'),
          meta: { title: 'frame.conversation_reports', needs: ['approve_access'] },
        },
        {
          path: 'moments',
          component: () => import('./modules/feed/MomentsPage.vue'),
          meta: { title: 'frame.moments' },
        },
        {
          path: 'moments/:id',
          component: () => import('./modules/feed/MomentPage.vue'),
          meta: { title: 'frame.moments' },
        },
        {
          path: 'moment-reports',
          component: () => import('./modules/feed/MomentReportsPage.vue'),
          meta: { title: 'frame.moment_reports', needs: ['manage_families'] },
        },
        { path: 'inbox', component: () => import('./modules/inbox/InboxPage.vue'), meta: { title: 'frame.inbox' } },
        {
          path: 'delivery',
          component: () => import('./modules/delivery/DeliveryPage.vue'),
          meta: { title: 'frame.delivery', needs: ['send_notices'] },
        },
        { path: 'account', component: () => import('./modules/accounts/AccountPage.vue'), meta: { title: 'frame.account' } },
        { path: ':rest(.*)*', component: () => import('./frame/NotFoundPage.vue'), meta: { title: 'frame.not_found' } },
      ],
    },
  ],
})

router.beforeEach(async (to) => {
  const session = useSession()
  if (!session.is_known) await session.find_out()
  if (to.meta.open) return session.me && to.path === '/log-in' ? '/' : true
  if (!session.me) return { path: '/log-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  if ((session.me.must_change_password || session.me.must_set_second_factor) && to.path !== '/account') return '/account'
  return to.meta.needs && !session.may(...to.meta.needs) ? '/' : true
})

router.afterEach((to) => {
  const { t } = i18n.global
  document.title = to.meta.title ? `${t(to.meta.title)} · ${t('common.product')}` : t('common.product')
})

on_expired(() => {
  useSession().become(undefined)
  const here = router.currentRoute.value
  if (!here.meta.open) void router.replace({ path: '/log-in', query: { next: here.fullPath } })
})
