// What scanners send all day: every answer is a plain refusal, nothing breaks, nothing of the machine is told.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { add_pupil, make_county, password, type County } from '../harness/county.ts'
import { operations, path_to_nothing, resolved, type Operation, type Schema } from '../harness/document.ts'
import { film, make_course } from '../harness/courses.ts'
import { send_raw, statuses_in } from '../harness/raw.ts'

let county: County
let token: string
beforeAll(async () => {
  county = await make_county({ name: 'scanners', settings: ['--console', await small_console(), '--trusted-proxies', '127.0.0.1'] })
  token = county.official.token!
})
afterAll(() => county?.server.stop())

/** Pages, and beside their folder what no page is to show. */
async function small_console(): Promise<string> {
  const folder = join(import.meta.dirname, '../../var/test/scanned/console')
  await mkdir(join(folder, 'assets'), { recursive: true })
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>同心圆</title>')
  await writeFile(join(folder, 'assets/app-1f.js'), 'go()')
  await writeFile(join(folder, '../secret.txt'), 'the-secret')
  await writeFile(join(folder, '.env'), 'the-secret')
  return folder
}

const get = (target: string, more = '') => `GET ${target} HTTP/1.1\r\nHost: x\r\n${more}Connection: close\r\n\r\n`
const with_token = () => `Authorization: Bearer ${token}\r\n`

describe('a path', () => {
  const climbing = [
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/..\\..\\secret.txt',
    '/..;/secret.txt',
    '/%252e%252e/secret.txt',
    '/%c0%ae%c0%ae/secret.txt',
    '/%e0%80%ae%e0%80%ae/secret.txt',
    '/....//secret.txt',
    '//../secret.txt',
    '/.env',
    '/%2eenv',
    '/assets/app-1f.js%00.html',
    '/etc/passwd',
    '//etc/passwd',
    '/proc/self/environ',
    'file:///etc/passwd',
    '/api/../../../etc/passwd',
    '/api/people.xlsx/../../../etc/passwd',
    '/api/archives/..%2f..%2fkeys%2fmaster.key/file',
    '/api/media/..%2f..%2f..%2fetc%2fpasswd/content',
    '/api/media/%c0%ae%c0%ae/content',
    '/keys/master.key',
    '/test.sqlite',
  ]

  test.each(climbing)('%s shows no file of the machine', async (target) => {
    const heard = await send_raw(county.server, get(target, with_token()))

    expect(heard).not.toMatch(/the-secret|root:|SQLite format|PATH=/)
    expect(statuses_in(heard)[0]).toBeLessThan(500)
  })

  test.each(['/.git/config', '/wp-login.php', '/phpmyadmin/index.php', '/actuator/env.json', '/backup.zip', '/server-status.cgi'])(
    '%s of other programs is not there',
    async (target) => {
      expect(statuses_in(await send_raw(county.server, get(target)))).toEqual([404])
    },
  )

  test('of the API is one path: another spelling of it opens nothing', async () => {
    const spelt = [
      '/API/session',
      '/api//session',
      '/api/session/',
      '/api/./session',
      '/api/session;a=b',
      '/api/session%2f',
      '/api/session%20',
    ]

    const statuses = await Promise.all(
      spelt.map(async (target) => statuses_in(await send_raw(county.server, get(target, with_token())))[0]),
    )

    expect(statuses.every((status) => status === 404 || status === 400 || status === 200)).toBe(true)
    const bodies = await Promise.all(spelt.map((target) => send_raw(county.server, get(target, with_token()))))
    expect(bodies.filter((body) => body.includes('王立新'))).toEqual([])
  })

  test('in the absolute form means the same, and its host opens nothing more', async () => {
    const own = await send_raw(county.server, get('http://x/api/session', with_token()))
    const metrics = await send_raw(county.server, get('http://127.0.0.1/metrics', 'X-Forwarded-For: 203.0.113.9\r\n'))

    expect(statuses_in(own)).toEqual([200])
    expect(own).toContain('王立新')
    expect(metrics).not.toContain('concentric_requests_total')
  })
})

