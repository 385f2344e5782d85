// The designer's stand-in for the server: enough of the API, with made-up data, to look at every page. Keeps changes until it is stopped.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import {
  admin,
  ancestors_of,
  brief,
  by_id,
  children_of,
  organisations,
  people,
  permissions,
  pick,
  pupils,
  roles,
  root,
} from './county.mjs'
import {
  entries,
  import_rows,
  imports,
  indicators_of,
  kinds,
  new_import,
  plan,
  plan_text,
  subjects_of,
  summary,
  units_of,
} from './rules.mjs'

const port = Number(process.env.API_PORT ?? 8080)
const dist = join(import.meta.dirname, '..', 'dist')
const state = { is_logged_in: process.env.LOGGED_IN === '1', is_new: process.env.NEW_COUNTY === '1', acting: 0 }

const me = () => ({
  person: { id: admin.id, name: admin.name },
  session: '1',
  county: { county: 370403, name: '青禾县' },
  acting_as: admin.posts[state.acting],
  posts: admin.posts,
  permissions,
  children: [],
  must_change_password: false,
  must_set_second_factor: false,
  method: 'password',
})
const with_children = (organisation) => ({ ...organisation, children: children_of(organisation.id).length })
const full = (organisation) => ({
  ...with_children(organisation),
  ancestors: ancestors_of(organisation),
  figures: { students: 12480, staff: 861, families: 10733, carers: 21894, classes: 264 },
})
const page = (items, { after, limit = 50 }) => {
  const from = Number(after ?? 0)
  const to = from + Number(limit)
  return { items: items.slice(from, to), next: to < items.length ? String(to) : undefined }
}
const problem = (status, detail, more = {}) => ({
  status,
  body: { type: 'about:blank', title: detail, status, detail, code: 'mock', request_id: 'b7f0c2', ...more },
})
const setup_items = () =>
  ['plan', 'organisations', 'roster', 'history', 'posts'].map((key, index) => ({
    key,
    done: !state.is_new || index < 2,
    count: !state.is_new || index < 2 ? [1, organisations.length, 12480, 45210, 61][index] : 0,
  }))
const person_of = (id) => people.find((person) => person.id === id)
const sessions = [
  {
    id: '1',
    address: '10.20.3.14',
    agent: 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0',
    created_at: '2026-11-20T08:01:00.000+08:00',
    seen_at: '2026-11-22T09:40:00.000+08:00',
    is_current: true,
  },
  {
    id: '2',
    address: '223.104.5.77',
    agent: 'Mozilla/5.0 (iPhone) MicroMessenger/8.0',
    created_at: '2026-11-12T21:15:00.000+08:00',
    seen_at: '2026-11-21T22:03:00.000+08:00',
    is_current: false,
  },
]
const accounts = people
  .filter((person) => person.is_staff)
  .map((person, index) => ({
    person: person.id,
    name: person.name,
    user_name: index ? undefined : 'zhoumin',
    phone: person.phone,
    disabled: index === 3,
    must_change: index % 5 === 2,
    last_seen_at: index % 3 ? '2026-11-21T17:20:00.000+08:00' : undefined,
    posts: person.posts,
    version: 1,
  }))
const audit = Array.from({ length: 60 }, (_, index) => ({
  id: String(900 - index),
  at: `2026-11-${String(21 - Math.floor(index / 6)).padStart(2, '0')}T1${index % 9}:12:00.000+08:00`,
  person: { id: admin.id, name: admin.name },
  acting_as: { id: '1', title: '教联体办公室主任' },
  action: 'person_show',
  action_name: pick(['查看个人档案', '修改人员', '导入花名册', '记台账', '冲销记录']),
  subject: 'person:1',
  subject_name: pick(pupils).name,
  address: '10.20.3.14',
  detail: '',
}))

