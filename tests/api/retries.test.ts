import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { make_county, type County } from '../harness/county.ts'

let county: County
beforeAll(async () => {
  county = await make_county({ name: 'retries' })
})
afterAll(() => county?.server.stop())

function add_grade(name: string, key: string) {
  const body = { parent: county.east.id, kind: 'grade', name, stages: ['primary'], entry_year: 2020 }
  return county.official.send('POST', '/api/organisations', { body, headers: { 'idempotency-key': key } })
}

describe('the same request with the same key', () => {
  test('gets the first answer again and makes nothing twice', async () => {
    const key = randomUUID()

    const first = await add_grade('2020级', key)
    const again = await add_grade('2020级', key)

    expect(first.status).toBe(201)
    expect([again.status, again.text]).toEqual([first.status, first.text])
    const { items } = await county.official.call('GET /organisations', { query: { parent: county.east.id } })
    expect(items.filter(({ name }) => name === '2020级')).toHaveLength(1)
  })

  test('gets it after a crash of the server too', async () => {
    const key = randomUUID()
    const first = await add_grade('2021级', key)

    await county.server.kill9()
    await county.server.start()

    expect((await add_grade('2021级', key)).text).toBe(first.text)
  })

  test('sent many times at once makes one thing', async () => {
    const key = randomUUID()

    const answers = await Promise.all(Array.from({ length: 20 }, () => add_grade('2022级', key)))

    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers.every(({ status }) => status === 201)).toBe(true)
  })
})

test('the key of one request does not serve another one', async () => {
  const key = randomUUID()
  await add_grade('2023级', key)

  const other = await add_grade('2024级', key)

  expect(other.status).toBe(422)
})

test('the key of one person does not serve another one', async () => {
  const key = randomUUID()
  await add_grade('2019级', key)

  const other = await county.west.leader.send('POST', '/api/organisations', {
    body: { parent: county.west.id, kind: 'grade', name: '2019级', stages: ['primary'], entry_year: 2019 },
    headers: { 'idempotency-key': key },
  })

  expect(other.status).toBe(201)
  expect(other.json.parent).toBe(county.west.id)
})

describe('a change', () => {
  test('on the version that was seen goes through and gives the next version', async () => {
    const seen = await county.official.send('GET', `/api/organisations/${county.east.id}`)
    const etag = seen.headers.get('etag')!

    const changed = await county.official.send('PATCH', `/api/organisations/${county.east.id}`, {
      body: { contact: '赵老师' },
      headers: { 'if-match': etag },
    })

    expect(changed.status, changed.text).toBe(200)
    expect(etag).toBe(`"${seen.json.version}"`)
    expect(changed.headers.get('etag')).toBe(`"${seen.json.version + 1}"`)
  })

  test('on a version that somebody else changed meanwhile is refused', async () => {
    const { version } = await county.official.call('GET /organisations/{id}', { path: { id: county.west.id } })
    await county.official.call('PATCH /organisations/{id}', { path: { id: county.west.id }, version, body: { contact: '钱老师' } })

    const late = await county.official.send('PATCH', `/api/organisations/${county.west.id}`, {
      body: { contact: '孙老师' },
      headers: { 'if-match': `"${version}"` },
    })

    expect(late.status).toBe(412)
    expect((await county.official.call('GET /organisations/{id}', { path: { id: county.west.id } })).contact).toBe('钱老师')
  })
})
