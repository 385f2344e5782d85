// Every room of the console with a county that looks lived in: nothing that assistive technology stumbles over, nothing to scroll sideways, nothing
// left in the other language, no request that failed.
import { expect, type Page } from '@playwright/test'
import { demo_password, enter, expect_accessible, expect_no_sideways_scrolling, test } from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { type Server } from '../harness/server.ts'

let server: Server
test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-rooms' })
})
test.afterAll(() => server?.stop())

const rooms = {
  official: [
    '/',
    '/indicators',
    '/plans',
    '/plans/new',
    '/entries',
    '/organisations',
    '/people',
    '/posts',
    '/turns',
    '/transfers',
    '/unplaced',
    '/former-pupils',
    '/imports',
    '/accounts',
    '/roles',
    '/roles?tab=matrix',
    '/audit',
    '/seals',
    '/privacy',
    '/privacy/requests',
    '/account',
    '/learning',
    '/courses',
    '/activities',
    '/activities?view=month',
    '/training-menu',
    ...['members', 'applied', 'waiting', 'bookings', 'ratings', 'settings'].map((tab) => `/instructors?tab=${tab}`),
    '/inbox',
    '/notices',
    '/notice-burden',
    '/visit-campaigns',
    '/calendar-days',
  ],
  principal: ['/', '/families?tab=twice', '/my-tutoring', '/bookings', '/my-teaching', '/visit-campaigns'],
  teacher: [
    '/',
    ...['requests', 'items', 'times', 'ratings', 'me'].map((tab) => `/my-teaching?tab=${tab}`),
    '/visit-duties',
    '/my-calendar?view=agenda',
    '/activities?view=past',
    '/my-activities',
    ...['requests', 'changes', 'codes', 'invitations', 'checks'].map((tab) => `/families?tab=${tab}`),
  ],
  parent: [
    '/',
    '/my-family',
    '/my-family/data',
    '/my-family/consents',
    '/my-visits',
    '/my-calendar',
    '/join',
    '/inbox',
    '/my-notices',
    '/learning',
    '/my-learning',
    '/activities',
    '/my-activities',
    '/training-menu',
    '/bookings',
    '/bookings?side=attended',
  ],
  grandmother: ['/my-family', '/my-family/data'],
}

function failed_requests(page: Page): string[] {
  const failed: string[] = []
  page.on('response', (answer) => {
    if (answer.status() >= 400 && answer.url().includes('/api/')) failed.push(`${answer.status()} ${answer.url()}`)
  })
  page.on('pageerror', (error) => failed.push(String(error)))
  return failed
}

for (const language of ['zh-CN', 'en'] as const)
  test.describe(language, () => {
    test.use({ locale: language })

    for (const [user, paths] of Object.entries(rooms))
      test(`every room of ${user} is whole`, async ({ page }, information) => {
        test.setTimeout(300_000)
        const failed = failed_requests(page)
        await enter(page, server, user, demo_password)
        await page.addInitScript((chosen) => localStorage.setItem('language', chosen), language)
        // A look takes seconds: of the four pairs of language and window, two have both languages and both windows in them.
        const looks_closely = (language === 'zh-CN') === (information.project.name === 'desk')

        for (const path of paths)
          await test.step(path, async () => {
            await page.goto(server.address + path)
            await expect(page.locator('h1').first()).toBeVisible()
            await page.waitForLoadState('networkidle')
            if (looks_closely) await expect_accessible(page)
            await expect_no_sideways_scrolling(page)
          })

        expect(failed).toEqual([])
      })
  })

test('from the table of obligations to the missing pupils and the entries behind the figure', async ({ page }) => {
  const failed = failed_requests(page)
  await enter(page, server, 'official', demo_password)
  await page.goto(`${server.address}/indicators`)
  await page.getByRole('link', { name: '每生每学期至少一次教师入户家访', exact: true }).first().click()

  await expect(page.getByRole('heading', { level: 1 })).toContainText('每生每学期至少一次教师入户家访')
  await expect(page.getByText('每生每期至少有一次教师入户家访')).toBeVisible()
  await page.getByRole('tab', { name: /依据/ }).click()

  await expect(page.getByText('入户家访').first()).toBeVisible()
  expect(failed).toEqual([])
})

test('a class teacher sees the own class and no other', async ({ page }) => {
  await enter(page, server, 'teacher', demo_password)
  await page.goto(`${server.address}/people`)
  await page.waitForLoadState('networkidle')

  const classes = await page.request.get(`${server.address}/api/organisations?kind=class`)
  expect((await classes.json()).items).toHaveLength(1)
  expect((await page.request.get(`${server.address}/api/plans`)).status()).toBe(200)
  expect((await page.request.get(`${server.address}/api/audit`)).status()).toBe(403)
})
