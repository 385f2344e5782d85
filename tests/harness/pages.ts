// What a person does at the console, in the words that they read there.
import AxeBuilder from '@axe-core/playwright'
import { expect, test as journey, type Browser, type Locator, type Page } from '@playwright/test'
import { join } from 'node:path'
import { root, type Server } from './server.ts'

/** A journey whose windows close when it ends: a page that was left open would go on asking a server that is long gone. */
export const test = journey.extend<{ windows: void }>({
  windows: [
    async ({ browser }, use) => {
      await use()
      await Promise.all(browser.contexts().map((window) => window.close()))
    },
    { auto: true },
  ],
})

/** Everybody's in the demo county. */
export const demo_password = 'tongxin-shu-2026'

export const console_settings = ['--console', join(root, 'web/console/dist')]

export async function log_in(page: Page, server: Server, name: string, password: string): Promise<void> {
  await page.goto(`${server.address}/log-in`)
  await page.getByLabel('用户名或手机号').fill(name)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录' }).click()
}

/** What Lighthouse's accessibility audits ask beyond WCAG A and AA; with these, a page without faults has its 100 points. */
const beyond_wcag = [
  'accesskeys',
  'aria-allowed-role',
  'aria-dialog-name',
  'aria-text',
  'aria-treeitem-name',
  'heading-order',
  'image-redundant-alt',
  'label-content-name-mismatch',
  'meta-viewport',
  'skip-link',
  'tabindex',
  'table-duplicate-name',
  'target-size',
]

/** The same as expect_accessible, and what Lighthouse's audits ask beyond it. */
export const expect_full_marks = (page: Page): Promise<void> => expect_accessible(page, beyond_wcag)

/** In the page: what has an end; uni-app's fetching of its shadows, out of sight for three seconds, changes nothing. */
const animations_under_way = () =>
  document
    .getAnimations()
    .filter((one) => one.playState === 'running' && one.effect!.getComputedTiming().endTime !== Infinity)
    .filter((one) => !(one instanceof CSSAnimation && one.animationName === 'shadow-preload')).length

/** What assistive technology would stumble over on the page as it stands; what is half faded in or out is no page that anybody reads. */
export async function expect_accessible(page: Page, more_rules: string[] = []): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expect.poll(() => page.evaluate(animations_under_way)).toBe(0)
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode() // without frames from elsewhere, a second window to sum up in would only take time
    .options({
      resultTypes: ['violations'], // of the others, nobody asks where they are
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] },
      rules: Object.fromEntries(more_rules.map((rule) => [rule, { enabled: true }])),
    })
    .analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([])
}

/** A page that must be scrolled sideways is broken on a phone; one whose window was turned takes a moment to settle. */
export async function expect_no_sideways_scrolling(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
}

/** What everybody does at their first log-in; gives the password that counts from then on. */
export async function set_first_password(page: Page, one_time: string): Promise<string> {
  const own = 'Plum-blossom-2026'
  await page.getByLabel('当前密码').fill(one_time)
  await page.getByLabel('新密码', { exact: true }).fill(own)
  await page.getByLabel('再输一次新密码').fill(own)
  await page.getByRole('button', { name: '修改密码' }).click()
  await expect(page.getByText('密码已修改').first()).toBeVisible()
  return own
}

/** Gives the page's file field a file. */
export async function upload(page: Page, name: string, buffer: Uint8Array): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(buffer) })
}

/** Picks an option of a list by its whole words, or by how they begin; a list that closes while its page still moves is opened again. */
export async function choose(page: Page, list: Locator, words: string, { is_start = false } = {}): Promise<void> {
  const field = list.locator('xpath=ancestor::*[contains(@class, "el-select__wrapper")]') // what is chosen lies over the list's own input
  const option = page
    .locator('.el-select-dropdown:visible')
    .getByRole('option', is_start ? { name: new RegExp(`^${words}(（|$)`) } : { name: words, exact: true })
  await expect(async () => {
    if (!(await option.isVisible())) await field.click({ timeout: 2000 })
    await option.click({ timeout: 2000 })
  }).toPass()
}

/** Fills a drawer in and sends it; returns when it is gone. */
export async function fill_drawer(
  page: Page,
  title: string,
  fill: (drawer: Locator) => Promise<void>,
  send = '保存',
): Promise<void> {
  const drawer = page.getByRole('dialog', { name: title })
  await fill(drawer)
  await drawer.getByRole('button', { name: send, exact: true }).click()
  await expect(drawer).toBeHidden()
}

/** Logged in without the log-in page, for journeys that begin further on. */
export async function enter(page: Page, server: Server, name: string, password: string): Promise<void> {
  const answer = await page.request.post(`${server.address}/api/sessions`, {
    data: { name, password },
    headers: { origin: server.address },
  })
  expect(answer.status()).toBe(201)
}

/**
 * `const as = pages_of(() => server)` lets a journey open a page in a window of its own as whoever it names, logged in;
 * what the page shows first is the journey's to choose.
 */
export function pages_of(server: () => Server) {
  return async (
    browser: Browser,
    user: string,
    viewport = { width: 1440, height: 900 },
    locale = 'zh-CN',
    password = demo_password,
  ): Promise<Page> => {
    const page = await (await browser.newContext({ viewport, locale, acceptDownloads: true })).newPage()
    await enter(page, server(), user, password)
    return page
  }
}
