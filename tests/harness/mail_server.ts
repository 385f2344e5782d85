// A mail server (RFC 5321) with STARTTLS or implicit TLS and AUTH, that knows some addresses and can be out of order.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as create_tls_server, TLSSocket, type Server as TlsServer } from 'node:tls'
import { eventually } from './eventually.ts'
import { run } from './run.ts'

const user = 'noreply'
const secret = 'mail-secret'

export interface Mail {
  from: string
  to: string
  subject: string
  text: string
  was_encrypted: boolean
  was_logged_in: boolean
}

export class MailServer {
  readonly mails: Mail[] = []
  /** So many messages are put off with 451 before it works again. */
  failures = 0

  private constructor(
    private readonly server: NetServer | TlsServer,
    private readonly folder: string,
    private readonly security: 'starttls' | 'tls',
  ) {}

  static async start(security: 'starttls' | 'tls' = 'starttls'): Promise<MailServer> {
    const folder = await mkdtemp(join(tmpdir(), 'mail-'))
    const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'certificate.pem')]
    const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
    await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...name, ...files])
    const proof = { key: await readFile(join(folder, 'key.pem')), cert: await readFile(join(folder, 'certificate.pem')) }
    const server = security === 'tls' ? create_tls_server(proof) : createServer()
    const mail_server = new MailServer(server, folder, security)
    const secure = (socket: Socket) => new TLSSocket(socket, { isServer: true, ...proof })
    server.on(security === 'tls' ? 'secureConnection' : 'connection', (socket: Socket) => {
      socket.on('error', () => {})
      new Exchange(mail_server, socket, security === 'tls', secure).greet()
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    return mail_server
  }

  get settings(): string[] {
    const port = (this.server.address() as AddressInfo).port
    return [
      ...['--mail-server', `127.0.0.1:${port}`, '--mail-security', this.security, '--mail-from', 'noreply@edu.example.cn'],
      ...['--mail-user', user, '--mail-password', secret, '--mail-authority', join(this.folder, 'certificate.pem')],
    ]
  }

  to(address: string): Mail[] {
    return this.mails.filter((mail) => mail.to === address)
  }

  /** The six digits of the newest mail to the address. */
  async code_for(address: string, count = 1): Promise<string> {
    await eventually(async () => this.to(address).length >= count)
    return /\d{6}/.exec(this.to(address).at(-1)!.text)![0]
  }

  async stop(): Promise<void> {
    await new Promise((done) => this.server.close(done))
    await rm(this.folder, { recursive: true, force: true })
  }
}

class Exchange {
  private from = ''
  private to = ''
  private is_logged_in = false
  private awaits_proof = false
  private data: string[] | undefined
  private rest = ''

  constructor(
    private readonly server: MailServer,
    private socket: Socket,
    private is_encrypted: boolean,
    private readonly secure: (socket: Socket) => Socket,
  ) {}

  greet() {
    this.listen()
    this.say('220 mail.example.cn ESMTP')
  }

  private listen() {
    this.socket.on('data', (bytes: Buffer) => {
      this.rest += bytes.toString()
      for (let end = this.rest.indexOf('\r\n'); end >= 0; end = this.rest.indexOf('\r\n')) {
        const line = this.rest.slice(0, end)
        this.rest = this.rest.slice(end + 2)
        if (this.data) this.take_data(line)
        else if (this.awaits_proof) this.log_in(line)
        else this.obey(line)
      }
    })
  }

  private say(line: string) {
    this.socket.write(`${line}\r\n`)
  }

  private obey(line: string) {
    const [verb = '', ...words] = line.split(' ')
    const rest = words.join(' ')
    switch (verb.toUpperCase()) {
      case 'EHLO':
        return this.say(
          this.is_encrypted ? '250-mail.example.cn\r\n250-AUTH PLAIN\r\n250 8BITMIME' : '250-mail.example.cn\r\n250 STARTTLS',
        )
      case 'STARTTLS':
        return this.encrypt()
      case 'AUTH':
        return this.log_in(rest)
      case 'MAIL':
        this.from = /<(.*)>/.exec(rest)![1]!
        return this.say(this.is_logged_in ? '250 OK' : '530 Authentication required')
      case 'RCPT':
        this.to = /<(.*)>/.exec(rest)![1]!
        return this.say(this.to.startsWith('unknown@') ? '550 No such user' : '250 OK')
      case 'DATA':
        if (this.server.failures-- > 0) return this.say('451 Try again later')
        this.data = []
        return this.say('354 Go ahead')
      case 'RSET':
      case 'NOOP':
        return this.say('250 OK')
      case 'QUIT':
        this.say('221 Bye')
        return void this.socket.end()
      default:
        return this.say('502 Unknown')
    }
  }

  private encrypt() {
    this.say('220 Go ahead')
    this.socket.removeAllListeners('data')
    this.socket = this.secure(this.socket)
    this.socket.on('error', () => {})
    this.is_encrypted = true
    this.listen()
  }

  /** With the proof in the same line, or in the next one (RFC 4954). */
  private log_in(words: string) {
    this.awaits_proof = words === 'PLAIN'
    if (this.awaits_proof) return this.say('334 ')
    const [, name, password] = Buffer.from(words.replace(/^PLAIN /, ''), 'base64')
      .toString()
      .split('\0')
    this.is_logged_in = name === user && password === secret
    this.say(this.is_logged_in ? '235 Welcome' : '535 Wrong')
  }

  private take_data(line: string) {
    if (line !== '.') return void this.data!.push(line)
    const all = this.data!.join('\r\n')
    this.data = undefined
    const [head = '', body = ''] = all.split('\r\n\r\n')
    const subject = /^Subject: (.*(?:\r\n .*)*)/m.exec(head)![1]!
    this.server.mails.push({
      from: this.from,
      to: this.to,
      subject: subject
        .split('\r\n ')
        .map((word) => Buffer.from(/^=\?UTF-8\?B\?(.*)\?=$/.exec(word)![1]!, 'base64').toString())
        .join(''),
      text: Buffer.from(body, 'base64').toString(),
      was_encrypted: this.is_encrypted,
      was_logged_in: this.is_logged_in,
    })
    this.say('250 OK')
  }
}
