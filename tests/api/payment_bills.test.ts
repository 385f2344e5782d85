// The bills that WeChat Pay makes of each day: fetched whole, kept as they came, matched with the county's fees, looked into.
import read_workbook from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { eventually } from '../harness/eventually.ts'
import { download } from '../harness/imports.ts'
import { free_port } from '../harness/server.ts'
import { load_training_plan, open_class } from '../harness/training.ts'
import { WechatPay } from '../harness/wechat_pay.ts'

let county: County
let wechat: WechatPay
let class_id: string
beforeAll(async () => {
  wechat = await WechatPay.start()
  const port = await free_port()
  const settings = ['--public-url', `http://127.0.0.1:${port}`, '--payment-check-seconds', '3600', ...wechat.settings]
  county = await make_county({ name: 'payment-bills', port, settings })
  await load_training_plan(county.official)
  class_id = (await open_class(county.official, county.root, { title: '专题班', price: 20000 })).id
})
afterAll(async () => {
  await county?.server.stop()
  expect(wechat.unsigned).toEqual([])
  await wechat?.stop()
})

/** So many days ago in China; the server itself fetched the last week when it started. */
const day = (ago: number) => new Date(Date.now() + 8 * 3_600_000 - ago * 86_400_000).toISOString().slice(0, 10)
const noon = (ago: number) => Date.parse(`${day(ago)}T12:00:00+08:00`)
const fetch_bill = (of: string) => county.official.send('POST', '/api/payment-bills', { body: { day: of } })
const bills = async () => (await county.official.call('GET /payment-bills')).items
const differences = async (open = false) =>
  (await county.official.call('GET /payment-differences', { query: { from: day(20), to: day(8), open } })).items

/** Somebody who paid by WeChat so many days ago; stands in that day's bill unless `billed` says otherwise. */
async function paid(name: string, ago: number, billed: number | 'nowhere' = ago) {
  const { leader } = await add_staff(county.server, county.official, county.east.id, 'teacher', name)
  await leader.call('PUT /own-training/{id}/enrolment', { path: { id: class_id }, body: { track: 'teachers' } })
  const { orders } = await leader.call('GET /own-training/{id}', { path: { id: class_id } })
  const order = orders[0]!.id
  const { code_url } = await leader.call('POST /training-orders/{id}/payments', { path: { id: order }, body: { scene: 'native' } })
  const trade = wechat.trade_of(code_url!)
  expect(await wechat.pay(trade)).toBe(204)
  if (billed !== 'nowhere') trade.billed_on = day(billed)
  await county.server.database.execute(
    `UPDATE training_payments SET asked_at = ${noon(ago)}, settled_at = ${noon(ago)} WHERE training_order = ${order}`,
  )
  return { order, trade }
}

