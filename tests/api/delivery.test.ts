// What lies unread reaches people by one way after the other, each spoken to as it is in the world outside.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { make_county, type County } from '../harness/county.ts'
import { eventually } from '../harness/eventually.ts'
import { make_family } from '../harness/families.ts'
import { MailServer } from '../harness/mail_server.ts'
import { MessageGateway } from '../harness/message_gateway.ts'
import { WechatMessages, WecomMessages } from '../harness/message_services.ts'
import { draft } from '../harness/notices.ts'
import { add_reachable, type Reachable } from '../harness/people.ts'
import { later, look_now, tell_urgently } from '../harness/urgent_letters.ts'

let county: County
let wechat: WechatMessages
let wecom: WecomMessages
let gateway: MessageGateway
let mail: MailServer
beforeAll(async () => {
  wechat = await WechatMessages.start()
  wecom = await WecomMessages.start()
  gateway = await MessageGateway.start()
  mail = await MailServer.start()
  const settings = [...wechat.settings, ...wecom.settings, ...gateway.settings, ...mail.settings]
  county = await make_county({
    name: 'delivery',
    settings: [...settings, '--sms-delivery', 'all', '--public-url', 'http://127.0.0.1:8999'],
  })
})
afterAll(async () => {
  await county?.server.stop()
  for (const service of [wechat, wecom, gateway, mail]) await service?.stop()
})

/** Whatever the server was at when the half minute was made to be over. */
const soon = (has_happened: () => Promise<boolean>) =>
  eventually(async () => (await has_happened()) || (await look_now(county), false), 60)
const execute = (statement: string) => county.server.database.execute(statement)
const bind = (person: string, openid: string) =>
  execute(
    `INSERT INTO linked_log_ins (county, provider, subject, person, linked_at, linked_by) VALUES (360100, 'wechat', '${openid}', ${person}, 0, 0)`,
  )
const figures = async () => (await county.official.call('GET /delivery')).figures
const counted = async (channel: string, verdict: string, reason = '') =>
  (await figures()).find((line) => line.channel === channel && line.verdict === verdict && line.reason === reason)?.number ?? 0
const waiting = async () => (await county.official.call('GET /delivery')).waiting
const unreached = async (letter: string) =>
  county.official.send('GET', `/api/unreached-letters/${letter}/people`).then(({ json }) => json.items ?? [])

/** With a WeChat user, a member of WeCom and a phone. */
async function add_everywhere(name: string, openid: string): Promise<Reachable> {
  const person = await add_reachable(county, name)
  await bind(person.person, openid)
  wecom.members.set(person.phone, `member-${openid}`)
  return person
}

async function confirm_email(person: Reachable, email: string): Promise<void> {
  await person.visitor.call('POST /email-codes', { body: { email } })
  await person.visitor.call('PUT /own-email', { body: { code: await mail.code_for(email) } })
}

describe('a WeChat subscription message', () => {
  test('fills the template in as WeChat takes it, with one token for many', async () => {
    const one = await add_everywhere('安老师', 'openid-an')
    const two = await add_everywhere('白老师', 'openid-bai')
    await tell_urgently(county, [one.person, two.person], '关于明天上午因台风停课一天并改为线上学习的紧急通知')

    await soon(async () => wechat.to('openid-bai').length === 1 && wechat.to('openid-an').length === 1)

    const [message] = wechat.to('openid-an')
    expect(message).toMatchObject({ template_id: 'template-of-ours', page: 'pages/inbox/inbox' })
    expect(message!.data).toMatchObject({
      thing1: { value: '城东小学' },
      thing2: { value: '关于明天上午因台风停课一天并改为线上学…' },
      number3: { value: '1' },
    })
    expect(JSON.stringify(message)).not.toContain('今天下午停课')
    expect(wechat.tokens.fetched).toBe(1)
  })

  test('goes out with a new token when the old one has run out', async () => {
    const { person } = await add_everywhere('曹老师', 'openid-cao')
    wechat.tokens.expire()

    await tell_urgently(county, [person], '停课通知')

    await soon(async () => wechat.to('openid-cao').length === 1)
    expect(wechat.tokens.fetched).toBe(2)
  })

  test('waits while the quota of the day is used up (45009)', async () => {
    const { person } = await add_everywhere('狄老师', 'openid-di')
    wechat.trouble = 45009
    await tell_urgently(county, [person], '停课通知')
    await soon(async () => (await counted('wechat', 'later', '45009')) === 1)

    wechat.trouble = 0
    await later(county)

    await soon(async () => wechat.to('openid-di').length === 1)
  })
})

