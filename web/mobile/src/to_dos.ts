import type { OwnConsent, OwnFormBrief, Out } from '@concentric/api-client'
import { plus_days } from '@concentric/shared'
import { computed } from 'vue'
import { api } from './api'
import { useSeen } from './seen'
import { child, children, post, session } from './session'
import { china_day, moment_words, t } from './words'

// What waits for somebody: everything that a family or a member of staff is asked to do, wherever in the app it is done.

type Notice = Out<'GET /own-notices'>['items'][number]
type Visit = Out<'GET /own-visits'>['items'][number]
type Join = Out<'GET /own-joins'>['items'][number]

export interface Asked {
  joins: Join[]
  consents: OwnConsent[]
  notices: Notice[]
  forms: OwnFormBrief[]
  visits: Visit[]
  /** Of families, for whoever decides about them. */
  requests: { joins: number; changes: number }
  /** Of events, for whoever approves them. */
  plans: number
}

export const kinds = ['notice', 'form', 'consent', 'visit', 'join', 'request', 'plan'] as const
export interface ToDo {
  key: string
  kind: (typeof kinds)[number]
  /** Whom it is about, of one's children; none: oneself, or the whole family. */
  children: string[]
  due?: string
  title: string
  words: string
  page: string
  query: Record<string, string>
}

/** Whether there is something to do about a visit: to say whether it suits, to confirm it, or what was agreed on. */
const visit_waits = ({ state, proof }: Visit) =>
  state === 'asked' || state === 'published' || (state === 'done' && proof === 'none')

function of_notice(one: Notice): ToDo {
  return {
    key: `notice-${one.id}`,
    kind: 'notice',
    children: one.waits_for,
    ...(one.due_at ? { due: one.due_at } : {}),
    title: t('home.answer_consent', { title: one.title }),
    words: one.due_at ? t('home.until', { at: moment_words(one.due_at) }) : one.office,
    page: 'notice',
    query: { id: one.id },
  }
}

const open_turns = ({ is_open, turns }: OwnFormBrief) =>
  is_open ? turns.filter(({ state }) => state === 'open' || state === 'drafted') : []

function of_form(one: OwnFormBrief): ToDo {
  return {
    key: `form-${one.id}`,
    kind: 'form',
    children: open_turns(one).flatMap(({ student }) => student ?? []),
    due: one.until_at,
    title: t(one.purpose === 'commitment' ? 'home.sign_form' : 'home.fill_form', { title: one.title }),
    words: t('home.until', { at: moment_words(one.until_at) }),
    page: 'form',
    query: { id: one.id },
  }
}

function of_consent(one: OwnConsent): ToDo {
  return {
    key: `consent-${one.purpose.key}-${one.student.id}`,
    kind: 'consent',
    children: [one.student.id],
    title: t('home.answer_consent', { title: one.purpose.title }),
    words: one.purpose.organisation.name,
    page: 'consents',
    query: {},
  }
}

function of_visit(one: Visit): ToDo {
  const when = one.starts_at ? moment_words(one.starts_at) : ''
  return {
    key: `visit-${one.id}`,
    kind: 'visit',
    children: [one.student.id],
    ...(one.state === 'published' && one.starts_at ? { due: one.starts_at } : {}),
    title: t(`to_dos.visit.${one.state === 'done' ? 'done' : one.state === 'asked' ? 'asked' : 'published'}`, {
      child: one.student.name,
    }),
    words: when || one.title,
    page: 'visits',
    query: {},
  }
}

function of_join(one: Join): ToDo {
  return {
    key: `join-${one.id}`,
    kind: 'join',
    children: [],
    title: t('home.teacher_asks', { child: one.child_name }),
    words: one.words ?? '',
    page: 'children',
    query: {},
  }
}

const of_requests = (asked: Asked): ToDo[] =>
  (['joins', 'changes'] as const)
    .filter((kind) => asked.requests[kind] > 0)
    .map((kind) => ({
      key: `requests-${kind}`,
      kind: 'request',
      children: [],
      title: t(`requests.${kind}_wait`, { n: asked.requests[kind] }),
      words: t('requests.decide'),
      page: 'requests',
      query: { kind },
    }))

