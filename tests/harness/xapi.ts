// Another learning platform: it has a log-in of a school, and speaks xAPI as its player would.
import { randomUUID } from 'node:crypto'
import type { Out } from '../../web/packages/api-client/src/index.ts'
import type { County } from './county.ts'
import type { Example } from './examples.ts'
import type { Answer, Visitor } from './visitor.ts'

export type Credential = Out<'POST /xapi-credentials'>
export const verb = (name: string) => `http://adlnet.gov/expapi/verbs/${name}`
export const home = 'https://player.example'

export interface Account {
  homePage: string
  name: string
}

export const account = (name: string): Account => ({ homePage: home, name })
export const statement = (who: Account, lesson = 'lessons/7', more: object = {}) => ({
  actor: { objectType: 'Agent', account: who },
  verb: { id: verb('completed'), display: { 'zh-CN': '完成', en: 'completed' } },
  object: { id: `${home}/${lesson}`, definition: { name: { 'zh-CN': '第七课' } } },
  result: { completion: true, duration: 'PT12M30S' },
  ...more,
})

export interface Bytes {
  status: number
  headers: Headers
  bytes: Buffer
}

/** The record store as a platform with that log-in sees it. */
export class Platform {
  readonly authorization: string
  private readonly visitor: Visitor

  constructor(
    { server }: County,
    readonly credential: Credential,
  ) {
    this.visitor = server.visitor()
    this.authorization = `Basic ${Buffer.from(`${credential.user_name}:${credential.secret}`).toString('base64')}`
  }

  ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.visitor.send(method, path.startsWith('/api') ? path : `/api/xapi/${path}`, {
      body,
      headers: { authorization: this.authorization, 'x-experience-api-version': '1.0.3', ...headers },
    })
  }
  post = (body: unknown) => this.ask('POST', 'statements', body)
  put = (id: string, body: unknown) => this.ask('PUT', `statements?statementId=${id}`, body)
  find = (query: Record<string, string> = {}) => this.ask('GET', `statements?${new URLSearchParams(query)}`)

  /** One exchange whose answer is bytes. */
  async bytes(method: string, path: string, body?: Uint8Array | string, headers: Record<string, string> = {}): Promise<Bytes> {
    const reply = await fetch(`${this.visitor.server.address}/api/xapi/${path}`, {
      method,
      body: body as BodyInit | undefined,
      headers: { authorization: this.authorization, 'x-experience-api-version': '1.0.3', ...headers },
    })
    return { status: reply.status, headers: reply.headers, bytes: Buffer.from(await reply.arrayBuffer()) }
  }

  /** The ids of all pages. */
  async all(query: Record<string, string> = {}): Promise<string[]> {
    const ids: string[] = []
    for (let path = `statements?${new URLSearchParams(query)}`; path;) {
      const { status, json, text } = await this.ask('GET', path)
      if (status !== 200) throw new Error(`${path} → ${status} ${text}`)
      ids.push(...json.statements.map(({ id }: { id: string }) => id))
      path = json.more
    }
    return ids
  }
}

export async function add_platform(county: County, by: Visitor, scope: 'send' | 'read', name = '云课堂'): Promise<Platform> {
  return new Platform(county, await by.call('POST /xapi-credentials', { body: { name, scope } }))
}

export const add_rule = (by: Visitor, activity = `${home}/lessons/*`, kind = 'course.parent', name = 'completed') =>
  by.call('POST /xapi-rules', { body: { verb: verb(name), activity, kind, most_minutes: 10 } })

/** How the other platform is to call one of our people. */
export async function number_of(by: Visitor, person: string): Promise<Account> {
  const { home_page, number } = await by.call('PUT /xapi-numbers/{person}', { path: { person } })
  return { homePage: home_page, name: number }
}

export interface RecordThings {
  credential: string
  rule: string
  statement: string
  person: string
}

/** Of the eastern school: a log-in, a rule, and a record whose learner nobody named. */
export async function make_record_things(county: County): Promise<RecordThings> {
  const { leader, leader_id } = county.east
  const platform = await add_platform(county, leader, 'send')
  const rule = await add_rule(leader)
  await platform.post(statement(account(randomUUID())))
  const { items } = await leader.call('GET /xapi-statements')
  return { credential: platform.credential.id, rule: rule.id, statement: items[0]!.id, person: leader_id }
}

export function record_examples(things: RecordThings): Example[] {
  return [
    { route: 'GET /api/xapi-credentials' },
    { route: 'GET /api/xapi-rules' },
    { route: 'GET /api/xapi-statements' },
    { route: 'GET /api/xapi-outcomes' },
    { route: 'PUT /api/xapi-statements/{id}/person', path: { id: things.statement }, body: { person: things.person } },
    { route: 'PUT /api/xapi-numbers/{person}', path: { person: things.person } },
    { route: 'DELETE /api/xapi-credentials/{id}', path: { id: things.credential } },
    { route: 'DELETE /api/xapi-rules/{id}', path: { id: things.rule } },
  ]
}

/** For one's own organisation, or about the whole county, for whoever may take its data along: tried in xapi.test.ts and xapi_outgoing.test.ts. */
export const about_learning_records = [
  'POST /api/xapi-credentials',
  'POST /api/xapi-rules',
  'GET /api/xapi-stream',
  'PUT /api/xapi-stream',
  'GET /api/xapi-records.jsonl',
]