describe('whoever is not reached by one way is reached by the next', () => {
  test('WeChat refused, then WeCom, then a phone, then mail; until it was read', async () => {
    const teacher = await add_everywhere('尔老师', 'openid-er')
    await confirm_email(teacher, 'er@example.cn')
    wechat.unwilling.add('openid-er')

    const letter = await tell_urgently(county, [teacher.person], '停课通知')
    await soon(async () => wecom.sent.some(({ touser }) => touser === 'member-openid-er'))
    expect(await counted('wechat', 'refused', '43101')).toBe(1)
    expect(wecom.sent.at(-1)).toMatchObject({
      textcard: { description: '城东小学紧急通知：停课通知。请打开同心圆查看。', url: 'http://127.0.0.1:8999/inbox' },
    })
    expect(gateway.to(teacher.phone)).toEqual([])

    await later(county)
    await soon(async () => gateway.to(teacher.phone).length === 1)
    expect(gateway.to(teacher.phone)[0]).toContain('城东小学紧急通知：停课通知')
    expect(mail.to('er@example.cn')).toHaveLength(1) // with the code

    await later(county)
    await soon(async () => mail.to('er@example.cn').length === 2)
    expect(mail.to('er@example.cn')[1]).toMatchObject({
      subject: '紧急通知 / Urgent: 停课通知',
      from: 'noreply@edu.example.cn',
      was_encrypted: true,
      was_logged_in: true,
    })

    await later(county)
    await soon(async () => (await unreached(letter)).length === 1)
    expect(await unreached(letter)).toMatchObject([{ person: teacher.person, name: '尔老师', ways: 3, place: '城东小学' }])
    await teacher.visitor.call('PUT /inbox/all-reading')
    expect(await unreached(letter)).toEqual([])
  })

  test('nobody hears again of what was read meanwhile', async () => {
    const teacher = await add_everywhere('范老师', 'openid-fan')
    await tell_urgently(county, [teacher.person], '停课通知')
    await soon(async () => wechat.to('openid-fan').length === 1)

    await teacher.visitor.call('PUT /inbox/all-reading')
    await later(county)

    await soon(async () => (await waiting()) === 0)
    expect(wecom.sent.map(({ touser }) => touser)).not.toContain('member-openid-fan')
    expect(gateway.to(teacher.phone)).toEqual([])
  })

  test('who left WeCom is passed on, the others of the same card are not', async () => {
    const gone = await add_reachable(county, '高老师')
    const there = await add_reachable(county, '耿老师')
    wecom.members.set(gone.phone, 'member-gone')
    wecom.members.set(there.phone, 'member-there')
    wecom.gone.add('member-gone')

    await tell_urgently(county, [gone.person, there.person], '停水通知')

    await soon(async () => gateway.to(gone.phone).length === 1)
    expect(wecom.sent.filter(({ touser }) => touser.includes('member-there'))).toHaveLength(1)
    expect(gateway.to(there.phone)).toEqual([])
  })

  test('a gateway that is out of order is asked again, and what it took does not go twice', async () => {
    const teacher = await add_reachable(county, '何老师')
    gateway.failures = 1
    await tell_urgently(county, [teacher.person], '停电通知')
    await soon(async () => (await counted('sms', 'later', 'unreachable')) === 1)

    await later(county)
    await soon(async () => gateway.to(teacher.phone).length === 1)
    await county.server.kill9()
    await execute('UPDATE jobs SET held_until = 0') // as if the minute had gone by after which a dead server's work is taken over
    await county.server.start()
    await later(county)

    await soon(async () => (await counted('none', 'refused', 'unread')) >= 1)
    expect(gateway.to(teacher.phone)).toHaveLength(1)
  })

  test('a mail server that puts a letter off gets it again', async () => {
    const teacher = await add_reachable(county, '嵇老师')
    await confirm_email(teacher, 'ji@example.cn')
    await execute(`UPDATE accounts SET phone = '' WHERE person = ${teacher.person}`)
    await execute(`UPDATE people SET phone = '' WHERE id = ${teacher.person}`)
    mail.failures = 1
    await tell_urgently(county, [teacher.person], '停气通知')
    await soon(async () => (await counted('email', 'later', 'unreachable')) === 1)

    await later(county)

    await soon(async () => mail.to('ji@example.cn').length === 2)
  })
})

