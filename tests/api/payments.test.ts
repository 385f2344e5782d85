// Fees paid by WeChat Pay: settled by its signed message or by asking, once and for the right amount, and given back the same way.
import { generateKeyPairSync } from 'node:crypto'
import read_workbook from 'read-excel-file/node'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { eventually } from '../harness/eventually.ts'
import { free_port } from '../harness/server.ts'
import { download } from '../harness/imports.ts'
import { load_training_plan, open_class } from '../harness/training.ts'
import type { Visitor } from '../harness/visitor.ts'
import { WechatPay } from '../harness/wechat_pay.ts'

let county: County
let wechat: WechatPay
let class_id: string
beforeAll(async () => {
  wechat = await WechatPay.start()
  const port = await free_port()
  const settings = ['--public-url', `http://127.0.0.1:${port}`, '--payment-check-seconds', '1', ...wechat.settings]
  county = await make_county({ name: 'payments', port, settings })
  await load_training_plan(county.official)
  class_id = (await open_class(county.official, county.root, { title: '专题班', price: 20000 })).id
})
afterAll(async () => {
  await county?.server.stop()
  expect(wechat.unsigned).toEqual([])
  await wechat?.stop()
})
beforeEach(() => {
  wechat.refund_outcome = 'SUCCESS'
  wechat.is_away = false
})

interface Learner {
  learner: Visitor
  order: string
}
/** Somebody who came into the class and owes 200 yuan. */
async function owing(name: string): Promise<Learner> {
  const { leader: learner } = await add_staff(county.server, county.official, county.east.id, 'teacher', name)
  await learner.call('PUT /own-training/{id}/enrolment', { path: { id: class_id }, body: { track: 'teachers' } })
  const { orders } = await learner.call('GET /own-training/{id}', { path: { id: class_id } })
  return { learner, order: orders[0]!.id }
}
const start = ({ learner, order }: Learner, scene: 'native' | 'jsapi' = 'native') =>
  learner.call('POST /training-orders/{id}/payments', { path: { id: order }, body: { scene } })
const trade_of = (payment: { code_url?: string }) => wechat.trade_of(payment.code_url!)
const order_of = ({ order }: Learner) => county.official.call('GET /training-orders/{id}', { path: { id: order } })
const settle = (order: string, body: object) => county.official.send('PUT', `/api/training-orders/${order}/state`, { body })
const has_state = (of: Learner, state: string) => async () => (await order_of(of)).state === state
const differences = async () =>
  (await county.official.call('GET /training-classes/{id}/payment-differences', { path: { id: class_id } })).items
const letters_of = async ({ learner }: Learner) =>
  (await learner.call('GET /inbox', { query: { kind: 'training' } as never })).items.map(({ title }) => title)

/** Paid in full, as WeChat's message tells. */
async function paid(name: string): Promise<Learner> {
  const of = await owing(name)
  expect(await wechat.pay(trade_of(await start(of)))).toBe(204)
  return of
}

