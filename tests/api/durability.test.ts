import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { entries_about } from '../harness/book.ts'
import { make_county, type County } from '../harness/county.ts'
import { load_plan, small_plan } from '../harness/plans.ts'

let county: County
beforeAll(async () => {
  county = await make_county({ name: 'durability' })
  await load_plan(county.official, small_plan)
})
afterAll(() => county?.server.stop())

interface Writer {
  acknowledged: string[]
  sent: string[]
}

/** Appends one entry after the other until the server is gone. */
async function write_until_it_dies(pupil: string, name: string): Promise<Writer> {
  const writer: Writer = { acknowledged: [], sent: [] }
  for (let number = 0; ; ++number) {
    const source = `${name}-${number}`
    const body = { kind: 'visit.phone', happened_at: '2026-03-02T18:00:00+08:00', student: pupil, source }
    writer.sent.push(source)
    try {
      const answer = await county.east.leader.send('POST', '/api/entries', { body })
      if (answer.status === 201) writer.acknowledged.push(source)
    } catch {
      return writer
    }
  }
}

async function stored_sources(pupil: string): Promise<string[]> {
  const entries = await entries_about(county.east.leader, pupil)
  return entries.map(({ source }) => source.replace(/^api:/, ''))
}

test('what was acknowledged before the power failed is there once, and nothing else that was not sent', async () => {
  const pupil = county.east.pupils[0]!.id
  for (const round of [1, 2, 3]) {
    const writers = Array.from({ length: 16 }, (_, at) => write_until_it_dies(pupil, `round${round}-writer${at}`))
    await sleep(400)

    await county.server.kill9()
    const written = await Promise.all(writers)
    await county.server.start()

    const stored = (await stored_sources(pupil)).filter((source) => source.startsWith(`round${round}-`))
    const acknowledged = written.flatMap((writer) => writer.acknowledged)
    expect(acknowledged.length).toBeGreaterThan(0)
    expect(stored).toHaveLength(new Set(stored).size)
    expect(acknowledged.filter((source) => !stored.includes(source))).toEqual([])
    expect(stored.filter((source) => !written.some((writer) => writer.sent.includes(source)))).toEqual([])
  }

  await county.server.stop_serving()
  expect(await county.server.command('rebuild', '--check')).not.toMatch(/differ/i)
  await county.server.start()
})

test('a polite stop finishes what was begun', async () => {
  const pupil = county.east.pupils[1]!.id
  const writers = Array.from({ length: 16 }, (_, at) => write_until_it_dies(pupil, `polite-writer${at}`))
  await sleep(300)

  await county.server.restart()

  const written = await Promise.all(writers)
  const stored = await stored_sources(pupil)
  expect(written.flatMap((writer) => writer.acknowledged).filter((source) => !stored.includes(source))).toEqual([])
})
