import { authorisation, server } from './transport'

/** Where a player finds a course's file. The browser shows its log-in by itself; a mini-program's player cannot, so it is fetched first. */
export async function media_source(id: string): Promise<string> {
  const address = `${server}/api/media/${id}/content`
  // #ifdef H5
  return address
  // #endif
  // #ifndef H5
  return new Promise((done, fail) =>
    uni.downloadFile({
      url: address,
      header: authorisation(),
      success: ({ statusCode, tempFilePath }) => (statusCode === 200 ? done(tempFilePath) : fail(new Error(String(statusCode)))),
      fail,
    }),
  )
  // #endif
}