describe('a learner', () => {
  test('scans a code, and the fee is paid when WeChat says so', async () => {
    const of = await owing('扫码甲')
    expect((await of.learner.call('GET /own-training/{id}', { path: { id: class_id } })).pay_by).toEqual(['native'])

    const payment = await start(of)
    const trade = trade_of(payment)
    expect(trade).toMatchObject({ total: 20000, notify_url: `${county.server.address}/api/payment-notices/wechat` })
    expect(trade.description).toContain('专题班')
    expect(payment).toMatchObject({ amount: 20000, state: 'unpaid' })
    expect(await wechat.pay(trade)).toBe(204)

    const shown = await of.learner.call('GET /training-payments/{id}', { path: { id: payment.id } })
    expect(shown).toMatchObject({ state: 'paid' })
    expect(shown.code_url).toBeUndefined()
    const order = await order_of(of)
    expect(order).toMatchObject({ state: 'paid', method: 'wechat', reference: trade.transaction_id, next: ['refunded'] })
    expect(order.payments).toMatchObject([{ method: 'wechat', reference: trade.transaction_id, amount: 20000, state: 'paid' }])
    expect((await download(of.learner, `/api/training-orders/${of.order}/receipt.pdf`)).length).toBeGreaterThan(1000)
    expect((await of.learner.send('POST', `/api/training-orders/${of.order}/payments`, { body: { scene: 'native' } })).status).toBe(
      409,
    )
  })

  test('gets the same code again while it runs', async () => {
    const of = await owing('扫码乙')

    expect((await start(of)).code_url).toBe((await start(of)).code_url)
  })

  test('pays within WeChat once their WeChat is bound', async () => {
    const of = await owing('微信内')
    const refused = await of.learner.send('POST', `/api/training-orders/${of.order}/payments`, { body: { scene: 'jsapi' } })
    const me = await of.learner.call('GET /session')
    await county.server.database.execute(
      `INSERT INTO linked_log_ins (county, provider, subject, person, linked_at, linked_by) SELECT county, 'wechat', 'o6_openid', ${me.person.id}, 0, 0 FROM accounts WHERE person = ${me.person.id}`,
    )

    const payment = await start(of, 'jsapi')

    expect(refused.status).toBe(404)
    const [trade] = [...wechat.trades.values()].filter(({ openid }) => openid === 'o6_openid')
    expect(payment.wechat_call).toMatchObject({ package: `prepay_id=wx22${trade!.out_trade_no}`, sign_type: 'RSA' })
    expect(await wechat.pay(trade!)).toBe(204)
    expect(await order_of(of)).toMatchObject({ state: 'paid', method: 'wechat' })
  })

  test('pays nobody else’s fee and sees nobody else’s payment', async () => {
    const of = await owing('本人')
    const other = await owing('他人')
    const payment = await start(of)

    const started = await other.learner.send('POST', `/api/training-orders/${of.order}/payments`, { body: { scene: 'native' } })
    const seen = await other.learner.send('GET', `/api/training-payments/${payment.id}`)

    expect([started.status, seen.status]).toEqual([404, 404])
  })

  test('hears that WeChat Pay is away, and owes as before', async () => {
    const of = await owing('稍后再付')
    wechat.is_away = true

    const answer = await of.learner.send('POST', `/api/training-orders/${of.order}/payments`, { body: { scene: 'native' } })

    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await order_of(of)).toMatchObject({ state: 'unpaid', payments: [] })
  })
})

describe('a message', () => {
  test('that is forged changes nothing', async () => {
    const of = await owing('伪造')
    const trade = trade_of(await start(of))
    const told = { trade_state: 'SUCCESS', transaction_id: 'forged' }
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    const now = Math.floor(Date.now() / 1000)

    const statuses = [
      await wechat.tell_paid(trade, told, { key: stranger }),
      await wechat.tell_paid(trade, told, { serial: 'PUB_KEY_ID_other' }),
      await wechat.tell_paid(trade, told, { seconds: now - 400 }),
      await wechat.tell_paid(trade, told, { seconds: now + 400 }),
      await wechat.tell_paid(trade, told, { sealed_with: 'another-key-of-thirty-two-bytes!' }),
      await wechat.tell_paid(trade, { ...told, mchid: '1900000002' }),
      await wechat.tell_paid(trade, { ...told, appid: 'wx-other' }),
      await wechat.tell_paid(trade, { ...told, out_trade_no: 'nonsense' }),
      await wechat.tell_paid(trade, { ...told, out_trade_no: '360100-1' }),
      (await county.server.visitor().send('POST', '/api/payment-notices/wechat', { body: '{}' })).status,
    ]

    expect(statuses).toEqual([401, 401, 401, 401, 422, 422, 422, 422, 404, 401])
    expect(await order_of(of)).toMatchObject({ state: 'unpaid', method: '' })
  })

  test('of another amount or currency settles nothing and shows as a difference', async () => {
    const of = await owing('少付')
    const trade = trade_of(await start(of))
    const told = { trade_state: 'SUCCESS', transaction_id: 'T-1', amount: { total: 1, currency: 'CNY' } }

    expect(await wechat.tell_paid(trade, told)).toBe(204)
    expect(await wechat.tell_paid(trade, { ...told, amount: { total: 20000, currency: 'USD' } })).toBe(204)

    expect(await order_of(of)).toMatchObject({ state: 'unpaid', payments: [{ state: 'unpaid', fault: 'amount' }] })
    const number = (await order_of(of)).number
    const found = (await differences()).find((one) => one.number === number)
    expect(found).toMatchObject({ kind: 'wrong_amount', amount: 20000, told_amount: 1 })
  })

  test('that comes again does nothing again', async () => {
    const of = await paid('重放')
    const before = await order_of(of)
    const trade = [...wechat.trades.values()].find(({ transaction_id }) => transaction_id === before.reference)!

    expect([await wechat.tell_paid(trade), await wechat.tell_paid(trade)]).toEqual([204, 204])

    expect(await order_of(of)).toEqual(before)
    expect(wechat.refunds.size).toBe(0)
  })
})

