// Files that come with learning records (xAPI 1.0.3, multipart/mixed) and go out with them again.
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_pupil, make_county, type County } from '../harness/county.ts'
import { send_raw, statuses_in } from '../harness/raw.ts'
import { account, add_platform, add_rule, number_of, Platform, statement, verb, type Bytes } from '../harness/xapi.ts'

let county: County
let player: Platform
let other: Platform
let western: Platform
let reader: Platform
beforeAll(async () => {
  county = await make_county({ name: 'xapi-attachments', settings: ['--public-url', 'https://tongxin.example'] })
  player = await add_platform(county, county.east.leader, 'send')
  other = await add_platform(county, county.east.leader, 'send', '同校的')
  western = await add_platform(county, county.west.leader, 'send', '别校的')
  reader = await add_platform(county, county.east.leader, 'read')
  await add_rule(county.east.leader)
})
afterAll(() => county?.server.stop())

const essay = Buffer.from('here is a simple attachment') // xAPI 1.0.3, Communication 1.5.2, with its digest there
const essay_sha2 = '495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a'
const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const about = (bytes: Buffer, more: object = {}) => ({
  usageType: 'http://example.com/essay',
  display: { 'zh-CN': '作文' },
  contentType: 'text/plain',
  length: bytes.length,
  sha2: digest(bytes),
  ...more,
})

