// What sends messages for WeChat and WeCom: tokens that run out, users who do not want any, quotas.
import { StandIn, type Received } from './stand_in.ts'
import { app_id, app_secret } from './wechat.ts'

/** Tokens as both give them: a new one makes the ones before it worthless here. */
class Tokens {
  fetched = 0
  current = ''

  fetch() {
    this.current = `token-${++this.fetched}`
    return { access_token: this.current, expires_in: 7200, errcode: 0, errmsg: 'ok' }
  }
  /** As if two hours had gone by. */
  expire() {
    this.current = 'none that anybody has'
  }
  refusal(url: URL) {
    return url.searchParams.get('access_token') === this.current ? undefined : { errcode: 42001, errmsg: 'access_token expired' }
  }
}

export interface SubscriptionMessage {
  touser: string
  template_id: string
  page: string
  data: Record<string, { value: string }>
}

/** https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html */
export class WechatMessages {
  readonly sent: SubscriptionMessage[] = []
  readonly tokens = new Tokens()
  /** Who does not want any. */
  readonly unwilling = new Set<string>()
  /** The errcode of everything that is sent, such as 45009. */
  trouble = 0
  private stand_in!: StandIn

  static async start(): Promise<WechatMessages> {
    const wechat = new WechatMessages()
    wechat.stand_in = await StandIn.start((received, reply) => reply.end(JSON.stringify(wechat.answer(received))))
    return wechat
  }

  get settings(): string[] {
    return [
      ...['--wechat-address', this.stand_in.address, '--wechat-app-id', app_id, '--wechat-secret', app_secret],
      ...['--wechat-template', 'template-of-ours', '--wechat-page', 'pages/inbox/inbox'],
      ...['--wechat-keywords', 'thing1=office,thing2=title,number3=count,time4=time'],
    ]
  }

  to(openid: string): SubscriptionMessage[] {
    return this.sent.filter(({ touser }) => touser === openid)
  }

  private answer({ method, url, body }: Received): object {
    const input = JSON.parse(body || '{}')
    if (method === 'POST' && url.pathname === '/cgi-bin/stable_token') {
      const is_right = input.grant_type === 'client_credential' && input.appid === app_id && input.secret === app_secret
      return is_right ? this.tokens.fetch() : { errcode: 40125, errmsg: 'invalid appsecret' }
    }
    if (method !== 'POST' || url.pathname !== '/cgi-bin/message/subscribe/send') return { errcode: 40066, errmsg: 'invalid url' }
    return this.tokens.refusal(url) ?? this.take(input)
  }

  private take(message: SubscriptionMessage): object {
    if (this.trouble !== 0) return { errcode: this.trouble, errmsg: 'trouble' }
    if (this.unwilling.has(message.touser)) return { errcode: 43101, errmsg: 'user refuse to accept the msg' }
    if (message.template_id !== 'template-of-ours') return { errcode: 40037, errmsg: 'invalid template_id' }
    const is_fitting = Object.entries(message.data).every(([keyword, { value }]) => fits(keyword, value))
    if (!is_fitting) return { errcode: 47003, errmsg: 'argument invalid!' }
    this.sent.push(message)
    return { errcode: 0, errmsg: 'ok' }
  }

  stop(): Promise<void> {
    return this.stand_in.stop()
  }
}

function fits(keyword: string, value: string): boolean {
  if (keyword.startsWith('thing')) return value.length > 0 && [...value].length <= 20
  if (keyword.startsWith('number')) return /^\d{1,32}$/.test(value)
  return /^\d{4}年\d{1,2}月\d{1,2}日 \d{2}:\d{2}$/.test(value)
}

export interface Card {
  touser: string
  agentid: number
  textcard: { title: string; description: string; url: string }
}

/** https://developer.work.weixin.qq.com/document/path/90236 */
export class WecomMessages {
  readonly sent: Card[] = []
  readonly tokens = new Tokens()
  /** Phone to user. */
  readonly members = new Map<string, string>()
  /** Who left, though the phone still leads to them. */
  readonly gone = new Set<string>()
  private stand_in!: StandIn

  static async start(): Promise<WecomMessages> {
    const wecom = new WecomMessages()
    wecom.stand_in = await StandIn.start((received, reply) => reply.end(JSON.stringify(wecom.answer(received))))
    return wecom
  }

  get settings(): string[] {
    return [
      ...['--wecom-address', this.stand_in.address, '--wecom-corp-id', 'ww0123456789abcdef'],
      ...['--wecom-secret', 'wecom-secret', '--wecom-agent-id', '1000002'],
    ]
  }

  private answer({ url, body }: Received): object {
    if (url.pathname === '/cgi-bin/gettoken') {
      const is_right =
        url.searchParams.get('corpid') === 'ww0123456789abcdef' && url.searchParams.get('corpsecret') === 'wecom-secret'
      return is_right ? this.tokens.fetch() : { errcode: 40001, errmsg: 'invalid credential' }
    }
    const refusal = this.tokens.refusal(url)
    if (refusal) return refusal
    const input = JSON.parse(body)
    if (url.pathname === '/cgi-bin/user/getuserid') return this.find(input.mobile)
    return url.pathname === '/cgi-bin/message/send' ? this.take(input) : { errcode: 40066, errmsg: 'invalid url' }
  }

  private find(mobile: string): object {
    const userid = this.members.get(mobile)
    return userid ? { errcode: 0, errmsg: 'ok', userid } : { errcode: 46004, errmsg: 'user no exist' }
  }

  private take(card: Card): object {
    const unknown = card.touser.split('|').filter((user) => this.gone.has(user) || ![...this.members.values()].includes(user))
    if (card.agentid !== 1000002) return { errcode: 40056, errmsg: 'invalid agentid' }
    if (unknown.length === card.touser.split('|').length) return { errcode: 81013, errmsg: 'user & party & tag all invalid' }
    this.sent.push(card)
    return { errcode: 0, errmsg: 'ok', invaliduser: unknown.join('|'), msgid: 'one' }
  }

  stop(): Promise<void> {
    return this.stand_in.stop()
  }
}
