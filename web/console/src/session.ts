import { ApiProblem, type LoggedIn, type Me, type NextStep, type Permission } from '@concentric/api-client'
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api } from './api'

/** Who is logged in, in which post, and what that allows. */
export const useSession = defineStore('session', () => {
  const me = ref<Me>()
  const is_known = ref(false)

  const home = computed(() => me.value?.acting_as?.organisation)

  function may(...any_of: Permission[]): boolean {
    return any_of.some((permission) => permission === 'signed_in' || me.value?.permissions.includes(permission))
  }

  function become(new_me: Me | undefined) {
    me.value = new_me
    is_known.value = true
  }

  async function find_out() {
    try {
      become(await api('GET /session'))
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 401) throw error
      become(undefined)
    }
  }

  /** What an answer to any way of logging in leads to: one is in, or has a step to go. */
  function enter(answer: LoggedIn): NextStep | undefined {
    if (answer.me) become(answer.me)
    return answer.next
  }

  async function log_in(name: string, password: string) {
    return enter(await api('POST /sessions', { body: { name, password } }))
  }

  async function act_as(post: string) {
    become(await api('PUT /session/acting-as', { body: { post } }))
  }

  /** Also where one came from, if that was a single sign-on: then the browser leaves for its log-out page. */
  async function log_out() {
    const elsewhere = me.value?.method.startsWith('sso:') ? await api('GET /session/sso-log-out').catch(() => undefined) : undefined
    await api('DELETE /session')
    become(undefined)
    if (elsewhere?.address) location.assign(elsewhere.address)
  }

  return { me, is_known, home, may, become, enter, find_out, log_in, act_as, log_out }
})
