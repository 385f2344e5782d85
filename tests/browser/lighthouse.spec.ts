// The phone app's main pages, judged by Lighthouse itself: 100 points for accessibility on each.
import { expect, test } from '@playwright/test'
import { start_demo } from '../harness/demo.ts'
import { publish_form } from '../harness/forms.ts'
import { MeasuredBrowser } from '../harness/lighthouse.ts'
import { send, without_quiet_hours } from '../harness/notices.ts'
import { demo_password as password, enter } from '../harness/pages.ts'
import type { Server } from '../harness/server.ts'

let server: Server
let browser: MeasuredBrowser
let pages: string[]

test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-lighthouse' })
  const official = await server.log_in('official', password)
  await without_quiet_hours(official)
  const notice = await send(official, { ask: 'confirm' })
  const form = await publish_form(official, 'survey', { audience: 'families' })
  const parent = await server.log_in('parent', password)
  const [conversation] = (await parent.call('GET /conversations', { query: {} })).items
  pages = [
    ...['home', 'to_dos', 'learning', 'activities', 'messages', 'me'],
    `notice?id=${notice.id}`,
    `form?id=${form.id}`,
    `conversation?id=${conversation!.id}`,
  ]
  browser = await MeasuredBrowser.open()
})
test.afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

test('Lighthouse gives the main pages of the phone 100 points for accessibility', async () => {
  test.setTimeout(300_000)
  await enter(await browser.context.newPage(), server, 'parent', password)

  const faults: Record<string, string[]> = {}
  for (const page of pages) {
    const found = await browser.faults_of(`${server.address}/m/pages/${page}`)
    if (found.length) faults[page] = found
  }

  expect(faults).toEqual({})
})
