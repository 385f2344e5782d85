import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bad_bodies, bad_values } from '../harness/bad_bodies.ts'
import { make_county, type County } from '../harness/county.ts'
import { operations, path_to_nothing } from '../harness/document.ts'

let county: County
beforeAll(async () => {
  county = await make_county({ name: 'bodies' })
})
afterAll(() => county?.server.stop())

interface Fault {
  path: string
  code: string
  words: string
}

// Nobody holds manage_installation by a post.
const reachable = operations.filter((operation) => operation.permission !== 'manage_installation')
const with_body = reachable.filter((operation) => operation.body !== undefined)

describe.each(with_body)('$route', (operation) => {
  test('refuses what is not JSON', async () => {
    const answer = await county.official.send(operation.method, path_to_nothing(operation), {
      body: '{"half',
      headers: { 'content-type': 'application/json' },
    })

    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  })

  test.each([[[]], ['text'], [7], [true]])('refuses %j instead of an object', async (body) => {
    const answer = await county.official.send(operation.method, path_to_nothing(operation), {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })

    expect([400, 422]).toContain(answer.status)
  })

  test.each(bad_bodies(operation.body!))('names the fault in its place: $what', async ({ body, path }) => {
    const answer = await county.official.send(operation.method, path_to_nothing(operation), { body })

    expect(answer.status, answer.text).toBe(422)
    const faults: Fault[] = answer.json.problems
    expect(faults.map((fault) => fault.path)).toContain(path)
    expect(faults.every((fault) => fault.code !== '' && fault.words !== '')).toBe(true)
  })
})

const queries = reachable.flatMap(({ route, method, path, parameters }) =>
  parameters
    .filter((parameter) => parameter.in === 'query' && parameter.schema.type !== 'array') // any text is a list of one
    .flatMap((parameter) =>
      bad_values(parameter.schema)
        .filter(({ value }) => typeof value !== 'object' && !(parameter.schema.type === 'string' && typeof value === 'number'))
        .map(({ what, value }) => ({ route, method, path, name: parameter.name, what, value: String(value) })),
    ),
)

test.each(queries)('$route names a bad query: $name, $what', async ({ method, path, name, value }) => {
  const address = path.replace(/\{\w+\}/g, '1') + `?${name}=${encodeURIComponent(value)}`

  const answer = await county.official.send(method, address)

  expect(answer.status, answer.text).toBe(422)
  expect(answer.json.problems.map((fault: Fault) => fault.path)).toContain(`/${name}`)
})

test('all faults of a body come in one answer, in the language of the request', async () => {
  const body = { kind: 'castle', stages: 'primary', number: 5000 }

  const chinese = await county.official.send('POST', '/api/organisations', { body })
  const english = await county.official.send('POST', '/api/organisations', { body, headers: { 'accept-language': 'en' } })

  const paths = chinese.json.problems.map((fault: Fault) => fault.path).sort()
  expect(paths).toEqual(['/kind', '/name', '/number', '/parent', '/stages'])
  expect(chinese.json.detail).toMatch(/[\u4e00-\u9fff]/)
  expect(english.json.detail).not.toMatch(/[\u4e00-\u9fff]/)
  expect(english.json.problems.every((fault: Fault) => !/[\u4e00-\u9fff]/.test(fault.words))).toBe(true)
})