const of_plans = ({ plans }: Asked): ToDo[] =>
  plans
    ? [
        {
          key: 'plans',
          kind: 'plan',
          children: [],
          title: t('planning.wait', { n: plans }),
          words: t('planning.look'),
          page: 'plans',
          query: {},
        },
      ]
    : []

/** What is due first stands first, what has no end last. */
const by_due = (one: ToDo, other: ToDo) => (one.due ?? '9').localeCompare(other.due ?? '9')

/** Of a member of staff by themselves. */
export function staff_to_dos(asked: Asked, me: string): ToDo[] {
  return [
    ...of_requests(asked),
    ...of_plans(asked),
    ...[
      ...asked.notices.filter(({ waits_for }) => waits_for.includes(me)).map(of_notice),
      ...asked.forms.filter((one) => one.audience === 'staff' && open_turns(one).length).map(of_form),
    ].sort(by_due),
  ]
}

/** Of a family: of all children, or of the one that is asked for and of what is about nobody alone. */
export function family_to_dos(asked: Asked, me: string, only: string): ToDo[] {
  return [
    ...asked.joins.filter(({ state }) => state === 'asked').map(of_join),
    ...[
      ...asked.notices.filter(({ waits_for }) => !waits_for.includes(me)).map(of_notice),
      ...asked.forms.filter((one) => one.audience !== 'staff' && open_turns(one).length).map(of_form),
      ...asked.consents.filter(({ state, may_answer }) => state === 'open' && may_answer).map(of_consent),
      ...asked.visits.filter(visit_waits).map(of_visit),
    ].sort(by_due),
  ].filter((one) => !only || !one.children.length || one.children.includes(only))
}

export const times = ['today', 'week', 'later', 'none'] as const

/** Under how soon they are due. */
export function by_time(items: ToDo[], day: string): { time: (typeof times)[number]; items: ToDo[] }[] {
  const of = ({ due }: ToDo) => {
    if (!due) return 'none'
    const on = china_day(due)
    return on <= day ? 'today' : on <= plus_days(day, 7) ? 'week' : 'later'
  }
  return times.map((time) => ({ time, items: items.filter((one) => of(one) === time) })).filter(({ items: on }) => on.length)
}

/** What waits for whoever is logged in, for the child or in the post that the pages are about. */
export function useToDos() {
  const { seen: notices, reload } = useSeen(
    () => 'to-do-notices',
    () => api('GET /own-notices', { query: { open: true, limit: 200 } }),
  )
  const { seen: forms } = useSeen(
    () => 'own-forms',
    () => api('GET /own-forms'),
  )
  const { seen: consents } = useSeen(
    () => 'consents',
    () => api('GET /me/consents'),
  )
  const { seen: joins } = useSeen(
    () => 'own-joins',
    () => api('GET /own-joins'),
  )
  const { seen: visits } = useSeen(
    () => (children.value.length ? 'own-visits' : ''),
    () => api('GET /own-visits'),
  )
  const { seen: requests } = useSeen(
    () => (post.value && session.me?.permissions.includes('approve_families') ? `requests-${post.value.id}` : ''),
    () => api('GET /family-requests'),
  )
  const { seen: plans } = useSeen(
    () => (post.value && session.me?.permissions.includes('approve_notices') ? `plans-${post.value.id}-proposed` : ''),
    () => api('GET /activity-drafts', { query: { state: 'proposed', limit: 50 } }),
  )
  const to_dos = computed(() => {
    const asked: Asked = {
      joins: joins.value?.items ?? [],
      consents: consents.value?.items ?? [],
      notices: notices.value?.items ?? [],
      forms: forms.value?.items ?? [],
      visits: visits.value?.items ?? [],
      requests: requests.value ?? { joins: 0, changes: 0 },
      plans: plans.value?.items.length ?? 0,
    }
    const me = session.me?.person.id ?? ''
    return post.value ? staff_to_dos(asked, me) : family_to_dos(asked, me, child.value?.id ?? '')
  })
  return { to_dos, seen: notices, reload }
}
