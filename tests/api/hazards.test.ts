// Hazards over HTTP: reported by staff and families, owned, closed and opened again; nobody else finds them.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'
import { photograph_file } from '../harness/feed.ts'
import { day_from_now } from '../harness/visits.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let teacher: Visitor
let colleague: Visitor
let colleague_id: string
let family: Family
beforeAll(async () => {
  county = await make_county({ name: 'hazards' })
  const { server, official, east } = county
  family = await make_family(server, official, east)
  ;({ leader: teacher } = await add_staff(server, official, east.class, 'class_teacher', '赵老师'))
  ;({ leader: colleague, leader_id: colleague_id } = await add_staff(server, official, east.id, 'teacher', '孙老师'))
})
afterAll(() => county?.server.stop())

const problems = ({ json }: { json: any }) => json.problems.map(({ path, code }: any) => `${path} ${code}`)

describe('a hazard', () => {
  test('is reported with a cleaned picture, mended, closed and opened again; only those in charge see who reported it', async () => {
    const { east } = county
    const picture = await family.mother.send('POST', '/api/hazard-photos', { body: readFileSync(photograph_file) })
    expect(picture.status, picture.text).toBe(201)
    const reported = await family.mother.call('POST /hazards', {
      body: { place: '南门', words: '井盖破损', photo: picture.json.id },
    })
    const path = { id: reported.id }

    const bytes = await fetch(`${county.server.address}/api/hazards/${reported.id}/photo`, {
      headers: { authorization: `Bearer ${family.mother.token}` },
    }).then((answer) => answer.arrayBuffer())
    expect(Buffer.from(bytes).includes('Exif')).toBe(false)
    expect(Buffer.from(bytes).subarray(0, 3).toString('hex')).toBe('ffd8ff')

    const assigned = await east.leader.call('PUT /hazards/{id}/assignment', {
      path,
      body: { owner: colleague_id, due: day_from_now(0) },
    })
    expect(assigned.reported_by!.name).toBe('陈兰')
    const own = await colleague.call('GET /hazards/{id}', { path })
    expect(own.reported_by).toBeUndefined()
    expect(own.steps.map(({ step, made_by }) => [step, made_by?.name])).toEqual([
      ['reported', undefined],
      ['assigned', expect.any(String)],
    ])
    expect((await teacher.send('GET', `/api/hazards/${reported.id}`)).status).toBe(404)

    await colleague.call('PUT /hazards/{id}/closing', { path, body: { words: '已换井盖' } })
    expect((await family.mother.call('GET /hazards/{id}', { path })).state).toBe('closed')
    const reopened = await family.mother.call('PUT /hazards/{id}/reopening', { path, body: { words: '又响了' } })
    expect(reopened.steps.map(({ step }) => step)).toEqual(['reported', 'assigned', 'closed', 'reopened'])
    expect((await family.mother.send('PUT', `/api/hazards/${reported.id}/closing`, { body: { words: '好了' } })).status).toBe(403)
  })

  test('is found by place and state, leaves as a sheet, and belongs to the school of whoever reports it', async () => {
    const { east, west } = county
    const places = async (query: object) => (await east.leader.call('GET /hazards', { query })).items.map(({ place }) => place)

    expect(await places({ q: '南' })).toEqual(['南门'])
    expect(await places({ state: 'closed' })).toEqual([])
    expect(await places({ is_overdue: true })).toEqual([])
    expect((await west.leader.call('GET /hazards', {})).items).toEqual([])
    const sheet = await east.leader.send('GET', '/api/hazards.xlsx')
    expect(sheet.headers.get('content-type')).toContain('spreadsheetml')
    const body = { school: west.id, place: '操场', words: '篮板松动' }
    expect(problems(await family.mother.send('POST', '/api/hazards', { body }))).toEqual(['/school not_found'])
  })
})
