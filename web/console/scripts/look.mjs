// Opens every page of a running console in Chromium, takes its picture and has axe look for barriers.
// node scripts/look.mjs ADDRESS FOLDER [PAGES], with pages as words out of their names: node scripts/look.mjs http://127.0.0.1:8080 /tmp/shots indicators
import AxeBuilder from '@axe-core/playwright'
import { mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [address = 'http://127.0.0.1:8080', folder = 'shots', only = ''] = process.argv.slice(2)
const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const ask = async (path) => (await fetch(`${address}/api${path}`)).json()
const [first_pupil] = (await ask('/people?kind=student&limit=1')).items
const [first_staff] = (await ask('/people?kind=staff&limit=1')).items
const [school] = (await ask('/organisations?kind=school&limit=1')).items
const plans = (await ask('/plans')).items
const imports = (await ask('/imports?kind=roster')).items
const import_in = (state) => imports.find((item) => item.state === state)?.id

const pages = {
  workbench: '/',
  indicators: '/indicators',
  indicators_school: `/indicators?organisation=${school.id}&state=at_risk`,
  indicator: '/indicators/1',
  indicator_basis: '/indicators/1?tab=basis',
  plans: '/plans',
  plan: `/plans/${plans[0]?.id}`,
  plan_milestones: `/plans/${plans[0]?.id}?tab=milestones`,
  plan_file: `/plans/${plans[0]?.id}?tab=file`,
  plan_new: '/plans/new',
  entries: '/entries',
  organisations: '/organisations',
  organisation: `/organisations/${school.id}`,
  people: '/people',
  people_none: '/people?q=zzz',
  pupil: `/people/${first_pupil?.id}`,
  staff: `/people/${first_staff?.id}`,
  imports: '/imports',
  import_mapping: `/imports/${import_in('mapping')}`,
  import_preview: `/imports/${import_in('previewed')}`,
  import_result: `/imports/${import_in('applied')}`,
  accounts: '/accounts',
  roles: '/accounts?tab=roles',
  audit: '/audit',
  account: '/account',
  not_found: '/nowhere',
}
const looks = [
  { name: 'zh', language: 'zh-CN', theme: 'light' },
  { name: 'en', language: 'en', theme: 'light' },
  { name: 'dark', language: 'zh-CN', theme: 'dark' },
  { name: 'large', language: 'zh-CN', theme: 'light', type_size: 'large' },
]

mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium-headless-shell', args: flags })
let barriers = 0
for (const [size_name, viewport] of Object.entries(sizes)) {
  for (const look of looks) {
    if (process.env.LOOKS && !process.env.LOOKS.split(',').includes(look.name)) continue
    const context = await browser.newContext({ viewport, locale: 'zh-CN', reducedMotion: 'reduce' })
    await context.addInitScript(
      (wanted) => Object.entries(wanted).forEach(([name, value]) => localStorage.setItem(name, value)),
      look,
    )
    const page = await context.newPage()
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && console.log('console:', message.text()))
    page.on('pageerror', (error) => console.log('error:', error.message))
    for (const [name, path] of Object.entries(pages)) {
      if (only && !only.split(',').some((word) => name === word)) continue
      await page.goto(address + path, { waitUntil: 'networkidle' })
      await page.waitForTimeout(250)
      await page.screenshot({ path: `${folder}/${name}-${size_name}-${look.name}.png`, fullPage: process.env.WHOLE === '1' })
      const too_wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
      if (too_wide) console.log(`${name} ${size_name} ${look.name}: wider than the window`)
      if (process.env.AXE === '0') continue
      const { violations } = await new AxeBuilder({ page }).analyze()
      for (const violation of violations) {
        barriers++
        console.log(
          `${name} ${size_name} ${look.name}: ${violation.id} (${violation.impact}) ${violation.nodes
            .slice(0, 3)
            .map((node) => node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? ''))
            .join('\n    ')}`,
        )
      }
    }
    await context.close()
  }
}
await browser.close()
console.log(`${barriers} barriers`)
process.exitCode = barriers > 0 ? 1 : 0
