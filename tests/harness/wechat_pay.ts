// WeChat Pay's API v3 as a merchant meets it: every request must be signed, every answer is, and messages are sealed besides.
// https://pay.weixin.qq.com/doc/v3/merchant/4012791874
import { createCipheriv, createHash, createSign, createVerify, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StandIn, type Received } from './stand_in.ts'

const merchant = '1900000001'
const app_id = 'wx5510164aabbccdd'
const serial = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1'
const platform_id = 'PUB_KEY_ID_0119000000012026112200'
const v3_key = 'county-510164-apiv3-key-32-bytes'

interface Trade {
  out_trade_no: string
  description: string
  notify_url: string
  time_expire: string
  total: number
  openid?: string
  state: 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED'
  transaction_id: string
  /** The day of the bill that it stands in, in China; none: in no bill. */
  billed_on?: string
}
interface Refund {
  out_refund_no: string
  out_trade_no: string
  refund_id: string
  amount: number
  status: 'SUCCESS' | 'PROCESSING' | 'ABNORMAL' | 'CLOSED'
  billed_on?: string
}
interface Said {
  status: number
  /** A text is a file. */
  body: object | string | undefined
}
/** What is not as WeChat Pay itself would send it. */
export interface Forgery {
  key?: KeyObject
  seconds?: number
  serial?: string
  sealed_with?: string
}

const bill_heading =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,' +
  '微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注'

const refusal = (status: number, code: string, message: string): Said => ({ status, body: { code, message } })
const key_pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 })

export class WechatPay {
  readonly trades = new Map<string, Trade>()
  readonly refunds = new Map<string, Refund>()
  /** What becomes of the next refunds; a code such as NOT_ENOUGH refuses them. */
  refund_outcome: Refund['status'] | 'NOT_ENOUGH' = 'SUCCESS'
  /** How often a bill was asked for. */
  bills_asked = 0
  /** Lines of bills for which nobody here asked, by day. */
  readonly strangers = new Map<string, { number: string; yuan: string }>()
  /** The next bills are not what their digest says. */
  are_bills_spoilt = false
  /** Requests that were not signed as they must be. */
  readonly unsigned: string[] = []
  /** While it is away every request is answered with 503. */
  is_away = false
  private readonly merchant_keys = key_pair()
  private readonly platform_keys = key_pair()
  private stand_in!: StandIn
  private folder!: string
  private count = 0

  static async start(): Promise<WechatPay> {
    const pay = new WechatPay()
    pay.folder = await mkdtemp(join(tmpdir(), 'wechat-pay-'))
    const pem = (key: KeyObject, type: 'pkcs8' | 'spki') => key.export({ type: type as never, format: 'pem' }) as string
    await writeFile(pay.key_file, pem(pay.merchant_keys.privateKey, 'pkcs8'))
    await writeFile(pay.platform_file, pem(pay.platform_keys.publicKey, 'spki'))
    pay.stand_in = await StandIn.start((received, reply) => {
      const { status, body } = pay.answer(received)
      const text = typeof body === 'string' ? body : body ? JSON.stringify(body) : ''
      reply.writeHead(status, { 'content-type': 'application/json', ...pay.signed(text) }).end(text)
    })
    return pay
  }

  /** What a server is told so that it finds this one. */
  get settings(): string[] {
    return Object.entries({
      address: this.stand_in.address,
      merchant,
      serial,
      'app-id': app_id,
      'v3-key': v3_key,
      'platform-id': platform_id,
      'key-file': this.key_file,
      'platform-file': this.platform_file,
    }).flatMap(([name, value]) => [`--wechat-pay-${name}`, value])
  }

  async stop(): Promise<void> {
    await this.stand_in.stop()
    await rm(this.folder, { recursive: true })
  }

  /** The trade behind the text of a QR code. */
  trade_of(code_url: string): Trade {
    return this.trades.get(new URL(code_url).searchParams.get('pr') ?? '')!
  }

  /** Somebody pays; `loses` the message about it. */
  async pay(trade: Trade, message: 'sent' | 'lost' = 'sent'): Promise<number | undefined> {
    if (trade.state !== 'NOTPAY') throw new Error(`nobody can pay what is ${trade.state}`)
    trade.state = 'SUCCESS'
    return message === 'sent' ? this.tell_paid(trade) : undefined
  }

  /** The message about a payment, or a forgery of it; gives the status of the answer. */
  tell_paid(trade: Trade, told: object = {}, forgery: Forgery = {}): Promise<number> {
    const content = { ...this.transaction(trade), ...told }
    return this.tell(trade.notify_url, 'TRANSACTION.SUCCESS', 'transaction', content, forgery)
  }

  /** A refund that was on its way comes to its end. */
  finish_refund(refund: Refund, status: Refund['status']): Promise<number> {
    refund.status = status
    const trade = this.trades.get(refund.out_trade_no)!
    const content = { mchid: merchant, ...refund, refund_status: status, amount: { refund: refund.amount, total: trade.total } }
    return this.tell(trade.notify_url, `REFUND.${status}`, 'refund', content)
  }

