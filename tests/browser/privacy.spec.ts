// A teacher asks for a file and reads it once it is approved; the mother finds that in her list, and takes back a consent.
import { expect } from '@playwright/test'
import { demo_password as password, expect_accessible, expect_no_sideways_scrolling, pages_of, test } from '../harness/pages.ts'
import { start_demo } from '../harness/demo.ts'
import { type Server } from '../harness/server.ts'

const reason = '拟安排一对一心理辅导，先了解家庭情况'
let server: Server
test.beforeAll(async () => {
  server = await start_demo({ name: 'browser-privacy' })
})
test.afterAll(() => server?.stop())

const as = pages_of(() => server)

/** A teacher of the shown child's school who holds no class, with an account. */
async function new_teacher(): Promise<string> {
  const official = server.visitor()
  await official.log_in('official', password)
  const principal = server.visitor()
  const { acting_as } = await principal.log_in('principal', password)
  const person = await official.call('POST /staff', {
    body: { name: '吴若溪', organisation: acting_as!.organisation.id, role: 'teacher', phone: '15499999998' },
  })
  const account = await official.call('POST /accounts', { body: { person: person.id, user_name: 'wuruoxi' } })
  const teacher = await server.log_in('wuruoxi', account.password)
  await teacher.call('PUT /password', { body: { current: account.password, new: password } })
  return 'wuruoxi'
}

test('from the request to the reading that the mother sees', async ({ browser }) => {
  const mother = await as(browser, 'parent', { width: 390, height: 844 })
  const [child] = (await (await mother.request.get(`${server.address}/api/children`)).json()).items
  const teacher = await as(browser, await new_teacher())

  await teacher.goto(`${server.address}/privacy/requests`)
  await teacher.getByRole('button', { name: '申请查阅' }).first().click()
  const drawer = teacher.locator('.el-drawer')
  await drawer.getByRole('combobox', { name: '学生' }).fill(child.name)
  await teacher.getByRole('option', { name: child.name }).first().click()
  await drawer.getByRole('textbox', { name: '查阅理由' }).fill(reason)
  await expect_accessible(teacher)
  await drawer.getByRole('button', { name: '提交申请' }).click()
  await expect(teacher.getByText('已提交，等负责人审批。')).toBeVisible()
  await expect(teacher.getByText(reason)).toBeVisible()

  const principal = await as(browser, 'principal')
  await principal.goto(`${server.address}/privacy/requests?tab=to_decide`)
  const asked = principal.locator('li, article, tr').filter({ hasText: reason }).first()
  await asked.getByRole('button', { name: '审批' }).click()
  await principal.locator('.el-drawer').getByRole('button', { name: '同意', exact: true }).last().click()
  await expect(principal.getByText('已同意。')).toBeVisible()

  await teacher.reload()
  await teacher.getByRole('button', { name: '打开档案' }).first().click()
  await expect(teacher.locator('.el-drawer').getByText(child.name).first()).toBeVisible()

  await mother.goto(`${server.address}/my-family/${child.id}`)
  const readings = mother
    .getByRole('region', { name: '谁看过孩子的档案' })
    .or(mother.locator('section, .panel').filter({ hasText: '谁看过孩子的档案' }))
    .first()
  await expect(readings.getByText('吴若溪').first()).toBeVisible()
  await expect(readings.getByText(reason).first()).toBeVisible()
  await expect_no_sideways_scrolling(mother)
})

test('a mother takes back a consent, and it counts at once', async ({ browser }) => {
  const page = await as(browser, 'parent', { width: 390, height: 844 })
  await page.goto(`${server.address}/my-family/consents`)
  const card = page.locator('li, article, section').filter({ hasText: '在学校公众号和宣传栏使用活动照片' }).last()
  await expect(card).toBeVisible()
  await expect_accessible(page)
  await card.getByRole('button', { name: '同意', exact: true }).click()
  await expect(page.getByText('已同意，可以随时撤回。')).toBeVisible()

  await card.getByRole('button', { name: '撤回同意' }).click()
  await expect(page.getByText('已撤回同意。')).toBeVisible()

  const own = (await (await page.request.get(`${server.address}/api/me/consents`)).json()).items
  expect(own.find((one: { purpose: { key: string } }) => one.purpose.key === 'portrait').state).toBe('withdrawn')
})
