import { defineStore } from 'pinia'
import { ref } from 'vue'
import { api } from '@/api'

/** How much in the inbox is unread; the bell shows it, and whatever reads something asks anew. */
export const useInbox = defineStore('inbox', () => {
  const unread = ref(0)

  async function refresh() {
    try {
      unread.value = (await api('GET /inbox/unread')).unread
    } catch {
      // The next look finds out; a bell is no place for an error.
    }
  }

  return { unread, refresh }
})
