import { ApiProblem, type Transport, type WireAnswer } from '@concentric/api-client'
import { note_line } from './line'
import { t } from './words'

/** Where the platform is, without a slash at the end; nothing where the app itself came from there. */
export let server = ''
// #ifndef H5
server = import.meta.env.VITE_SERVER ?? ''
// #endif

function unreachable(): never {
  note_line(false)
  throw new ApiProblem(0, t('common.unreachable'))
}

/** Gateways before the server say so when it is away. */
function heard(answer: WireAnswer): WireAnswer {
  note_line(![502, 504].includes(answer.status))
  return answer
}

// #ifdef H5
/** The browser carries the log-in in a cookie that no script can read. */
export const transport: Transport = async ({ url, signal, ...request }) => {
  try {
    const answer = await fetch(url, { ...request, signal: signal ?? null, credentials: 'same-origin' })
    return heard({ status: answer.status, header: (name) => answer.headers.get(name), text: await answer.text() })
  } catch {
    return unreachable()
  }
}
export const authorisation = (): Record<string, string> => ({})
export function keep_token(_token: string | undefined) {}
// #endif

// #ifndef H5
let token: string = uni.getStorageSync('token') || ''
let device: string = uni.getStorageSync('device') || ''

/** The mini-program has no cookies: it shows its token, and the mark by which the server knows this phone again. */
export function authorisation(): Record<string, string> {
  return { ...(token && { authorization: `Bearer ${token}` }), ...(device && { 'concentric-device': device }) }
}

export function keep_token(given: string | undefined) {
  token = given ?? ''
  uni.setStorageSync('token', token)
}

function keep_device(cookies: string[]) {
  const found = /concentric_device=([\w-]{43})/.exec(cookies.join(';'))?.[1]
  if (found) uni.setStorageSync('device', (device = found))
}

export const transport: Transport = ({ method, url, headers, body }) =>
  new Promise<WireAnswer>((done, fail) =>
    uni.request({
      url: server + url,
      method: method as UniApp.RequestOptions['method'],
      header: { ...headers, ...authorisation() },
      data: body,
      dataType: 'text',
      success: ({ statusCode, header, data, cookies }) => {
        keep_device(cookies ?? [])
        const values = Object.fromEntries(Object.entries(header ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]))
        done(heard({ status: statusCode, header: (name) => values[name] ?? null, text: typeof data === 'string' ? data : '' }))
      },
      fail: () => {
        try {
          unreachable()
        } catch (error) {
          fail(error)
        }
      },
    }),
  )
// #endif
