// A real OpenID provider (the npm package oidc-provider) and a browser that goes through its pages.
import { generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import { createServer, type Server as HttpServer } from 'node:http'
import Provider, { type Configuration, type JWK } from 'oidc-provider'
import { free_port } from './server.ts'

export const client_secret = 'the-secret-of-the-bureau-0123456789'

/** How people are known at the bureau: the name that they log in with there, and what it says about them. */
export type People = Record<string, { preferred_username?: string; phone_number?: string; employee_number?: string }>

function key(id: string, alg: string, made: { privateKey: { export: (options: { format: 'jwk' }) => JsonWebKey } }): JWK {
  return { ...made.privateKey.export({ format: 'jwk' }), kid: id, alg, use: 'sig' } as JWK
}

function fresh_keys(generation: number): JWK[] {
  return [
    key(`rsa-${generation}`, 'RS256', generateKeyPairSync('rsa', { modulusLength: 2048 })),
    key(`ec-${generation}`, 'ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })),
    key(`ed-${generation}`, 'EdDSA', generateKeyPairSync('ed25519')),
  ]
}

export class Sso {
  private server: HttpServer | undefined
  private generation = 0

  private constructor(
    readonly port: number,
    private readonly people: People,
    private readonly our_address: string,
  ) {}

  static async start(our_address: string, people: People): Promise<Sso> {
    const sso = new Sso(await free_port(), people, our_address)
    await sso.serve()
    return sso
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** For the setting `sso`: one button for each way to sign, all at this provider. */
  settings(...more: object[]): string[] {
    const usual = (id: string) => ({ name_zh: `区教育局${id}`, name_en: `Bureau ${id}`, issuer: this.issuer, client_secret })
    const by_name = (id: string) => ({ id, client_id: id, claim: 'preferred_username', match: 'user_name', ...usual(id) })
    const providers = [
      by_name('rs256'),
      by_name('es256'),
      by_name('eddsa'),
      ...more.map((one) => ({ ...by_name('rs256'), ...one })),
    ]
    return ['--sso', JSON.stringify(providers), '--public-url', this.our_address]
  }

  /** The provider signs with other keys from now on. */
  async change_keys(): Promise<void> {
    await this.stop()
    await this.serve()
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections()
    await new Promise((done) => this.server?.close(done))
  }

  private async serve(): Promise<void> {
    const provider = new Provider(this.issuer, this.configuration(fresh_keys(++this.generation)))
    this.server = createServer(provider.callback())
    await new Promise<void>((done) => this.server!.listen(this.port, '127.0.0.1', done))
  }

  private configuration(keys: JWK[]): Configuration {
    const client = (client_id: string, id_token_signed_response_alg: 'RS256' | 'ES256' | 'EdDSA') => ({
      client_id,
      client_secret,
      id_token_signed_response_alg,
      redirect_uris: [`${this.our_address}/sso`],
      post_logout_redirect_uris: [`${this.our_address}/log-in`],
    })
    return {
      clients: [client('rs256', 'RS256'), client('es256', 'ES256'), client('eddsa', 'EdDSA')],
      jwks: { keys },
      enabledJWA: { idTokenSigningAlgValues: ['RS256', 'ES256', 'EdDSA'] },
      claims: { openid: ['sub'], profile: ['preferred_username', 'employee_number'], phone: ['phone_number'] },
      pkce: { methods: ['S256'], required: () => true },
      cookies: { keys: ['one of the cookie keys'] },
      findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, ...this.people[id] }) }),
    }
  }
}

/** Goes to the provider as `name`, through its log-in and its consent; gives where it sends the browser back to. */
export async function come_back_from(address: string, name: string): Promise<URL> {
  const jar = new Map<string, string>()
  let [url, form] = [new URL(address), undefined as string | undefined]
  for (let step = 0; step < 12; ++step) {
    const answer = await fetch(url, {
      method: form ? 'POST' : 'GET',
      headers: {
        cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; '),
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      redirect: 'manual',
      ...(form ? { body: form } : {}),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, key, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      if (value) jar.set(key!, value)
      else jar.delete(key!)
    }
    form = undefined
    const next = answer.headers.get('location')
    if (next) {
      url = new URL(next, url)
      if (url.pathname === '/sso') return url
      continue
    }
    const page = await answer.text()
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
    if (!prompt) throw new Error(`the provider stopped at ${url}:\n${page}`)
    url = new URL(/action="([^"]+)"/.exec(page)![1]!, url)
    form = new URLSearchParams({ prompt, login: name, password: 'any' }).toString()
  }
  throw new Error('the provider never sent the browser back')
}