describe('without a message', () => {
  test('a payment is found by asking', async () => {
    const of = await owing('通知丢失')
    const trade = trade_of(await start(of))

    await wechat.pay(trade, 'lost')

    await eventually(has_state(of, 'paid'))
    expect(await order_of(of)).toMatchObject({ method: 'wechat', reference: trade.transaction_id })
  })

  test('a code that ran out is closed at WeChat too, and another one is given', async () => {
    const of = await owing('过期')
    const payment = await start(of)
    await county.server.database.execute(`UPDATE training_payments SET expires_at = asked_at WHERE id = ${payment.id}`)

    await eventually(async () => trade_of(payment).state === 'CLOSED')
    await eventually(async () => (await order_of(of)).payments[0]!.state === 'closed')

    expect(await of.learner.call('GET /training-payments/{id}', { path: { id: payment.id } })).toMatchObject({ state: 'closed' })
    expect((await start(of)).code_url).not.toBe(payment.code_url)
  })

  test('a transfer that was confirmed meanwhile closes the code', async () => {
    const of = await owing('改为转账')
    const payment = await start(of)

    expect((await settle(of.order, { state: 'paid', reference: '20261122-9' })).status).toBe(200)

    await eventually(async () => trade_of(payment).state === 'CLOSED')
    expect(await order_of(of)).toMatchObject({ state: 'paid', method: 'transfer', reference: '20261122-9' })
  })
})

describe('what was paid twice', () => {
  test('goes back by itself, and the payer is told', async () => {
    const of = await owing('重复缴费')
    const trade = trade_of(await start(of))
    expect((await settle(of.order, { state: 'paid', reference: '20261122-8' })).status).toBe(200)

    await wechat.pay(trade)

    await eventually(async () => trade.state === 'REFUND')
    const by_wechat = async () => (await order_of(of)).payments.find(({ method }) => method === 'wechat')!
    await eventually(async () => (await by_wechat()).refund_state === 'done')
    expect(await order_of(of)).toMatchObject({ state: 'paid', method: 'transfer', reference: '20261122-8', next: ['refunded'] })
    expect(await letters_of(of)).toEqual(['多缴的费用正在退回：专题班'])
    expect([...wechat.refunds.values()].filter(({ out_trade_no }) => out_trade_no === trade.out_trade_no)).toHaveLength(1)
  })

  test('stands among the differences while it has not gone back', async () => {
    const of = await owing('退不回')
    const trade = trade_of(await start(of))
    await settle(of.order, { state: 'waived', reason: '农村教师免缴' })
    wechat.refund_outcome = 'NOT_ENOUGH'

    await wechat.pay(trade)

    const of_this = async () => (await differences()).find(({ reference }) => reference === trade.transaction_id)
    await eventually(async () => (await of_this())?.kind === 'refund_failed')
    expect(await of_this()).toMatchObject({ failure: expect.stringContaining('NOT_ENOUGH'), person: { name: '退不回' } })

    wechat.refund_outcome = 'SUCCESS'
    await county.official.call('PUT /training-refunds/{id}/asking', { path: { id: (await of_this())!.refund! } })
    await eventually(async () => (await of_this()) === undefined)
    expect(await order_of(of)).toMatchObject({ state: 'waived' })
  })
})

