// The obligations, ledger, plan and imports of the designer's county.
import { brief, by_id, children_of, classes, is_below, people, pick, pupils, roll, root } from './county.mjs'

export const kinds = [
  ['visit.home', '教师入户家访'],
  ['visit.phone', '电话家访'],
  ['attended.open_day', '参加家长开放日'],
  ['attended.guidance', '参加家庭教育指导'],
  ['held.drill', '举办安全演练'],
  ['held.guidance', '举办家庭教育指导'],
  ['service.community', '社区服务'],
  ['volunteer.duty', '护学岗执勤'],
  ['course.parent', '家长课程学习'],
  ['meeting.joint', '家校社联席会议'],
  ['resource.used', '使用资源'],
  ['care.helped', '一对一帮扶'],
].map(([name, words]) => ({ name, words }))

const term = { from: '2026-09-01', to: '2027-01-31', title: '2026—2027学年第一学期' }
const year = { from: '2026-01-01', to: '2026-12-31', title: '2026年' }
const school_year = { from: '2026-09-01', to: '2027-08-31', title: '2026—2027学年' }
const month = { from: '2026-11-01', to: '2026-11-30', title: '2026年11月' }
const of_plan = { from: '2025-02-01', to: '2027-12-31', title: '方案期' }
const rules = [
  [
    '每生每学期至少一次教师入户家访',
    'family',
    'student',
    '学生',
    'term',
    '每学期 ≥ 1 次',
    term,
    0.874,
    1,
    'at_risk',
    '三(二)1',
    '全员家访：每学期对每名学生至少进行一次入户家访。',
  ],
  [
    '每学年家访覆盖全体学生家庭',
    'family',
    'family',
    '家庭',
    'school_year',
    '每学年 ≥ 1 次',
    school_year,
    0.912,
    1,
    'on_course',
    '三(二)1',
    '实施“1+N”家访制度，每学年覆盖100%学生家庭。',
  ],
  [
    '家长参与度达90%以上',
    'family',
    'family',
    '家庭',
    'school_year',
    '每学年 ≥ 1 次',
    school_year,
    0.931,
    0.9,
    'met',
    '五2',
    '家长参与度达90%以上，社区资源利用率达80%。',
  ],
  [
    '学生每年社区服务不少于6小时',
    'community',
    'student',
    '学生',
    'calendar_year',
    '每年 ≥ 6 小时',
    year,
    0.643,
    1,
    'at_risk',
    '三(三)1',
    '课程改革：开发“德育+实践”融合课程(如“社区服务积分制”)。',
  ],
  [
    '每学期组织2次安全演练',
    'school',
    'school',
    '学校',
    'term',
    '每学期 ≥ 2 次',
    term,
    0.8,
    1,
    'on_course',
    '三(三)2',
    '学校：每学期组织2次安全演练。',
  ],
  [
    '每学期1次家庭教育指导',
    'school',
    'school',
    '学校、幼儿园',
    'term',
    '每学期 ≥ 1 次',
    term,
    1,
    1,
    'met',
    '二3',
    '中小学家长学校每学期至少组织1次家庭教育指导和1次家庭教育实践活动。',
  ],
  [
    '每学期2次教师、家长协同育人专题培训',
    'school',
    'school',
    '学校',
    'term',
    '每学期 ≥ 2 次',
    term,
    0.4,
    1,
    'missed',
    '三(三)1',
    '每学期开展2次教师、家长协同育人专题培训。',
  ],
  [
    '校级家长委员会已成立',
    'school',
    'school',
    '学校',
    'plan',
    '方案期内 ≥ 1 次',
    of_plan,
    1,
    1,
    'met',
    '三(二)1',
    '完善家委会建设。',
  ],
  [
    '社区资源利用率达80%',
    'community',
    'resource',
    '资源单位',
    'calendar_year',
    '每年 ≥ 1 次',
    year,
    0.667,
    0.8,
    'on_course',
    '五2',
    '社区资源利用率达80%。',
  ],
  [
    '特殊群体学生每月走访一次',
    'family',
    'student',
    '学生',
    'month',
    '每月 ≥ 1 次',
    month,
    0.583,
    1,
    'at_risk',
    '三(三)4',
    '对特殊群体学生每月至少走访一次。',
  ],
  [
    '社区每学期组织1次家庭活动',
    'community',
    'community',
    '社区',
    'term',
    '每学期 ≥ 1 次',
    term,
    0.5,
    1,
    'on_course',
    '二4',
    '社区每学期至少开展1次以家庭为单位的活动。',
  ],
  [
    '签署安全责任承诺书',
    'family',
    'family',
    '家庭',
    'school_year',
    '每学年 ≥ 1 次',
    school_year,
    0.982,
    0.95,
    'met',
    '三(三)2',
    '家庭：签署《安全责任承诺书》。',
  ],
  [
    '县级联席会议每学期一次',
    'school',
    'county',
    '区县',
    'term',
    '每学期 ≥ 1 次',
    term,
    0,
    1,
    'no_subjects',
    '三(一)1',
    '定期召开家校社联席会议。',
  ],
]
const totals = { student: 12480, family: 10733, school: 5, resource: 3, community: 6, county: 0 }
const plan_brief = { id: '810', key: 'qilianshan-2025-2027', version: 2, title: '“家校社协同育人教联体”实施方案(2025—2027年)' }

