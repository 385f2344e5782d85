import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { announce } from '../../tests/harness/activities.ts'
import type { DatabaseKind } from '../../tests/harness/database.ts'
import { run } from '../../tests/harness/run.ts'
import type { Server } from '../../tests/harness/server.ts'
import type { Figure } from '../figures.ts'
import { prepare_learners } from '../learners.ts'
import { processor_seconds } from '../process.ts'
import type { Case, Setting } from '../setting.ts'

const clients = 64
/** Twenty thousand sign up in ten seconds. */
const needed = 2000

/** Sign-up opens and everybody comes: each is answered, the places are given exactly once, nobody is lost. */
export const places: Case = async (setting) => [...(await rush(setting, 'sqlite')), ...(await rush(setting, 'postgresql'))]

async function rush(setting: Setting, database: DatabaseKind): Promise<Figure[]> {
  const people = setting.is_quick ? 4000 : 20_000
  const capacity = people / 10
  const server = await setting.demo_server(database, { schools: people / 800, pupils: people * 1.1, entries: 5_000 })
  const official = await setting.official(server)
  const { county } = (await official.call('GET /session')).county
  const event = await announce(official, { kind: 'festival', audience: 'families', capacity })
  const families = await prepare_learners(setting, server, county, people)
  const path = `/api/activities/${event.id}/sign-up`
  const used = await processor_seconds(server)
  const from = performance.now()
  const states = await everybody(
    server,
    path,
    families.map(({ token }) => token),
  )
  const seconds = (performance.now() - from) / 1000
  const each = (((await processor_seconds(server)) - used) * 1000) / people
  await require_exact(official.call('GET /activities/{id}', { path: { id: event.id } }), states, people, capacity)
  const other = await announce(official, { kind: 'festival', audience: 'families', capacity })
  const words = [server.database.address, join(server.folder, 'keys'), county, other.id, clients].map(String)
  const bare = Number(await run(join(setting.programs, 'sign_up_loop'), words))
  const named = database === 'sqlite' ? 'SQLite' : 'PostgreSQL'
  const what = `sign-ups, ${people.toLocaleString('en')} for ${capacity.toLocaleString('en')} places, ${named}`
  return [
    { what, figure: people / seconds, unit: '/s', at_least: needed },
    { what: `processor of each of the ${what}`, figure: each, unit: 'ms' },
    {
      what,
      figure: people / seconds,
      unit: '/s',
      compared_with: `loop beside the database, ${clients} a transaction`,
      reference: bare,
    },
  ]
}

/** Everybody once, so many at a time; what each was told. */
async function everybody(server: Server, path: string, tokens: string[]): Promise<string[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const waiting = tokens.values()
  const states: string[] = []
  const one = async () => {
    for (const token of waiting) states.push(await state_of(server, path, token, agent))
  }
  await Promise.all(Array.from({ length: clients }, one))
  agent.destroy()
  return states
}

function state_of(server: Server, path: string, token: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': 2 }
    const asked = request(server.address + path, { method: 'PUT', agent, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => (text += part))
      answer.on('end', () => {
        if (answer.statusCode !== 200) return reject(new Error(`${answer.statusCode}: ${text}`))
        resolve((JSON.parse(text) as { people: { state: string }[] }).people[0]!.state)
      })
    })
    asked.on('error', reject)
    asked.end('{}')
  })
}

async function require_exact(
  asked: Promise<{ placed: number; waiting: number }>,
  states: string[],
  people: number,
  capacity: number,
): Promise<void> {
  const { placed, waiting } = await asked
  const told = (state: string) => states.filter((each) => each === state).length
  const found = { answered: states.length, placed, waiting, told_placed: told('placed'), told_waiting: told('waiting') }
  const right = {
    answered: people,
    placed: capacity,
    waiting: people - capacity,
    told_placed: capacity,
    told_waiting: people - capacity,
  }
  if (JSON.stringify(found) !== JSON.stringify(right))
    throw new Error(`places were not given exactly once: ${JSON.stringify(found)} instead of ${JSON.stringify(right)}`)
}