describe('a refund', () => {
  test('is asked of WeChat, and the fee is given back when the money is', async () => {
    const of = await paid('退费')
    wechat.refund_outcome = 'PROCESSING'

    expect((await settle(of.order, { state: 'refunded', reason: '因病退班' })).status).toBe(200)
    expect(await order_of(of)).toMatchObject({ state: 'paid', refund: 'asked', next: [] })
    expect((await settle(of.order, { state: 'refunded', reason: '再点一次' })).status).toBe(409)
    const refund = () => [...wechat.refunds.values()].at(-1)!
    const number = (await order_of(of)).reference
    await eventually(async () => wechat.trades.get(refund()?.out_trade_no)?.transaction_id === number)
    expect(await order_of(of)).toMatchObject({ state: 'paid', refund: 'asked' })

    expect(await wechat.finish_refund(refund(), 'SUCCESS')).toBe(204)
    expect(await wechat.finish_refund(refund(), 'SUCCESS')).toBe(204)

    const order = await order_of(of)
    expect(order).toMatchObject({ state: 'refunded', method: 'wechat', next: [] })
    expect(order.refund).toBeUndefined()
    expect(order.changes[0]).toMatchObject({ state: 'refunded', reason: '因病退班' })
    expect(await letters_of(of)).toEqual(['培训费用已退：专题班'])
  })

  test('whose message is lost is found by asking', async () => {
    const of = await paid('退费通知丢失')
    wechat.refund_outcome = 'PROCESSING'
    const before = wechat.refunds.size
    await settle(of.order, { state: 'refunded', reason: '因病退班' })
    await eventually(async () => wechat.refunds.size > before)

    ;[...wechat.refunds.values()].at(-1)!.status = 'SUCCESS'

    await eventually(has_state(of, 'refunded'))
  })

  test('that WeChat cannot carry out can be paid by transfer', async () => {
    const of = await paid('注销的卡')
    wechat.refund_outcome = 'ABNORMAL'
    await settle(of.order, { state: 'refunded', reason: '重复报名' })
    await eventually(async () => (await order_of(of)).refund === 'failed')

    const [payment] = (await order_of(of)).payments
    expect(payment).toMatchObject({ refund_state: 'failed', refund_failure: 'ABNORMAL' })
    await county.official.call('PUT /training-refunds/{id}/transfer', {
      path: { id: payment!.refund! },
      body: { reference: '20261122-7' },
    })

    expect(await order_of(of)).toMatchObject({ state: 'refunded', payments: [{ refund_state: 'done' }] })
    const again = await county.official.send('PUT', `/api/training-refunds/${payment!.refund!}/asking`)
    expect(again.status).toBe(409)
  })

  test('of a transfer is done at once', async () => {
    const of = await owing('转账退费')
    await settle(of.order, { state: 'paid', reference: '20261122-6' })

    await settle(of.order, { state: 'refunded', reason: '因病退班' })

    expect(await order_of(of)).toMatchObject({ state: 'refunded', method: 'transfer', payments: [{ refund_state: 'done' }] })
  })
})

test('whoever sends people to a class sees their fees, not the class’s differences or refunds', async () => {
  const of = await paid('外校领导')
  wechat.refund_outcome = 'ABNORMAL'
  await settle(of.order, { state: 'refunded', reason: '重复报名' })
  await eventually(async () => (await order_of(of)).refund === 'failed')
  const { refund } = (await order_of(of)).payments[0]!

  const { leader } = county.east
  const answers = [
    await leader.send('GET', `/api/training-classes/${class_id}/payment-differences`),
    await leader.send('PUT', `/api/training-refunds/${refund}/asking`),
    await leader.send('PUT', `/api/training-refunds/${refund}/transfer`, { body: { reference: 'X' } }),
  ]

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
  expect((await leader.call('GET /training-orders/{id}', { path: { id: of.order } })).state).toBe('paid')
})

test('the statement names ways, numbers and differences', async () => {
  const of = await paid('对账')
  const { reference } = await order_of(of)

  const book = await read_workbook(await download(county.official, `/api/training-classes/${class_id}/orders.xlsx`))

  expect(book.map(({ sheet }) => sheet)).toEqual(['按单位', '明细', '对账差异'])
  expect(book[1]!.data.flat()).toEqual(expect.arrayContaining([reference, '微信支付', '银行转账']))
  expect(book[2]!.data.flat()).toContain('金额不符')
})

test('an installation without WeChat Pay takes transfers alone', async () => {
  const other = await make_county({ name: 'payments-none' })
  try {
    await load_training_plan(other.official)
    const { id } = await open_class(other.official, other.root, { price: 20000 })
    const { leader: learner } = await add_staff(other.server, other.official, other.east.id, 'teacher', '转账者')
    await learner.call('PUT /own-training/{id}/enrolment', { path: { id }, body: { track: 'teachers' } })
    const page = await learner.call('GET /own-training/{id}', { path: { id } })

    const started = await learner.send('POST', `/api/training-orders/${page.orders[0]!.id}/payments`, { body: { scene: 'native' } })
    const told = await other.server.visitor().send('POST', '/api/payment-notices/wechat', { body: '{}' })

    expect([page.pay_by, started.status, told.status]).toEqual([[], 404, 404])
  } finally {
    await other.server.stop()
  }
})
