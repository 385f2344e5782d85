import { ApiProblem } from '@concentric/api-client'
import { onMounted, onUnmounted, ref, watch } from 'vue'
import { api, words_of } from '@/api'
import { useSession } from '@/session'

/** A message on its way: kept in this browser until the server has it, so that it is there once however often it is handed in. */
export interface Outgoing {
  client: string
  body: string
  files: string[]
  is_sure: boolean
  fault: string
  is_private_number: boolean
}

const read = <T>(place: string, otherwise: T): T => {
  try {
    return JSON.parse(localStorage.getItem(place) ?? '') as T
  } catch {
    return otherwise
  }
}

export function useOutgoing(conversation: string, sent: () => void) {
  const place = `conversation.${useSession().me?.person.id}.${conversation}`
  const waiting = ref(read<Outgoing[]>(place, []))
  const draft = ref(read<string>(`${place}.draft`, ''))
  let is_sending = false

  watch(waiting, (all) => keep(place, all.length ? all : undefined), { deep: true })
  watch(draft, (text) => keep(`${place}.draft`, text || undefined))

  function keep(where: string, value: unknown) {
    if (value === undefined) localStorage.removeItem(where)
    else localStorage.setItem(where, JSON.stringify(value))
  }

  const forget = (client: string) => (waiting.value = waiting.value.filter((each) => each.client !== client))

  async function send_one(one: Outgoing) {
    const path = { id: conversation, client: one.client }
    const { body, files, is_sure } = one
    one.fault = ''
    try {
      await api('PUT /conversations/{id}/messages/{client}', { path, body: { body, files, is_sure } })
      forget(one.client)
    } catch (error) {
      one.fault = words_of(error)
      one.is_private_number = error instanceof ApiProblem && error.problems.some(({ code }) => code === 'private_number')
      throw error
    }
  }

  /** One after the other, in the order in which they were written; a refused one lets the others pass. */
  async function send_all() {
    if (is_sending) return
    is_sending = true
    for (const one of [...waiting.value])
      await send_one(waiting.value.find(({ client }) => client === one.client)!).catch(() => undefined)
    is_sending = false
    sent()
  }

  async function send(body: string, files: string[]) {
    const client = crypto.getRandomValues(new Uint32Array(4)).reduce((key, part) => key + part.toString(36).padStart(7, '0'), '')
    waiting.value.push({ client, body, files, is_sure: false, fault: '', is_private_number: false })
    await send_all()
  }

  async function send_all_the_same(one: Outgoing) {
    one.is_sure = true
    await send_all()
  }

  function change(one: Outgoing) {
    forget(one.client)
    draft.value = one.body
  }

  const when_back = () => void (waiting.value.length && send_all())
  onMounted(() => {
    window.addEventListener('online', when_back)
    when_back()
  })
  onUnmounted(() => window.removeEventListener('online', when_back))
  return { waiting, draft, send, send_all, send_all_the_same, change }
}
