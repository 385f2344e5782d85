// Pupils' service: a community confirms hours, a family sees them on the phone, says what it was like, and the class teacher sees who is short.
import { expect, type Browser, type Page } from '@playwright/test'
import { start_demo } from '../harness/demo.ts'
import { demo_password, enter, expect_accessible, expect_no_sideways_scrolling, fill_drawer, test } from '../harness/pages.ts'
import { type Server } from '../harness/server.ts'

let server: Server
test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-service' })
})
test.afterAll(() => server?.stop())
test.use({ actionTimeout: 30_000 })
test.setTimeout(300_000)

const small = { width: 390, height: 844 }
async function as(browser: Browser, user: string, viewport = { width: 1440, height: 900 }): Promise<Page> {
  const page = await (await browser.newContext({ viewport, locale: 'zh-CN' })).newPage()
  await enter(page, server, user, demo_password)
  return page
}

test('a community offers service and confirms the hours of yesterday’s', async ({ browser }) => {
  const worker = await as(browser, 'community')

  await test.step('offering', async () => {
    await worker.goto(`${server.address}/service`)
    await worker.getByRole('button', { name: '发布服务活动' }).click()
    await fill_drawer(
      worker,
      '发布服务活动',
      async (drawer) => {
        await drawer.getByLabel('服务内容').fill('给树木穿冬衣')
        await drawer.getByLabel('地点').fill('社区广场')
        await drawer.getByLabel('需要准备').fill('手套')
      },
      '发布',
    )
    await expect(worker.getByRole('heading', { name: '给树木穿冬衣' })).toBeVisible()
    await expect(worker.getByText('6–18 岁')).toBeVisible()
  })

  await test.step('confirming', async () => {
    await worker.goto(`${server.address}/service?when=past&mine=yes`)
    await worker.getByRole('link', { name: '整理社区图书角' }).click()
    await worker.getByText('全部到场').click()
    await worker.getByLabel('结束时间').first().fill('16:15')
    await worker.getByRole('button', { name: '确认时长' }).click()
    await worker
      .getByRole('tooltip')
      .getByRole('button', { name: /确定|确认|Yes/ })
      .click()
    await expect(worker.getByText('时长已经确认并计入台账')).toBeVisible()
    await expect(worker.getByText('手工填写').first()).toBeVisible()
    await expect_accessible(worker)
  })

  await test.step('correcting says why', async () => {
    await worker.getByRole('button', { name: '更正' }).click()
    await worker.getByRole('dialog').getByRole('textbox').fill('漏记了十五分钟')
    await worker.getByRole('dialog').getByRole('button', { name: '更正' }).click()
    await expect(worker.getByText('漏记了十五分钟')).toBeVisible()
    await worker.getByLabel('结束时间').first().fill('16:30')
    await worker.getByRole('button', { name: '确认时长' }).click()
    await worker
      .getByRole('tooltip')
      .getByRole('button', { name: /确定|确认|Yes/ })
      .click()
    await expect(worker.getByText('时长已经确认并计入台账')).toBeVisible()
    await worker.setViewportSize(small)
    await expect_no_sideways_scrolling(worker)
  })
})

test('a family sees on its phone what is left, and says what it was like', async ({ browser }) => {
  const parent = await as(browser, 'parent', small)
  await parent.goto(`${server.address}/m/pages/service`)

  await expect(parent.getByText(/还差 .* 小时/).first()).toBeVisible()
  await expect(parent.getByText('清洁楼道，看望独居老人')).toBeVisible()
  await parent.getByRole('button', { name: '服务活动' }).click()
  await expect(parent.getByText('文明路口劝导')).toBeVisible()
  await expect_no_sideways_scrolling(parent)

  // Of what the child has served at, its page asks how it was.
  const { items } = await (await parent.request.get(`${server.address}/api/service-offers?when=past`)).json()
  const served = items.find(({ title }: { title: string }) => title === '清洁楼道，看望独居老人')
  await parent.goto(`${server.address}/m/pages/service_offer?id=${served.id}`)
  await parent.getByRole('button', { name: '5 星' }).click()
  await parent.getByLabel('孩子想说的话（选填）').fill('爷爷奶奶很高兴')
  await parent.getByRole('button', { name: '提交评价' }).click()
  await expect(parent.getByText('谢谢您的评价')).toBeVisible()

  await parent.setViewportSize({ width: 1440, height: 900 })
  await parent.goto(`${server.address}/my-service`)
  await expect(parent.getByText('清洁楼道，看望独居老人')).toBeVisible()
  await expect_accessible(parent)
})

test('the class teacher sees who is short, reminds their families, and reads what was said', async ({ browser }) => {
  const teacher = await as(browser, 'teacher')
  await teacher.goto(`${server.address}/service?tab=meter`)
  await expect(teacher.getByRole('columnheader', { name: /还差/ })).toBeVisible()
  await expect(teacher.getByRole('link', { name: /.+/ }).first()).toBeVisible()
  await expect_accessible(teacher)

  await teacher.getByRole('tab', { name: '提醒' }).click()
  await teacher.getByRole('button', { name: '设置提醒' }).click()
  await fill_drawer(teacher, '设置提醒', () => Promise.resolve(), '设置提醒')
  await expect(teacher.getByText('提醒已设置。')).toBeVisible()
  await expect(teacher.getByText('只提醒一次')).toBeVisible()

  await teacher.getByRole('tab', { name: '评价管理' }).click()
  const said = teacher.locator('section', { hasText: '有点累，但是很开心。' }).first()
  await said.getByRole('button', { name: '隐藏文字' }).click()
  await teacher.getByRole('dialog').getByRole('textbox').fill('请改写后再发')
  await teacher.getByRole('dialog').getByRole('button', { name: '隐藏文字' }).click()
  await expect(said.getByText(/已隐藏：请改写后再发/)).toBeVisible()
  await teacher.setViewportSize(small)
  await expect_no_sideways_scrolling(teacher)
})

test('the county sees its units, and a base what is said of it', async ({ browser }) => {
  const official = await as(browser, 'official')
  await official.goto(`${server.address}/service?tab=meter`)
  await expect(official.getByRole('columnheader', { name: /达成率/ })).toBeVisible()
  await official.getByRole('tab', { name: '实践基地' }).click()
  await official.getByRole('table').getByRole('button', { name: /社区$/ }).first().click()
  await expect(official.getByText('打扫完楼道亮亮的！')).toBeVisible()
})
