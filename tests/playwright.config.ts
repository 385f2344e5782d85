import { defineConfig, devices } from '@playwright/test'

// Debian's Chromium without a window of its own, which spares a third of its work; each journey in a desk's and in a phone's window.
export const chromium_options = {
  executablePath: '/usr/bin/chromium-headless-shell',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

// Those that have to do with a desk's or a phone's window as such; all others open the windows that their people have.
const in_both_windows = [
  'archives',
  'days',
  'delivery',
  'enrolment',
  'imports',
  'log_in',
  'privacy',
  'roles',
  'rooms',
  'sign_in',
  'what_if',
  'xapi',
]

export default defineConfig({
  testDir: 'browser',
  globalSetup: './harness/demo.ts',
  outputDir: '../var/test/browser',
  workers: 2, // a journey waits for half of its time
  timeout: 60_000,
  expect: { timeout: 20_000 }, // two cores carry the server, the browser and whatever else is at work
  forbidOnly: true,
  use: {
    actionTimeout: 30_000,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    screenshot: 'only-on-failure',
    trace: process.env.CONCENTRIC_TEST_TRACE ? 'on' : 'off', // costs a quarter of the time
    launchOptions: chromium_options,
  },
  projects: [
    { name: 'desk', use: { viewport: { width: 1440, height: 900 } } },
    {
      name: 'phone',
      testMatch: in_both_windows.map((name) => `${name}.spec.ts`),
      use: { ...devices['Pixel 7'], launchOptions: chromium_options, locale: 'zh-CN' },
    },
  ],
})
