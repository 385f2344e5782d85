// Whoever has the database, a dump of it or the stored files finds no phone, identity or pupil number there; whoever may see one says why.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_staff, make_county, next_phone, password, type County } from '../harness/county.ts'
import { apply, bring, counts_of, undo } from '../harness/imports.ts'
import { run } from '../harness/run.ts'
import type { Server } from '../harness/server.ts'
import { identity_number } from '../harness/sheets.ts'

/** Every byte that the installation keeps: the database, its log, the stored files; of PostgreSQL a dump. The keys lie elsewhere. */
async function all_bytes(server: Server): Promise<string> {
  const names = await readdir(server.folder, { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile() && !entry.parentPath.includes(`${server.folder}/keys`))
  const contents = await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1')))
  if (server.database.kind === 'postgresql') contents.push(await run('pg_dump', ['--inserts', server.database.address]))
  return contents.join('\n')
}

describe.each(['international', 'shangmi'])('with the %s suite', (suite) => {
  let county: County
  beforeAll(async () => {
    county = await make_county({ name: `sealed-${suite}`, settings: ['--crypto-suite', suite] })
    if (suite === 'shangmi') await county.server.command('keys', 'rotate', '--suite', suite)
  })
  afterAll(() => county?.server.stop())

  test('no number that was ever given lies anywhere in clear', async () => {
    const { official, east, server } = county
    const numbers: string[] = []
    const known = (number: string) => (numbers.push(number), number)

    // By hand, with corrections.
    const pupil = await official.call('POST /students', {
      body: {
        name: '何平',
        class: east.class,
        from: '2025-09-01',
        identity_number: known(identity_number(41)),
        student_number: known(`G${identity_number(41)}`),
        school_number: known('20257777123456'),
        carers: [{ name: '何建', relation: 'father', phone: known(next_phone()), is_guardian: true }],
      },
    })
    const carer = pupil.student!.carers[0]!.person
    await official.call('PATCH /people/{id}', {
      path: { id: carer },
      body: { phone: known(next_phone()), identity_number: known(identity_number(43)) },
    })
    await official.call('PATCH /organisations/{id}', { path: { id: east.id }, body: { phone: known('02788889999') } })
    // An account that logs in by phone, with a wrong password before.
    const by_phone = known(next_phone())
    const { leader_id } = await add_staff(server, official, east.id, 'teacher', '丁老师')
    await official.call('PATCH /accounts/{person}', { path: { person: leader_id }, body: { phone: by_phone } })
    expect((await server.visitor().send('POST', '/api/sessions', { body: { name: by_phone, password: 'wrong' } })).status).toBe(401)
    await server.log_in(by_phone, password)
    expect(
      (await server.visitor().send('POST', '/api/sessions', { body: { name: known('13511112222'), password: 'wrong' } })).status,
    ).toBe(401)
    // A roster that adds, then one that changes; one of them undone.
    const roster = (phone: string) =>
      `姓名,性别,身份证件号,全国学籍号,年级,班级,成员1姓名,成员1关系,成员1联系电话\n` +
      `孙小红,女,${known(identity_number(62))},${known(`G${identity_number(62)}`)},2025级,1班,孙大,父亲,${known(phone)}\n`
    const first = await bring(official, { kind: 'roster', name: '花名册.csv', bytes: roster(next_phone()), organisation: east.id })
    expect(counts_of(await apply(official, first.id))).toBe('1 added')
    const second = await bring(official, {
      kind: 'roster',
      name: '花名册二.csv',
      bytes: roster(next_phone()),
      organisation: east.id,
    })
    expect(counts_of(await apply(official, second.id))).toBe('1 changed')
    await undo(official, second.id)
    await official.call('GET /people/{id}/numbers', { path: { id: carer }, query: { purpose: `核对${numbers[0]}` } })

    const bytes = await all_bytes(server)

    expect(bytes.length).toBeGreaterThan(10_000)
    expect(numbers.filter((number) => bytes.includes(number))).toEqual([])
  })

  test('people are found by the whole number and by its end', async () => {
    const { official, east } = county
    const phone = next_phone()
    await official.call('POST /students', {
      body: {
        name: '尤兰',
        class: east.class,
        from: '2025-09-01',
        carers: [{ name: '尤山', relation: 'father', phone, is_guardian: true }],
      },
    })
    const found = async (q: string) => (await official.call('GET /people', { query: { q } })).items.map(({ name }) => name)

    expect(await found(phone)).toEqual(['尤山'])
    expect(await found(phone.slice(-6))).toEqual(['尤山'])
    expect(await found(phone.slice(-4))).toContain('尤山')
    expect(await found(`9${phone.slice(1)}`)).toEqual([])
  })

  test('rotation goes on while people work, and old rows take the new key', async () => {
    const { official, east, server } = county
    await server.command('keys', 'rotate')

    await expect.poll(async () => server.command('keys', 'show'), { timeout: 20_000 }).toContain('停用')
    const person = await official.call('GET /people/{id}', { path: { id: east.pupils[0]!.student!.carers[0]!.person } })
    expect(person.phone).toMatch(/^139\*{4}\d{4}$/)
  })
})

describe('numbers in clear', () => {
  let county: County
  beforeAll(async () => {
    county = await make_county({ name: 'clear-numbers' })
  })
  afterAll(() => county?.server.stop())

  test('are given for a reason, which the audit log keeps', async () => {
    const { official, east } = county
    const phone = next_phone()
    const person = await official.call('POST /staff', { body: { name: '吕老师', organisation: east.id, role: 'teacher', phone } })
    const ask = (purpose: string) =>
      east.leader.send('GET', `/api/people/${person.id}/numbers?purpose=${encodeURIComponent(purpose)}`)

    expect((await ask('核对联系方式')).json).toEqual({ phone })
    expect((await ask(' ')).status).toBe(422)
    expect((await east.leader.send('GET', `/api/people/${person.id}/numbers`)).status).toBe(422)
    const { items } = await official.call('GET /audit', { query: { action: 'person_numbers' } })
    expect(items.map(({ subject, detail }) => ({ subject, detail }))).toContainEqual({
      subject: `person:${person.id}`,
      detail: { reason: '核对联系方式' },
    })
  })

  test('of oneself need none, and of others the right', async () => {
    const { official, east, server } = county
    const { leader, leader_id } = await add_staff(server, official, east.id, 'teacher', '谭老师')

    expect((await leader.call('GET /own-numbers')).phone).toMatch(/^139\d{8}$/)
    expect((await leader.send('GET', `/api/people/${leader_id}/numbers?purpose=reason`)).status).toBe(403)
  })
})

test('a server whose master key is gone does not start, and says which file is missing', async () => {
  const county = await make_county({ name: 'lost-key' })
  try {
    await county.server.stop_serving()

    await expect(county.server.command('keys', 'show', '--keys', join(county.server.folder, 'elsewhere'))).rejects.toThrow(
      /主密钥.*master\.key/s,
    )
  } finally {
    await county.server.start()
    await county.server.stop()
  }
})
