import { describe, expect, it } from 'vitest'
import { ApiProblem, create_client, url_of, type WireAnswer, type WireRequest } from '.'

function client_answering(status: number, text: string, headers: Record<string, string> = {}) {
  const asked: WireRequest[] = []
  const told: ApiProblem[] = []
  const api = create_client({
    base: '/api',
    language: () => 'en',
    make_key: () => 'key-1',
    on_problem: (problem) => told.push(problem),
    transport: (request): Promise<WireAnswer> => {
      asked.push(request)
      return Promise.resolve({ status, text, header: (name) => headers[name] ?? null })
    },
  })
  return { api, asked, told }
}

describe('the client', () => {
  it('fills names into the path and leaves empty filters out', () => {
    expect(url_of('/students/{id}/carers/{carer}', { id: '7', carer: 'a/b' })).toBe('/students/7/carers/a%2Fb')
    expect(url_of('/people', {}, { q: '王 一', kind: '', after: undefined, limit: 20 })).toBe(
      '/people?q=%E7%8E%8B%20%E4%B8%80&limit=20',
    )
  })

  it('gives each POST a key, so that a repeated one is done once', async () => {
    const { api, asked } = client_answering(201, '{}')

    await api('POST /entries/{id}/reversal', { path: { id: '5' }, body: { reason: '记错了' } })

    expect(asked[0]).toMatchObject({ method: 'POST', url: '/api/entries/5/reversal', body: '{"reason":"记错了"}' })
    expect(asked[0]!.headers).toMatchObject({ 'idempotency-key': 'key-1', 'accept-language': 'en' })
  })

  it('says which version a change was made on', async () => {
    const { api, asked } = client_answering(200, '{}')

    await api('PATCH /people/{id}', { path: { id: '5' }, body: { name: '王一诺' }, version: 3 })

    expect(asked[0]!.headers['if-match']).toBe('"3"')
  })

  it('gives nothing where the server has nothing to say', async () => {
    const { api } = client_answering(204, '')

    expect(await api('DELETE /session')).toBeUndefined()
  })

  it('throws what the server refuses, with the words for each field', async () => {
    const body = {
      title: 'x',
      status: 422,
      detail: '请改正标出的内容。',
      code: 'invalid',
      problems: [{ path: '/name', code: 'too_short', words: '太短。' }],
    }
    const { api, told } = client_answering(422, JSON.stringify(body), { 'retry-after': '30' })

    const problem = await api('GET /setup').catch((error: unknown) => error)

    expect(problem).toBeInstanceOf(ApiProblem)
    expect(problem).toMatchObject({ status: 422, message: '请改正标出的内容。', problems: body.problems, retry_after_seconds: 30 })
    expect(told).toEqual([problem])
  })

  it('survives a refusal that is not ours, such as a proxy’s page', async () => {
    const { api } = client_answering(502, '<html>Bad gateway</html>')

    await expect(api('GET /setup')).rejects.toMatchObject({ status: 502, message: '' })
  })
})
