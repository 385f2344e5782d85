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
