// WeChat's code2session: https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html
import { StandIn } from './stand_in.ts'

export const app_id = 'wx5510164aabbccdd'
export const app_secret = 'f00df00df00df00df00df00df00df00d'

const refusals: Record<string, [number, string]> = {
  'too-often': [45011, 'api minute-quota reach limit  mustslower  retry next minute'],
  'risky-user': [40226, 'code blocked'],
  'busy-system': [-1, 'system error'],
}

/** Every code "of-NAME-…" is good once, for the user of that name; the answer is JSON that calls itself text, as WeChat's does. */
export function start_wechat(): Promise<StandIn> {
  const used = new Set<string>()
  const answer_to = (query: URLSearchParams) => {
    const code = query.get('js_code') ?? ''
    if (query.get('appid') !== app_id) return { errcode: 40013, errmsg: 'invalid appid' }
    if (query.get('secret') !== app_secret) return { errcode: 40125, errmsg: 'invalid appsecret' }
    if (query.get('grant_type') !== 'authorization_code') return { errcode: 40002, errmsg: 'invalid grant_type' }
    const refusal = refusals[code]
    if (refusal) return { errcode: refusal[0], errmsg: refusal[1] }
    if (used.has(code)) return { errcode: 40163, errmsg: 'code been used' }
    const name = /^of-(\w+)-/.exec(code)?.[1]
    if (!name) return { errcode: 40029, errmsg: 'invalid code' }
    used.add(code)
    return { session_key: 'tiihtNczf5v6AKRyjwEUhQ==', openid: `o6_bmjrPTlm6_2sgVt7hMZOPfL2M-${name}` }
  }
  return StandIn.start(({ url }, reply) => {
    reply.setHeader('content-type', 'text/plain')
    if (url.pathname !== '/sns/jscode2session') reply.writeHead(404).end()
    else reply.end(JSON.stringify(answer_to(url.searchParams)))
  })
}