export function indicators_of(organisation) {
  const part = organisation.id === root.id ? 1 : Math.max(0.02, (children_of(organisation.id).length + 2) / 60)
  return rules.map((rule, index) => {
    const [title, ring, subject, subject_name, per, needs, period, share, target, state, source, text] = rule
    const total = Math.max(Math.round(totals[subject] * part), totals[subject] ? 1 : 0)
    const covered = Math.round(total * share)
    const trend = Array.from({ length: 6 }, (_, step) => ({
      from: `202${4 + Math.floor(step / 2)}-0${step % 2 ? 9 : 2}-01`,
      to: '',
      title: `202${4 + Math.floor(step / 2)}年${step % 2 ? '秋' : '春'}`,
      share: Math.max(0, Math.min(1, share - (5 - step) * 0.07 + ((index * 3 + step) % 3) * 0.02)),
      covered,
      total,
    }))
    return {
      number: index + 1,
      plan: plan_brief,
      key: `rule-${index}`,
      title,
      ring,
      source,
      text,
      subjects: [subject],
      subject_name,
      per,
      needs,
      owner: index % 3 ? '家校联络部' : undefined,
      period,
      total,
      covered,
      excused: index === 0 ? 12 : 0,
      missing: total - covered,
      share: total ? covered / total : 0,
      target,
      state: total ? state : 'no_subjects',
      elapsed: 0.54,
      trend: state === 'no_subjects' ? [] : trend,
    }
  })
}

export const units_of = (organisation, number) =>
  children_of(organisation.id).map((child, index) => {
    const total = 200 + ((index * 397) % 900)
    const share = [0.95, 0.82, 0.71, 1, 0.64, 0.9][(index + number) % 6]
    const covered = Math.round(total * share)
    return {
      organisation: brief(child),
      total,
      covered,
      excused: 0,
      missing: total - covered,
      share: covered / total,
      state: share >= 0.95 ? 'met' : share > 0.8 ? 'on_course' : share > 0.7 ? 'at_risk' : 'missed',
    }
  })

export const subjects_of = (organisation, state) =>
  pupils
    .filter((pupil) => is_below(by_id(pupil.organisation.id), organisation.id))
    .map((pupil) => ({
      id: pupil.id,
      kind: 'student',
      name: pupil.name,
      organisation: { ...pupil.organisation, name: `${pupil.school.name} ${pupil.organisation.name}` },
      parts: [{ title: '教师入户家访', amount: state === 'covered' ? 1 : 0, needed: 1, unit_name: '次' }],
      state,
    }))

let entry_number = 88000000
export const entries = Array.from({ length: 140 }, (_, index) => {
  const kind = pick(kinds)
  const pupil = pick(pupils)
  const of_people = !kind.name.startsWith('held') && !kind.name.startsWith('meeting')
  const teacher = pick(people.filter((person) => person.is_staff))
  const day = String(20 - Math.floor(index / 7)).padStart(2, '0')
  return {
    id: String((entry_number += 13)),
    kind: kind.name,
    kind_name: kind.words,
    happened_at: `2026-11-${day}T1${index % 9}:30:00.000+08:00`,
    recorded_at: `2026-11-${day}T20:05:00.000+08:00`,
    recorded_by: { id: teacher.id, name: teacher.name },
    person: of_people ? { id: teacher.id, name: teacher.name } : undefined,
    student: of_people ? { id: pupil.id, name: pupil.name } : undefined,
    unit: of_people ? pupil.organisation : brief(by_id(classes[index % classes.length].parent)),
    minutes: [0, 45, 90, 120][index % 4],
    count: 1,
    source: `手工登记/${entry_number}`,
    reversed_by: index === 5 ? '1' : undefined,
  }
})

