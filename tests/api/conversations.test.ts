// Conversations between school and home: who is in them, that a message is there once, office hours, and what a report shows.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { about_conversations, be_there_always, begin, make_speakers, messages, new_client, send } from '../harness/conversations.ts'
import type { Speakers } from '../harness/conversations.ts'
import { add_staff, make_county, next_phone, type County } from '../harness/county.ts'
import { eventually } from '../harness/eventually.ts'
import { family_password, make_family, type Family } from '../harness/families.ts'
import { without_quiet_hours } from '../harness/notices.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let speakers: Speakers
let other: Family
let colleague: { leader: Visitor; leader_id: string }
beforeAll(async () => {
  county = await make_county({ name: 'conversations' })
  const { server, official, east, west } = county
  await without_quiet_hours(official)
  speakers = await make_speakers(server, official, east)
  other = await make_family(server, official, west)
  colleague = await add_staff(server, official, east.id, 'teacher', '陈老师')
  await be_there_always(colleague.leader)
})
afterAll(() => county?.server.stop())

const in_days = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const began = async (more = {}) => (await begin(speakers.family.mother, speakers.family.child, [speakers.teacher_id], more)).id
const letters = async (reader: Visitor) =>
  (await reader.call('GET /inbox', { query: { kind: 'conversation', limit: 200 } })).items.filter(({ link }) =>
    link.startsWith('/conversations/'),
  )

/** Somebody to whom the mother entrusts her child for this. */
async function entrusted(scopes: ('see' | 'confirm' | 'pick_up')[]): Promise<{ visitor: Visitor; id: string; delegation: string }> {
  const { family } = speakers
  const phone = next_phone()
  const made = await family.mother.call('POST /children/{id}/delegations', {
    path: { id: family.child },
    body: { name: '李奶奶', phone, scopes, until: in_days(30) },
  })
  const visitor = county.server.visitor()
  const body = { code: made.invitation!.code, name: '李奶奶', phone, password: family_password }
  visitor.token = (await visitor.call('POST /joins', { body })).token
  return { visitor, id: made.delegation.person.id, delegation: made.delegation.id }
}

/** Every request about a conversation, by somebody who may have nothing to do with it. */
async function answers_of(visitor: Visitor, id: string, file = '1') {
  const body: Record<string, unknown> = {
    'PUT /api/conversations/{id}/messages/{client}': { body: '让我也说一句', files: [] },
    'PUT /api/conversations/{id}/reading': { position: 1 },
    'PUT /api/conversations/{id}/state': { state: 'done' },
    'POST /api/conversations/{id}/members': { person: speakers.teacher_id },
    'PUT /api/conversations/{id}/handover': { person: speakers.teacher_id },
    'POST /api/conversations/{id}/reports': { reason: '好奇' },
    'POST /api/conversations/{id}/files': '%PDF-1.4 test',
  }
  const statuses: Record<string, number> = {}
  for (const route of about_conversations.filter((each) => each.includes('{id}'))) {
    const [method = '', pattern = ''] = route.split(' ')
    const address = pattern.replace('{id}', id).replace('{client}', new_client()).replace('{file}', file)
    const query = route.startsWith('POST') && route.endsWith('/files') ? '?file_name=a.pdf' : ''
    statuses[route] = (await visitor.send(method, address + query, { body: body[route] })).status
  }
  return statuses
}

