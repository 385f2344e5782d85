import type { Out } from '@concentric/api-client'
import { problem_of } from '@concentric/api-client'
import { current_headers } from './api'
import { authorisation, server } from './transport'
import { moment_words, t } from './words'

export type Conversation = Out<'GET /conversations/{id}'>
export type ConversationLine = Out<'GET /conversations'>['items'][number]
export type Message = Out<'GET /conversations/{id}/messages'>['items'][number]
export type ConversationFile = Message['files'][number]

/** One name for one message, on this phone and at the server, however often it is handed in. */
export const new_client_key = () =>
  Array.from({ length: 24 }, () => 'abcdefghijklmnopqrstuvwxyz0123456789'[Math.floor(Math.random() * 36)]).join('')

/** What a message says where nobody wrote it. */
export function words_of_message(message: Message): string {
  const author = message.author.name
  if (message.is_withdrawn) return t('talk.withdrawn', { name: message.is_own ? t('talk.you') : author })
  switch (message.kind) {
    case 'automatic':
      return [t('talk.automatic', { name: author, moment: moment_words(message.opens_at ?? message.at) }), message.body]
        .filter(Boolean)
        .join('\n')
    case 'joined':
      return t('talk.joined', { name: message.about?.name ?? '' })
    case 'left':
      return t('talk.left', { name: message.about?.name ?? '' })
    case 'inspected':
      return t('talk.inspected', { name: author })
    default:
      return message.body
  }
}

/** The last message of a list's line. */
export function words_of_last(last: NonNullable<ConversationLine['last']>): string {
  const author = last.is_own ? t('talk.you') : last.author
  if (last.is_withdrawn) return t('talk.withdrawn', { name: author })
  return `${author}：${last.body || t('talk.a_file')}`
}

export const file_address = (id: string, file: ConversationFile) => `${server}/api/conversations/${id}/files/${file.id}`
export const is_picture = (file: ConversationFile) => file.content_type.startsWith('image/')

/** Lets the user pick a picture or document and hands it in; nothing where they changed their mind. */
export async function hand_in_file(id: string): Promise<ConversationFile | undefined> {
  const picked = await pick()
  if (!picked) return undefined
  const url = `${server}/api/conversations/${id}/files?file_name=${encodeURIComponent(picked.name)}`
  const answer = await post_bytes(url, picked.bytes)
  if (answer.status < 200 || answer.status > 299) throw problem_of({ ...answer, header: () => null })
  return JSON.parse(answer.text) as ConversationFile
}

interface Picked {
  name: string
  bytes: Blob | ArrayBuffer
}

// #ifdef H5
function pick(): Promise<Picked | undefined> {
  return new Promise((done) => {
    const field = document.createElement('input')
    field.type = 'file'
    field.accept = '.pdf,.docx,.xlsx,.png,.jpg,.jpeg'
    field.onchange = () => {
      const file = field.files?.[0]
      done(file && { name: file.name, bytes: file })
    }
    field.oncancel = () => done(undefined)
    field.click()
  })
}

async function post_bytes(url: string, bytes: Blob | ArrayBuffer) {
  const answer = await fetch(url, { method: 'POST', headers: current_headers(), body: bytes, credentials: 'same-origin' })
  return { status: answer.status, text: await answer.text() }
}
// #endif

// #ifndef H5
function pick(): Promise<Picked | undefined> {
  return new Promise((done) =>
    uni.chooseImage({
      count: 1,
      success: ({ tempFilePaths }) => {
        const path = tempFilePaths[0] ?? ''
        uni.getFileSystemManager().readFile({
          filePath: path,
          success: ({ data }) => done({ name: path.split('/').pop() ?? 'picture.jpg', bytes: data as ArrayBuffer }),
          fail: () => done(undefined),
        })
      },
      fail: () => done(undefined),
    }),
  )
}

function post_bytes(url: string, bytes: Blob | ArrayBuffer): Promise<{ status: number; text: string }> {
  return new Promise((done, fail) =>
    uni.request({
      url,
      method: 'POST',
      header: { ...current_headers(), ...authorisation() },
      data: bytes as ArrayBuffer,
      dataType: 'text',
      success: ({ statusCode, data }) => done({ status: statusCode, text: String(data) }),
      fail,
    }),
  )
}
// #endif

/** Opens a document, or keeps it, as the phone does with files. */
export function open_file(id: string, file: ConversationFile) {
  // #ifdef H5
  window.open(file_address(id, file), '_blank', 'noopener')
  // #endif
  // #ifndef H5
  uni.downloadFile({
    url: file_address(id, file),
    header: authorisation(),
    success: ({ tempFilePath }) =>
      is_picture(file) ? uni.previewImage({ urls: [tempFilePath] }) : uni.openDocument({ filePath: tempFilePath }),
  })
  // #endif
}
