// Families of a school: a mother who is in, somebody who asks, somebody whom the child is entrusted to, and what each may ask.
import type { County, School } from './county.ts'
import { next_phone } from './county.ts'
import type { Example } from './examples.ts'
import type { Server } from './server.ts'
import type { Visitor } from './visitor.ts'

export const family_password = 'Apricot-rain-2026'

export interface Family {
  child: string
  child_name: string
  last_four: string
  mother: Visitor
  mother_id: string
  father_id: string
  father_phone: string
}

let pupils = 0

/** A pupil of the school whose mother came in by invitation; the father did not. */
export async function make_family(server: Server, official: Visitor, school: School): Promise<Family> {
  const [phone, father_phone] = [next_phone(), next_phone()]
  const number = `3601000000${String(1000 + ++pupils)}`
  const child_name = `王小${'春夏秋冬'[pupils % 4]}`
  const child = await official.call('POST /students', {
    body: {
      name: child_name,
      sex: 'female',
      student_number: number,
      class: school.class,
      from: '2025-09-01',
      carers: [
        { name: '陈兰', relation: 'mother', phone, is_guardian: true },
        { name: '王刚', relation: 'father', phone: father_phone, is_guardian: true },
      ],
    },
  })
  const [mother_id, father_id] = child.student!.carers.map((carer) => carer.person)
  const path = { id: child.id, carer: mother_id! }
  const { code } = await school.leader.call('POST /students/{id}/carers/{carer}/invitation', { path })
  const mother = server.visitor()
  const joined = await mother.call('POST /joins', { body: { code, name: '陈兰', phone, password: family_password } })
  mother.token = joined.token
  return {
    child: child.id,
    child_name,
    last_four: number.slice(-4),
    mother,
    mother_id: mother_id!,
    father_id: father_id!,
    father_phone,
  }
}

/** Things of a family that a request can be about. */
export interface FamilyThings {
  family: Family
  invitation: string
  join_request: string
  no_contact: string
  merge: string
  likeness: [string, string]
  change_request: string
  campaign: string
  delegation: string
  /** A growth book of the family's, and that it was taken in for the child. */
  book: { file: string; passphrase: string; part: string }
}

export async function make_family_things({ server, official, east }: County): Promise<FamilyThings> {
  const family = await make_family(server, official, east)
  const other = await make_family(server, official, east)
  const twice = await make_family(server, official, east)
  const { leader } = east
  const invitation = await leader.call('POST /students/{id}/carers/{carer}/invitation', {
    path: { id: family.child, carer: family.father_id },
  })
  const { code } = await leader.call('PUT /classes/{id}/code', { path: { id: east.class }, body: {} })
  const proof = { code: code!, child_name: family.child_name, last_four: family.last_four, relation: 'grandparent' as const }
  await server.visitor().call('POST /joins', { body: { ...proof, name: '王桂花', phone: next_phone(), password: family_password } })
  const [request] = (await leader.call('GET /join-requests', {})).items
  const order = await leader.call('POST /students/{id}/no-contacts', {
    path: { id: other.child },
    body: { person: other.father_id, document: '保护令 1 号' },
  })
  const merge = await leader.call('POST /carer-merges', { body: { kept: other.mother_id, merged: twice.father_id } })
  const changes = await family.mother.call('POST /children/{id}/changes', {
    path: { id: family.child },
    body: { changes: [{ field: 'address', wanted: '滨江路 8 号' }] },
  })
  const campaign = await leader.call('POST /check-campaigns', {
    body: { organisation: east.id, title: '核对信息', deadline: '2099-12-31' },
  })
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
  const entrusted = await family.mother.call('POST /children/{id}/delegations', {
    path: { id: family.child },
    body: { name: '陈奶奶', phone: next_phone(), scopes: ['see', 'pick_up'], until },
  })
  const child = { id: family.child }
  const { file, passphrase } = await family.mother.call('POST /children/{id}/growth-book-files', {
    path: child,
    body: { agrees: true },
  })
  const { earlier } = await leader.call('POST /students/{id}/growth-book-parts', { path: child, body: { file, passphrase } })
  return {
    book: { file, passphrase, part: earlier[0]!.part },
    family,
    invitation: invitation.id,
    join_request: request!.id,
    no_contact: order.id,
    merge: merge.id,
    likeness: [family.father_id, other.father_id],
    change_request: changes.request!.id,
    campaign: campaign.id,
    delegation: entrusted.delegation.id,
  }
}