describe('who is in a conversation', () => {
  test('a stranger, another carer, a colleague and the leader find nothing in any request', async () => {
    const id = await began()
    const { east, west, official } = county

    for (const visitor of [other.mother, colleague.leader, east.leader, west.leader, official]) {
      const statuses = await answers_of(visitor, id)
      expect([...new Set(Object.values(statuses))], JSON.stringify(statuses)).toEqual([404])
    }
  })

  test('who the child is entrusted to may write, unless it is only for being picked up', async () => {
    const { family, teacher_id } = speakers
    const seeing = await entrusted(['see'])
    const fetching = await entrusted(['pick_up'])
    const attempt = (visitor: Visitor) =>
      visitor.send('POST', '/api/conversations', {
        body: { client: new_client(), student: family.child, people: [teacher_id], subject: '接送', body: '几点放学？' },
      })

    const made = await attempt(seeing.visitor)

    expect(made.status).toBe(201)
    expect((await attempt(fetching.visitor)).status).toBe(404)
    await family.mother.call('DELETE /delegations/{id}', { path: { id: seeing.delegation } })
    expect((await seeing.visitor.send('GET', `/api/conversations/${made.json.id}`)).status).toBe(404)
    expect((await seeing.visitor.call('GET /conversations')).items).toEqual([])
  })

  test('a carer writes to no other carer, and to no teacher of another school', async () => {
    const { family } = speakers
    const { leader_id } = await add_staff(county.server, county.official, county.west.id, 'teacher', '远老师')

    for (const person of [family.father_id, other.mother_id, leader_id]) {
      const refused = await family.mother.send('POST', '/api/conversations', {
        body: { client: new_client(), student: family.child, people: [person], subject: '你好', body: '在吗' },
      })
      expect(refused.status).toBe(422)
      expect(refused.json.problems[0].path).toBe('/people/0')
    }
    const people = (await family.mother.call('GET /conversation-partners')).items[0]!.people
    expect(people.every(({ side }) => side === 'staff')).toBe(true)
    expect(people[0]!.id).toBe(speakers.teacher_id)
    expect(JSON.stringify(people)).not.toMatch(/"1[3-9]\d{9}"/)
  })

  test('a teacher whose post has ended finds nothing any more, and the family is told to begin anew', async () => {
    const { server, official, east } = county
    const { leader, leader_id, post } = await add_staff(server, official, east.class, 'teacher', '冯老师')
    const { family } = speakers
    const { id } = await begin(family.mother, family.child, [leader_id])
    await official.call('PATCH /posts/{id}', { path: { id: post }, body: { from: '2025-09-01' } })
    await official.call('PUT /posts/{id}/ending', { path: { id: post }, body: { on: '2025-12-31' } })

    expect((await leader.send('GET', `/api/conversations/${id}`)).status).toBe(404)
    expect((await messages(family.mother, id)).map(({ body }) => body)).toContain('老师您好')
    const refused = await family.mother.send('PUT', `/api/conversations/${id}/messages/${new_client()}`, {
      body: { body: '在吗', files: [] },
    })
    expect(refused.status).toBe(409)
  })

  test('a confidential one is listed, searched and counted for its members alone, and its letter says nothing', async () => {
    const { teacher, family } = speakers
    const subject = '心理辅导约谈'
    await began({ subject, is_confidential: true, body: '想单独谈谈' })

    const found = async (visitor: Visitor) =>
      (await visitor.call('GET /conversations', { query: { search: '单独谈谈' } })).items.map((line) => line.subject)
    expect(await found(teacher)).toEqual([subject])
    expect(await found(family.mother)).toEqual([subject])
    for (const visitor of [colleague.leader, county.east.leader, county.official]) expect(await found(visitor)).toEqual([])
    const [letter] = await letters(teacher)
    expect(letter!.title).toBe('您有一条新的家校沟通消息')
    expect(letter!.body).toBe('')
  })
})

