// The class feed: a moment is for the families of the children in it, and a picture for as long as their guardians agree.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_staff, make_county, next_phone, type County } from '../harness/county.ts'
import { eventually } from '../harness/eventually.ts'
import { family_password, make_family, type Family } from '../harness/families.ts'
import { add_picture, answer_for_pictures, ask_for_pictures, photograph, post } from '../harness/feed.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let teacher: Visitor
/** A teacher of the class who is not its class teacher. */
let colleague: Visitor
let spring: Family
let summer: Family
let western: Family
beforeAll(async () => {
  county = await make_county({ name: 'feed' })
  const { server, official, east, west } = county
  await ask_for_pictures(county)
  teacher = (await add_staff(server, official, east.class, 'class_teacher', '周敏')).leader
  colleague = (await add_staff(server, official, east.class, 'teacher', '何平')).leader
  spring = await make_family(server, official, east)
  summer = await make_family(server, official, east)
  western = await make_family(server, official, west)
  await answer_for_pictures(spring, 'given')
})
afterAll(() => county?.server.stop())

const path = (thing: { id: string }) => ({ path: { id: thing.id } })
const sees = async (visitor: Visitor, moment: { id: string }) => (await visitor.send('GET', `/api/moments/${moment.id}`)).status
const picture_status = async (visitor: Visitor, moment: { id: string }, picture: string) =>
  (await visitor.send('GET', `/api/moments/${moment.id}/pictures/${picture}`)).status

/** The answer's bytes, which a Visitor reads as text. */
async function bytes_of(visitor: Visitor, address: string): Promise<Buffer> {
  const reply = await fetch(county.server.address + address, { headers: { authorization: `Bearer ${visitor.token}` } })
  expect(reply.status).toBe(200)
  return Buffer.from(await reply.arrayBuffer())
}

describe('who sees a moment', () => {
  test('the families of the children in it and their teachers; no other family, class, school or office', async () => {
    const { server, official, east, west } = county
    const grade = await official.call('POST /organisations', {
      body: {
        parent: east.grade,
        kind: 'class',
        name: '2班',
        entry_year: 2025,
        number: 2,
        stages: ['primary'],
        opened_on: '2025-09-01',
      },
    })
    const other_class = (await add_staff(server, official, grade.id, 'class_teacher', '冯二班')).leader

    const moment = await post(teacher, { class: east.class, children: [spring.child] })

    const statuses = await Promise.all(
      [spring.mother, teacher, colleague, east.leader, summer.mother, western.mother, other_class, west.leader, official].map(
        (one) => sees(one, moment),
      ),
    )
    expect(statuses).toEqual([200, 200, 200, 200, 404, 404, 404, 404, 404])
    expect((await spring.mother.call('GET /own-moments', {})).items.map(({ id }) => id)).toContain(moment.id)
    expect((await summer.mother.call('GET /own-moments', {})).items.map(({ id }) => id)).not.toContain(moment.id)
  })

  test('a family is told in its inbox alone, without a word of what it says', async () => {
    const moment = await post(teacher, { class: county.east.class, children: [summer.child], words: '只给夏天看' })

    const letters = (await summer.mother.call('GET /inbox', { query: { kind: 'feed' } })).items
    const told = letters.find(({ link }) => link === `/moments/${moment.id}`)
    expect(told).toMatchObject({ title: '1班有新动态', body: '', is_urgent: false })
    expect((await spring.mother.call('GET /inbox', { query: { kind: 'feed' } })).items.map(({ link }) => link)).not.toContain(
      `/moments/${moment.id}`,
    )
  })

  test("names of other families' children stay with their teachers", async () => {
    const moment = await post(teacher, { class: county.east.class, children: [spring.child, summer.child] })

    const own = await spring.mother.call('GET /moments/{id}', path(moment))
    expect(own.children).toEqual([{ id: spring.child, name: spring.child_name }])
    expect(own.others).toBe(1)
    expect((await colleague.call('GET /moments/{id}', path(moment))).children).toHaveLength(2)
  })

  test('whom a child is entrusted to sees it with the right to see, and not with that to pick up alone', async () => {
    const moment = await post(teacher, { class: county.east.class, children: [spring.child] })
    const entrust = async (name: string, scope: 'see' | 'pick_up') => {
      const phone = next_phone()
      const given = await spring.mother.call('POST /children/{id}/delegations', {
        path: { id: spring.child },
        body: { name, phone, scopes: [scope], until: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10) },
      })
      const visitor = county.server.visitor()
      const { code } = given.invitation!
      visitor.token = (await visitor.call('POST /joins', { body: { code: code!, name, phone, password: family_password } })).token
      return visitor
    }
    const grandmother = await entrust('陈奶奶', 'see')
    const neighbour = await entrust('周叔叔', 'pick_up')

    expect([await sees(grandmother, moment), await sees(neighbour, moment)]).toEqual([200, 404])
    const archive = await grandmother.send('POST', '/api/own-picture-exports', { body: { child: spring.child } })
    expect(archive.status).toBe(404)
  })

  test('a teacher whose post ended sees nothing of it any more, their own moments neither', async () => {
    const { server, official, east } = county
    const former = await add_staff(server, official, east.class, 'teacher', '吴走')
    const moment = await post(former.leader, { class: east.class, children: [spring.child] })

    await official.call('PATCH /posts/{id}', { path: { id: former.post }, body: { from: '2025-09-01' } })
    await official.call('PUT /posts/{id}/ending', { path: { id: former.post }, body: { on: '2025-12-31' } })

    expect(await sees(former.leader, moment)).toBe(404)
    expect(await sees(spring.mother, moment)).toBe(200)
  })

  test('a family keeps what was theirs when the child moves to another school', async () => {
    const { server, official, east, west } = county
    const leaving = await make_family(server, official, east)
    const moment = await post(teacher, { class: east.class, children: [leaving.child] })

    await official.call('POST /departures', {
      body: {
        student: leaving.child,
        place: '邻县小学',
        on: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
        reason: '搬家',
      },
    })

    expect(await sees(leaving.mother, moment)).toBe(200)
    expect((await leaving.mother.call('GET /own-moments', {})).items.map(({ id }) => id)).toEqual([moment.id])
    expect(await sees(west.leader, moment)).toBe(404)
  })
})

