// A family as many are: three children in two schools, parents in two homes, and a grandmother to whom one child is entrusted.
import { next_phone, type County, type School } from './county.ts'
import { family_password } from './families.ts'
import type { Visitor } from './visitor.ts'

export interface LargeFamily {
  /** Two at the eastern school, the youngest at the western one. */
  children: { id: string; name: string }[]
  mother: Visitor
  /** In the other home. */
  father: Visitor
  /** May see the eldest, and nothing else. */
  grandmother: Visitor
}

let numbers = 0

export async function make_large_family({ server, official, east, west }: County): Promise<LargeFamily> {
  const carers = [
    { name: '陈兰', relation: 'mother' as const, phone: next_phone(), is_guardian: true },
    { name: '王刚', relation: 'father' as const, phone: next_phone(), is_guardian: true },
  ]
  const add = (name: string, school: School) =>
    official.call('POST /students', {
      body: {
        name,
        sex: 'female',
        student_number: `36019999000${100 + ++numbers}`,
        class: school.class,
        from: '2025-09-01',
        carers,
      },
    })
  const children = [await add('王一诺', east), await add('王二宝', east), await add('王三多', west)]
  const [mother_id, father_id] = children[0]!.student!.carers.map(({ person }) => person)
  for (const [at, child] of children.entries())
    await (at < 2 ? east : west).leader.call('PUT /students/{id}/carers/{carer}/household', {
      path: { id: child.id, carer: father_id! },
      body: { household: 2 },
    })

  const join = async (code: string, { name, phone }: { name: string; phone: string }) => {
    const visitor = server.visitor()
    visitor.token = (await visitor.call('POST /joins', { body: { code, name, phone, password: family_password } })).token
    return visitor
  }
  const invite = async (carer: string) =>
    (await east.leader.call('POST /students/{id}/carers/{carer}/invitation', { path: { id: children[0]!.id, carer } })).code
  const mother = await join(await invite(mother_id!), carers[0]!)
  const father = await join(await invite(father_id!), carers[1]!)
  const her = { name: '周桂英', phone: next_phone() }
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
  const { invitation } = await mother.call('POST /children/{id}/delegations', {
    path: { id: children[0]!.id },
    body: { ...her, scopes: ['see'], until },
  })
  return { children, mother, father, grandmother: await join(invitation!.code, her) }
}