describe('a bill', () => {
  test('is matched line by line with payments and refunds, whatever their day', async () => {
    await paid('平账者', 12)
    const cheaper = await paid('金额者', 12)
    cheaper.trade.total = 19900
    const unbilled = await paid('漏单者', 11, 'nowhere')
    const unsettled = await paid('未到账者', 11)
    await county.server.database.execute(
      `UPDATE training_payments SET state = 'closed', settled_at = 0 WHERE training_order = ${unsettled.order}`,
    )
    wechat.strangers.set(day(10), { number: 'shop-20260301', yuan: '8.50' })
    const returned = await paid('退款者', 12)
    await county.official.call('PUT /training-orders/{id}/state', {
      path: { id: returned.order },
      body: { state: 'refunded', reason: '因病退班' },
    })
    await eventually(async () => wechat.refunds.size === 1)
    const refund = [...wechat.refunds.values()][0]!
    refund.billed_on = day(10) // two days after it was asked for
    await eventually(
      async () => (await county.official.call('GET /training-orders/{id}', { path: { id: returned.order } })).state === 'refunded',
    )
    await county.server.database.execute(`UPDATE training_refunds SET asked_at = ${noon(12)}, settled_at = ${noon(10)}`)

    expect(await differences()).toMatchObject([]) // nobody misses anything before the bills are here
    for (const ago of [12, 11, 10]) expect((await fetch_bill(day(ago))).status).toBe(201)

    expect(
      (await differences()).map(({ fault, day: of, number, billed, kept, person }) => [fault, of, number, billed, kept, person]),
    ).toEqual([
      ['missing_here', day(10), 'shop-20260301', 850, undefined, undefined],
      ['missing_there', day(11), unbilled.trade.out_trade_no, undefined, 20000, '漏单者'],
      ['state_differs', day(11), unsettled.trade.out_trade_no, 20000, 20000, '未到账者'],
      ['amount_differs', day(12), cheaper.trade.out_trade_no, 19900, 20000, '金额者'],
    ])
    const tenth = (await bills()).find((bill) => bill.day === day(10))
    expect(tenth).toMatchObject({ payments: 1, paid: 850, refunds: 1, refunded: 20000 })
  })

  test('that is here already stays as it is, and WeChat Pay is not asked again', async () => {
    const [asked, before] = [wechat.bills_asked, await bills()]
    wechat.strangers.set(day(12), { number: 'later', yuan: '1.00' })

    const again = await fetch_bill(day(12))

    expect([again.status, wechat.bills_asked]).toEqual([201, asked])
    expect(await bills()).toEqual(before)
  })

  test('of another digest, of an answer that does not come, and of days that have none is not kept', async () => {
    wechat.strangers.set(day(15), { number: 'spoilt', yuan: '1.00' })
    wechat.are_bills_spoilt = true
    expect((await fetch_bill(day(15))).status).toBe(503)
    wechat.are_bills_spoilt = false
    wechat.is_away = true
    expect((await fetch_bill(day(15))).status).toBe(503)
    wechat.is_away = false
    expect([(await fetch_bill(day(0))).status, (await fetch_bill(day(91))).status]).toEqual([422, 422])
    expect((await bills()).map((bill) => bill.day)).not.toContain(day(15))

    expect((await fetch_bill(day(16))).status).toBe(201) // no trades: an empty one

    expect((await bills()).find((bill) => bill.day === day(16))).toMatchObject({ payments: 0, paid: 0, refunds: 0 })
  })

  test('comes by itself every morning, with those of the week that are missing', async () => {
    await county.server.database.execute(`DELETE FROM payment_bills WHERE day > ${day(9).replaceAll('-', '')}`)

    await county.server.database.execute(`UPDATE jobs SET run_at = 1 WHERE kind = 'programmes.payment_bills' AND state = 'waiting'`)

    await eventually(async () => (await bills()).filter((bill) => bill.day > day(9)).length === 7)
  })
})

describe('a difference', () => {
  const mark = (number: string) => `/api/payment-differences/payment/${number}/mark`

  test('is looked into with a note, which can be changed and taken back', async () => {
    const before = await differences(true)

    expect((await county.official.send('PUT', mark('shop-20260301'), { body: { note: '食堂误用了本商户号' } })).status).toBe(204)
    expect((await county.official.send('PUT', mark('shop-20260301'), { body: { note: '食堂误用，已转出' } })).status).toBe(204)

    expect((await differences(true)).length).toBe(before.length - 1)
    const marked = (await differences()).find(({ number }) => number === 'shop-20260301')!
    expect(marked.mark).toMatchObject({ note: '食堂误用，已转出' })
    const book = await read_workbook(await download(county.official, `/api/payment-differences.xlsx?from=${day(20)}&to=${day(8)}`))
    expect(book[0]!.data.flat()).toEqual(expect.arrayContaining(['食堂误用，已转出', 8.5, '漏单者', '专题班']))
    expect((await county.official.send('DELETE', mark('shop-20260301'))).status).toBe(204)
    expect((await differences(true)).length).toBe(before.length)
  })

  test('that is not there, or has no words, is not marked', async () => {
    expect((await county.official.send('PUT', mark('nobody'), { body: { note: '没有这笔' } })).status).toBe(404)
    expect((await county.official.send('PUT', mark('shop-20260301'), { body: { note: '' } })).status).toBe(422)
  })

  test('is the county’s: a school finds no bill, no difference and no mark', async () => {
    const { leader } = county.east

    expect(await leader.call('GET /payment-bills')).toMatchObject({ is_on: true, is_countys: false, items: [] })
    const statuses = await Promise.all([
      leader.send('POST', '/api/payment-bills', { body: { day: day(12) } }),
      leader.send('GET', '/api/payment-differences'),
      leader.send('GET', '/api/payment-differences.xlsx'),
      leader.send('PUT', mark('shop-20260301'), { body: { note: '不是我的' } }),
      leader.send('DELETE', mark('shop-20260301')),
    ])
    expect(statuses.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
  })
})