describe("one's own e-mail address", () => {
  test('counts once its code was typed in', async () => {
    const teacher = await add_reachable(county, '计老师')
    await teacher.visitor.call('POST /email-codes', { body: { email: 'jilaoshi@example.cn' } })
    const code = await mail.code_for('jilaoshi@example.cn')

    const wrong = await teacher.visitor.send('PUT', '/api/own-email', { body: { code: code === '000000' ? '000001' : '000000' } })
    const right = await teacher.visitor.call('PUT /own-email', { body: { code } })
    const again = await teacher.visitor.send('PUT', '/api/own-email', { body: { code } })

    expect(wrong.status).toBe(422)
    expect(right.email).toBe('jilaoshi@example.cn')
    expect(again.status).toBe(422)
    const stored = await county.server.database.query(`SELECT address FROM delivery_emails WHERE person = ${teacher.person}`)
    expect(stored[0]).not.toContain('example')
    expect((await teacher.visitor.call('DELETE /own-email')).email).toBeUndefined()
  })

  test('is asked for once a minute, and is one', async () => {
    const { visitor } = await add_reachable(county, '江老师')
    const ask = (email: string) => visitor.send('POST', '/api/email-codes', { body: { email } })

    const answers = [await ask('not an address'), await ask('jiang@example.cn'), await ask('jiang@example.cn')]

    expect(answers.map(({ status }) => status)).toEqual([422, 204, 429])
    expect(answers[2]!.headers.get('retry-after')).toMatch(/^[1-6]?\d$/)
  })
})

describe('the ways to a person', () => {
  test('are shown to them, and taken out of the digest by them', async () => {
    const teacher = await add_everywhere('康老师', 'openid-kang')

    const before = await teacher.visitor.call('GET /own-ways')
    const after = await teacher.visitor.call('PUT /own-ways/{channel}', { path: { channel: 'sms' }, body: { is_wanted: false } })

    expect(before.ways.map(({ channel, address, is_wanted }) => [channel, address, is_wanted])).toEqual([
      ['wechat', '已绑定', true],
      ['wecom', undefined, true],
      ['sms', `${teacher.phone.slice(0, 3)}****${teacher.phone.slice(-4)}`, true],
      ['email', undefined, true],
    ])
    expect(before.digest_time).toBe('18:30')
    expect(after.ways.filter(({ is_wanted }) => !is_wanted).map(({ channel }) => channel)).toEqual(['sms'])
  })

  test('can be tried by whoever sends notices', async () => {
    const trial = (channel: string) => county.east.leader.send('POST', '/api/delivery-trials', { body: { channel } })

    const none = await trial('wechat')
    await bind(county.east.leader_id, 'openid-leader')
    const sent = await trial('wechat')
    wechat.unwilling.add('openid-leader')
    const refused = await trial('wechat')

    expect(none.status).toBe(409)
    expect([sent.json, refused.json]).toEqual([
      { verdict: 'sent', reason: '' },
      { verdict: 'refused', reason: '43101' },
    ])
  })
})

test('an urgent notice that two people sent reaches a father who has no account', async () => {
  const { official, east } = county
  const family = await make_family(county.server, official, east)
  const { id } = await draft(east.leader, { title: '台风停课', is_urgent: true })
  await east.leader.call('PUT /notices/{id}/sending', { path: { id } })
  await official.call('PUT /notices/{id}/decision', { path: { id }, body: { verdict: 'approve' } })
  await eventually(async () => (await east.leader.call('GET /notices/{id}', { path: { id } })).state === 'sent')

  await later(county)

  await soon(async () => gateway.to(family.father_phone).length === 1)
  expect(gateway.to(family.father_phone)[0]).toContain('城东小学紧急通知：台风停课。请打开同心圆查看。')
})