describe('a method', () => {
  test.each(['TRACE', 'TRACK', 'CONNECT', 'OPTIONS', 'PROPFIND', 'DEBUG', 'JEFF', 'get'])(
    '%s does nothing and echoes nothing',
    async (method) => {
      const heard = await send_raw(
        county.server,
        `${method} /api/organisations HTTP/1.1\r\nHost: x\r\n${with_token()}X-Echo: the-echo\r\nConnection: close\r\n\r\n`,
      )

      expect([400, 404, 405, 501]).toContain(statuses_in(heard)[0])
      expect(heard).not.toContain('the-echo')
    },
  )

  test('in a header or a query overrides nothing', async () => {
    const pupil = await add_pupil(county.official, county.east.class, '吴稳')
    const carer = pupil.student!.carers[0]!.person
    const path = `/api/students/${pupil.id}/carers/${carer}`

    await county.official.send('GET', `${path}?_method=DELETE`, { headers: { 'x-http-method-override': 'DELETE' } })
    await county.official.send('POST', `${path}?_method=DELETE`, { headers: { 'x-http-method-override': 'DELETE' } })

    const { student } = await county.official.call('GET /people/{id}', { path: { id: pupil.id } })
    expect(student!.carers).toHaveLength(1)
  })
})

describe('a request', () => {
  const body = '{"name":"nobody","password":"wrong-password"}'
  const hidden = `GET /api/session HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer TOKEN\r\n\r\n`
  const framed: [string, string][] = [
    ['of two framings', `Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['of two framings, turned round', `Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n`],
    ['of two lengths', `Content-Length: 0\r\nContent-Length: 44\r\n\r\n`],
    ['of a list of lengths', `Content-Length: 0, 44\r\n\r\n`],
    ['with a blank before the colon', `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`],
    ['with a hidden coding', `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    ['with a folded coding', `Transfer-Encoding:\r\n chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n`],
    ['with a coding after a tab', `Transfer-Encoding:\tchunked, identity\r\n\r\n0\r\n\r\n`],
    ['with a NUL in a header', `X-A: a\0b\r\nContent-Length: 0\r\n\r\n`],
    ['with a bare line feed', `X-A: a\nContent-Length: 44\r\n\r\n`],
  ]

  test.each(framed)('%s smuggles no second one past the first', async (_, head) => {
    const heard = await send_raw(
      county.server,
      `POST /api/sessions HTTP/1.1\r\nHost: x\r\n${head}${hidden.replace('TOKEN', token)}`,
    )

    expect(statuses_in(heard)).toHaveLength(1)
    expect([400, 501]).toContain(statuses_in(heard)[0])
    expect(heard).not.toContain('王立新')
  })

  test('with a huge head, many fields or an endless one is given up', async () => {
    const huge = await send_raw(county.server, get('/api/session', `X-A: ${'a'.repeat(70_000)}\r\n`), 3000)
    const many = await send_raw(county.server, get('/api/session', 'X-A: 1\r\n'.repeat(500)), 3000)
    const long = await send_raw(county.server, get(`/api/people?q=${'a'.repeat(70_000)}`), 3000)

    expect([huge, many, long].map((heard) => statuses_in(heard)[0])).toEqual([431, 431, 431])
  })

  test('with a body larger than allowed is refused before it was read', async () => {
    const heard = await send_raw(
      county.server,
      `POST /api/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n${body}`,
    )

    expect(statuses_in(heard)).toEqual([413])
  })

  test('of deep nesting, long numbers or a thousand fields is refused without breaking anything', async () => {
    const bodies = [
      '['.repeat(100_000),
      `{"name":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`,
      `{"name":1e999999,"password":${'9'.repeat(5000)}}`,
      `{${Array.from({ length: 1000 }, (_, i) => `"f${i}":1`).join(',')}}`,
      '{"name":"a","name":"b","password":"c"}',
      '"\\ud800"',
      '{"name":"\\udc00","password":"x"}',
      '\ufeff{}',
    ]
    const headers = { 'content-type': 'application/json' }

    const answers = await Promise.all(bodies.map((body) => county.official.send('POST', '/api/organisations', { body, headers })))

    expect(answers.every(({ status }) => status === 400 || status === 422)).toBe(true)
  })

  test('for ranges of a file gives no byte that is not in it', async () => {
    const course = await make_course(county.east.leader, county.east.id, await film(1))
    const media = course.sections[0]!.units[0]!.media!.id
    const size = Number((await county.east.leader.call('GET /media/{id}', { path: { id: media } })).size)
    const wishes = [`bytes=${size}-`, 'bytes=-0', 'bytes=9-1', 'bytes=0-99999999999999999999', 'bytes=-99999999999', 'bytes=a-b']
    const many = `bytes=${Array.from({ length: 2000 }, (_, i) => `${i}-${i}`).join(',')}`
    const ask = (range: string) => county.east.leader.send('GET', `/api/media/${media}/content`, { headers: { range } })

    const answers = await Promise.all(wishes.map(ask))

    expect(answers.every(({ status }) => [200, 206, 416].includes(status))).toBe(true)
    expect((await ask(many)).status).toBeLessThan(500)
    expect(answers.map(({ headers }) => Number(headers.get('content-length'))).every((length) => length <= size + 500)).toBe(true)
  })
})

describe('a text', () => {
  const texts = [
    'a\u0000b',
    "' OR 1=1 --",
    '%00',
    '${jndi:ldap://x/a}',
    '{{7*7}}',
    '\u202e\u0007',
    '../../etc/passwd',
    '=cmd|/c calc!A1',
  ]
  /** A body whose every text is this one. */
  function filled(schema: Schema, text: string, depth = 0): unknown {
    const told = resolved(schema)
    if (depth > 4) return undefined
    if (told.type === 'object')
      return Object.fromEntries(
        Object.entries(told.properties ?? {}).map(([name, field]) => [name, filled(field, text, depth + 1)]),
      )
    if (told.type === 'array') return [filled(told.items ?? {}, text, depth + 1)]
    if (told.type === 'integer' || told.type === 'number') return told.minimum ?? 1
    return told.type === 'boolean' ? false : told.enum ? told.enum[0] : text
  }
  const is_calm = (status: number) => status < 500 || status === 503

  // Answers of the kind that takes the session away, or asks other servers, are the same for every text.
  const asked = operations.filter(({ route }) => !/DELETE \/api\/session|sso|wechat/.test(route))

  test('of NULs, quotes and templates breaks no route, wherever it stands', { timeout: 240_000 }, async () => {
    const broken: string[] = []
    const note = (operation: Operation, what: string, status: number) => {
      if (!is_calm(status)) broken.push(`${operation.route} ${what} → ${status}`)
    }
    for (const operation of asked) {
      const path = path_to_nothing(operation)
      for (const text of operation.body ? texts : []) {
        const { status } = await county.official.send(operation.method, path, { body: filled(operation.body!, text) })
        note(operation, `body ${JSON.stringify(text)}`, status)
      }
      if (operation.method !== 'GET') continue
      const names = operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name)
      for (const text of ['%00', '%C0%AF', '%FF%FE', '%ED%A0%80', '%27%20OR%201=1--', '%25', '_%25_'])
        for (const name of names)
          note(operation, `?${name}=${text}`, (await county.official.send('GET', `${path}?${name}=${text}`)).status)
      note(operation, 'path', (await county.official.send('GET', operation.path.replace(/\{\w+\}/g, '%FF%00'))).status)
    }

    expect(broken).toEqual([])
  })

  test('that is no UTF-8 in a header or a file name is survived and shown to nobody as it is', async () => {
    const name = await send_raw(
      county.server,
      `POST /api/imports?kind=roster&file_name=%FF%FE%00.csv&organisation=${county.east.id} HTTP/1.1\r\nHost: x\r\n${with_token()}Content-Length: 4\r\nConnection: close\r\n\r\na,b\n`,
      3000,
    )
    const headers = { 'user-agent': '\xff\xfe\xc0\xaf', 'x-forwarded-for': '\xff', 'accept-language': '\xff' }
    const log_in = await county.server.visitor().send('POST', '/api/sessions', { body: { name: 'wanglixin', password }, headers })
    const long = await county.server.visitor().send('POST', '/api/sessions', {
      body: { name: 'wanglixin', password },
      headers: { 'user-agent': `a${'\xe5\xbf\x83'.repeat(200)}` },
    })
    const body = { name_zh: '校医', name_en: 'Doctor', permissions: ['read_directory'], kinds: ['school'], titles: [] }
    const key = await county.official.send('POST', '/api/roles', { body, headers: { 'idempotency-key': '\xff\xfe' } })

    expect(statuses_in(name)[0]).toBe(422)
    expect([log_in.status, long.status, key.status]).toEqual([201, 201, 422])
  })
})

test('nothing of it brought the server down, and its log names no fault of its own', async () => {
  expect((await county.official.call('GET /session')).person.name).toBe('王立新')
  expect(county.server.breakdowns).toEqual([])
})
