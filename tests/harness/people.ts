// People whose account has a phone.
import { add_staff, next_phone, type County } from './county.ts'
import type { Visitor } from './visitor.ts'

export interface Reachable {
  visitor: Visitor
  person: string
  user_name: string
  phone: string
}

/** A teacher of the eastern school whose account can be reached by phone. */
export async function add_reachable(county: County, name: string, role = 'teacher'): Promise<Reachable> {
  const { leader, leader_id } = await add_staff(county.server, county.official, county.east.id, role, name)
  const account = (await county.official.call('GET /accounts', { query: { q: name } })).items.find(
    (item) => item.person === leader_id,
  )!
  const phone = next_phone()
  await county.official.call('PATCH /accounts/{person}', { path: { person: leader_id }, body: { phone } })
  return { visitor: leader, person: leader_id, user_name: account.user_name!, phone }
}
