// A certificate from the day it is earned to the day it is revoked, checked with tools that know nothing of this program.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { BitstringStatusListEntryValidator, UnsignedAchievementCredentialValidator } from '@learncard/types'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { certificate_plan, opened_jwt, scanned, stated_in, written } from '../harness/certificates.ts'
import { eventually } from '../harness/eventually.ts'
import { make_family, type Family } from '../harness/families.ts'
import { download } from '../harness/imports.ts'
import { faults_of_badge } from '../harness/open_badges.ts'
import { load_plan } from '../harness/plans.ts'
import { root } from '../harness/server.ts'
import type { Visitor } from '../harness/visitor.ts'

const site = 'https://jlt.example.cn'
const kind = { plan: 'small-training', credential: 'instructor' }
const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()

let county: County
let family: Family
let teacher: { leader: Visitor; leader_id: string }
let key: string
beforeAll(async () => {
  county = await make_county({ name: 'recognition', settings: ['--public-url', site] })
  const { server, official, east } = county
  family = await make_family(server, official, east)
  await load_plan(official, certificate_plan)
  teacher = await add_staff(server, official, east.id, 'teacher', '赵小兰')
  await train(teacher.leader_id)
  key = (await server.visitor().call('GET /public-keys')).keys[0]!.public_key
})
afterAll(() => county?.server.stop())

async function train(person: string) {
  await county.official.call('POST /entries', {
    body: { kind: 'training.completed', happened_at: new Date().toISOString(), person, unit: county.east.id },
  })
}
const earners = async () => (await county.official.call('GET /credentials/{plan}/{credential}/earners', { path: kind })).items
const issue = async (holders: string[]) => (await county.official.call('POST /certificates', { body: { ...kind, holders } })).items
const check = (number: string, name: string) => county.server.visitor().call('POST /certificate-checks', { body: { number, name } })

test('only who has earned one gets one, and only once', async () => {
  const { leader_id: untrained } = await add_staff(county.server, county.official, county.east.id, 'teacher', '钱未训')

  expect((await earners()).map(({ name, holder }) => [name, holder])).toEqual([['赵小兰', teacher.leader_id]])
  await expect(issue([teacher.leader_id, untrained])).rejects.toThrow(/422/)
  const [made] = await issue([teacher.leader_id])
  await expect(issue([teacher.leader_id])).rejects.toThrow(/409/)

  expect(made).toMatchObject({ number: `ML-${year}-00001`, holder_name: '赵小兰', state: 'valid', title: '家庭教育指导教师证书' })
  expect(await earners()).toEqual([])
  const entries = await county.official.call('GET /entries', { query: { about: teacher.leader_id, kind: ['certificate.issued'] } })
  expect(entries.items).toHaveLength(1)
})

test('the holder has it printed; its code proves it with the server stopped', async () => {
  const own = await teacher.leader.call('GET /own-certificates')
  const pdf = await download(teacher.leader, `/api/own-certificates/${own.certificates[0]!.id}/file.pdf`)
  await county.server.stop_serving()

  expect(pdf.length).toBeLessThan(60_000)
  expect(await written(pdf)).toMatch(/赵小兰[\s\S]*完成培训1次[\s\S]*梅岭县教育体育局/)
  const [address, code] = (await scanned(pdf)).split('#') as [string, string]
  expect(address).toBe(`${site}/check`)
  const stated = stated_in(code, key)!
  expect([stated[0], stated[2], stated[3]]).toEqual([`ML-${year}-00001`, '赵小兰', '家庭教育指导教师证书'])
  const forged = Buffer.from(Buffer.from(code.split('.')[0]!, 'base64url').toString().replace('赵小兰', '钱未训'))
  expect(stated_in(`${forged.toString('base64url')}.${code.split('.')[1]}`, key)).toBeUndefined()
  const script = spawnSync('python3', [join(root, 'docs/check_certificate.py'), `${address}#${code}`, key], { encoding: 'utf8' })
  expect(script.stdout).toMatch(/赵小兰[\s\S]*genuine/)
  expect(script.status).toBe(0)
  const lie = spawnSync('python3', [
    join(root, 'docs/check_certificate.py'),
    `${forged.toString('base64url')}.${code.split('.')[1]}`,
    key,
  ])
  expect(lie.status).toBe(1)

  await county.server.start()
  const seen = await county.server.visitor().call('POST /certificate-code-checks', { body: { code } })
  expect(seen).toMatchObject({ finding: 'valid', name: '赵*兰', number: `ML-${year}-00001`, issuer: '梅岭县教育体育局' })
  expect(await county.server.visitor().call('POST /certificate-code-checks', { body: { code: code.slice(1) } })).toEqual({
    finding: 'unknown',
  })
})

