// Thousands of phones listen while notices go out and the server is killed under them: all have to come back, and each has to have
// seen every notice once.
import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseKind } from '../harness/database.ts'
import { eventually } from '../harness/eventually.ts'
import { draft, without_quiet_hours } from '../harness/notices.ts'
import { Phone } from '../harness/phone.ts'
import { Server } from '../harness/server.ts'
import { turnstile } from '../harness/turnstile.ts'
import type { Visitor } from '../harness/visitor.ts'
import { carers_logged_in } from './carers.ts'
import { faults_in } from './faults.ts'

export interface Listening {
  database: DatabaseKind
  phones: number
  crashes: number
}

const patience = 300 // seconds; what a killed server had begun is taken over after one minute

export async function listen_through_crashes({ database, phones: count, crashes }: Listening): Promise<string[]> {
  const server = await Server.prepare({ name: 'soak-listening', database, settings: ['--log-requests', 'false'] })
  await server.command('demo', '--schools', '12', '--pupils', String(count), '--entries', '1000')
  await server.start()
  const official = await server.log_in('official', 'tongxin-shu-2026')
  await without_quiet_hours(official)
  const phones = await switch_on(server, official, count)
  try {
    await all_back(phones, 1)
    const titles = await tell_through_crashes(server, official, phones, crashes)
    await eventually(async () => phones.every((phone) => titles.every((title) => phone.count(title) > 0)), patience).catch(() => {})
    return faults_of(phones, titles)
  } finally {
    for (const phone of phones) phone.switch_off()
    await server.stop()
  }
}

async function switch_on(server: Server, official: Visitor, count: number): Promise<Phone[]> {
  const in_turn = turnstile(64)
  return (await carers_logged_in(server, official, count)).map((person) => new Phone(server, person, { in_turn }))
}

/** A notice before each crash, and one after the last; the crash comes while the notice goes out, or soon after. */
async function tell_through_crashes(server: Server, official: Visitor, phones: Phone[], crashes: number): Promise<string[]> {
  const titles: string[] = []
  const tell = async () => {
    const { id } = await draft(official, { title: `第${titles.length + 1}号通知` })
    titles.push(`第${titles.length + 1}号通知`)
    await official.call('PUT /notices/{id}/sending', { path: { id } })
  }
  for (let crash = 1; crash <= crashes; ++crash) {
    await tell()
    await sleep(Math.random() * 1500)
    await server.kill9()
    await server.start()
    const from = performance.now()
    await all_back(phones, crash + 1)
    console.log(`  crash ${crash}: the last of ${phones.length} was back ${((performance.now() - from) / 1000).toFixed(1)} s later`)
  }
  await tell()
  return titles
}

const all_back = (phones: Phone[], connections: number) =>
  eventually(async () => phones.every((phone) => phone.connections >= connections), patience)

function faults_of(phones: Phone[], titles: string[]): string[] {
  const counts = phones.flatMap((phone) => titles.map((title) => phone.count(title)))
  const missed = counts.filter((count) => count === 0).length
  const doubled = counts.filter((count) => count > 1).length
  console.log(`  ${phones.length} phones, ${titles.length} notices: ${counts.length - missed - doubled} seen once`)
  return faults_in({ missed, 'seen twice': doubled })
}