describe('pictures', () => {
  test('come back the right way up and without the place where they were taken', async () => {
    const original = await photograph()
    expect(original.includes('30.6409N')).toBe(true)
    const picture = await add_picture(teacher)
    const moment = await post(teacher, {
      class: county.east.class,
      children: [spring.child],
      pictures: [{ id: picture, children: [spring.child] }],
    })

    const address = `/api/moments/${moment.id}/pictures/${picture}`
    const kept = await bytes_of(spring.mother, address)
    const small = await bytes_of(spring.mother, `${address}/thumbnail`)

    for (const bytes of [kept, small]) {
      expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]))
      for (const trace of ['Exif', 'GPS', '30.6409', 'Canary']) expect(bytes.includes(trace)).toBe(false)
      const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]))
      expect([bytes.readUInt16BE(frame + 7), bytes.readUInt16BE(frame + 5)]).toEqual([40, 120])
    }
  })

  test('of a child without consent are refused by name, and nothing is posted', async () => {
    const picture = await add_picture(teacher)
    const before = (await teacher.call('GET /moments', { query: { limit: 200 } })).items.length

    const answer = await teacher.send('POST', '/api/moments', {
      body: {
        class: county.east.class,
        audience: 'tagged',
        words: '合影',
        children: [spring.child, summer.child],
        pictures: [{ id: picture, children: [spring.child, summer.child] }],
      },
    })

    expect(answer.status).toBe(422)
    expect(answer.json.problems).toMatchObject([{ code: 'no_consent', path: `/children/${summer.child}` }])
    expect(answer.json.problems[0].words).toContain(summer.child_name)
    expect((await teacher.call('GET /moments', { query: { limit: 200 } })).items).toHaveLength(before)
  })

  test('are hidden from everybody from the moment on in which a guardian withdraws', async () => {
    const family = await make_family(county.server, county.official, county.east)
    await answer_for_pictures(family, 'given')
    const picture = await add_picture(teacher)
    const children = [spring.child, family.child]
    const moment = await post(teacher, { class: county.east.class, children, pictures: [{ id: picture, children }] })
    expect(await picture_status(spring.mother, moment, picture)).toBe(200)

    await answer_for_pictures(family, 'withdrawn')

    for (const visitor of [spring.mother, family.mother, teacher]) {
      expect(await picture_status(visitor, moment, picture)).toBe(404)
      expect((await visitor.call('GET /moments/{id}', path(moment))).pictures).toMatchObject([{ id: picture, is_hidden: true }])
    }
    await answer_for_pictures(family, 'given')
    expect(await picture_status(spring.mother, moment, picture)).toBe(200)
  })

  test('are nobody else’s to use, and other files are refused', async () => {
    const picture = await add_picture(teacher)

    const stolen = await colleague.send('POST', '/api/moments', {
      body: { class: county.east.class, audience: 'tagged', children: [spring.child], pictures: [{ id: picture, children: [] }] },
    })
    const no_picture = await teacher.send('POST', '/api/moment-pictures', { body: '%PDF-1.4' })
    const no_teacher = await spring.mother.send('POST', '/api/moment-pictures', { body: await photograph() })

    expect(stolen.json.problems).toMatchObject([{ path: '/pictures/0', code: 'not_found' }])
    expect([no_picture.status, no_teacher.status]).toEqual([422, 403])
  })

  test('of a child are gathered for its own carers', async () => {
    const picture = await add_picture(teacher)
    await post(teacher, {
      class: county.east.class,
      children: [spring.child],
      pictures: [{ id: picture, children: [spring.child] }],
    })

    const begun = await spring.mother.call('POST /own-picture-exports', { body: { child: spring.child } })
    const mine = async () => (await spring.mother.call('GET /own-picture-exports')).items.find(({ id }) => id === begun.id)!
    await eventually(async () => (await mine()).bytes > 0)

    expect((await mine()).pictures).toBeGreaterThan(0)
    const address = `/api/own-picture-exports/${begun.id}/file.zip`
    const zip = await bytes_of(spring.mother, address)
    expect(zip.subarray(0, 2).toString()).toBe('PK')
    expect(zip.includes('001.jpg')).toBe(true)
    expect((await summer.mother.send('GET', address)).status).toBe(404)
    expect((await summer.mother.send('POST', '/api/own-picture-exports', { body: { child: spring.child } })).status).toBe(404)
  })
})