test('its badge is an Open Badges 3.0 credential with a status list', async () => {
  const [held] = (await teacher.leader.call('GET /own-certificates')).certificates
  const token = new TextDecoder().decode(await download(teacher.leader, `/api/own-certificates/${held!.id}/badge.jwt`))

  const { head, payload } = opened_jwt(token, key)!
  expect(head).toMatchObject({ alg: 'EdDSA', typ: 'JWT', kid: `${site}/api/badge-keys/1` })
  expect(faults_of_badge(payload)).toEqual([])
  expect(UnsignedAchievementCredentialValidator.safeParse(payload).error).toBeUndefined() // as others read the standard
  expect(BitstringStatusListEntryValidator.safeParse(payload.credentialStatus).error).toBeUndefined()
  expect(payload).toMatchObject({ iss: payload.issuer.id, jti: payload.id, sub: payload.credentialSubject.id })
  expect(payload.nbf).toBe(Math.floor(Date.parse(payload.validFrom) / 1000))
  expect(payload.credentialSubject.identifier[0].identityHash).toBe('赵小兰')
  const anybody = county.server.visitor()
  for (const address of [payload.issuer.id, payload.credentialSubject.achievement.id, head.kid])
    expect((await anybody.send('GET', address.slice(site.length))).status).toBe(200)
  expect((await anybody.send('GET', '/api/badge-keys/1')).json).toMatchObject({ kty: 'OKP', crv: 'Ed25519', x: key })
  expect(await is_revoked(payload.credentialStatus)).toBe(false)
})

async function is_revoked(status: any): Promise<boolean> {
  const answer = await county.server.visitor().send('GET', status.statusListCredential.slice(site.length))
  const { payload } = opened_jwt(answer.text, key)!
  expect(payload.type).toContain('BitstringStatusListCredential')
  const list: string = payload.credentialSubject.encodedList
  const bits = gunzipSync(Buffer.from(list.slice(1), 'base64url'))
  expect([list[0], bits.length]).toEqual(['u', 16_384])
  const index = Number(status.statusListIndex)
  return (bits[index >> 3]! & (0x80 >> (index & 7))) !== 0
}

test('anybody checks it by number and name, and learns no more than that', async () => {
  const good = await check(`ML-${year}-00001`, ' 赵小兰')
  expect(good).toMatchObject({ finding: 'valid', name: '赵*兰' })
  expect(Object.keys(good).sort()).toEqual(['finding', 'issued_on', 'issuer', 'name', 'number', 'title'])
  expect(await check(`ML-${year}-00001`, '钱未训')).toEqual({ finding: 'unknown' })
  expect(await check('ML-1999-00001', '赵小兰')).toEqual({ finding: 'unknown' })
})

test('names cannot be tried one after the other', async () => {
  const answers = []
  for (let i = 0; i < 8; ++i)
    answers.push(
      (await county.server.visitor().send('POST', '/api/certificate-checks', { body: { number: 'ML-1', name: `王${i}` } })).status,
    )

  expect(answers.slice(0, 5)).toEqual([201, 201, 201, 201, 201])
  expect(answers.at(-1)).toBe(429)
})

test('replaced and revoked, it says so everywhere, and nothing is lost', async () => {
  const [first] = (await teacher.leader.call('GET /own-certificates')).certificates
  const badge = opened_jwt(
    new TextDecoder().decode(await download(teacher.leader, `/api/own-certificates/${first!.id}/badge.jwt`)),
    key,
  )!.payload

  const second = await county.official.call('POST /certificates/{id}/replacement', {
    path: { id: first!.id },
    body: { reason: '遗失补发' },
  })
  expect(second).toMatchObject({ number: `ML-${year}-00002`, replaces: first!.id, state: 'valid' })
  expect(await check(first!.number, '赵小兰')).toMatchObject({ finding: 'superseded' })
  expect(await is_revoked(badge.credentialStatus)).toBe(true)
  const revoked = await county.official.call('PUT /certificates/{id}/revocation', {
    path: { id: second.id },
    body: { reason: '考勤有误' },
  })

  expect(revoked.history.map(({ number, state, reason }) => [number, state, reason])).toEqual([
    [`ML-${year}-00002`, 'revoked', '考勤有误'],
    [`ML-${year}-00001`, 'superseded', '遗失补发'],
  ])
  expect(await check(second.number, '赵小兰')).toMatchObject({ finding: 'revoked' })
  expect((await teacher.leader.send('GET', `/api/own-certificates/${second.id}/file.pdf`)).status).toBe(409)
  await expect(
    county.official.call('PUT /certificates/{id}/revocation', { path: { id: second.id }, body: { reason: '再次' } }),
  ).rejects.toThrow(/409/)
  const sheet = await county.official.send('GET', '/api/certificates.xlsx?state=revoked')
  expect([sheet.status, sheet.headers.get('content-type')]).toEqual([200, expect.stringContaining('spreadsheet')])
})

