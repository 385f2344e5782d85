// One pupil's growth book: the family reads and keeps it on its phone, the class teacher prints it at a desk, and it goes along to the next
// school, where the family finds it as it was.
import { expect, type Browser, type Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'
import { console_settings, expect_accessible, expect_full_marks, expect_no_sideways_scrolling, test } from '../harness/pages.ts'
import { day_from_now, start_campaign, visits_of } from '../harness/visits.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let family: Family
let teacher: Visitor

test.beforeAll(async () => {
  county = await make_county({ name: 'browser-growth-book', settings: console_settings })
  const { server, official, east } = county
  family = await make_family(server, official, east)
  ;({ leader: teacher } = await add_staff(server, official, east.class, 'class_teacher', '赵老师'))
  const happened_at = new Date(Date.now() - 86_400_000).toISOString()
  const add = (kind: string, more: object) =>
    east.leader.call('POST /entries', { body: { kind, happened_at, student: family.child, ...more } })
  await add('service.community', { minutes: 90 })
  await add('attended.parent_child', { minutes: 120 })
  const { id } = await start_campaign(east.leader, east.id)
  const visit = (await visits_of(teacher, id)).find(({ student }) => student.id === family.child)!
  await teacher.call('PUT /visits/{id}/record', {
    path: { id: visit.id },
    body: {
      form: 'home',
      held_at: new Date(Date.now() - 3_600_000).toISOString(),
      minutes: 40,
      present: '妈妈',
      environment: 'attention',
      relation: 'good',
      behaviour: 'good',
      mind: 'attention',
      strengths: '爱看书',
      needs: '经济困难',
      talk: '父母分居',
      advice: '',
      points: [{ side: 'family', words: '九点半睡觉' }],
    },
  })
})
test.afterAll(() => county?.server.stop())
test.setTimeout(180_000)

async function window_of(browser: Browser, person: Visitor, is_phone: boolean): Promise<Page> {
  const context = await browser.newContext({
    viewport: is_phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    hasTouch: is_phone,
    isMobile: is_phone,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
    serviceWorkers: 'block',
  })
  await context.addCookies([{ name: 'concentric_session', value: person.token!, url: county.server.address, httpOnly: true }])
  return context.newPage()
}

/** What a book that is handed on shows, and what it never shows. */
async function is_the_book(page: Page) {
  await expect(page.getByText('社区服务').first()).toBeVisible()
  await expect(page.getByText('九点半睡觉')).toBeVisible()
  for (const kept_back of ['经济困难', '父母分居', '爱看书']) await expect(page.getByText(kept_back)).toHaveCount(0)
}

test('the family opens it on the phone, the school prints it, and it moves along with the pupil', async ({ browser }) => {
  const phone = await window_of(browser, family.mother, true)
  const book = `${county.server.address}/m/pages/growth?id=${family.child}`

  await test.step('on the phone of the family', async () => {
    await phone.goto(`${county.server.address}/m/pages/child?id=${family.child}`)
    await phone.getByRole('button', { name: '成长册' }).click()
    await expect(phone.getByRole('heading', { name: `${family.child_name} 成长册` })).toBeVisible()
    await is_the_book(phone)
    await expect_full_marks(phone)
    await expect_no_sideways_scrolling(phone)
    const answer = phone.context().waitForEvent('response', (one) => one.url().endsWith('/growth-book.pdf'))
    await phone.getByRole('button', { name: '下载打印（PDF）' }).click()
    expect((await answer).status()).toBe(200)
  })

  await test.step('at the desk of the class teacher', async () => {
    const desk = await window_of(browser, teacher, false)
    await desk.goto(`${county.server.address}/people/${family.child}`)
    await desk.getByRole('link', { name: '成长册' }).click()
    await is_the_book(desk)
    await expect_accessible(desk)
    const download = desk.waitForEvent('download')
    await desk.getByRole('button', { name: '打印' }).click()
    const file = await download
    expect(file.suggestedFilename()).toBe(`${family.child_name} 成长册.pdf`)
    expect((await readFile(await file.path())).subarray(0, 5).toString()).toBe('%PDF-')
  })

  await test.step('the pupil moves to the other school', async () => {
    const { east, west } = county
    const body = { student: family.child, to_school: west.id, on: day_from_now(0), reason: '随父母迁居' }
    const { id } = await east.leader.call('POST /transfers', { body })
    const desk = await window_of(browser, west.leader, false)
    await desk.goto(`${county.server.address}/transfers?box=incoming&state=asked`)
    await desk.getByRole('row').nth(1).getByRole('button').click()
    // Before the answer the file is not the new school's to read.
    expect((await west.leader.send('GET', `/api/students/${family.child}/growth-book`)).status).toBe(404)
    await west.leader.call('PUT /transfers/{id}/acceptance', { path: { id }, body: { class: west.class } })
    await desk.goto(`${county.server.address}/people/${family.child}/growth-book`)
    await expect(desk.getByText('城东小学').first()).toBeVisible()
    await expect(desk.getByText('城西小学').first()).toBeVisible()
    await is_the_book(desk)
    expect((await east.leader.send('GET', `/api/students/${family.child}/growth-book`)).status).toBe(404)
  })

  await test.step('and the family reads it as before, with both schools', async () => {
    await phone.goto(book)
    await expect(phone.getByText('城西小学').first()).toBeVisible()
    await expect(phone.getByText('城东小学').first()).toBeVisible()
    await is_the_book(phone)
  })

  await test.step('with a sealed file it goes to a school on another platform', async () => {
    await phone.getByRole('button', { name: '带到别的平台的学校' }).click()
    await phone.getByRole('button', { name: /我是监护人/ }).click()
    const download = phone.waitForEvent('download')
    await phone.getByRole('button', { name: '生成加密文件' }).click()
    const file = await (await download).path()
    const passphrase = await phone.locator('.passphrase').innerText()
    await expect_full_marks(phone)
    await expect_no_sideways_scrolling(phone)

    // The same platform stands for the other one: a book knows no difference.
    const desk = await window_of(browser, county.west.leader, false)
    await desk.goto(`${county.server.address}/people/${county.west.pupils[0]!.id}/growth-book`)
    await desk.getByRole('button', { name: '接收外来成长册' }).click()
    const drawer = desk.getByRole('dialog', { name: '接收外来成长册' })
    await drawer.locator('input[type=file]').setInputFiles(file)
    await drawer.getByLabel('口令（家长手里的）').fill(passphrase)
    await drawer.getByRole('button', { name: '打开核对' }).click()
    await expect(drawer.getByText(`册上的姓名是${family.child_name}`)).toBeVisible()
    const take_in = drawer.getByRole('button', { name: /收进李梅的成长册/ })
    await expect(take_in).toBeDisabled()
    await drawer.getByText('已核对，是同一个人').click()
    await expect_accessible(desk)
    await take_in.click()
    await expect(drawer).toBeHidden()
    await expect(desk.getByRole('heading', { name: '此前：梅岭县' })).toBeVisible()
    await desk.getByRole('button', { name: '撤回接收' }).click()
    await desk.locator('.el-popconfirm').getByRole('button').last().click()
    await expect(desk.getByRole('heading', { name: '此前：梅岭县' })).toHaveCount(0)
  })
})