interface File {
  bytes: Buffer
  headers?: Record<string, string>
}
const message_of = (statements: unknown, files: File[], boundary = 'bound') =>
  Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(statements)}\r\n`),
    ...files.flatMap(({ bytes, headers }) => {
      const all = {
        'Content-Type': 'text/plain',
        'Content-Transfer-Encoding': 'binary',
        'X-Experience-API-Hash': digest(bytes),
        ...headers,
      }
      const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
      return [Buffer.from(`--${boundary}\r\n${head.join('')}\r\n`), bytes, Buffer.from('\r\n')]
    }),
    Buffer.from(`--${boundary}--\r\n`),
  ])
const send = (statements: unknown, files: Buffer[], by = player) =>
  send_files(
    statements,
    files.map((bytes) => ({ bytes })),
    by,
  )
const send_files = (statements: unknown, files: File[], by = player) =>
  by.bytes('POST', 'statements', message_of(statements, files), { 'content-type': 'multipart/mixed; boundary=bound' })
const sent = async (statements: unknown, files: Buffer[], by = player) => {
  const { status, bytes } = await send(statements, files, by)
  expect(status, bytes.toString()).toBe(200)
  return JSON.parse(bytes.toString()) as string[]
}
const lesson = (attachments: object[], who = account(randomUUID())) => statement(who, `lessons/${randomUUID()}`, { attachments })

interface Read {
  json: any
  files: { headers: string; bytes: string }[]
}
/** The parts of an answer; latin1 keeps every byte. */
function read({ status, headers, bytes }: Bytes): Read {
  expect(status, bytes.toString()).toBe(200)
  const boundary = /^multipart\/mixed; boundary=(\S+)$/.exec(headers.get('content-type')!)![1]!
  const parts = `\r\n${bytes.toString('latin1')}`.split(`\r\n--${boundary}`)
  expect(parts.at(-1)).toBe('--\r\n')
  const split = parts.slice(1, -1).map((part) => {
    const end = part.indexOf('\r\n\r\n')
    return { headers: part.slice(2, end), bytes: part.slice(end + 4) }
  })
  expect(split[0]!.headers).toBe('Content-Type: application/json')
  return { json: JSON.parse(Buffer.from(split[0]!.bytes, 'latin1').toString()), files: split.slice(1) }
}
const find = async (query: Record<string, string>, by = player) =>
  by.bytes('GET', `statements?${new URLSearchParams({ attachments: 'true', ...query })}`)

describe('a file that comes with a record', () => {
  test('goes out with it, byte by byte, when it is asked for', async () => {
    const bytes = Buffer.from([0, 255, 13, 10, 45, 45, 98, 13, 10])
    const [id] = await sent(lesson([about(bytes, { contentType: 'application/octet-stream' })]), [bytes])

    const with_files = read(await find({ statementId: id! }))
    const without = await player.find({ statementId: id!, attachments: 'false' })

    expect(with_files.json.id).toBe(id)
    expect(with_files.files).toEqual([
      {
        headers: `Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: ${digest(bytes)}`,
        bytes: bytes.toString('latin1'),
      },
    ])
    expect(without.headers.get('content-type')).toBe('application/json')
    expect(without.json.attachments).toEqual([about(bytes, { contentType: 'application/octet-stream' })])
    expect(Date.parse(without.headers.get('last-modified')!)).toBe(Math.floor(Date.parse(without.json.stored) / 1000) * 1000)
  })

  test('comes by PUT too, and counts as any record does', async () => {
    const id = randomUUID()
    const carer = county.east.pupils[0]!.student!.carers[0]!.person
    const body = lesson([about(essay)], await number_of(county.east.leader, carer))
    const put = () =>
      player.bytes('PUT', `statements?statementId=${id}`, message_of(body, [{ bytes: essay }]), {
        'content-type': 'multipart/mixed; boundary="bound"',
      })

    expect((await put()).status).toBe(204)
    expect((await put()).status).toBe(204)

    expect(read(await find({ statementId: id })).files).toHaveLength(1)
    const { items } = await county.official.call('GET /people/{id}/entries', { path: { id: carer } })
    expect(items.filter(({ data }) => JSON.stringify(data).includes(id))).toHaveLength(1)
    const { parts } = await county.official.call('GET /people/{id}/data', { path: { id: carer } })
    expect(parts.find(({ key }) => key === 'learning_records')!.rows).toMatchObject([{ files: 1 }])
  })

  test('of several records is sent once, kept once and given once', async () => {
    const bytes = Buffer.from(`once ${randomUUID()}`)
    const who = account(randomUUID())
    await sent([lesson([about(bytes)], who), lesson([about(bytes), about(essay)], who)], [bytes, essay])
    await sent(lesson([about(bytes)]), [bytes], other)

    const { json, files } = read(await find({ agent: JSON.stringify({ account: who }) }))

    expect(json.statements).toHaveLength(2)
    expect(files.map((file) => file.bytes).sort()).toEqual([bytes.toString(), essay.toString()].sort())
    const same = await county.server.database.query(
      `SELECT count(*) FROM xapi_attachments WHERE bytes = ${bytes.length} AND organisation = ${county.east.id}`,
    )
    expect(same.map(Number)).toEqual([1])
  })

  test('is of its own log-in and school alone', async () => {
    const bytes = Buffer.from(`mine ${randomUUID()}`)
    const [id] = await sent(lesson([about(bytes)]), [bytes])

    expect((await find({ statementId: id! }, other)).status).toBe(404)
    expect((await find({ statementId: id! }, western)).status).toBe(404)
    const elsewhere = lesson([about(bytes, { fileUrl: 'https://files.example/7' })])
    const [theirs] = await sent(elsewhere, [], western)
    expect(read(await find({ statementId: theirs! }, western)).files).toEqual([])
    const told = read(await find({}, reader))
    expect(told.files).toEqual([])
  })

  test('does not lie in clear, nor its digest in the database', async () => {
    const bytes = Buffer.from(`secret ${randomUUID()}`)
    await sent(lesson([about(bytes)]), [bytes])

    const rows = await county.server.database.query(`SELECT mark FROM xapi_attachments`)
    expect(JSON.stringify(rows)).not.toContain(digest(bytes))
  })

  test('may be elsewhere, told in plain JSON', async () => {
    const body = lesson([about(essay, { fileUrl: 'https://files.example/7' })])

    const { status, json } = await player.post(body)

    expect(status).toBe(200)
    expect(read(await find({ statementId: json[0] })).files).toEqual([])
  })

  test('goes when the last person goes whose record names it', async () => {
    const { id } = await add_pupil(county.official, county.east.class, '沈离')
    const who = await number_of(county.east.leader, id)
    const own = Buffer.from(`own ${randomUUID()}`)
    const shared = Buffer.from(`shared by two ${randomUUID()}`)
    const [mine] = await sent(lesson([about(own), about(shared)], who), [own, shared])
    const [theirs] = await sent(lesson([about(shared)]), [shared])
    const kept = () =>
      county.server.database.query(`SELECT bytes FROM xapi_attachments WHERE bytes IN (${own.length}, ${shared.length})`)
    expect((await kept()).map(Number).sort()).toEqual([own.length, shared.length])
    await county.official.call('PUT /students/{id}/status', { path: { id }, body: { status: 'left', on: '2026-01-31' } })

    const erased = await county.official.send('POST', `/api/people/${id}/erasure`, { body: { name: '沈离', reason: '监护人要求' } })

    expect(erased.status, erased.text).toBe(201)
    expect((await find({ statementId: mine! })).status).toBe(404)
    expect((await kept()).map(Number)).toEqual([shared.length])
    expect(read(await find({ statementId: theirs! })).files).toHaveLength(1)
  })
})

describe('a page with many files', () => {
  test('ends early and goes on with the next one', async () => {
    const who = account(randomUUID())
    const ids: string[] = []
    for (let i = 0; i < 6; ++i) {
      const bytes = Buffer.alloc(7 << 20, `${i}`)
      ids.push(...(await sent(lesson([about(bytes)], who), [bytes])))
    }

    const pages: Read[] = []
    let path = `statements?${new URLSearchParams({ attachments: 'true', ascending: 'true', agent: JSON.stringify({ account: who }) })}`
    while (path) {
      pages.push(read(await player.bytes('GET', path)))
      path = pages.at(-1)!.json.more.replace('/api/xapi/', '')
    }

    expect(pages.map(({ files }) => files.length)).toEqual([4, 2])
    expect(pages.flatMap(({ json }) => json.statements.map(({ id }: { id: string }) => id))).toEqual(ids)
  })
})

describe('a message', () => {
  const refused: [string, number, () => Promise<{ status: number; bytes: Buffer }>][] = [
    ['a file that did not come', 400, () => send(lesson([about(essay)]), [])],
    ['a file that nobody names', 400, () => send(lesson([]), [essay])],
    [
      'a file with another digest',
      400,
      () => send_files(lesson([about(essay)]), [{ bytes: Buffer.from('x'), headers: { 'X-Experience-API-Hash': essay_sha2 } }]),
    ],
    [
      'a file without a digest',
      400,
      () => send_files(lesson([about(essay)]), [{ bytes: essay, headers: { 'X-Experience-API-Hash': '' } }]),
    ],
    [
      'a file in base64',
      400,
      () => send_files(lesson([about(essay)]), [{ bytes: essay, headers: { 'Content-Transfer-Encoding': 'base64' } }]),
    ],
    ['a file of another length', 400, () => send(lesson([about(essay, { length: 1 })]), [essay])],
    [
      'more than 1 MiB of statements',
      413,
      () =>
        send(
          Array.from({ length: 40 }, () =>
            statement(account('x'), 'x', { context: { extensions: { 'a:b': 'x'.repeat(30_000) } } }),
          ),
          [],
        ),
    ],
    [
      'plain JSON with a file that is nowhere',
      400,
      () => player.bytes('POST', 'statements', JSON.stringify(lesson([about(essay)]))),
    ],
    [
      'statements that are not first',
      400,
      () =>
        player.bytes('POST', 'statements', '--b\r\nContent-Type: text/plain\r\n\r\n{}\r\n--b--', {
          'content-type': 'multipart/mixed; boundary=b',
        }),
    ],
    ['a log-in that reads', 403, () => send(lesson([about(essay)]), [essay], reader)],
  ]
  test.each(refused)('with %s is refused with %i, and nothing of it is stored', async (_, status, ask) => {
    const before = await player.all()
    const answer = await ask()

    expect(answer.status, answer.bytes.toString()).toBe(status)
    expect(await player.all()).toEqual(before)
  })

  test('of more than 8 MiB is refused before it was read', async () => {
    const head = (length: number) => `POST /api/xapi/statements HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`

    const refusal = await send_raw(county.server, head((8 << 20) + 1))
    expect(statuses_in(refusal)).toEqual([413])
    expect(refusal).toContain('X-Experience-API-Version: 1.0.3')
    expect(statuses_in(await send_raw(county.server, head(8 << 20)))).toEqual([])
  })

  test('may have no files at all', async () => {
    expect(await sent([lesson([]), lesson([])], [])).toHaveLength(2)
  })
})

describe('a signed record', () => {
  const usageType = 'http://adlnet.gov/expapi/attachments/signature'
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const encoded = (text: string) => Buffer.from(text).toString('base64url')
  function jws(payload: object, alg = 'RS256'): Buffer {
    const text = `${encoded(JSON.stringify({ alg }))}.${encoded(JSON.stringify(payload))}`
    return Buffer.from(`${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`)
  }
  const signed = (body: object, signature: Buffer) => ({
    ...body,
    attachments: [about(signature, { usageType, contentType: 'application/octet-stream' })],
  })

  test('is kept with its signature and given back with it', async () => {
    const body = { ...statement(account('1'), 'signed'), id: randomUUID(), verb: { id: verb('completed') } }
    const signature = jws(body)

    const [id] = await sent(signed(body, signature), [signature])

    expect(read(await find({ statementId: id! })).files.map(({ bytes }) => bytes)).toEqual([signature.toString()])
  })

  test("whose signature is malformed, or another record's, is refused", async () => {
    const body = statement(account('1'), 'signed')

    for (const signature of [jws(statement(account('2'), 'signed')), jws(body, 'none'), Buffer.from('no signature')])
      expect((await send(signed(body, signature), [signature])).status).toBe(400)
  })
})
