// A class teacher posts a picture from her phone; the mother sees, answers and reports; a family without consent keeps its child out of
// pictures; the principal settles the report at her desk.
import { expect, type Browser, type Page } from '@playwright/test'
import { add_staff, make_county, type County } from '../harness/county.ts'
import { make_family, type Family } from '../harness/families.ts'
import { answer_for_pictures, ask_for_pictures, photograph_file, post } from '../harness/feed.ts'
import { choose, console_settings, expect_accessible, expect_no_sideways_scrolling, test } from '../harness/pages.ts'
import type { Visitor } from '../harness/visitor.ts'

let county: County
let teacher: Visitor
let family: Family
let other: Family
test.beforeAll(async () => {
  county = await make_county({ name: 'browser-feed', settings: console_settings })
  const { server, official, east } = county
  await ask_for_pictures(county)
  teacher = (await add_staff(server, official, east.class, 'class_teacher', '周敏')).leader
  family = await make_family(server, official, east)
  other = await make_family(server, official, east)
  await answer_for_pictures(family, 'given')
})
test.afterAll(() => county?.server.stop())
test.use({ actionTimeout: 15_000 })
test.setTimeout(180_000)

async function page_of(browser: Browser, visitor: Visitor, is_phone = true): Promise<Page> {
  const context = await browser.newContext({
    viewport: is_phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    serviceWorkers: 'block',
  })
  await context.addCookies([{ name: 'concentric_session', value: visitor.token!, url: county.server.address }])
  return context.newPage()
}
const phone_page = (name: string) => `${county.server.address}/m/pages/${name}`

test('from the camera of the teacher to the desk of the principal', async ({ browser }) => {
  const teachers = await page_of(browser, teacher)
  await teachers.goto(phone_page('feed'))
  await teachers.getByRole('button', { name: '发动态' }).click()
  await teachers.getByLabel('今天发生了什么').fill('科学课种豆子。')
  await teachers.getByRole('button', { name: family.child_name, exact: true }).click()
  await teachers.getByRole('button', { name: `${other.child_name}，家长未同意出镜` }).click()
  const chooser = teachers.waitForEvent('filechooser')
  await teachers.getByRole('button', { name: '拍照或从相册选' }).click()
  await (await chooser).setFiles(photograph_file)
  const shown = teachers.getByRole('group', { name: '照片里有谁 1' })
  await expect(shown.getByRole('button', { name: family.child_name })).toHaveAttribute('aria-pressed', 'true')
  await expect(shown.getByRole('button', { name: other.child_name })).toHaveAttribute('aria-pressed', 'false')
  await shown.getByRole('button', { name: other.child_name }).click()
  await expect(teachers.getByRole('alert')).toContainText(other.child_name)
  await expect(teachers.getByRole('button', { name: '发布', exact: true })).toBeDisabled()
  await shown.getByRole('button', { name: other.child_name }).click()
  await expect_accessible(teachers)
  await expect_no_sideways_scrolling(teachers)
  await teachers.getByRole('button', { name: '发布', exact: true }).click()
  await expect(teachers.getByText('科学课种豆子。')).toBeVisible()

  const mother = await page_of(browser, family.mother)
  await mother.goto(phone_page('messages'))
  await mother.getByRole('button', { name: /去看看：.*有新动态/ }).click()
  await expect(mother.getByText('科学课种豆子。')).toBeVisible()
  await expect(mother.getByRole('img', { name: '第 1 张照片' })).toBeVisible()
  await expect(mother.getByText(`${family.child_name} 等，另有 1 个孩子`)).toBeVisible()
  await mother.getByRole('button', { name: '喜欢' }).click()
  await expect(mother.getByRole('button', { name: '喜欢 1' })).toHaveAttribute('aria-pressed', 'true')
  await mother.getByLabel('说点什么').fill('真好看')
  await mother.getByRole('button', { name: '发送' }).click()
  await expect(mother.getByText('真好看')).toBeVisible()
  await expect_accessible(mother)
  await mother.getByRole('button', { name: '举报这条动态' }).click()
  await mother.getByLabel('举报的原因，校领导会看到').fill('看得到门牌号')
  await mother.getByRole('button', { name: '举报', exact: true }).last().click()
  await expect(mother.getByText('已举报，学校会处理')).toBeVisible()

  const principal = await page_of(browser, county.east.leader, false)
  await principal.goto(`${county.server.address}/moment-reports`)
  await expect(principal.getByText('看得到门牌号')).toBeVisible()
  await expect_accessible(principal)
  await principal.getByRole('button', { name: '撤下' }).click()
  await principal.getByRole('textbox').last().fill('请重拍')
  await principal.getByRole('dialog').getByRole('button', { name: '撤下' }).click()
  await expect(principal.getByText('已处理')).toBeVisible()

  await mother.goto(phone_page('feed'))
  await expect(mother.getByText('科学课种豆子。')).toHaveCount(0)
})