/** What the people of the family's own school may ask. */
export function family_examples({ east }: County, things: FamilyThings): Example[] {
  const { family } = things
  const organisation = { organisation: east.id }
  const campaign = { id: things.campaign }
  return [
    { route: 'GET /api/class-codes', query: organisation },
    { route: 'PUT /api/classes/{id}/code', path: { id: east.class }, body: {} },
    { route: 'DELETE /api/classes/{id}/code', path: { id: east.class } },
    { route: 'GET /api/invitations', query: organisation },
    { route: 'POST /api/students/{id}/carers/{carer}/invitation', path: { id: family.child, carer: family.father_id } },
    { route: 'POST /api/classes/{id}/invitations', path: { id: east.class } },
    { route: 'DELETE /api/invitations/{id}', path: { id: things.invitation } },
    { route: 'GET /api/join-requests', query: organisation },
    { route: 'POST /api/join-decisions', body: { requests: [things.join_request], decision: 'ask', words: '请问您是哪位？' } },
    { route: 'GET /api/students/{id}/family', path: { id: family.child } },
    {
      route: 'PUT /api/students/{id}/carers/{carer}/household',
      path: { id: family.child, carer: family.father_id },
      body: { household: 2 },
    },
    {
      route: 'POST /api/students/{id}/no-contacts',
      path: { id: family.child },
      body: { person: family.father_id, document: '保护令 2 号' },
    },
    { route: 'DELETE /api/no-contacts/{id}', path: { id: things.no_contact } },
    { route: 'GET /api/like-carers', query: organisation },
    { route: 'PUT /api/like-carers/difference', body: { one: things.likeness[0], other: things.likeness[1], are_different: true } },
    { route: 'GET /api/carer-merges' },
    { route: 'POST /api/carer-merges', body: { kept: things.likeness[0], merged: things.likeness[1] } },
    { route: 'DELETE /api/carer-merges/{id}', path: { id: things.merge } },
    { route: 'GET /api/change-requests', query: organisation },
    {
      route: 'PUT /api/change-requests/{id}/decision',
      path: { id: things.change_request },
      body: { fields: [{ field: 'address', accept: true }] },
    },
    { route: 'GET /api/check-campaigns' },
    { route: 'POST /api/check-campaigns', body: { organisation: east.class, title: '一班核对', deadline: '2099-12-31' } },
    { route: 'GET /api/check-campaigns/{id}', path: campaign },
    { route: 'GET /api/check-campaigns/{id}/pupils', path: campaign },
    { route: 'GET /api/check-campaigns/{id}/pupils.xlsx', path: campaign },
    ...book_examples(things),
    { route: 'PUT /api/check-campaigns/{id}/reminder', path: campaign },
    { route: 'PUT /api/check-campaigns/{id}/closing', path: campaign },
    { route: 'DELETE /api/check-campaigns/{id}/closing', path: campaign },
  ]
}

function book_examples({ family, book: { part, ...body } }: FamilyThings): Example[] {
  const child = { id: family.child }
  return [
    { route: 'POST /api/students/{id}/growth-book-previews', path: child, body },
    { route: 'POST /api/students/{id}/growth-book-parts', path: child, body },
    { route: 'DELETE /api/students/{id}/growth-book-parts/{part}', path: { ...child, part } },
  ]
}

/** What the child's guardian may ask, and no other family. */
export function guardian_examples({ family, delegation, change_request }: FamilyThings): Example[] {
  const child = { id: family.child }
  return [
    { route: 'GET /api/children/{id}', path: child },
    { route: 'GET /api/children/{id}/certificates', path: child },
    { route: 'GET /api/children/{id}/points', path: child },
    { route: 'GET /api/children/{id}/growth-book', path: child },
    { route: 'GET /api/children/{id}/growth-book.pdf', path: child },
    { route: 'POST /api/children/{id}/growth-book-files', path: child, body: { agrees: true } },
    {
      route: 'POST /api/children/{id}/delegations',
      path: child,
      body: {
        name: '李奶奶',
        phone: next_phone(),
        scopes: ['see'],
        until: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
      },
    },
    { route: 'POST /api/delegations/{id}/invitation', path: { id: delegation } },
    { route: 'DELETE /api/delegations/{id}', path: { id: delegation } },
    { route: 'DELETE /api/own-changes/{id}', path: { id: change_request } },
    { route: 'POST /api/children/{id}/changes', path: child, body: { changes: [{ field: 'child_name', wanted: '王晓春' }] } },
  ]
}

/** Routes about one's own family, walked by guardians in families.test.ts. */
export const about_own_family = [
  'GET /api/children',
  'GET /api/children/{id}',
  'GET /api/children/{id}/certificates',
  'GET /api/children/{id}/certificates/{certificate}/file.pdf',
  'GET /api/children/{id}/points',
  'GET /api/children/{id}/growth-book',
  'GET /api/children/{id}/growth-book.pdf',
  'POST /api/children/{id}/growth-book-files',
  'POST /api/children/{id}/delegations',
  'POST /api/children/{id}/changes',
  'DELETE /api/delegations/{id}',
  'POST /api/delegations/{id}/invitation',
  'DELETE /api/own-changes/{id}',
  'GET /api/own-data',
  'PUT /api/own-data/confirmation',
  'POST /api/own-joins',
  'GET /api/own-joins',
  'PUT /api/own-joins/{id}/answer',
  'DELETE /api/own-joins/{id}',
]
