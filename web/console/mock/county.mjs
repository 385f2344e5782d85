// A county made up for designers: the same one at every start, because its dice are loaded.
let seed = 20260305
export function roll(below) {
  seed = (seed * 1103515245 + 12345) % 2147483648
  return Math.floor((seed / 2147483648) * below)
}
export const pick = (list) => list[roll(list.length)]
let last_id = 7100000000
const new_id = () => String((last_id += 7 + roll(50)))

const surnames = [...'王李张刘陈杨赵黄周吴徐孙马朱胡郭何林罗梁']
const given = [
  '子涵',
  '雨桐',
  '浩然',
  '思远',
  '欣怡',
  '一诺',
  '梓萱',
  '宇轩',
  '佳怡',
  '明哲',
  '若曦',
  '俊杰',
  '诗涵',
  '嘉懿',
  '建国',
  '秀英',
  '志强',
  '丽华',
  '晓燕',
  '海波',
  '玉兰',
  '文静',
]
export const person_name = () => pick(surnames) + pick(given)

export const organisations = []
function found(kind, name, parent, more = {}) {
  const organisation = { id: new_id(), parent: parent?.id, kind, name, stages: [], opened_on: '2021-09-01', version: 1, ...more }
  organisations.push(organisation)
  return organisation
}
export const brief = ({ id, kind, name }) => ({ id, kind, name })

const county = found('county', '青禾县教联体')
const bureau = found('bureau', '青禾县教育和体育局', county)
const streets = ['南湖街道', '北山街道', '河东街道'].map((name) => found('subdistrict', name, county))
for (const name of ['柳林社区', '书院社区', '新桥社区', '东风社区', '兰亭社区', '永安社区']) found('community', name, pick(streets))
found('resource', '青禾县博物馆', county, {
  resource_kind: '博物馆',
  address: '文化路 12 号',
  contact: '罗馆长',
  phone: '0531-8266xxxx',
})
found('resource', '青禾县科技馆', county, { resource_kind: '科技馆' })
found('resource', '青禾县人民医院', county, { resource_kind: '医院' })
found('guidance_station', '书院社区家长加油站', streets[0])
const schools = [
  ['school', '青禾县实验小学', ['primary'], 6],
  ['school', '祁连山路学校', ['primary', 'junior'], 9],
  ['school', '南湖小学', ['primary'], 6],
  ['school', '青禾县第一中学', ['junior', 'senior'], 6],
  ['school', '河东九年一贯制学校', ['primary', 'junior'], 9],
  ['kindergarten', '春苗幼儿园', ['kindergarten'], 3],
  ['kindergarten', '机关第二幼儿园', ['kindergarten'], 3],
].map(([kind, name, stages, years]) => ({
  ...found(kind, name, pick(streets), {
    stages,
    code: `32${roll(90000000) + 10000000}`,
    address: '学府路 8 号',
    contact: person_name(),
  }),
  years,
}))
const numerals = [...'一二三四五六七八九']
for (const school of schools) {
  for (let year = 0; year < school.years; year++) {
    const grade = found('grade', `${numerals[year]}年级`, school, { stages: school.stages.slice(0, 1), entry_year: 2026 - year })
    for (let number = 1; number <= 3; number++)
      found('class', `${numerals[year]}(${number})班`, grade, { stages: grade.stages, entry_year: 2026 - year, number })
  }
}
export const classes = organisations.filter((organisation) => organisation.kind === 'class')
export const by_id = (id) => organisations.find((organisation) => organisation.id === id)
export const children_of = (id) => organisations.filter((organisation) => organisation.parent === id)
export function ancestors_of(organisation) {
  const above = by_id(organisation.parent)
  return above ? [...ancestors_of(above), brief(above)] : []
}
const school_of = (class_) => by_id(by_id(class_.parent).parent)
export const is_below = (organisation, id) => organisation.id === id || ancestors_of(organisation).some((above) => above.id === id)

