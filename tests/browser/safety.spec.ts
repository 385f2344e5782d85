// A drill from the calendar to the ledger: planned at a desk, begun and counted on a phone without a net, seen live, entered; the plan's obligation moves by itself.
import { expect, type Browser, type Page } from '@playwright/test'
import { start_demo } from '../harness/demo.ts'
import {
  demo_password,
  enter,
  expect_accessible,
  expect_full_marks,
  expect_no_sideways_scrolling,
  fill_drawer,
  test,
} from '../harness/pages.ts'
import { load_plan, small_plan } from '../harness/plans.ts'
import type { Server } from '../harness/server.ts'

let server: Server
test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-safety' })
  const official = server.visitor()
  await official.log_in('official', demo_password)
  await load_plan(official, small_plan)
})
test.afterAll(() => server?.stop())
test.setTimeout(300_000)

const phone = { width: 390, height: 844 }
async function as(browser: Browser, user: string, viewport = { width: 1440, height: 900 }): Promise<Page> {
  const page = await (await browser.newContext({ viewport, locale: 'zh-CN' })).newPage()
  await enter(page, server, user, demo_password)
  return page
}
const figure = (page: Page, label: string) => page.locator('dl > div', { hasText: label }).first().locator('dd')

test('a drill of the school', async ({ browser }) => {
  const principal = await as(browser, 'principal')
  const teacher = await as(browser, 'teacher', phone)
  let drill = ''
  let held = 0

  await test.step('is planned where the plan’s figures stand', async () => {
    await principal.goto(`${server.address}/safety/drills`)
    await expect(figure(principal, '方案要求')).toHaveText('2')
    held = Number(await figure(principal, '已完成').textContent())
    await principal.getByRole('button', { name: '安排演练' }).click()
    await fill_drawer(
      principal,
      '安排演练',
      async (drawer) => {
        const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
        await drawer.getByLabel('日期').fill(today)
        await drawer.getByLabel('日期').press('Enter')
        await drawer.getByLabel('时间', { exact: true }).fill('23:58')
        await drawer.getByPlaceholder('例如：操场主席台前').fill('操场主席台前')
        const name = (await (await principal.request.get(`${server.address}/api/session`)).json()).person.name
        await drawer.getByLabel('负责人').fill(name)
        await principal.getByRole('option', { name }).first().click()
      },
      '保存',
    )
    await expect(principal.getByRole('heading', { name: '【演练】消防演练' })).toBeVisible()
    await expect(principal.getByText('这是演练，不是真实警报')).toBeVisible()
    drill = /(\d+)$/.exec(principal.url())![1]!
    await expect_accessible(principal)
  })

  await test.step('is begun, and counted by the class teacher while the net is gone', async () => {
    await teacher.goto(`${server.address}/m/pages/drill?id=${drill}`)
    await expect(teacher.getByText('我要点名的班级')).toBeVisible()
    await teacher.locator('section', { hasText: '我要点名的班级' }).getByRole('button').first().click()
    await expect(teacher.getByRole('button', { name: '全部到齐' })).toBeVisible()
    await principal.getByRole('button', { name: '开始演练' }).click()
    await expect(principal.getByText('进行中').first()).toBeVisible()

    await teacher.context().setOffline(true)
    await teacher.getByRole('button', { name: '全部到齐' }).click()
    const first = teacher.locator('.count-name').first()
    await first.click()
    await expect(first).toHaveAttribute('aria-label', /未到/)
    await expect(teacher.getByText('待上报')).toBeVisible()
    await expect_no_sideways_scrolling(teacher)
    await teacher.waitForTimeout(1500)
    await teacher.context().setOffline(false)
    await expect(teacher.getByText('已上报')).toBeVisible()
    await expect_full_marks(teacher)
  })

  await test.step('shows the missing one at the desk without being asked', async () => {
    const line = principal.getByRole('row', { name: /有人未到/ })
    await expect(line).toBeVisible()
    await teacher.locator('.count-name').first().click()
    await expect(principal.getByRole('row', { name: /全部到齐/ })).toBeVisible()
  })

  await test.step('is stopped and entered, with what to do better', async () => {
    await principal.getByRole('button', { name: '结束演练' }).click()
    await principal.getByRole('button', { name: '登记演练' }).click()
    await fill_drawer(principal, '登记演练', (drawer) => drawer.getByLabel('复盘与整改').fill('楼梯口拥挤，下次错峰。'), '登记演练')
    await expect(principal.getByText('楼梯口拥挤，下次错峰。')).toBeVisible()
    await principal.goto(`${server.address}/safety/drills`)
    await expect(figure(principal, '已完成')).toHaveText(String(held + 1))
    await expect_accessible(principal)
  })

  await test.step('a parent reports a hazard on the phone, and the school finds it', async () => {
    const parent = await as(browser, 'parent', phone)
    await parent.goto(`${server.address}/m/pages/hazard_report`)
    await parent.getByLabel('地点').fill('西门')
    await parent.getByLabel('看到了什么').fill('井盖松动')
    await parent.getByRole('button', { name: '提交' }).click()
    await expect(parent.getByText('待整改')).toBeVisible()
    await expect_no_sideways_scrolling(parent)
    await principal.goto(`${server.address}/safety/hazards`)
    await principal.getByRole('link', { name: '西门' }).click()
    await expect(principal.getByText('井盖松动').first()).toBeVisible()
  })
})

test('a real alarm is told apart from a drill and confirmed on the phone', async ({ browser }) => {
  const principal = await as(browser, 'principal')
  const teacher = await as(browser, 'teacher', phone)
  await principal.goto(`${server.address}/safety/alarms`)
  await principal.getByRole('button', { name: '发出真实警报' }).click()
  await fill_drawer(
    principal,
    '发出真实警报',
    (drawer) => drawer.getByLabel('发生了什么、在哪里、该怎么做').fill('实验室起火，从西侧撤离'),
    '立即发出',
  )
  await expect(principal.getByText('真实警报，不是演练', { exact: true })).toBeVisible()
  const path = new URL(principal.url()).pathname.split('/').at(-1)!

  await teacher.goto(`${server.address}/m/pages/alarm?id=${path}`)
  await expect(teacher.getByText('真实警报', { exact: true })).toBeVisible()
  await teacher.getByRole('button', { name: '我需要帮助' }).click()

  await expect(figure(principal, '需要帮助')).toHaveText('1')
  await expect_accessible(principal)
  await principal.getByRole('button', { name: '解除警报' }).click()
  await principal.locator('.el-popconfirm').getByRole('button').last().click()
  await expect(principal.getByText('已解除').first()).toBeVisible()
})
