// The mini-program's output, loaded page by page into a simulator: each page of pages.json is there, starts, and shows something.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { JSDOM } from 'jsdom'

const root = join(import.meta.dirname, '../dist/mp-weixin')
const require = createRequire(import.meta.url)
const pages = JSON.parse(readFileSync(join(root, 'app.json'), 'utf8')).pages
const declared = JSON.parse(readFileSync(join(import.meta.dirname, '../src/pages.json'), 'utf8')).pages.map(({ path }) => path)

test('every page of pages.json is in the output, in all its parts', () => {
  assert.deepEqual(pages, declared)
  for (const page of pages)
    for (const kind of ['js', 'json', 'wxml']) assert.ok(existsSync(join(root, `${page}.${kind}`)), `${page}.${kind} is missing`)
})

test('the package stays within what WeChat takes, and fetches nothing from elsewhere', () => {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name))
  const size = paths.reduce((sum, path) => sum + statSync(path).size, 0)

  assert.ok(size < 2_000_000, `${size} bytes`)
  const styles = paths.filter((path) => path.endsWith('.wxss')).map((path) => readFileSync(path, 'utf8'))
  assert.ok(styles.every((text) => !/url\(["']?https?:/.test(text)))
})

// What a logged-in mother's phone is answered.
const me = {
  person: { id: '1', name: '陈兰' },
  session: '1',
  county: { county: 360100, name: '梅岭县' },
  posts: [],
  permissions: ['signed_in'],
  children: [
    { id: '2', name: '王小春', class_name: '一（1）班', school_name: '城东小学' },
    { id: '3', name: '王小夏', class_name: '小一班', school_name: '城西幼儿园' },
  ],
  must_change_password: false,
  must_set_second_factor: false,
  method: 'password',
}
const answers = {
  '/api/session': me,
  '/api/own-activities': { coming: [], past: [], notices: [], attended: 0, minutes: 0 },
  '/api/own-learning': { courses: 0, completed: 0, lessons_done: 0, seconds: 0, items: [] },
  '/api/own-points': { total: 27.5, totals: [], lines: [], appeal_days: 60 },
  '/api/own-certificates': { certificates: [], coming: [], has_badges: false },
  '/api/inbox/unread': { unread: 2 },
  '/api/log-in-methods': { password_codes: true, log_in_codes: true, wechat: true, sso: [] },
}
const at = '2026-03-05T14:00:00.000+08:00'
const class_ = { id: '9', kind: 'class', name: '一（1）班' }
const lesson = {
  id: '7',
  title: '先听再说',
  kind: 'text',
  is_required: true,
  seconds: 60,
  share: 90,
  learnt: 0,
  is_completed: false,
}
const course = {
  id: '8',
  owner: class_,
  level: 'county',
  line: 'in_school',
  title: '家庭会议',
  summary: '',
  sections: [{ title: '', lessons: [lesson] }],
}
answers['/api/catalogue/7'] = answers['/api/catalogue/8'] = course
answers['/api/units/7'] = { ...lesson, course: '8', body: '## 三件事\n一起商量。', content_type: '', file_name: '', position_ms: 0 }
answers['/api/units/7/viewings'] = { id: '1', position_ms: 0, learnt: 0, length: 60, share: 90, is_completed: false }
answers['/api/own-calendar'] = {
  items: [
    {
      kind: 'activity',
      id: 'activity-7',
      title: '手机怎么管',
      about: '',
      from: at,
      until: at,
      place: '报告厅',
      link: '/activities/7',
      is_called_off: false,
      is_binding: true,
    },
  ],
}
answers['/api/activities/7'] = {
  ...{
    id: '7',
    kind: 'salon',
    kind_name: '家长沙龙',
    title: '手机怎么管',
    starts_at: at,
    ends_at: at,
    place: '报告厅',
    link: '',
    organiser: class_,
  },
  ...{
    audience: 'families',
    state: 'announced',
    needs_sign_up: true,
    has_slots: false,
    capacity: 20,
    placed: 3,
    waiting: 0,
    own: [],
  },
  ...{ summary: '', reason: '', slots: [], children: me.children, may_run: false, may_come: true, travels: false, may_rate: false },
  places: { waiting: 'automatic', offer_minutes: 720, quotas: [], is_closed: false, is_released: false },
}
answers['/api/conversations/7'] = {
  id: '7',
  subject: '午睡',
  class_name: '一班',
  is_confidential: false,
  state: 'answered',
  side: 'carer',
  partners: ['周老师'],
  unread: 0,
  members: [{ id: '9', name: '周老师', role: '班主任', side: 'staff' }],
  last_position: 1,
  read_position: 1,
  read_by_others: 1,
  may_write: true,
}
answers['/api/conversations/7/messages'] = {
  items: [
    {
      position: 1,
      kind: 'text',
      author: { id: '9', name: '周老师' },
      side: 'staff',
      body: '中午睡得很好。',
      at: '2026-03-05T08:00:00.000+08:00',
      is_own: false,
      is_withdrawn: false,
      files: [],
    },
  ],
  has_earlier: false,
  has_later: false,
}
answers['/api/own-notices/7'] = {
  id: '7',
  title: '春季研学',
  office: '城东小学',
  ask: 'yes_no',
  state: 'sent',
  is_urgent: false,
  is_corrected: false,
  sent_at: at,
  is_read: false,
  concerned: 1,
  missing: 1,
  body: '周五去自然博物馆。',
  sender: '周老师',
  changes: '',
  reason: '',
  choices: [],
  is_per_child: true,
  is_open: true,
  files: [],
  people: [{ person: { id: '2', name: '王小春' }, unit: '一（1）班', may_answer: true, is_on_paper: false }],
}
answers['/api/own-forms/7'] = {
  id: '7',
  purpose: 'survey',
  audience: 'families',
  title: '午餐意见',
  owner_name: '城东小学',
  is_anonymous: false,
  is_open: true,
  may_change: true,
  from_at: at,
  until_at: at,
  turns: [{ student: '2', name: '王小春', unit_name: '一（1）班', state: 'open', may_sign: false }],
  version: 1,
  content: {
    sections: [
      { key: 's1', title: '', questions: [{ key: 'q1', kind: 'text', text: '还想吃什么？', is_required: false, choices: [] }] },
    ],
  },
  student: '2',
  answers: { items: [] },
  has_read: true,
}
answers['/api/own-forms/8'] = {
  ...answers['/api/own-forms/7'],
  ...{ id: '8', purpose: 'commitment', title: '学生安全责任承诺书', text_hash: 'abc', has_read: false },
  turns: [{ student: '2', name: '王小春', unit_name: '一（1）班', state: 'open', may_sign: true }],
  content: {
    sections: [{ key: 's1', title: '', questions: [{ key: 'q1', kind: 'statement', text: '不私自下水。', choices: [] }] }],
  },
}
answers['/api/join-requests'] = {
  items: [
    {
      ...{ id: '5', child: me.children[0], class: class_, person: { id: '6', name: '林晚晴' }, relation: 'mother', made_at: at },
      ...{ state: 'waiting', advice: 'is_new', candidates: [], other_children: [], phone: '139****5678' },
    },
  ],
}
answers['/api/moments/7'] = {
  id: '7',
  class: class_,
  audience: 'class',
  words: '种下的豆子发芽了。',
  author: '周老师',
  created_at: at,
  children: [],
  others: 0,
  pictures: [],
  reactions: [],
  comments: 0,
  takes_comments: true,
  may_change: false,
  may_moderate: false,
  may_restore: false,
  version: 1,
}
answers['/api/children/2'] = {
  ...me.children[0],
  is_guardian: true,
  rights: ['see'],
  class_teachers: ['周老师'],
  carers: [],
  delegations: [],
}

// What nobody wrote an answer for is answered by the API's document: the least that its schema allows.
const { paths, components } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../api/openapi.json'), 'utf8'))
const templates = Object.keys(paths).map((path) => [new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`), paths[path]])

function least(schema) {
  if (schema.$ref) return least(components.schemas[schema.$ref.split('/').at(-1)])
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(least))
  if (schema.enum) return schema.enum[0]
  if (schema.type === 'array') return []
  if (schema.type === 'boolean') return false
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 0
  if (schema.type === 'string') return schema.format === 'date-time' ? at : schema.format === 'date' ? at.slice(0, 10) : '7'
  const known = schema.properties ?? {}
  return Object.fromEntries((schema.required ?? []).map((name) => [name, least(known[name] ?? {})]))
}

function answer_to(path, method = 'GET') {
  if (answers[path]) return answers[path]
  const [, operations] = templates.find(([template]) => template.test(path)) ?? []
  const responses = operations?.[method.toLowerCase()]?.responses ?? {}
  const schema = (responses[200] ?? responses[201])?.content?.['application/json']?.schema
  return schema ? least(schema) : { items: [] }
}

const asked = []
const complaints = []

function start_phone() {
  const { window } = new JSDOM('<!doctype html><body></body>', { url: 'http://127.0.0.1/' })
  for (const name of ['window', 'document', 'Event', 'CustomEvent', 'HTMLElement', 'Node', 'MutationObserver', 'Element'])
    Object.defineProperty(globalThis, name, { value: window[name], configurable: true, writable: true })
  const kept = new Map([['token', 'T']])
  const ignored = () => {}
  const facts = () => ({
    platform: 'devtools',
    system: 'x',
    windowWidth: 390,
    windowHeight: 844,
    pixelRatio: 2,
    SDKVersion: '3.7.0',
    language: 'zh_CN',
  })
  globalThis.wx = new Proxy(
    {
      getSystemInfoSync: facts,
      getWindowInfo: facts,
      getAppBaseInfo: facts,
      getDeviceInfo: facts,
      getSystemSetting: facts,
      getStorageSync: (name) => kept.get(name) ?? '',
      setStorageSync: (name, value) => void kept.set(name, value),
      removeStorageSync: (name) => void kept.delete(name),
      getLaunchOptionsSync: () => ({}),
      getEnterOptionsSync: () => ({}),
      canIUse: () => true,
      request: ({ url, method, header, success }) => {
        const path = new URL(url, 'http://x').pathname
        asked.push({ path, token: header.authorization })
        setTimeout(() => success({ statusCode: 200, header: {}, cookies: [], data: JSON.stringify(answer_to(path, method)) }))
      },
      connectSocket: () => ({ onOpen: ignored, onMessage: ignored, onClose: ignored, onError: ignored, close: ignored }),
      createVideoContext: () => ({ pause: ignored, playbackRate: ignored }),
      createSelectorQuery: () => ({
        in: () => ({ select: () => ({ node: () => ({ exec: ignored }), fields: () => ({ exec: ignored }) }) }),
      }),
      // Whoever looks for the end of a text has it in sight.
      createIntersectionObserver: () => ({
        relativeToViewport: () => ({ observe: (_, seen) => setTimeout(() => seen({ intersectionRatio: 1 })) }),
        disconnect: ignored,
      }),
    },
    { get: (known, name) => known[name] ?? ignored },
  )
  let app
  globalThis.App = (options) => void (app = options)
  globalThis.getApp = () => app
  globalThis.Page = (options) => globalThis.Component(options)
  globalThis.getCurrentPages = () => []
  writeFileSync(join(root, '../package.json'), JSON.stringify({ type: 'commonjs' })) // as WeChat reads it
  console.error = (...words) => void complaints.push(words.map((each) => each?.stack ?? each).join(' '))
  const simulate = require('miniprogram-simulate')
  require(join(root, 'app.js'))
  app.onLaunch({})
  return simulate
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms))
let simulate

async function open(page, query = {}) {
  simulate ??= start_phone()
  const id = simulate.load(join(root, page), `page-${page.replaceAll(/[/_]/g, '-')}`, { compiler: 'official', rootPath: root })
  const shown = simulate.render(id)
  shown.attach(document.body)
  shown.instance.onLoad?.(query)
  shown.instance.onShow?.()
  await wait(60)
  const text = shown.dom.textContent
  shown.instance.onHide?.()
  shown.instance.onUnload?.()
  shown.detach()
  return text
}

const words = {
  'pages/home': '王小夏',
  'pages/log_in': '微信登录',
  'pages/join': '班级码',
  'pages/course': '先听再说',
  'pages/lesson': '一起商量。',
  'pages/activity': '报告厅',
  'pages/conversation': '中午睡得很好',
  'pages/notice': '周五去自然博物馆。',
  'pages/form': '还想吃什么？',
  'pages/requests': '王小春的母亲',
  'pages/moment': '豆子发芽了',
  'pages/child': '周老师',
  'pages/standing': '不用填报',
  'pages/learning': '全部课程',
  'pages/activities': '即将举行',
  'pages/messages': '还没有消息',
  'pages/me': '27.5',
  'pages/points': '还没有积分',
  'pages/certificates': '还没有证书',
}

for (const page of pages)
  test(`${page} opens`, async () => {
    complaints.length = 0

    const text = await open(page, { id: page === 'pages/child' ? '2' : '7', course: '8' })

    assert.ok(text.includes(words[page] ?? ''), `${page} shows: ${text}`)
    assert.deepEqual(complaints, [])
  })

test('a commitment names for whom and by whom it is signed', async () => {
  const text = await open('pages/form', { id: '8' })

  for (const part of ['不私自下水。', '学生：王小春（一（1）班）', '监护人：陈兰', '为 王小春 签署'])
    assert.ok(text.includes(part), `${part} is missing: ${text}`)
})

test('requests carry the token of the phone, since there are no cookies', () => {
  assert.ok(asked.some(({ path }) => path === '/api/own-activities'))
  assert.ok(asked.every(({ token }) => token === 'Bearer T'))
})
