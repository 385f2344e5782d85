// A small county with people in it: two schools that have nothing to do with each other, so that each can be a stranger to the other.
import type { Body, Out } from '../../web/packages/api-client/src/index.ts'
import { start_server, type Server, type ServerOptions } from './server.ts'
import { Visitor } from './visitor.ts'

type Person = Out<'GET /people/{id}'>

export interface School {
  id: string
  name: string
  grade: string
  class: string
  leader: Visitor
  leader_id: string
  /** The leader's post. */
  post: string
  pupils: Person[]
}

export interface County {
  server: Server
  root: string
  /** May do everything in the whole county. */
  official: Visitor
  east: School
  west: School
}

export const password = 'Plum-blossom-2026'
const code = '360100'
let people = 0

export async function make_county(options: ServerOptions): Promise<County> {
  const server = await start_server(options)
  try {
    const founder = await found_county(server)
    const official = await log_in_first(server, founder.user_name, founder.password)
    const me = await official.call('GET /session')
    const root = me.acting_as!.organisation.id
    const east = await make_school(server, official, root, '城东小学')
    const west = await make_school(server, official, root, '城西小学')
    return { server, root, official, east, west }
  } catch (error) {
    await server.stop()
    throw error
  }
}

export interface Founder {
  user_name: string
  /** Good for one log-in. */
  password: string
}

/** The county and its first official, as the command line makes them on a fresh installation. */
export async function found_county(server: Server): Promise<Founder> {
  const user_name = 'wanglixin'
  const said = await server.command(
    'admin',
    'create',
    '--county',
    code,
    '--county-name',
    '梅岭县',
    '--name',
    '王立新',
    '--user',
    user_name,
  )
  const one_time = /one-time password: (\S+)/.exec(said)?.[1]
  if (!one_time) throw new Error(`no password in what "admin create" printed:\n${said}`)
  return { user_name, password: one_time }
}

/** The first log-in, at which everybody sets a password of their own. */
export async function log_in_first(server: Server, name: string, one_time: string): Promise<Visitor> {
  const visitor = await server.log_in(name, one_time)
  await visitor.call('PUT /password', { body: { current: one_time, new: password } })
  return visitor
}

async function make_school(server: Server, official: Visitor, parent: string, name: string): Promise<School> {
  const add = (input: Omit<Body<'POST /organisations'>, 'stages'>) =>
    official.call('POST /organisations', { body: { ...input, stages: ['primary'], opened_on: '2025-09-01' } })
  const school = await add({ parent, kind: 'school', name })
  const grade = await add({ parent: school.id, kind: 'grade', name: '2025级', entry_year: 2025 })
  const class_ = await add({ parent: grade.id, kind: 'class', name: '1班', entry_year: 2025, number: 1 })
  const leader = await add_staff(server, official, school.id, 'school_leader', `${name.slice(0, 2)}校长`)
  const pupils = [
    await add_pupil(official, class_.id, '李梅'),
    await add_pupil(official, class_.id, '张强'),
    await add_pupil(official, class_.id, '陈静'),
  ]
  return { id: school.id, name, grade: grade.id, class: class_.id, ...leader, pupils }
}

/** Somebody with a post, logged in. */
export async function add_staff(
  server: Server,
  official: Visitor,
  organisation: string,
  role: string,
  name: string,
): Promise<{ leader: Visitor; leader_id: string; post: string }> {
  const person = await official.call('POST /staff', { body: { name, organisation, role, phone: next_phone() } })
  const account = await official.call('POST /accounts', { body: { person: person.id, user_name: `staff${++people}` } })
  const leader = await log_in_first(server, account.user_name!, account.password)
  return { leader, leader_id: person.id, post: person.posts[0]!.id }
}

export async function add_pupil(official: Visitor, class_: string, name: string): Promise<Person> {
  return official.call('POST /students', {
    body: {
      name,
      sex: 'female',
      birth_day: '2018-05-04',
      class: class_,
      from: '2025-09-01',
      carers: [{ name: `${name.slice(0, 1)}家长`, relation: 'mother', phone: next_phone(), is_guardian: true }],
    },
  })
}

let phones = 0
export function next_phone(): string {
  return `139${String(10_000_000 + ++phones)}`
}
