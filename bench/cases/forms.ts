import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseKind } from '../../tests/harness/database.ts'
import { form_path, publish_form } from '../../tests/harness/forms.ts'
import { run } from '../../tests/harness/run.ts'
import type { Server } from '../../tests/harness/server.ts'
import { median, type Figure } from '../figures.ts'
import { prepare_learners } from '../learners.ts'
import { wrk } from '../load.ts'
import type { Case, Setting } from '../setting.ts'

const families_asked = 2000
const clients = 64

/** A survey to all families of a county: answers a second, and how long its owner waits for what came of it. */
export const forms: Case = async (setting) => [...(await survey(setting, 'sqlite')), ...(await survey(setting, 'postgresql'))]

async function survey(setting: Setting, database: DatabaseKind): Promise<Figure[]> {
  const pupils = setting.is_quick ? 30_000 : 165_000 // some of them brothers and sisters: 120,000 families
  const server = await setting.demo_server(database, { schools: pupils / 750, pupils, entries: 5_000 })
  const official = await setting.official(server)
  const form = await publish_form(official, 'survey', { audience: 'families', may_change: true })
  const { county } = (await official.call('GET /session')).county
  const script = await answer_script(setting, server, form, county)
  const words = [server.database.address, join(server.folder, 'keys'), county, form.id].map(String)
  const [per_second, bare] = await setting.in_turns(
    async () => (await wrk({ url: server.address, clients, seconds: setting.seconds, script })).per_second,
    async () => last_number(await run(join(setting.programs, 'form_loop'), [...words, String(clients), String(setting.seconds)])),
  )
  const answered = last_number(await run(join(setting.programs, 'form_answers'), words))
  const path = `/api/forms/${form.id}`
  const wait = async (page: string): Promise<number> => {
    const times: number[] = []
    for (let round = 0; round < setting.rounds; ++round) {
      const start = performance.now()
      const { status } = await official.send('GET', `${path}/${page}`)
      if (status !== 200) throw new Error(`${page} answered ${status}`)
      times.push(performance.now() - start)
    }
    return median(times) / 1000
  }
  const name = database === 'sqlite' ? 'SQLite' : 'PostgreSQL'
  const about = `${answered.toLocaleString('en')} families, ${name}`
  const { asked } = await official.call('GET /forms/{id}/results', { ...form_path(form), query: {} })
  if (asked !== answered) throw new Error(`${asked} were asked and ${answered} answered`)
  return [
    { what: `answers to a survey, ${name}, ${clients} clients`, figure: per_second, unit: '/s', at_least: 1500 },
    {
      what: `answers to a survey, ${name}, ${clients} clients`,
      figure: per_second,
      unit: '/s',
      compared_with: `loop beside the database, ${clients} a transaction`,
      reference: bare,
    },
    { what: `results of a survey, ${about}`, figure: await wait('results'), unit: 's', at_most: 1 },
    {
      what: `two questions against each other, ${about}`,
      figure: await wait('cross-table?columns=q1&rows=q3'),
      unit: 's',
      at_most: 1,
    },
    { what: `one question by school, ${about}`, figure: await wait('cross-table?columns=q1'), unit: 's', at_most: 1 },
    { what: `progress of a survey, ${about}`, figure: await wait('progress'), unit: 's', at_most: 1 },
    { what: `results as a workbook, ${about}`, figure: await wait('results.xlsx'), unit: 's' },
  ]
}

/** Behind what a program had to complain about. */
const last_number = (said: string): number => Number(said.trim().split('\n').at(-1))

/** Each family in turn. */
async function answer_script(
  setting: Setting,
  server: Server,
  form: { id: string; version: number },
  county: number,
): Promise<string> {
  const families = await prepare_learners(setting, server, county, families_asked)
  const children = await Promise.all(families.map(({ token }) => first_child(server, token, form.id)))
  const file = join(setting.folder, 'forms.lua')
  await writeFile(
    file,
    `local families = { ${families.map(({ token }, at) => `{"${token}", "${children[at]}"}`).join(', ')} }
local at = 0
request = function()
  local family = families[at % #families + 1]
  at = at + 1
  local body = '{"student":"' .. family[2] .. '","version":${form.version},"answers":[{"question":"q1","choices":["yes"]},{"question":"q3","choices":[],"number":4}]}'
  return wrk.format("PUT", "/api/own-forms/${form.id}/answer", { ["Authorization"] = "Bearer " .. family[1], ["Content-Type"] = "application/json" }, body)
end
`,
  )
  return file
}

/** A family may have several turns, each named by its child. */
async function first_child(server: Server, token: string, form: string): Promise<string> {
  const family = server.visitor()
  family.token = token
  return (await family.call('GET /own-forms/{id}', { path: { id: form }, query: {} })).turns[0]!.student!
}