function standing() {
  const indicators = indicators_of(root)
    .slice(0, 4)
    .map(({ number, title, subject_name, period, state: is }, index) => ({
      number,
      title,
      subject_name,
      period: period.from,
      period_title: period.title,
      parts: [{ title, amount: index, needed: index + 1, unit_name: index === 3 ? '小时' : '次' }],
      state: is === 'met' ? 'covered' : 'missing',
      is_current: true,
    }))
  return {
    indicators,
    points: [{ rule: 'p1', title: '参加家长课程', period: indicators[0].period.from, raw: 75, earned: 60 }],
    points_total: 60,
  }
}

function advance(item) {
  const after = { reading: 'mapping', matching: 'previewed', applying: 'applied', undoing: 'undone' }[item.state]
  if (!after) return item
  item.job ??= { id: '1', kind: 'import', state: 'running', done: 0, total: 1284, created_at: item.created_at }
  item.job.done += 428
  if (item.job.done >= item.job.total)
    Object.assign(item, { ...new_import(item.kind, item.file_name, item.file_size, after), id: item.id, job: undefined })
  return item
}

const find_import = (id) => imports.find((item) => item.id === id)
const begin = (id, working) => Object.assign(find_import(id), { state: working, job: undefined })

const routes = {
  'GET /session': () => (state.is_logged_in ? me() : problem(401, '请先登录。')),
  'POST /sessions': ({ body }) => {
    if (body.password === 'slow') return { ...problem(429, '尝试次数过多，请稍后再试。'), headers: { 'retry-after': '30' } }
    if (body.password !== 'concentric') return problem(401, '用户名或密码不对。')
    state.is_logged_in = true
    return { me: me(), token: 'mock' }
  },
  'GET /log-in-methods': () => ({
    password_codes: true,
    log_in_codes: true,
    wechat: true,
    sso: [{ id: 'bureau', name: '区教育局统一认证' }],
  }),
  'POST /password-codes': () => undefined,
  'POST /log-in-codes': () => undefined,
  'GET /second-factor': () => ({
    is_on: state.has_factor ?? false,
    is_required: false,
    changed_at: '2026-11-20T08:01:00.000+08:00',
    codes_left: state.has_factor ? 10 : 0,
  }),
  'POST /second-factor': () => ({
    secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    address: 'otpauth://totp/Concentric:mock?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Concentric',
  }),
  'PUT /second-factor': () => (
    (state.has_factor = true),
    { codes: Array.from({ length: 10 }, (_, index) => `k7mw-3xqa-9tp${index}`), token: 'mock' }
  ),
  'DELETE /second-factor': () => ((state.has_factor = false), { token: 'mock' }),
  'GET /account-notices': () => ({
    items: state.has_read ? [] : [{ id: '1', at: '2026-11-21T22:03:00.000+08:00', kind: 'new_device', about: sessions[0].agent }],
  }),
  'PUT /account-notices/reading': () => void (state.has_read = true),
  'GET /linked-log-ins': () => ({
    items: [
      { provider: 'wechat', name: '微信', linked_at: '2026-09-01T18:20:00.000+08:00', used_at: '2026-11-21T22:03:00.000+08:00' },
    ],
  }),
  'GET /log-ins': () => ({
    items: sessions.map((session, index) => ({
      id: session.id,
      at: session.created_at,
      method: index ? 'wechat' : 'password',
      outcome: 'succeeded',
      address: session.address,
      agent: session.agent,
      session: session.id,
      is_new_device: index > 0,
      is_current: session.is_current,
    })),
  }),
  'DELETE /session': () => void (state.is_logged_in = false),
  'PUT /session/acting-as': ({ body }) => ((state.acting = admin.posts.findIndex((post) => post.id === body.post)), me()),
  'GET /sessions': () => ({ items: sessions }),
  'DELETE /sessions/:id': ({ id }) =>
    void sessions.splice(
      sessions.findIndex((session) => session.id === id),
      1,
    ),
  'PUT /password': ({ body }) =>
    body.new === '12345678'
      ? problem(422, '请改正标出的内容。', { problems: [{ path: '/new', code: 'common', words: '这个密码太常见。' }] })
      : undefined,
  'GET /accounts': ({ query }) =>
    page(
      accounts.filter((account) => account.name.includes(query.q ?? '')),
      query,
    ),
  'POST /accounts': () => ({ password: 'qinghe-7346' }),
  'PUT /accounts/:id/password': () => ({ password: 'qinghe-2159' }),
  'PATCH /accounts/:id': ({ id, body }) =>
    Object.assign(
      accounts.find((account) => account.person === id),
      body,
    ),
  'GET /roles': () => ({ items: roles }),
  'GET /audit': ({ query }) => page(audit, query),
  'GET /organisations/tree': () => ({ items: organisations.filter(({ kind }) => kind !== 'grade' && kind !== 'class') }),
  'GET /organisations': ({ query }) =>
    page(
      organisations
        .filter(
          (one) =>
            (!query.parent || one.parent === query.parent) &&
            (!query.q || one.name.includes(query.q)) &&
            (!query.kind || query.kind.split(',').includes(one.kind)) &&
            (query.include_closed || !one.closed_on),
        )
        .map(with_children),
      query,
    ),
  'GET /organisations/:id': ({ id }) => (by_id(id) ? full(by_id(id)) : problem(404, '没有这个组织。')),
  'POST /organisations': ({ body }) => {
    if (body.name.length < 2)
      return problem(422, '请改正标出的内容。', { problems: [{ path: '/name', code: 'too_short', words: '名称至少两个字。' }] })
    organisations.push({ stages: [], version: 1, ...body, id: String(Date.now()) })
    return organisations.at(-1)
  },
  'PATCH /organisations/:id': ({ id, body }) => Object.assign(by_id(id), body),
  'PUT /organisations/:id/closing': ({ id, body }) => Object.assign(by_id(id), { closed_on: body.on }),
  'DELETE /organisations/:id/closing': ({ id }) => Object.assign(by_id(id), { closed_on: undefined }),
  'GET /organisations/:id/standing': standing,
  'GET /people': ({ query }) =>
    page(
      people.filter(
        (person) =>
          (!query.kind || person[`is_${query.kind}`]) &&
          (!query.q || person.name.includes(query.q)) &&
          (!query.status || person.status === query.status),
      ),
      query,
    ),
  'GET /people/:id': ({ id }) => person_of(id) ?? problem(404, '没有这个人。'),
  'GET /people/:id/standing': standing,
  'PATCH /people/:id': ({ id, body }) => Object.assign(person_of(id), body),
  'PUT /students/:id/status': ({ id, body }) => (Object.assign(person_of(id).student, { status: body.status }), person_of(id)),
  'DELETE /students/:id/carers/:other': ({ id }) => ((person_of(id).student.carers = []), person_of(id)),
  'GET /imports': ({ query }) =>
    page(
      imports.filter((item) => item.kind === query.kind),
      query,
    ),
  'POST /imports': ({ query, size }) => (
    imports.unshift({ ...new_import(query.kind, query.file_name, size), state: 'reading' }),
    imports[0]
  ),
  'GET /imports/:id': ({ id }) => (find_import(id) ? advance(find_import(id)) : problem(404, '没有这次导入。')),
  'PUT /imports/:id/mapping': ({ id }) => begin(id, 'matching'),
  'PUT /imports/:id/application': ({ id }) => begin(id, 'applying'),
  'DELETE /imports/:id/application': ({ id }) => begin(id, 'undoing'),
  'DELETE /imports/:id': ({ id }) => void imports.splice(imports.indexOf(find_import(id)), 1),
  'GET /imports/:id/rows': ({ query }) => page(import_rows(query.action), query),
  'GET /plans': () => ({
    items: state.is_new
      ? []
      : [summary, { ...summary, id: '809', version: 1, state: 'replaced', note: '', loaded_at: '2025-02-20T10:00:00.000+08:00' }],
  }),
  'GET /plans/:id': () => ({
    summary,
    plan,
    numbers: plan.requirements.map((rule, index) => ({ rule: rule.key, number: index + 1 })),
  }),
  'GET /plans/:id/file': () => ({ file: plan_text }),
  'POST /plan-checks': ({ text }) =>
    text.includes('requirement')
      ? { faults: [], plan }
      : {
          faults: [
            {
              file: '',
              line: 2,
              column: 9,
              at: 'requirement[1].per',
              found: '"trem"',
              expected: 'month、term、half-year、school-year',
              words: '周期写错了：没有“trem”这种周期。',
            },
          ],
        },
  'POST /plans': () => ((state.is_new = false), summary),
  'DELETE /plans/:id': () => undefined,
  'GET /entry-kinds': () => ({ items: kinds }),
  'GET /entries': ({ query }) =>
    page(
      entries.filter(
        (entry) =>
          (!query.kind || entry.kind === query.kind) &&
          (!query.about || entry.student?.id === query.about || entry.person?.id === query.about),
      ),
      query,
    ),
  'POST /entries': () => entries[0],
  'POST /entry-batches': ({ body }) => ({ items: [], added: body.entries.length }),
  'POST /entries/:id/reversal': ({ id }) =>
    Object.assign(
      entries.find((entry) => entry.id === id),
      { reversed_by: '1' },
    ),
  'GET /indicators': ({ query }) => ({
    organisation: brief(by_id(query.organisation)),
    day: query.day ?? '2026-11-22',
    is_computing: false,
    indicators: state.is_new ? [] : indicators_of(by_id(query.organisation)),
  }),
  'GET /indicators/:id': ({ id, query }) => indicators_of(by_id(query.organisation ?? root.id))[Number(id) - 1],
  'GET /indicators/:id/units': ({ id, query }) => ({ items: units_of(by_id(query.organisation ?? root.id), Number(id)) }),
  'GET /indicators/:id/entries': ({ query }) => page(entries.slice(0, 20), query),
  'GET /indicators/:id/subjects': ({ query }) =>
    page(
      subjects_of(by_id(query.organisation ?? root.id), query.state).filter(({ name }) => name.includes(query.q ?? '')),
      query,
    ),
  'GET /setup': () => ({ items: setup_items() }),
}

