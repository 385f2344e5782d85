// Lighthouse's own verdict on a page as a phone shows it to somebody who is logged in.
import { chromium, type BrowserContext } from '@playwright/test'
import lighthouse from 'lighthouse'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium_options } from '../playwright.config.ts'
import { free_port } from './server.ts'

/** A Chromium whose windows share one jar of cookies, with a port by which Lighthouse opens windows of its own in it. */
export class MeasuredBrowser {
  private constructor(
    readonly context: BrowserContext,
    private readonly port: number,
    private readonly folder: string,
  ) {}

  static async open(): Promise<MeasuredBrowser> {
    const [port, folder] = [await free_port(), await mkdtemp(join(tmpdir(), 'concentric-lighthouse-'))]
    const context = await chromium.launchPersistentContext(folder, {
      ...chromium_options,
      args: [...chromium_options.args, `--remote-debugging-port=${port}`],
      locale: 'zh-CN',
      serviceWorkers: 'block',
    })
    return new MeasuredBrowser(context, port, folder)
  }

  /** The audits of the accessibility category that the page does not pass, with where they are not; none: 100 points. */
  async faults_of(url: string): Promise<string[]> {
    const result = await lighthouse(url, {
      port: this.port,
      onlyCategories: ['accessibility'],
      formFactor: 'mobile',
      screenEmulation: { mobile: true, width: 390, height: 844, deviceScaleFactor: 2, disabled: false },
      throttlingMethod: 'simulate', // slows nothing down, and waits a second instead of five for a page to be quiet
      disableStorageReset: true, // the log-in stays
      disableFullPageScreenshot: true,
      logLevel: 'error',
      output: 'json',
    })
    const { audits, categories, runtimeError, finalDisplayedUrl } = result!.lhr
    if (runtimeError || finalDisplayedUrl !== url)
      throw new Error(`${url} was not looked at: ${runtimeError?.message ?? `it led to ${finalDisplayedUrl}`}`)
    const { score, auditRefs } = categories.accessibility!
    if (score === 1) return []
    return auditRefs
      .filter(({ id, weight }) => weight > 0 && audits[id]!.score === 0)
      .map(({ id }) => `${id}: ${JSON.stringify(audits[id]!.details).slice(0, 600)}`)
      .concat(`score ${score}`)
  }

  async close(): Promise<void> {
    await this.context.close()
    await rm(this.folder, { recursive: true, force: true })
  }
}