export const roles = [
  { role: 'county_admin', name: '区县管理员', kinds: ['county', 'bureau'] },
  { role: 'principal', name: '校长', kinds: ['school', 'kindergarten'] },
  { role: 'moral_office', name: '德育主任', kinds: ['school'] },
  { role: 'class_teacher', name: '班主任', kinds: ['class'] },
  { role: 'community_worker', name: '社区工作者', kinds: ['community', 'guidance_station'] },
]
export const permissions = [
  'signed_in',
  'read_directory',
  'manage_organisations',
  'read_people',
  'manage_people',
  'import_roster',
  'manage_posts',
  'manage_accounts',
  'read_plan',
  'manage_plan',
  'read_indicators',
  'read_ledger',
  'append_entries',
  'import_history',
  'read_audit',
]
for (const role of roles)
  role.permissions =
    role.role === 'county_admin'
      ? permissions
      : permissions.slice(0, 1).concat('read_directory', 'read_people', 'read_indicators', 'read_ledger', 'append_entries')

export const people = []
function bear(more) {
  const person = {
    id: new_id(),
    name: person_name(),
    sex: pick(['female', 'male']),
    version: 1,
    posts: [],
    children: [],
    has_account: false,
    role_names: [],
    is_student: false,
    is_staff: false,
    is_carer: false,
    ...more,
  }
  people.push(person)
  return person
}
export const post = (person, role, organisation, title = '') => {
  const made = { id: new_id(), role: role.role, role_name: role.name, title, organisation: brief(organisation), from: '2025-09-01' }
  person.posts.push(made)
  person.role_names.push(role.name)
  return made
}
export const admin = bear({ name: '周敏', is_staff: true, phone: '138****6021', has_account: true, organisation: brief(bureau) })
post(admin, roles[0], county, '教联体办公室主任')
post(admin, roles[1], schools[1], '祁连山路学校校长')
for (const school of schools)
  post(
    bear({
      is_staff: true,
      phone: `139****${1000 + roll(9000)}`,
      has_account: true,
      organisation: brief(school),
      school: brief(school),
    }),
    roles[1],
    school,
  )
for (const class_ of classes.slice(0, 40)) {
  const school = school_of(class_)
  post(
    bear({ is_staff: true, phone: `136****${1000 + roll(9000)}`, organisation: brief(class_), school: brief(school) }),
    roles[3],
    class_,
  )
}
for (const class_ of classes.slice(0, 12)) {
  const school = school_of(class_)
  for (let index = 0; index < 8; index++) {
    const carer = bear({ is_carer: true, phone: `137****${1000 + roll(9000)}` })
    const enrolled = { class: brief(class_), school: brief(school), stage: class_.stages[0], from: '2025-09-01' }
    const pupil = bear({
      is_student: true,
      birth_day: `201${roll(10)}-0${1 + roll(9)}-1${roll(10)}`,
      identity_kind: 'resident',
      identity: `3704**********${1000 + roll(9000)}`,
      student_number: `G3704**********${1000 + roll(9000)}`,
      status: 'active',
      organisation: brief(class_),
      school: brief(school),
      student: {
        student_number: 'G3704**********3812',
        school_number: String(20230000 + roll(900)),
        status: 'active',
        residence: '柳林社区 3 栋',
        class: brief(class_),
        school: brief(school),
        groups: index === 3 ? [{ name: '留守儿童', from: '2025-03-01' }] : [],
        enrolments: [enrolled, { ...enrolled, from: '2024-09-01', to: '2025-08-31' }],
        carers: [
          {
            person: carer.id,
            name: carer.name,
            relation: pick(['mother', 'father', 'grandparent']),
            position: 1,
            is_guardian: true,
            phone: carer.phone,
          },
        ],
        siblings: [],
      },
    })
    carer.children.push({ id: pupil.id, name: pupil.name, relation: 'mother', class_name: class_.name, school_name: school.name })
  }
}
export const pupils = people.filter((person) => person.is_student)
export const root = county
