import { ApiProblem, type LoggedIn, type Me, type NextStep } from '@concentric/api-client'
import { computed, reactive } from 'vue'
import { api, is_line_problem, on_expired } from './api'
import { forget_drafts } from './drafts'
import { forget_waiting } from './outbox'
import { preferences } from './preferences'
import { forget_scans } from './scans'
import { forget_seen } from './seen'
import { keep_token } from './transport'

interface Session {
  me: Me | undefined
  is_known: boolean
}

/** Who is logged in; off line whoever was last. */
const kept = (uni.getStorageSync('me') || undefined) as Me | undefined
export const session: Session = reactive({ me: kept, is_known: kept !== undefined })

export const children = computed(() => session.me?.children ?? [])
/** The child that the pages are about; nothing: all. */
export const child = computed(() => children.value.find(({ id }) => id === preferences.child))

/** The post that the pages are about; nothing: one's own family. Who has no family here is always in a post. */
export const post = computed(() => {
  const own = session.me?.posts.find(({ id }) => id === preferences.post)
  return own ?? (children.value.length ? undefined : session.me?.acting_as)
})

export function become(me: Me | undefined) {
  if (me?.person.id !== session.me?.person.id) forget_what_was_here()
  session.me = me
  session.is_known = true
  if (me) uni.setStorageSync('me', me)
  else uni.removeStorageSync('me')
}

function forget_what_was_here() {
  forget_seen()
  forget_waiting()
  forget_drafts()
  forget_scans()
  Object.assign(preferences, { child: '', post: '' })
}

on_expired(() => become(undefined))

export async function find_out() {
  try {
    become(await api('GET /session'))
  } catch (error) {
    if (!is_line_problem(error) || !session.me) become(undefined)
  }
}

/** What an answer to any way of logging in leads to: one is in, or has a step to go. */
export function enter(answer: LoggedIn): NextStep | undefined {
  if (!answer.me) return answer.next
  keep_token(answer.token)
  become(answer.me)
  return undefined
}

/** The pages are about this child from now on, or about all. */
export function turn_to_child(id: string) {
  Object.assign(preferences, { child: id, post: '' })
}

export async function turn_to_post(id: string) {
  if (session.me?.acting_as?.id !== id) become(await api('PUT /session/acting-as', { body: { post: id } }))
  Object.assign(preferences, { child: '', post: id })
}

/** The log-in ends on the server too, unless it is over there already. */
export async function log_out() {
  await api('DELETE /session').catch((error: unknown) => {
    if (!(error instanceof ApiProblem) || error.status !== 401) throw error
  })
  keep_token(undefined)
  become(undefined)
}