describe('a message', () => {
  test('that is sent ten times at once is there once', async () => {
    const id = await began()
    const client = new_client()

    const all = await Promise.all(
      Array.from({ length: 10 }, () =>
        speakers.family.mother.send('PUT', `/api/conversations/${id}/messages/${client}`, {
          body: { body: '只有一条', files: [] },
        }),
      ),
    )

    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]))
    expect(new Set(all.map(({ json }) => json.position)).size).toBe(1)
    expect((await messages(speakers.teacher, id)).filter(({ body }) => body === '只有一条')).toHaveLength(1)
  })

  test('that begins a conversation twice begins one', async () => {
    const client = new_client()

    const [one, again] = [await began({ client }), await began({ client })]

    expect(again).toBe(one)
  })

  test('of two who write at once keeps its place', async () => {
    const id = await began()

    await Promise.all(Array.from({ length: 8 }, (_, n) => send(n % 2 ? speakers.teacher : speakers.family.mother, id, `第${n}句`)))

    const positions = (await messages(speakers.teacher, id)).map(({ position }) => position)
    expect(positions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('with a telephone number asks once more', async () => {
    const id = await began()
    const write = (is_sure: boolean) =>
      speakers.family.mother.send('PUT', `/api/conversations/${id}/messages/${new_client()}`, {
        body: { body: '请打 139 1234 5678', files: [], is_sure },
      })

    const warned = await write(false)

    expect(warned.status).toBe(422)
    expect(warned.json.problems[0]).toMatchObject({ path: '/body', code: 'private_number' })
    expect((await write(true)).status).toBe(200)
  })

  test('carries files, which nobody else opens, and which go from sight when it is taken back', async () => {
    const id = await began()
    const { mother } = speakers.family
    const file = await mother.send('POST', `/api/conversations/${id}/files?file_name=${encodeURIComponent('假条.pdf')}`, {
      body: '%PDF-1.4 leave',
    })
    const client = new_client()
    const address = `/api/conversations/${id}/files/${file.json.id}`
    const before = await speakers.teacher.send('GET', address)
    await mother.call('PUT /conversations/{id}/messages/{client}', {
      path: { id, client },
      body: { body: '', files: [file.json.id] },
    })

    expect(before.status).toBe(404)
    expect((await speakers.teacher.send('GET', address)).text).toBe('%PDF-1.4 leave')
    expect((await answers_of(other.mother, id, file.json.id))['GET /api/conversations/{id}/files/{file}']).toBe(404)
    const wrong = await mother.send('POST', `/api/conversations/${id}/files?file_name=a.exe`, { body: 'MZ' })
    expect(wrong.status).toBe(422)
    await mother.call('PUT /conversations/{id}/messages/{client}/withdrawal', { path: { id, client } })
    expect((await speakers.teacher.send('GET', address)).status).toBe(404)
    expect((await messages(speakers.teacher, id)).at(-1)).toMatchObject({ is_withdrawn: true, body: '', files: [] })
  })

  test('is followed by a cursor: what came since, and nothing else', async () => {
    const id = await began()
    for (const body of ['一', '二', '三']) await send(speakers.family.mother, id, body)

    const since = await speakers.teacher.call('GET /conversations/{id}/messages', {
      path: { id },
      query: { after: 2, limit: 1 },
    })

    expect(since.items.map(({ body }) => body)).toEqual(['二'])
    expect(since.has_later).toBe(true)
  })
})

describe('office hours', () => {
  test('outside of them a message is kept, answered once and told to nobody', async () => {
    const { server, official, east } = county
    const { leader, leader_id } = await add_staff(server, official, east.class, 'teacher', '何老师')
    const hours = { days: [1, 2, 3, 4, 5, 6, 7], from: 480, until: 1080, away_until: in_days(2), answer: '急事找陈老师。' }
    await leader.call('PUT /own-office-hours', { body: hours })
    const { family } = speakers

    const made = await begin(family.mother, family.child, [leader_id])
    await send(family.mother, made.id, '还有')

    const kinds = (await messages(family.mother, made.id)).map(({ kind, body }) => [kind, body])
    expect(kinds).toEqual([
      ['text', '老师您好'],
      ['automatic', '急事找陈老师。'],
      ['text', '还有'],
    ])
    expect(made.told_at).toBeDefined()
    expect(await letters(leader)).toEqual([])
    await be_there_always(leader)
    await send(family.mother, made.id, '回来了吗')
    await eventually(async () => (await letters(leader)).length === 1)
  })

  test('of a school count for whoever has set none', async () => {
    const { east } = county
    const { leader } = await add_staff(county.server, county.official, east.class, 'teacher', '吕老师')
    const before = await leader.call('GET /own-office-hours')
    const body = { days: [1, 2, 3], from: 540, until: 960, answer: '' }

    await east.leader.call('PUT /schools/{id}/office-hours', { path: { id: east.id }, body })

    expect(before.source).toBe('usual')
    expect(await leader.call('GET /own-office-hours')).toMatchObject({ ...body, source: 'school' })
    const wrong = await leader.send('PUT', '/api/own-office-hours', { body: { ...body, until: 540 } })
    expect(wrong.json.problems[0].path).toBe('/until')
    expect((await speakers.family.mother.send('GET', '/api/own-office-hours')).status).toBe(404)
  })
})

describe('the message desk', () => {
  test('lists what waits for an answer until it is given, and finds by words', async () => {
    const id = await began({ subject: '校车站点', body: '能不能改到桥头' })
    const waiting = async () =>
      (await speakers.teacher.call('GET /conversations', { query: { box: 'unanswered' } })).items.map((line) => line.id)

    expect(await waiting()).toContain(id)
    expect((await speakers.teacher.call('GET /conversations', { query: { search: '桥头' } })).items.map((line) => line.id)).toEqual(
      [id],
    )
    await send(speakers.teacher, id, '可以')
    expect(await waiting()).not.toContain(id)
    await speakers.teacher.call('PUT /conversations/{id}/state', { path: { id }, body: { state: 'done' } })
    const done = await speakers.teacher.call('GET /conversations', { query: { box: 'done' } })
    expect(done.items.map((line) => line.id)).toContain(id)
    expect((await speakers.family.mother.send('PUT', `/api/conversations/${id}/state`, { body: { state: 'done' } })).status).toBe(
      404,
    )
  })

  test('counts what is unread until it is read, and settles the letter', async () => {
    const id = await began()
    const unread = async () => (await speakers.teacher.call('GET /conversations/{id}', { path: { id } })).unread
    const letter_is_read = async () =>
      (await letters(speakers.teacher)).find(({ link }) => link === `/conversations/${id}`)!.is_read

    expect([await unread(), await letter_is_read()]).toEqual([1, false])
    await speakers.teacher.call('PUT /conversations/{id}/reading', { path: { id }, body: { position: 1 } })
    expect([await unread(), await letter_is_read()]).toEqual([0, true])
    const seen = await speakers.family.mother.call('GET /conversations/{id}', { path: { id } })
    expect(seen.read_by_others).toBe(1)
  })

  test('is handed to a colleague, who sees all of it', async () => {
    const id = await began()

    await speakers.teacher.call('PUT /conversations/{id}/handover', { path: { id }, body: { person: colleague.leader_id } })

    expect((await messages(colleague.leader, id)).map(({ kind }) => kind)).toEqual(['text', 'joined', 'left'])
    expect((await speakers.teacher.send('GET', `/api/conversations/${id}`)).status).toBe(404)
    await send(colleague.leader, id, '我来负责')
    expect((await messages(speakers.family.mother, id)).at(-1)!.body).toBe('我来负责')
  })

  test('keeps ready answers for each by themselves', async () => {
    const items = [{ title: '收到', body: '收到，谢谢。' }]

    await speakers.teacher.call('PUT /answer-templates', { body: { items } })

    expect((await speakers.teacher.call('GET /answer-templates')).items).toEqual(items)
    expect((await colleague.leader.call('GET /answer-templates')).items).toEqual([])
  })
})

describe('a report', () => {
  test('shows the leader the conversation as it stood, with what was taken back, and those in it hear of the reading', async () => {
    const { east, west } = county
    const id = await began({ body: '你等着' })
    const client = new_client()
    await send(speakers.family.mother, id, '收回的狠话', client)
    await speakers.family.mother.call('PUT /conversations/{id}/messages/{client}/withdrawal', { path: { id, client } })

    const { id: report } = await speakers.teacher.call('POST /conversations/{id}/reports', {
      path: { id },
      body: { reason: '威胁' },
    })
    await send(speakers.family.mother, id, '后来的话')

    const path = { id: report }
    expect((await west.leader.send('GET', `/api/conversation-reports/${report}`)).status).toBe(404)
    expect((await speakers.teacher.send('GET', `/api/conversation-reports/${report}`)).status).toBe(403)
    const seen = await east.leader.call('GET /conversation-reports/{id}', { path })
    expect(seen.messages.map(({ body }) => body)).toEqual(['你等着', '收回的狠话'])
    const [line] = (await county.official.call('GET /audit', { query: { action: 'conversation_report_show' } })).items
    expect(line!.subject).toBe(`conversation:${id}`)
    expect((await messages(speakers.family.mother, id)).at(-1)!.kind).toBe('inspected')
    await east.leader.call('PUT /conversation-reports/{id}/outcome', { path, body: { state: 'closed', outcome: '已约谈双方' } })
    expect((await letters(speakers.teacher)).map(({ body }) => body)).toContain('已约谈双方')
    expect((await east.leader.send('GET', `/api/conversations/${id}`)).status).toBe(404)
  })

  test('is found in figures without any words', async () => {
    const id = await began({ body: '绝密内容' })
    await send(speakers.teacher, id, '收到')

    const figures = await county.east.leader.send('GET', `/api/conversation-figures?from=${in_days(-1)}&to=${in_days(1)}`)

    expect(figures.json.whole.answered).toBeGreaterThan(0)
    expect(figures.text).not.toContain('绝密')
    const sheet = await county.east.leader.send('GET', `/api/conversation-figures.xlsx?from=${in_days(-1)}&to=${in_days(1)}`)
    expect(sheet.status).toBe(200)
    expect((await speakers.teacher.send('GET', `/api/conversation-figures?from=${in_days(-1)}&to=${in_days(1)}`)).status).toBe(403)
    const none = await county.west.leader.call('GET /conversation-figures', { query: { from: in_days(-1), to: in_days(1) } })
    expect(none.items).toEqual([])
  })
})
