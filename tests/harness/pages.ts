// What a person does at the console, in the words that they read there.
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { join } from 'node:path'
import { root, type Server } from './server.ts'

export const console_settings = ['--console', join(root, 'web/console/dist')]

export async function log_in(page: Page, server: Server, name: string, password: string): Promise<void> {
  await page.goto(`${server.address}/log-in`)
  await page.getByLabel('用户名或手机号').fill(name)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录' }).click()
}

/** What assistive technology would stumble over on the page as it stands. */
export async function expect_accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([])
}

/** A page that must be scrolled sideways is broken on a phone. */
export async function expect_no_sideways_scrolling(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
}