const requirement = ([title, ring, subject, , per, , , , target, , source, text], index) => ({
  key: `rule-${index}`,
  purpose: 'obligation',
  title: { zh: title, en: '' },
  source,
  text,
  subjects: [subject],
  where: { stages: index === 3 ? ['primary', 'junior'] : [], groups: [], kinds: [] },
  all: [
    {
      entries: [kinds[index % kinds.length].name],
      measure: index === 3 ? 'minutes' : 'entries',
      at_least: index === 3 ? 360 : 1,
      by_stage: [],
    },
  ],
  excused_by: [],
  per,
  window: '',
  targets: [{ by: '2025-02-01', share: target }],
  weight: 1,
  ring,
  owner: index % 3 ? '家校联络部' : '',
})
export const plan = {
  key: plan_brief.key,
  title: { zh: plan_brief.title, en: '' },
  issuer: '青禾县教育和体育局',
  region_code: '370403',
  region_name: '青禾县',
  from: '2025-02-01',
  to: '2027-12-31',
  credit_hour_minutes: 45,
  source: '教体发〔2025〕11号',
  terms: [],
  windows: [],
  milestones: [
    ['启动阶段', '2025-02-01', '2025-02-28', '成立专项领导小组，制定实施方案，调研家校社协同育人现状。'],
    ['建设阶段', '2025-03-01', '2025-12-31', '搭建制度框架，建立多方联动机制；完成家长学校、社会资源库建设。'],
    ['深化阶段', '2026-01-01', '2027-06-30', '全面推广协同育人活动，优化课程与师资。'],
    ['成果阶段', '2027-07-01', '2027-12-31', '总结评估成果，形成可复制的模式。'],
  ].map(([zh, from, to, text], index) => ({
    key: `m${index}`,
    title: { zh, en: '' },
    source: `二${index + 1}`,
    text,
    from,
    to,
    owner: '领导小组',
  })),
  requirements: rules.map(requirement),
  points: [
    {
      key: 'p1',
      title: { zh: '参加家长课程', en: '' },
      source: '三(一)3',
      text: '将家校社协同成效纳入家长积分制。',
      entries: ['course.parent'],
      to: 'carer',
      per_entry: 0,
      per_hour: 500,
      by_credit_hour: true,
      per_count: 0,
      cap_per: 'term',
      cap: 6000,
    },
    {
      key: 'p2',
      title: { zh: '护学岗执勤', en: '' },
      source: '三(三)3',
      text: '组织家长参与安全执勤、课后服务。',
      entries: ['volunteer.*'],
      to: 'carer',
      per_entry: 300,
      per_hour: 0,
      by_credit_hour: false,
      per_count: 0,
      cap: 0,
    },
  ],
  credentials: [
    {
      key: 'c1',
      title: { zh: '父母成长课时证明', en: '' },
      source: '三(三)5',
      text: '达到规定积分，发放父母成长课时证明。',
      to: 'carer',
      needs: ['rule-2'],
      number: 'QH-{year}-{serial:06}',
      issuer: '青禾县教育和体育局',
    },
  ],
  awards: [
    {
      key: 'a1',
      title: { zh: '优秀家长', en: '' },
      source: '三(一)3',
      text: '“优秀家长”评选。',
      subject: 'carer',
      by: '',
      top: 0.05,
      first: 0,
      within: 'school',
      per: 'school_year',
      basis: '县级评比目录第 4 项',
    },
  ],
  commitments: [
    {
      key: 'k1',
      title: { zh: '开通急救绿色通道', en: '' },
      source: '三(三)2',
      text: '警校联动设立“护学岗”,医院开通急救绿色通道。',
      owner: '卫健部门',
    },
  ],
}
export const summary = {
  ...plan_brief,
  state: 'in_force',
  from: plan.from,
  to: plan.to,
  file_name: 'qilianshan-2025-2027.toml',
  note: '2026 年修订，调整家访频次',
  loaded_by: { id: people[0].id, name: people[0].name },
  loaded_at: '2026-08-28T09:12:00.000+08:00',
  requirements: rules.length,
  milestones: 4,
  points: 2,
  credentials: 1,
  awards: 1,
  commitments: 1,
}
export const plan_text =
  `key = "${plan.key}"\ntitle = "${plan.title.zh}"\nfrom = 2025-02-01\nto = 2027-12-31\n\n` +
  plan.requirements
    .map(
      (rule) =>
        `[[requirement]]\nkey = "${rule.key}"\ntitle = "${rule.title.zh}"\nsource = "${rule.source}"\nsubject = "${rule.subjects[0]}"\nentries = ["${rule.all[0].entries[0]}"]\nper = "${rule.per}"\n`,
    )
    .join('\n')

