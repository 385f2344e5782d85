// What a county's administrator does with rights: shapes a role, hands a class over, and answers a parent who asks who sees the child's file.
import { expect, type Page } from '@playwright/test'
import { make_county, password, add_staff, type County } from '../harness/county.ts'
import { console_settings, expect_accessible, expect_no_sideways_scrolling, log_in, test } from '../harness/pages.ts'

let county: County
test.beforeAll(async ({}, information) => {
  county = await make_county({ name: `browser-roles-${information.project.name}`, settings: console_settings })
})
test.afterAll(() => county?.server.stop())

async function enter(page: Page) {
  await log_in(page, county.server, 'wanglixin', password)
  await expect(page).toHaveURL(`${county.server.address}/`)
}

test('a role is copied, named, given a permission, and removed again', async ({ page }) => {
  await enter(page)
  await page.goto(`${county.server.address}/roles`)
  await page
    .getByRole('row', { name: /第三方评估员/ })
    .getByRole('button', { name: '复制' })
    .click()

  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('中文名称').fill('家校督导员')
  await drawer.getByLabel('英文名称').fill('Family liaison inspector')
  await drawer.getByText('查看审计日志').click()
  await expect_accessible(page)
  await drawer.getByRole('button', { name: '保存' }).click()

  const row = page.getByRole('row', { name: /家校督导员/ })
  await expect(row).toBeVisible()
  const { items } = await county.official.call('GET /roles')
  expect(items.find((role) => role.name_zh === '家校督导员')!.permissions).toContain('read_audit')
  await page.getByRole('tab', { name: '权限一览' }).click()
  await expect(page.getByRole('columnheader', { name: '家校督导员' })).toBeVisible()
  await expect_no_sideways_scrolling(page)

  await page.getByRole('tab', { name: '角色' }).click()
  await row.getByRole('button', { name: '删除' }).click()
  await expect(row).toBeHidden()
})

test('a class goes from one teacher to the next, and back by undo', async ({ page }) => {
  await add_staff(county.server, county.official, county.west.class, 'class_teacher', '韩老师')
  await add_staff(county.server, county.official, county.west.id, 'teacher', '唐老师')
  const class_teachers = async () =>
    (await county.official.call('GET /posts', { query: { organisation: county.west.class, role: 'class_teacher' } })).items.map(
      ({ person }) => person.name,
    )
  await enter(page)
  await page.goto(`${county.server.address}/organisations/${county.west.class}`)
  await page.getByRole('button', { name: '交接班级' }).click()

  const drawer = page.getByRole('dialog')
  await drawer.getByRole('combobox', { name: '新班主任' }).fill('唐老师')
  await page.getByRole('option', { name: /唐老师/ }).click()
  await drawer.getByRole('button', { name: '交接班级' }).click()

  await expect(page.getByText('已交给唐老师')).toBeVisible()
  expect(await class_teachers()).toEqual(['唐老师'])
  await page.getByRole('button', { name: '撤销', exact: true }).click()
  await expect.poll(class_teachers).toEqual(['韩老师'])
})

test('a parent is answered who sees the child’s file, and why', async ({ page }) => {
  await enter(page)
  await page.goto(`${county.server.address}/people/${county.east.pupils[0]!.id}`)

  await page.getByRole('button', { name: '查一查' }).click()

  const table = page.getByRole('table', { name: '谁能看到这份档案' })
  await expect(table.getByText('城东校长')).toBeVisible()
  await expect(table.getByText(/母亲 · 监护人/)).toBeVisible()
  await expect(table.getByText('城西校长')).toBeHidden()
  await expect_accessible(page)
})

test('the audit log shows in which post it was done, and what changed', async ({ page }) => {
  await county.official.call('PATCH /roles/{role}', { path: { role: 'evaluator' }, body: { term_years: 3 } })
  await enter(page)
  await page.goto(`${county.server.address}/audit`)

  await expect(page.getByText('任期（年）').first()).toBeVisible()
  await page
    .getByRole('button', { name: /县级管理员 · 梅岭县/ })
    .first()
    .click()

  await expect(page).toHaveURL(/acting_as=/)
  await expect_no_sideways_scrolling(page)
})
