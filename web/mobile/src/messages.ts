import type { AccountNotice, ActivityNotice } from '@concentric/api-client'
import { device_of } from '@concentric/shared'
import { reactive } from 'vue'
import { api } from './api'
import { span_words, t } from './words'

/** One line of the inbox, from whichever part of the platform it comes. */
export interface Message {
  id: string
  from: 'activity' | 'account'
  at: string
  is_read: boolean
  title: string
  words: string
  hint: string
  /** The event that it is about. */
  activity?: string
}

/** What the tab shows a dot for. */
export const messages = reactive({ unread: 0 })

function of_activity(notice: ActivityNotice): Message {
  return {
    id: `activity-${notice.id}`,
    from: 'activity',
    at: notice.at,
    is_read: notice.is_read,
    title: `${t(`messages.notices.${notice.kind}`)}：${notice.title}`,
    words: [span_words(notice.starts_at, notice.starts_at).split('–')[0], notice.place].filter(Boolean).join(' · '),
    hint: notice.reason && t('messages.because', { reason: notice.reason }),
    activity: notice.activity,
  }
}

function of_account(notice: AccountNotice): Message {
  const is_training = notice.kind === 'training_reminder'
  return {
    id: `account-${notice.id}`,
    from: 'account',
    at: notice.at,
    is_read: notice.read_at !== undefined,
    title: t(`messages.notices.${notice.kind}`),
    words: is_training ? t('messages.behind', { about: notice.about }) : device_of(notice.about),
    hint: notice.kind === 'new_device' ? t('messages.not_me') : '',
  }
}

/** All there is, the newest first. */
export async function fetch_messages(): Promise<Message[]> {
  const [activities, account] = await Promise.all([api('GET /own-activities'), api('GET /account-notices')])
  const all = [...activities.notices.map(of_activity), ...account.items.map(of_account)]
  all.sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
  count_unread(all)
  return all
}

export function count_unread(all: Message[]) {
  messages.unread = all.filter(({ is_read }) => !is_read).length
}