const field = (name, title, required = false) => ({ field: name, name: title, required })
const column = (letter, heading, sample, name) => ({ column: letter, heading, sample, field: name })
export function new_import(kind, file_name, file_size, state = 'mapping') {
  return {
    id: String(5000 + roll(100000)),
    kind,
    file_name,
    file_size,
    organisation: brief(root),
    state,
    sheets: [
      {
        index: 0,
        name: '学生信息',
        kind: 'pupils',
        kind_name: '学生',
        header_row: 2,
        rows: 1284,
        columns: [
          column('A', '序号', '1'),
          column('B', '学生姓名', '王一诺', 'name'),
          column('C', '身份证件号', '3704**********4417', 'identity_number'),
          column('D', '全国学籍号', 'G3704**********4417', 'student_number'),
          column('E', '年级', '三年级', 'grade'),
          column('F', '班级', '2班', state === 'mapping' ? undefined : 'class'),
          column('G', '家长姓名', '王建国', 'carer_name'),
          column('H', '联系电话', '137****2210', 'carer_phone'),
        ],
      },
      {
        index: 1,
        name: '说明',
        kind: 'ignore',
        kind_name: '不导入',
        header_row: 1,
        rows: 12,
        columns: [column('A', '填表说明', '请勿改动标题行')],
      },
    ],
    fields: [
      {
        kind: 'pupils',
        kind_name: '学生',
        fields: [
          field('name', '姓名', true),
          field('grade', '年级', true),
          field('class', '班级', true),
          field('identity_number', '证件号码'),
          field('student_number', '学籍号'),
          field('carer_name', '家长姓名'),
          field('carer_phone', '家长电话'),
        ],
      },
      { kind: 'staff', kind_name: '教职工', fields: [field('name', '姓名', true), field('role', '岗位', true)] },
    ],
    counts:
      state === 'mapping'
        ? []
        : [
            { kind: 'pupils', kind_name: '学生', added: 1196, changed: 41, moved: 18, left: 7, faulty: 22, warnings: 15 },
            { kind: 'carers', kind_name: '家长', added: 2231, changed: 12, moved: 0, left: 0, faulty: 0, warnings: 0 },
          ],
    problem_counts:
      state === 'mapping'
        ? []
        : [
            { code: 'check_digit', words: '身份证号校验位不对', count: 14 },
            { code: 'unknown_class', words: '没有这个班级', count: 6 },
            { code: 'duplicate', words: '同一学籍号出现两次', count: 2 },
          ],
    created_by: { id: people[0].id, name: people[0].name },
    created_at: '2026-11-20T15:22:00.000+08:00',
    applied_at: state === 'applied' ? '2026-11-20T15:31:00.000+08:00' : undefined,
    can_apply: state === 'previewed',
    can_undo: state === 'applied',
    version: 1,
  }
}
export const imports = [
  new_import('roster', '实验小学学籍导出.xlsx', 482113),
  new_import('roster', '2026秋季学籍.xlsx', 1832113, 'previewed'),
  new_import('roster', '教职工名单.csv', 52113, 'applied'),
]
export const import_rows = (action) =>
  pupils.slice(0, 26).map((pupil, index) => ({
    number: index + 1,
    sheet: '学生信息',
    kind: 'pupils',
    row: index + 3,
    action,
    title: pupil.name,
    detail: `${pupil.school.name} ${pupil.organisation.name}`,
    changes:
      action === 'change'
        ? [{ field: 'phone', name: '家长电话', before: '137****1021', after: '139****7765', kept_by_hand: index % 4 === 0 }]
        : action === 'move'
          ? [{ field: 'class', name: '班级', before: '三(1)班', after: '三(2)班' }]
          : [],
    problems:
      action === 'fault'
        ? [
            {
              column: 'C',
              field: 'identity_number',
              code: 'check_digit',
              words: '身份证号校验位不对',
              found: '370403201507124418',
              is_warning: false,
            },
          ]
        : [],
  }))
