// What guardians agree to for their child, purpose by purpose, and take back.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_staff, make_county, next_phone, type County } from '../harness/county.ts'
import { family_password, make_family, type Family } from '../harness/families.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let family: Family
beforeAll(async () => {
  county = await make_county({ name: 'consents' })
  family = await make_family(county.server, county.official, county.east)
})
afterAll(() => county?.server.stop())

const this_year = new Date().getFullYear()
async function staff(role: string, name: string, organisation = county.east.id) {
  return (await add_staff(county.server, county.official, organisation, role, name)).leader
}

describe('consent', () => {
  const wording = {
    title: '班级相册使用照片',
    words: '学校在班级相册中使用孩子的活动照片，仅本班家长可见。',
    data_items: '照片',
    recipients: '本班家长',
    kept_months: 12,
  }
  const publish = (key: string) =>
    county.official.call('POST /privacy/consents', { body: { ...wording, key, organisation: county.east.id } })
  const answer = (visitor: Visitor, student: string, key: string, version: number, act: 'given' | 'refused' | 'withdrawn') =>
    visitor.send('POST', '/api/me/consents', { body: { key, version, student, act } })
  const own = async (visitor: Visitor, key: string) =>
    (await visitor.call('GET /me/consents')).items.find(({ purpose }) => purpose.key === key)
  const counts = async (key: string) => {
    const { given, refused, withdrawn } = (await county.official.call('GET /privacy/consents')).items.find(
      (one) => one.key === key,
    )!
    return { given, refused, withdrawn }
  }

  test('is asked for each purpose by itself, given and taken back, which counts at once', async () => {
    await publish('album')
    await publish('broadcast')
    const asked = await own(family.mother, 'album')
    await answer(family.mother, family.child, 'album', 1, 'given')
    const given = await counts('album')
    const other = await own(family.mother, 'broadcast')

    const taken_back = await answer(family.mother, family.child, 'album', 1, 'withdrawn')
    const twice = await answer(family.mother, family.child, 'album', 1, 'withdrawn')

    expect(asked).toMatchObject({ state: 'open', may_answer: true, was_reworded: false, student: { id: family.child } })
    expect(given).toEqual({ given: 1, refused: 0, withdrawn: 0 })
    expect(other?.state).toBe('open')
    expect([taken_back.status, twice.status]).toEqual([201, 409])
    expect(await counts('album')).toEqual({ given: 0, refused: 0, withdrawn: 1 })
  })

  test('new words ask again, an answer to old words is refused, what was given to them counts no more', async () => {
    await publish('survey')
    await answer(family.mother, family.child, 'survey', 1, 'given')

    await county.official.call('POST /privacy/consents/{key}/versions', {
      path: { key: 'survey' },
      body: { ...wording, recipients: '本校家长', asks_again: true },
    })
    const asked = await own(family.mother, 'survey')
    const late = await answer(family.mother, family.child, 'survey', 1, 'given')
    const now = await answer(family.mother, family.child, 'survey', 2, 'given')

    expect(asked).toMatchObject({ state: 'open', was_reworded: true, purpose: { version: 2, recipients: '本校家长' } })
    expect([late.status, now.status]).toEqual([409, 201])
  })

  test('words that were only made clearer leave the answers; taking back needs no newest words', async () => {
    await publish('trip')
    await answer(family.mother, family.child, 'trip', 1, 'given')

    await county.official.call('POST /privacy/consents/{key}/versions', {
      path: { key: 'trip' },
      body: { ...wording, title: '活动照片', asks_again: false },
    })
    const kept = await counts('trip')
    const taken_back = await answer(family.mother, family.child, 'trip', 1, 'withdrawn')

    expect(kept.given).toBe(1)
    expect(taken_back.status).toBe(201)
    expect((await counts('trip')).withdrawn).toBe(1)
  })

  test('is given by a legal guardian alone: not by a grandmother, not by a pupil under fourteen, not by a stranger', async () => {
    const home = await make_family(county.server, county.official, county.east)
    await publish('signing')
    const phone = next_phone()
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
    const made = await home.mother.call('POST /children/{id}/delegations', {
      path: { id: home.child },
      body: { name: '外婆', phone, scopes: ['see', 'confirm'], until },
    })
    const grandmother = county.server.visitor()
    grandmother.token = (
      await grandmother.call('POST /joins', {
        body: { code: made.invitation!.code, name: '外婆', phone, password: family_password },
      })
    ).token
    const stranger = await make_family(county.server, county.official, county.west)

    const by_grandmother = await answer(grandmother, home.child, 'signing', 1, 'given')
    const by_stranger = await answer(stranger.mother, home.child, 'signing', 1, 'given')

    expect((await own(grandmother, 'signing'))?.may_answer).toBe(false)
    expect([by_grandmother.status, by_stranger.status]).toEqual([403, 404])
    expect(await counts('signing')).toEqual({ given: 0, refused: 0, withdrawn: 0 })
  })

  test('a pupil of fourteen answers too, a younger one reads only', async () => {
    await publish('pupils')
    const log_in = async (name: string, birth_day: string) => {
      const pupil = await county.official.call('POST /students', {
        body: { name, birth_day, class: county.east.class, from: '2025-09-01', carers: [] },
      })
      const account = await county.official.call('POST /accounts', { body: { person: pupil.id, user_name: `pupil.${birth_day}` } })
      const visitor = await county.server.log_in(account.user_name!, account.password)
      await visitor.call('PUT /password', { body: { current: account.password, new: family_password } })
      return { visitor, id: pupil.id }
    }
    const older = await log_in('尤大', `${this_year - 15}-01-01`)
    const younger = await log_in('尤小', `${this_year - 10}-01-01`)

    const answers = [
      await answer(older.visitor, older.id, 'pupils', 1, 'given'),
      await answer(younger.visitor, younger.id, 'pupils', 1, 'given'),
    ]

    expect(answers.map(({ status }) => status)).toEqual([201, 403])
  })

  test('what is closed asks nobody any more', async () => {
    await publish('closed')
    await county.official.call('PUT /privacy/consents/{key}/closing', { path: { key: 'closed' } })

    expect(await own(family.mother, 'closed')).toBeUndefined()
    expect((await answer(family.mother, family.child, 'closed', 1, 'given')).status).toBe(404)
  })

  test('the answers are told to those who keep the files, as a list and as a sheet', async () => {
    await publish('listed')
    await answer(family.mother, family.child, 'listed', 1, 'refused')
    const reader = await staff('county_reader', '韩阅', county.root)

    const { items } = await county.east.leader.call('GET /privacy/consents/{key}/answers', {
      path: { key: 'listed' },
      query: { state: 'refused' },
    })
    const sheet = await county.east.leader.send('GET', '/api/privacy/consents/listed/answers.xlsx?state=refused')
    const west = await county.west.leader.send('GET', '/api/privacy/consents/listed/answers')

    expect(items).toMatchObject([
      { student: { id: family.child }, is_under_14: true, state: 'refused', by: { id: family.mother_id }, version: 1 },
    ])
    expect(sheet.headers.get('content-type')).toContain('spreadsheetml')
    expect(west.status).toBe(404)
    expect((await reader.send('GET', '/api/privacy/consents/listed/answers')).status).toBe(403)
  })
})
