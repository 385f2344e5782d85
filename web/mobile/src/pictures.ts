import { ApiProblem, type AddedPicture } from '@concentric/api-client'
// #ifdef H5
import { smaller_picture } from '@concentric/shared'
// #endif
import { preferences } from './preferences'
import { authorisation, server } from './transport'
import { t } from './words'

// Pictures from the camera or the album, made small on the phone before they are sent.

/** A picture on the phone: where it shows it from, and in the browser the file itself. */
export interface PictureOnPhone {
  source: string
  file?: Blob
}

export function choose_pictures(most: number): Promise<PictureOnPhone[]> {
  return new Promise((done) =>
    uni.chooseImage({
      count: most,
      sizeType: ['compressed'],
      sourceType: ['album', 'camera'],
      success: ({ tempFilePaths, tempFiles }) => {
        const files = [tempFiles].flat()
        const chosen = [tempFilePaths].flat().map((source, place): PictureOnPhone => {
          const file = files[place]
          return typeof Blob !== 'undefined' && file instanceof Blob ? { source, file } : { source }
        })
        done(chosen.slice(0, most))
      },
      fail: () => done([]),
    }),
  )
}

/** Where it goes: the same cleaning, for another use. */
export type PictureFor = 'moment-pictures' | 'hazard-photos'
const address = (what: PictureFor) => `${server}/api/${what}`
const headers = () => ({ 'content-type': 'application/octet-stream', 'accept-language': preferences.language, ...authorisation() })

function added(status: number, text: string): AddedPicture {
  const answer = text ? JSON.parse(text) : {}
  if (status !== 201) throw new ApiProblem(status, answer.detail ?? t('common.something_failed'), answer.problems ?? [])
  return answer as AddedPicture
}

// #ifdef H5
/** Sends one; the server makes it anew without its place and camera, whatever the phone did. */
export async function send_picture({ file }: PictureOnPhone, what: PictureFor = 'moment-pictures'): Promise<AddedPicture> {
  try {
    const answer = await fetch(address(what), {
      method: 'POST',
      headers: headers(),
      body: await smaller_picture(file!),
      credentials: 'same-origin',
    })
    return added(answer.status, await answer.text())
  } catch (error) {
    throw error instanceof ApiProblem ? error : new ApiProblem(0, t('common.unreachable'))
  }
}
// #endif

// #ifndef H5
export function send_picture({ source }: PictureOnPhone, what: PictureFor = 'moment-pictures'): Promise<AddedPicture> {
  return new Promise((done, fail) =>
    uni.getFileSystemManager().readFile({
      filePath: source,
      fail: () => fail(new ApiProblem(0, t('common.something_failed'))),
      success: ({ data }) =>
        uni.request({
          url: address(what),
          method: 'POST',
          header: headers(),
          data: data as ArrayBuffer,
          dataType: 'text',
          success: ({ statusCode, data: text }) => {
            try {
              done(added(statusCode, String(text)))
            } catch (error) {
              fail(error)
            }
          },
          fail: () => fail(new ApiProblem(0, t('common.unreachable'))),
        }),
    }),
  )
}
// #endif