test('at the desk a teacher posts, hides a comment and takes it back, and sees what was said before', async ({ browser }) => {
  const desk = await page_of(browser, teacher, false)
  await desk.goto(`${county.server.address}/moments`)
  await desk.getByRole('button', { name: '发动态' }).click()
  const drawer = desk.getByRole('dialog', { name: '发动态' })
  await drawer.getByLabel('今天发生了什么').fill('跳绳练习')
  await choose(desk, drawer.getByRole('combobox', { name: '动态里的孩子' }), family.child_name, { is_start: true })
  await desk.keyboard.press('Escape')
  await drawer.getByRole('button', { name: '发布', exact: true }).click()
  await expect(desk).toHaveURL(/\/moments\/\d+$/)
  await expect(desk.getByText('跳绳练习')).toBeVisible()
  const id = new URL(desk.url()).pathname.split('/').at(-1)!
  await family.mother.call('POST /moments/{id}/comments', { path: { id }, body: { words: '谁最慢？' } })

  await expect(desk.getByText('谁最慢？')).toBeVisible() // told at once
  await desk.getByRole('button', { name: '隐藏' }).click()
  await desk.getByRole('textbox').last().fill('请不要比较')
  await desk.getByRole('dialog').getByRole('button', { name: '隐藏' }).click()
  await expect(desk.getByText('已隐藏：请不要比较')).toBeVisible()
  await desk.getByRole('button', { name: '撤销' }).click()
  await expect(desk.getByText('已隐藏：请不要比较')).toHaveCount(0)
  await desk.getByRole('button', { name: '修改', exact: true }).click()
  await desk.getByRole('dialog', { name: '修改' }).getByLabel('今天发生了什么').fill('跳绳练习第三周')
  await desk.getByRole('dialog', { name: '修改' }).getByRole('button', { name: '保存' }).click()
  await expect(desk.getByText('跳绳练习第三周')).toBeVisible()
  await desk.getByRole('button', { name: '修改记录' }).click()
  await expect(desk.getByRole('dialog', { name: '修改记录' }).getByText('跳绳练习', { exact: true })).toBeVisible()
  await expect_accessible(desk)
})

test('off line, in large type, a family reads what it last saw', async ({ browser }) => {
  await post(teacher, { class: county.east.class, children: [other.child], words: '午后读书' })
  const mother = await page_of(browser, other.mother)
  await mother.addInitScript(() => localStorage.setItem('preferences', JSON.stringify({ type: 'object', data: { is_care: true } })))
  await mother.goto(phone_page('feed'))
  await expect(mother.getByText('午后读书')).toBeVisible()
  await expect_no_sideways_scrolling(mother)

  await mother.route('**/api/**', (route) => route.abort())
  await mother.reload()

  await expect(mother.getByText('午后读书')).toBeVisible()
  await expect(mother.locator('.off-line')).toBeVisible()
})