  private get key_file(): string {
    return join(this.folder, 'apiclient_key.pem')
  }
  private get platform_file(): string {
    return join(this.folder, 'pub_key.pem')
  }

  private signed(body: string, { key, seconds, serial: by }: Forgery = {}): Record<string, string> {
    const timestamp = String(seconds ?? Math.floor(Date.now() / 1000))
    const nonce = randomBytes(16).toString('hex')
    const signature = createSign('RSA-SHA256')
      .update(`${timestamp}\n${nonce}\n${body}\n`)
      .sign(key ?? this.platform_keys.privateKey)
    return {
      'Wechatpay-Timestamp': timestamp,
      'Wechatpay-Nonce': nonce,
      'Wechatpay-Signature': signature.toString('base64'),
      'Wechatpay-Serial': by ?? platform_id,
    }
  }

  private async tell(address: string, event_type: string, original_type: string, content: object, forgery: Forgery = {}) {
    const nonce = randomBytes(6).toString('hex')
    const cipher = createCipheriv('aes-256-gcm', forgery.sealed_with ?? v3_key, nonce)
    cipher.setAAD(Buffer.from(original_type))
    const sealed = Buffer.concat([cipher.update(JSON.stringify(content)), cipher.final(), cipher.getAuthTag()])
    const body = JSON.stringify({
      id: randomBytes(16).toString('hex'),
      create_time: new Date().toISOString(),
      resource_type: 'encrypt-resource',
      event_type,
      summary: '',
      resource: {
        original_type,
        algorithm: 'AEAD_AES_256_GCM',
        ciphertext: sealed.toString('base64'),
        associated_data: original_type,
        nonce,
      },
    })
    const headers = { 'content-type': 'application/json', ...this.signed(body, forgery) }
    return (await fetch(address, { method: 'POST', headers, body })).status
  }

  private is_signed({ method, url, headers, body }: Received): boolean {
    const said = headers.authorization ?? ''
    const value = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(said)?.[1] ?? ''
    const text = `${method}\n${url.pathname}${url.search}\n${value('timestamp')}\n${value('nonce_str')}\n${body}\n`
    return (
      said.startsWith('WECHATPAY2-SHA256-RSA2048 ') &&
      value('mchid') === merchant &&
      value('serial_no') === serial &&
      Math.abs(Date.now() / 1000 - Number(value('timestamp'))) < 300 &&
      createVerify('RSA-SHA256').update(text).verify(this.merchant_keys.publicKey, value('signature'), 'base64')
    )
  }

  private answer(received: Received): Said {
    if (this.is_away) return refusal(503, 'SYSTEM_ERROR', '系统异常，请稍后重试')
    if (!this.is_signed(received)) {
      this.unsigned.push(`${received.method} ${received.url.pathname}`)
      return refusal(401, 'SIGN_ERROR', '签名错误')
    }
    const path = received.url.pathname
    const number = path.split('/')[5] ?? ''
    const asked = received.body ? JSON.parse(received.body) : {}
    if (path === '/v3/bill/tradebill') return this.show_bill(received.url)
    if (path === '/v3/billdownload/file') return { status: 200, body: this.bill(received.url.searchParams.get('token')!) }
    if (path === '/v3/pay/transactions/native' || path === '/v3/pay/transactions/jsapi') return this.open(asked, path)
    if (path.startsWith('/v3/pay/transactions/out-trade-no/'))
      return path.endsWith('/close') ? this.close(number) : this.show(number, received.url)
    if (path === '/v3/refund/domestic/refunds') return this.give_back(asked)
    const refund = this.refunds.get(number)
    return refund ? { status: 200, body: refund } : refusal(404, 'RESOURCE_NOT_EXISTS', '退款单不存在')
  }

  private show_bill(url: URL): Said {
    this.bills_asked++
    const day = url.searchParams.get('bill_date') ?? ''
    if (!/^\d{4}-\d\d-\d\d$/.test(day) || url.searchParams.get('bill_type') !== 'ALL')
      return refusal(400, 'PARAM_ERROR', '参数错误')
    const text = this.bill(day)
    if (!text) return refusal(400, 'NO_STATEMENT_EXIST', '账单文件不存在')
    const hash_value = createHash('sha1')
      .update(this.are_bills_spoilt ? `${text} ` : text)
      .digest('hex')
    const download_url = `${this.stand_in.address}/v3/billdownload/file?token=${day}`
    return { status: 200, body: { hash_type: 'SHA1', hash_value, download_url } }
  }