function find_route(method, path) {
  for (const [name, handler] of Object.entries(routes)) {
    const [verb, pattern] = name.split(' ')
    const found = path.match(new RegExp(`^${pattern.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`))
    if (verb === method && found) return { handler, names: found.groups ?? {} }
  }
}

function answer_api(request, url, text, response) {
  const route = find_route(request.method, url.pathname.slice(4))
  const is_json = text.startsWith('{')
  const result = route
    ? route.handler({
        ...route.names,
        query: Object.fromEntries(url.searchParams),
        body: is_json ? JSON.parse(text) : undefined,
        text,
        size: text.length,
      })
    : problem(404, '没有这个地址。')
  if (result?.file) return response.writeHead(200, { 'content-type': 'application/toml' }).end(result.file)
  if (result === undefined) return response.writeHead(204).end()
  const is_problem = result.body?.type === 'about:blank'
  response.writeHead(is_problem ? result.status : 200, {
    'content-type': is_problem ? 'application/problem+json' : 'application/json',
    ...result.headers,
  })
  response.end(JSON.stringify(is_problem ? result.body : result))
}

const types = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.svg': 'image/svg+xml' }
function answer_file(url, response) {
  const wanted = join(dist, url.pathname)
  const file = existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(dist, 'index.html')
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
  })
  createReadStream(file).pipe(response)
}

createServer((request, response) => {
  const url = new URL(request.url, 'http://mock')
  if (!url.pathname.startsWith('/api/')) return answer_file(url, response)
  let text = ''
  request.on('data', (chunk) => (text += chunk.toString('latin1')))
  request.on('end', () => answer_api(request, url, Buffer.from(text, 'latin1').toString('utf8'), response))
}).listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`))
