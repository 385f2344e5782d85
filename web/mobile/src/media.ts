import { authorisation, server } from './transport'

/** Where a player finds a course's file. */
export const media_source = (id: string) => source_of(`/api/media/${id}/content`)

/** A file of the server's for a player or a picture. The browser shows its log-in by itself; a mini-program's parts cannot, so it is fetched first. */
export async function source_of(address: string): Promise<string> {
  // #ifdef H5
  return server + address
  // #endif
  // #ifndef H5
  return new Promise((done, fail) =>
    uni.downloadFile({
      url: server + address,
      header: authorisation(),
      success: ({ statusCode, tempFilePath }) => (statusCode === 200 ? done(tempFilePath) : fail(new Error(String(statusCode)))),
      fail,
    }),
  )
  // #endif
}

/** Gives a text as a file to keep: the browser among its downloads, the mini-program sent on to somebody. */
export async function keep_text(name: string, text: string) {
  // #ifdef H5
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  // #endif
  // #ifndef H5
  const wechat = uni as unknown as {
    env: { USER_DATA_PATH: string }
    shareFileMessage: (options: { filePath: string; fileName: string; success: () => void; fail: (why: unknown) => void }) => void
  }
  const filePath = `${wechat.env.USER_DATA_PATH}/${name}`
  uni.getFileSystemManager().writeFileSync(filePath, text, 'utf8')
  await new Promise<void>((success, fail) => wechat.shareFileMessage({ filePath, fileName: name, success, fail }))
  // #endif
}

/** Shows a PDF of the server's; the browser in a window of its own, the mini-program in WeChat's reader, from where it can be sent on. */
export async function open_document(address: string) {
  // #ifdef H5
  window.open(server + address, '_blank', 'noopener')
  // #endif
  // #ifndef H5
  const filePath = await source_of(address)
  await uni.openDocument({ filePath, fileType: 'pdf', showMenu: true })
  // #endif
}