describe('whom nothing reaches', () => {
  test('is listed for the office that wrote, and for nobody beside it', async () => {
    const teacher = await add_reachable(county, '劳老师')
    await execute(`UPDATE accounts SET phone = '' WHERE person = ${teacher.person}`)
    await execute(`UPDATE people SET phone = '' WHERE id = ${teacher.person}`)
    const letter = await tell_urgently(county, [teacher.person], '停暖通知')
    await soon(async () => (await unreached(letter)).length === 1)

    const own = await county.east.leader.call('GET /unreached-letters')
    const strange = await county.west.leader.call('GET /unreached-letters')
    const people = await county.west.leader.send('GET', `/api/unreached-letters/${letter}/people`)

    expect(own.items).toContainEqual(expect.objectContaining({ letter, title: '停暖通知', office: '城东小学', people: 1 }))
    expect(strange.items).toEqual([])
    expect(people.status).toBe(404)
    expect((await teacher.visitor.send('GET', '/api/unreached-letters')).status).toBe(403)
  })

  test('is listed by family, with the child and without a number', async () => {
    const family = await make_family(county.server, county.official, county.west)
    const list = () => county.west.leader.send('GET', `/api/delivery-gaps/${county.west.id}/families`)
    const before = await list()
    for (const id of [family.mother_id, family.father_id]) {
      await execute(`UPDATE accounts SET phone = '' WHERE person = ${id}`)
      await execute(`UPDATE people SET phone = '' WHERE id = ${id}`)
    }
    const letter = await tell_urgently(county, [family.father_id], '停暖通知', county.west.id)
    await soon(async () => (await unreached(letter)).length === 1)

    const after = await list()
    const beside = await county.east.leader.send('GET', `/api/delivery-gaps/${county.west.id}/families`)
    const people = await county.west.leader.call('GET /unreached-letters/{letter}/people', { path: { letter } })

    expect(before.json.items).toEqual([])
    expect(after.json.items).toEqual([{ student: family.child, name: family.child_name, unit: '1班', carers: ['王刚', '陈兰'] }])
    expect(beside.status).toBe(404)
    expect(people.items).toMatchObject([{ name: '王刚', place: '1班', children: [family.child_name] }])
  })

  test('is counted by school, within reach, and as a sheet', async () => {
    const all = await county.official.call('GET /delivery-gaps')
    const west = await county.west.leader.call('GET /delivery-gaps')
    const sheet = await county.west.leader.send('GET', '/api/delivery-gaps.xlsx')

    expect(all.items.map(({ name }) => name)).toEqual(expect.arrayContaining(['城东小学', '城西小学']))
    expect(all.items.find(({ name }) => name === '城东小学')!.unreached).toBeGreaterThan(0)
    expect(west.items).toMatchObject([{ name: '城西小学', people: 6, unreached: 2 }])
    expect(sheet.status).toBe(200)
    expect(sheet.text.startsWith('PK')).toBe(true)
  })
})

test('mail goes through a server that is encrypted from the beginning, too', async () => {
  const tls = await MailServer.start('tls')
  const other = await make_county({ name: 'delivery-tls', settings: [...tls.settings, '--public-url', 'http://127.0.0.1:8999'] })
  const teacher = await add_reachable(other, '黎老师')

  await teacher.visitor.call('POST /email-codes', { body: { email: 'li@example.cn' } })
  const code = await tls.code_for('li@example.cn')
  const ways = await teacher.visitor.call('PUT /own-email', { body: { code } })
  const not_set_up = await other.official.send('POST', '/api/delivery-trials', { body: { channel: 'sms' } })
  await other.server.stop()
  await tls.stop()

  expect(ways.ways.map(({ channel }) => channel)).toEqual(['email'])
  expect(not_set_up.status).toBe(404)
})