  /** A day's file as WeChat Pay writes it; empty without trades. */
  private bill(day: string): string {
    const yuan = (fen: number) => (fen / 100).toFixed(2)
    const line = (trade: { transaction_id: string; out_trade_no: string }, state: string, paid: string, refund?: Refund) =>
      [
        ...[`${day} 08:00:00`, app_id, merchant, '0', '', trade.transaction_id, trade.out_trade_no, 'o-1', 'NATIVE', state],
        ...['OTHERS', 'CNY', paid, '0.00', refund?.refund_id ?? '0', refund?.out_refund_no ?? '0', '0.00', '0.00'],
        ...[refund ? 'ORIGINAL' : '', refund?.status ?? '', '专题班, 第一期', '', '0.00', '0.60%', paid],
        ...[refund ? yuan(refund.amount) : '0.00', ''],
      ].map((cell) => `\`${cell}`)
    const lines = [
      ...[...this.trades.values()]
        .filter(({ billed_on }) => billed_on === day)
        .map((trade) => line(trade, 'SUCCESS', yuan(trade.total))),
      ...[...this.refunds.values()]
        .filter(({ billed_on }) => billed_on === day)
        .map((refund) => line(this.trades.get(refund.out_trade_no)!, 'REFUND', '0.00', refund)),
    ]
    const stranger = this.strangers.get(day)
    if (stranger) lines.push(line({ transaction_id: '4200009', out_trade_no: stranger.number }, 'SUCCESS', stranger.yuan))
    if (!lines.length) return ''
    const sums = ['总交易单数,应结订单总金额', [`\`${lines.length}`, '`0.00'].join(',')]
    return `\uFEFF${[bill_heading, ...lines.map((cells) => cells.join(',')), ...sums].join('\r\n')}\r\n`
  }

  private open(asked: any, path: string): Said {
    const is_right =
      asked.mchid === merchant && asked.appid === app_id && asked.amount.currency === 'CNY' && asked.description.length > 0
    if (!is_right || !/^[\w\-|*]{6,32}$/.test(asked.out_trade_no) || !/^\d{4}-\d\d-\d\dT[\d:]{8}\+08:00$/.test(asked.time_expire))
      return refusal(400, 'PARAM_ERROR', '参数错误')
    if (this.trades.has(asked.out_trade_no)) return refusal(403, 'OUT_TRADE_NO_USED', '商户订单号重复')
    const trade: Trade = {
      ...asked,
      total: asked.amount.total,
      openid: asked.payer?.openid,
      state: 'NOTPAY',
      transaction_id: `42000020262026112200000000${++this.count}`,
    }
    this.trades.set(trade.out_trade_no, trade)
    if (path.endsWith('native')) return { status: 200, body: { code_url: `weixin://wxpay/bizpayurl?pr=${trade.out_trade_no}` } }
    return trade.openid
      ? { status: 200, body: { prepay_id: `wx22${trade.out_trade_no}` } }
      : refusal(400, 'PARAM_ERROR', '缺少 openid')
  }

  private transaction(trade: Trade) {
    const paid = { transaction_id: trade.transaction_id, success_time: new Date().toISOString() }
    return {
      appid: app_id,
      mchid: merchant,
      out_trade_no: trade.out_trade_no,
      trade_state: trade.state,
      ...(trade.state === 'SUCCESS' || trade.state === 'REFUND' ? paid : {}),
      amount: { total: trade.total, payer_total: trade.total, currency: 'CNY', payer_currency: 'CNY' },
    }
  }

  private show(number: string, url: URL): Said {
    const trade = this.trades.get(number)
    if (!trade || url.searchParams.get('mchid') !== merchant) return refusal(404, 'ORDER_NOT_EXIST', '订单不存在')
    return { status: 200, body: this.transaction(trade) }
  }

  private close(number: string): Said {
    const trade = this.trades.get(number)
    if (!trade) return refusal(404, 'ORDER_NOT_EXIST', '订单不存在')
    if (trade.state !== 'NOTPAY') return refusal(400, 'ORDERPAID', '订单已支付')
    trade.state = 'CLOSED'
    return { status: 204, body: undefined }
  }

  private give_back(asked: any): Said {
    const trade = this.trades.get(asked.out_trade_no)
    const known = this.refunds.get(asked.out_refund_no)
    if (known) return { status: 200, body: known }
    if (this.refund_outcome === 'NOT_ENOUGH') return refusal(403, 'NOT_ENOUGH', '基本账户余额不足，请充值后重新发起')
    if (!trade || trade.state !== 'SUCCESS' || asked.amount.refund !== trade.total || asked.amount.total !== trade.total)
      return refusal(400, 'INVALID_REQUEST', '订单金额或退款金额与之前请求不一致')
    trade.state = 'REFUND'
    const refund: Refund = {
      out_refund_no: asked.out_refund_no,
      out_trade_no: trade.out_trade_no,
      refund_id: `50300020262026112200000000${++this.count}`,
      amount: asked.amount.refund,
      status: this.refund_outcome,
    }
    this.refunds.set(refund.out_refund_no, refund)
    return { status: 200, body: refund }
  }
}
