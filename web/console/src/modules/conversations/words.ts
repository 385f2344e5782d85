import type { Out } from '@concentric/api-client'
import { useWords } from '@/parts/useWords'

export type Conversation = Out<'GET /conversations/{id}'>
export type ConversationLine = Out<'GET /conversations'>['items'][number]
export type Message = Out<'GET /conversations/{id}/messages'>['items'][number]
export type Template = Out<'GET /answer-templates'>['items'][number]

/** What a message says where nobody wrote it, and the last one of a list's line. */
export function useMessageWords() {
  const { t, moment } = useWords()

  function of_message(message: Message): string {
    const name = message.author.name
    if (message.is_withdrawn && !message.body) return t('conversations.withdrawn', { name })
    if (message.kind === 'automatic') {
      const words = t('conversations.automatic', { name, moment: moment(message.opens_at ?? message.at) })
      return message.body ? `${words}\n${message.body}` : words
    }
    if (message.kind === 'joined' || message.kind === 'left')
      return t(`conversations.${message.kind}`, { name: message.about?.name ?? '' })
    return message.kind === 'inspected' ? t('conversations.inspected', { name }) : message.body
  }

  function of_last({ last }: ConversationLine): string {
    if (!last) return ''
    const name = last.is_own ? t('conversations.you') : last.author
    if (last.is_withdrawn) return t('conversations.withdrawn', { name })
    return `${name}：${last.body || t('conversations.a_file')}`
  }

  const about = (line: ConversationLine) => (line.student ? `${line.student.name} · ${line.class_name}` : line.class_name)
  return { of_message, of_last, about }
}
