// A role with one permission alone does the whole of that job, and nothing else.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { certificate_plan } from '../harness/certificates.ts'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { operations, path_to_nothing } from '../harness/document.ts'
import { eventually } from '../harness/eventually.ts'
import { download } from '../harness/imports.ts'
import { load_plan } from '../harness/plans.ts'
import type { Visitor } from '../harness/visitor.ts'

type Alone = 'manage_certificates' | 'manage_plan' | 'manage_posts' | 'manage_privacy' | 'approve_notices'
/** Each with what it brings along. */
const brings: Record<Alone, string[]> = {
  manage_certificates: [],
  manage_plan: ['read_plan'],
  manage_posts: ['read_directory'],
  manage_privacy: ['read_directory', 'read_people'],
  approve_notices: ['send_notices'],
}
const alone = Object.keys(brings) as Alone[]

let county: County
const clerks = {} as Record<Alone, Visitor>
beforeAll(async () => {
  county = await make_county({ name: 'single-permission' })
  const { server, official, root } = county
  await load_plan(official, certificate_plan)
  for (const permission of alone) {
    const body = { name_zh: permission, name_en: permission, permissions: [permission], kinds: ['county' as const], titles: [] }
    const { role } = await official.call('POST /roles', { body })
    clerks[permission] = (await add_staff(server, official, root, role, '专办员')).leader
  }
})
afterAll(() => county?.server.stop())

describe.each(alone)('a role with only %s', (permission) => {
  const held = [permission, ...brings[permission]]
  const of_the_job = operations.filter((each) => held.includes(each.permission))
  const of_others = operations.filter((each) => !['anyone', 'signed_in', ...held].includes(each.permission))
  // What needs a fresh proof of who one is, or a reason to look at people's files, asks for that first.
  const ask = async ({ method, ...operation }: (typeof operations)[number]) => {
    const { status, json } = await clerks[permission].send(method, path_to_nothing({ method, ...operation }), {
      ...(method === 'GET' ? {} : { body: {} }),
    })
    const is_asked =
      json?.code === 'step_up_needed' || json?.problems?.some(({ code }: { code: string }) => code.endsWith('purpose_needed'))
    return status === 403 && is_asked ? 'asked who it is, or what for' : status
  }

  test.each(of_the_job)('is let through to $route', async (operation) => {
    expect([401, 403]).not.toContain(await ask(operation))
  })

  test('is sent away everywhere else', async () => {
    const let_in: string[] = []
    for (const operation of of_others) if ((await ask(operation)) !== 403) let_in.push(operation.route)

    expect(let_in).toEqual([])
  })
})

test('the clerk for certificates finds who earned one, issues it, prints it and revokes it', async () => {
  const clerk = clerks.manage_certificates
  const { leader_id: holder } = await add_staff(county.server, county.official, county.east.id, 'teacher', '赵小兰')
  await county.official.call('POST /entries', {
    body: { kind: 'training.completed', happened_at: new Date().toISOString(), person: holder, unit: county.east.id },
  })
  const [kind] = (await clerk.call('GET /credentials')).items
  const path = { plan: kind!.plan, credential: kind!.credential }

  const earned = await clerk.call('GET /credentials/{plan}/{credential}/earners', { path })
  const [issued] = (await clerk.call('POST /certificates', { body: { ...path, holders: [holder] } })).items
  const pdf = await download(clerk, `/api/certificates/${issued!.id}/file.pdf`)
  await clerk.call('PUT /certificates/{id}/revocation', { path: { id: issued!.id }, body: { reason: '核实后撤销' } })

  expect(earned.items.map(({ name }) => name)).toEqual(['赵小兰'])
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect(await clerk.call('GET /certificates/{id}', { path: { id: issued!.id } })).toMatchObject({ state: 'revoked' })
})

test('the clerk for the plan tries a changed plan, puts it into force and takes it back', async () => {
  const clerk = clerks.manage_plan
  const changed = certificate_plan.replace('key = "small-training"', 'key = "clerks-training"')

  const { id: trial } = await clerk.call('POST /what-ifs', { body: { text: changed } })
  await eventually(async () => (await clerk.call('GET /what-ifs/{id}', { path: { id: trial } })).finished_at !== undefined)
  const findings = await clerk.call('GET /what-ifs/{id}/findings', { path: { id: trial } })
  await clerk.call('POST /plans', { query: { file_name: 'plan.toml' }, body: changed })
  const in_force = async () =>
    (await clerk.call('GET /plans')).items.find(({ key, state }) => key === 'clerks-training' && state === 'in_force')
  await clerk.call('DELETE /plans/{id}', { path: { id: (await in_force())!.id } })

  expect(findings.obligations.map(({ key }) => key)).toContain('trained')
  expect(await in_force()).toBeUndefined()
})

test('the clerk for posts sees who holds which, and ends one', async () => {
  const clerk = clerks.manage_posts
  const { leader_id: teacher } = await add_staff(county.server, county.official, county.east.id, 'teacher', '许文')

  const [held] = (await clerk.call('GET /posts', { query: { organisation: county.east.id, q: '许文' } })).items
  const ended = await clerk.call('PUT /posts/{id}/ending', { path: { id: held!.id }, body: { on: '2099-12-31' } })

  expect(held!.person).toMatchObject({ id: teacher, name: '许文' })
  expect(ended.to).toBe('2099-12-31')
  expect((await clerk.send('GET', `/api/people/${teacher}`)).status).toBe(403)
})
