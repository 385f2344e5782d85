// Windows of people who are logged in already, and what a camera reads of a picture in them.
import read_picture from 'jsqr'
import type { Browser, BrowserContext, Locator, Page } from '@playwright/test'
import type { Server } from './server.ts'
import type { Visitor } from './visitor.ts'

export const phone_size = { width: 390, height: 844 }
export const desk_size = { width: 1440, height: 900 }

/** A phone also keeps the app for when the net is gone. */
export async function own_window(
  browser: Browser,
  server: Server,
  person: Visitor,
  viewport = phone_size,
): Promise<{ context: BrowserContext; page: Page }> {
  const is_phone = viewport.width < 600
  const context = await browser.newContext({
    viewport,
    hasTouch: is_phone,
    isMobile: is_phone,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    serviceWorkers: is_phone ? 'allow' : 'block',
  })
  await context.addCookies([{ name: 'concentric_session', value: person.token!, url: server.address, httpOnly: true }])
  return { context, page: await context.newPage() }
}

/** What a camera reads. */
export async function text_in(picture: Locator): Promise<string> {
  const side = 600
  const dots = await picture.evaluate(async (image: HTMLImageElement, side) => {
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side })
    const pen = canvas.getContext('2d')!
    pen.drawImage(image, 0, 0, side, side)
    return [...pen.getImageData(0, 0, side, side).data]
  }, side)
  return read_picture(new Uint8ClampedArray(dots), side, side)?.data ?? ''
}