describe('what is said', () => {
  test('a comment is hidden by the class teacher, not by a colleague, with a reason that its author reads', async () => {
    const moment = await post(teacher, { class: county.east.class, children: [spring.child, summer.child] })
    const comment = await spring.mother.call('POST /moments/{id}/comments', { ...path(moment), body: { words: '谁这么慢？' } })
    const hiding = { body: { reason: '请不要比较孩子' } }
    const seen = async (visitor: Visitor) =>
      (await visitor.call('GET /moments/{id}/comments', { ...path(moment), query: {} })).items

    const by_colleague = await colleague.send('PUT', `/api/moment-comments/${comment.id}/hiding`, hiding)
    await teacher.call('PUT /moment-comments/{id}/hiding', { ...path(comment), ...hiding })

    expect(by_colleague.status).toBe(403)
    expect(await seen(summer.mother)).toEqual([])
    expect(await seen(spring.mother)).toMatchObject([{ words: '谁这么慢？', hidden: '请不要比较孩子' }])
  })

  test('everybody has one reaction, and closed comments take none', async () => {
    const moment = await post(teacher, { class: county.east.class, children: [spring.child] })
    for (const kind of ['like', 'clap'] as const)
      await spring.mother.call('PUT /moments/{id}/reaction', { ...path(moment), body: { kind } })
    await teacher.call('PUT /moments/{id}/commenting', { ...path(moment), body: { is_open: false } })

    const shown = await spring.mother.call('GET /moments/{id}', path(moment))
    const late = await spring.mother.send('POST', `/api/moments/${moment.id}/comments`, { body: { words: '还能说吗' } })

    expect(shown).toMatchObject({ reactions: [{ kind: 'clap', count: 1 }], own_reaction: 'clap', takes_comments: false })
    expect(late.status).toBe(409)
  })

  test('a report goes to the school leader with the words as they stood, whatever becomes of the moment', async () => {
    const moment = await post(teacher, { class: county.east.class, children: [summer.child], words: '这次最后一名' })
    await summer.mother.call('POST /moments/{id}/reports', { ...path(moment), body: { reason: '公开了名次' } })
    await teacher.call('PUT /moments/{id}/taking-down', { ...path(moment), body: { reason: '表述不当' } })

    const report = (await county.east.leader.call('GET /moment-reports', {})).items.find((one) => one.moment === moment.id)!
    const elsewhere = (await county.west.leader.call('GET /moment-reports', {})).items
    const answered = await county.east.leader.call('PUT /moment-reports/{id}/outcome', {
      ...path(report),
      body: { verdict: 'take_down', note: '不得公布名次' },
    })

    expect(report).toMatchObject({ words: '这次最后一名', reason: '公开了名次', outcome: 'open' })
    expect(elsewhere).toEqual([])
    expect(answered.outcome).toBe('taken_down')
    expect((await teacher.send('GET', '/api/moment-reports')).status).toBe(403)
    expect(await sees(summer.mother, moment)).toBe(404)
    const letters = (await summer.mother.call('GET /inbox', { query: { kind: 'feed' } })).items
    expect(letters.map(({ title }) => title)).toContain('学校处理了您的举报')
  })
})

test('what one changes or takes down leaves a trace', async () => {
  const moment = await post(teacher, { class: county.east.class, children: [spring.child], words: '第一稿' })
  const body = { words: '第二稿', children: [spring.child], pictures: [], version: moment.version }
  await teacher.call('PUT /moments/{id}', { ...path(moment), body })
  await teacher.call('PUT /moments/{id}/taking-down', { ...path(moment), body: { reason: '重发' } })

  const editions = (await teacher.call('GET /moments/{id}/editions', path(moment))).items
  const taken_down = (await teacher.call('GET /moments', { query: { taken_down: true } })).items
  const lines = (await county.official.call('GET /audit', { query: { subject: `moment:${moment.id}`, limit: 50 } })).items

  expect(editions).toMatchObject([{ words: '第一稿' }])
  expect(taken_down.find(({ id }) => id === moment.id)).toMatchObject({ words: '第二稿', taken_down: '重发' })
  expect(lines.map(({ action }) => action)).toEqual(expect.arrayContaining(['moment_change', 'moment_take_down']))
})