test('everybody who has earned one gets it at once, in one archive', async () => {
  const names = ['孙一', '孙二', '孙三']
  for (const name of names) {
    const { id } = await county.official.call('POST /staff', {
      body: {
        name,
        organisation: county.west.id,
        role: 'teacher',
        phone: `1390000${String(names.indexOf(name)).padStart(4, '0')}`,
      },
    })
    await train(id)
  }
  const { id } = await county.official.call('POST /certificate-batches', { body: kind })
  const look = () => county.official.call('GET /certificate-batches/{id}', { path: { id } })
  await eventually(async () => ['done', 'failed'].includes((await look()).state), 30)

  // The teacher's was revoked, and is still earned.
  expect(await look()).toMatchObject({ state: 'done', issued: 4, done: 8, total: 8 })
  const files = unzipSync(await download(county.official, `/api/certificate-batches/${id}/archive.zip`))
  expect(
    Object.keys(files)
      .map((name) => name.replace(/^\S+ /, ''))
      .sort(),
  ).toEqual(['孙一.pdf', '孙三.pdf', '孙二.pdf', '赵小兰.pdf'])
  expect(
    Object.keys(files)
      .map((name) => name.split(' ')[0])
      .sort(),
  ).toEqual([3, 4, 5, 6].map((serial) => `ML-${year}-0000${serial}`))
  const again = await county.official.call('POST /certificate-batches', { body: kind })
  await eventually(
    async () => (await county.official.call('GET /certificate-batches/{id}', { path: { id: again.id } })).state === 'done',
    30,
  )
  expect((await county.official.call('GET /certificate-batches/{id}', { path: { id: again.id } })).issued).toBe(0)
})

test('a school leader issues nothing for the county, and finds nothing of it', async () => {
  const { leader } = county.east
  const [row] = (await county.official.call('GET /certificates', { query: {} })).items
  for (const [method, path] of [
    ['GET', '/api/credentials'],
    ['GET', '/api/certificates'],
    ['GET', `/api/certificates/${row!.id}`],
    ['GET', '/api/appeals'],
    ['GET', '/api/certificate-batches'],
  ] as const)
    expect([403, 404]).toContain((await leader.send(method, path)).status)
  expect((await leader.send('GET', `/api/own-certificates/${row!.id}/file.pdf`)).status).toBe(404)
})

test('points name their events, the cap shows, and an appeal is answered', async () => {
  const { mother, mother_id } = family
  for (const day of [1, 2])
    await county.official.call('POST /entries', {
      body: {
        kind: 'attended.guidance',
        happened_at: new Date(Date.now() - day * 3_600_000).toISOString(),
        person: mother_id,
        unit: county.east.class,
      },
    })

  const points = await mother.call('GET /own-points')
  expect(points).toMatchObject({ total: 8, totals: [{ title: '参加家庭教育指导', worth: 10, counted: 8, cap: 8 }] })
  expect(points.lines.map(({ counted, cut, kind_name }) => [kind_name, counted, cut])).toEqual([
    ['参加家庭教育指导', 3, 2],
    ['参加家庭教育指导', 5, 0],
  ])
  const [line] = points.lines
  const made = await mother.call('POST /own-appeals', {
    body: { entry: line!.entry, rule: line!.rule, text: '这次也应当计满。' },
  })
  expect((await county.official.call('GET /appeals', { query: { state: 'open' } })).items).toMatchObject([
    { id: made.id, state: 'open' },
  ])
  await county.official.call('PUT /appeals/{id}/answer', {
    path: { id: made.id },
    body: { is_accepted: false, answer: '已达到本学期上限 8 分。' },
  })

  const [answered] = (await mother.call('GET /own-appeals')).items
  expect(answered).toMatchObject({ state: 'refused', answer: '已达到本学期上限 8 分。', is_new: true })
  await mother.call('PUT /own-appeals/reading')
  expect((await mother.call('GET /own-appeals')).items[0]!.is_new).toBe(false)
  await expect(mother.call('PUT /own-appeals/{id}/withdrawal', { path: { id: made.id } })).rejects.toThrow(/409/)
  expect((await teacher.leader.send('PUT', `/api/own-appeals/${made.id}/withdrawal`)).status).toBe(404)
})
