// A county full of carers who are logged in, each with their phone.
import { join } from 'node:path'
import { prepare_learners } from '../../bench/learners.ts'
import { root, type Server } from '../harness/server.ts'
import type { Visitor } from '../harness/visitor.ts'

export async function carers_logged_in(server: Server, official: Visitor, count: number): Promise<Visitor[]> {
  const { county } = (await official.call('GET /session')).county
  const people = await prepare_learners({ programs: join(root, 'build/release/bench') }, server, county, count)
  if (people.length < count) throw new Error(`only ${people.length} people can log in`)
  return people.map(({ token }) => {
    const person = server.visitor()
    person.token = token
    return person
  })
}
