// A gateway for short messages that speaks HTTP, checks who asks, and can be out of order.
import { createHmac } from 'node:crypto'
import { eventually } from './eventually.ts'
import { StandIn } from './stand_in.ts'

const secret = 'gateway-secret'

export class MessageGateway {
  /** What arrived on each phone. */
  readonly messages: { phone: string; text: string }[] = []
  /** So many requests are answered with 503 before it works again. */
  failures = 0
  private stand_in!: StandIn

  static async start(): Promise<MessageGateway> {
    const gateway = new MessageGateway()
    gateway.stand_in = await StandIn.start(({ headers, body }, reply) => {
      const signed = `${headers['x-concentric-timestamp']}.${body}`
      const signature = `sha256=${createHmac('sha256', secret).update(signed).digest('hex')}`
      if (gateway.failures-- > 0) return void reply.writeHead(503).end()
      if (headers['x-concentric-signature'] !== signature) return void reply.writeHead(401).end()
      const { to, content } = JSON.parse(body)
      gateway.messages.push({ phone: to, text: content })
      reply.end(JSON.stringify({ result: 'OK' }))
    })
    return gateway
  }

  get settings(): string[] {
    return [
      ...['--sms-sender', 'http', '--sms-url', `${this.stand_in.address}/send`, '--sms-secret', secret, '--sms-success', '"OK"'],
      ...['--sms-headers', 'Content-Type: application/json', '--sms-body', '{"to":"{phone}","content":"{text}"}'],
    ]
  }

  /** The six digits of the newest message to the phone, once there are `count` of them. */
  async code_for(phone: string, count = 1): Promise<string> {
    await eventually(async () => this.to(phone).length >= count)
    return /\d{6}/.exec(this.to(phone).at(-1)!)![0]
  }

  to(phone: string): string[] {
    return this.messages.filter((message) => message.phone === phone).map(({ text }) => text)
  }

  stop(): Promise<void> {
    return this.stand_in.stop()
  }
}
