// A small county with a subject of every kind, all there years before the plans begin; and whom an obligation asks in it.
import type {
  EntryInput,
  OrganisationInput,
  OrganisationKind,
  Person,
  Plan,
  Requirement,
} from '../../web/packages/api-client/src/index.ts'
import { found_county, log_in_first } from './county.ts'
import { apply, bring } from './imports.ts'
import { start_server, type Server, type ServerOptions } from './server.ts'
import type { Visitor } from './visitor.ts'

type SubjectKind = Requirement['subjects'][number]

export interface Subject {
  kind: SubjectKind
  id: string
  name: string
  stages: string[]
  groups: string[]
  resource_kind: string
  /** The organisations that it belongs to, each before those above it. */
  within: string[]
  /** How an entry says that it is about this subject. */
  named: Partial<EntryInput>
  /** The route that tells how it stands. */
  standing: string
}

export interface ObligationCounty {
  server: Server
  official: Visitor
  root: string
  subjects: Subject[]
}

interface Place {
  kind: (OrganisationKind & SubjectKind) | 'class'
  name: string
  stages?: OrganisationInput['stages']
  entry_year?: number
  number?: number
  resource_kind?: string
  below?: Place[]
}

const opened_on = '2010-09-01'

const grade = (name: string, stage: NonNullable<OrganisationInput['stages']>[number]): Place => ({
  kind: 'grade',
  name,
  stages: [stage],
  entry_year: 2020,
  below: [{ kind: 'class', name: '1班', stages: [stage], entry_year: 2020, number: 1 }],
})

const places: Place[] = [
  { kind: 'community', name: '江湾社区', below: [{ kind: 'guidance_station', name: '江湾指导站' }] },
  { kind: 'community', name: '柳林社区', below: [{ kind: 'guidance_station', name: '柳林指导站' }] },
  { kind: 'resource', name: '梅岭博物馆', resource_kind: 'museum' },
  { kind: 'resource', name: '梅岭医院', resource_kind: 'hospital' },
  {
    kind: 'school',
    name: '祁连山路学校',
    stages: ['primary', 'junior'],
    below: [grade('小学2020级', 'primary'), grade('初中2020级', 'junior')],
  },
  { kind: 'school', name: '梅岭中学', stages: ['senior'], below: [grade('2020级', 'senior')] },
  { kind: 'kindergarten', name: '江湾幼儿园', stages: ['kindergarten'], below: [grade('2020级', 'kindergarten')] },
]

// Two of every class; 李小明 and 李小红 are one family in two schools, with one mother.
const roster = `姓名,学校名称,年级,班级,入学年月,是否留守儿童,成员1姓名,成员1关系,成员1联系电话
李小明,祁连山路学校,小学2020级,1班,2020-09,是,周敏,母亲,13800000001
张强,祁连山路学校,小学2020级,1班,2020-09,否,张伟,父亲,13800000002
陈静,祁连山路学校,初中2020级,1班,2020-09,否,陈刚,父亲,13800000003
何平,祁连山路学校,初中2020级,1班,2020-09,否,何英,祖母,13800000004
许诺,梅岭中学,2020级,1班,2020-09,是,许军,父亲,13800000005
赵磊,梅岭中学,2020级,1班,2020-09,否,赵兰,母亲,13800000006
李小红,江湾幼儿园,2020级,1班,2020-09,否,周敏,母亲,13800000001
孙悦,江湾幼儿园,2020级,1班,2020-09,否,孙涛,父亲,13800000007
`

export async function make_obligation_county(options: ServerOptions): Promise<ObligationCounty> {
  const server = await start_server(options)
  try {
    const founder = await found_county(server)
    const official = await log_in_first(server, founder.user_name, founder.password)
    const maker = new Maker(official)
    await maker.make()
    return { server, official, root: maker.root, subjects: maker.subjects }
  } catch (error) {
    await server.stop()
    throw error
  }
}

class Maker {
  root = ''
  readonly subjects: Subject[] = []

  constructor(private readonly official: Visitor) {}

  async make(): Promise<void> {
    const { acting_as, person } = await this.official.call('GET /session')
    this.root = acting_as!.organisation.id
    await this.official.call('PATCH /organisations/{id}', { path: { id: this.root }, body: { opened_on } })
    this.add_organisation({ kind: 'county', name: acting_as!.organisation.name }, this.root, [])
    for (const place of places) await this.make_place(place, [this.root])
    await this.make_staff()
    await this.begin_early(person, acting_as!.id, this.root)
    await this.make_pupils()
  }

  private async make_place(place: Place, above: string[]): Promise<void> {
    const { below = [], kind, stages = [], ...rest } = place
    const { id } = await this.official.call('POST /organisations', {
      body: { parent: above[0]!, kind, stages, opened_on, ...rest },
    })
    this.add_organisation(place, id, above)
    for (const lower of below) await this.make_place(lower, [id, ...above])
  }

  private add_organisation({ kind, name, stages = [], resource_kind = '' }: Place, id: string, above: string[]): void {
    const named = kind === 'resource' ? { unit: this.root, resource: id } : { unit: id }
    const standing = `/api/organisations/${id}/standing`
    this.subjects.push({ kind, id, name, stages, groups: [], resource_kind, within: [id, ...above], named, standing })
  }

  private async make_staff(): Promise<void> {
    for (const [name, organisation, role] of [
      ['王芳', '祁连山路学校', 'teacher'],
      ['刘洋', '梅岭中学', 'teacher'],
      ['吴桐', '江湾社区', 'community_worker'],
    ] as const) {
      const { id } = this.subjects.find((subject) => subject.name === organisation)!
      const person = await this.official.call('POST /staff', { body: { name, organisation: id, role } })
      await this.begin_early(person, person.posts[0]!.id, id)
    }
  }

  /** A post begins on the day on which it is given, unless it is said to have begun before. */
  private async begin_early({ id, name }: { id: string; name: string }, post: string, organisation: string): Promise<void> {
    await this.official.call('PATCH /posts/{id}', { path: { id: post }, body: { from: opened_on } })
    this.add_person('staff', id, name, { person: id }, { within: this.around(organisation) })
  }

  private async make_pupils(): Promise<void> {
    const brought = await bring(this.official, { kind: 'roster', name: '花名册.csv', bytes: roster, organisation: this.root })
    await apply(this.official, brought.id)
    const { items } = await this.official.call('GET /people', { query: { kind: 'student', limit: 200 } })
    for (const { id } of items) this.add_pupil(await this.official.call('GET /people/{id}', { path: { id } }))
  }

  private add_pupil({ id, name, student }: Person): void {
    const class_ = this.subjects.find((subject) => subject.id === student!.class!.id)!
    const groups = student!.groups.length > 0 ? [...student!.groups.map((group) => group.name), 'special-care'] : []
    const belonging = { stages: class_.stages, groups, within: class_.within }
    this.add_person('student', id, name, { student: id }, belonging)
    this.add_person('family', student!.family!, name, { student: id }, belonging, id)
    for (const carer of student!.carers) this.add_person('carer', carer.person, carer.name, { person: carer.person }, belonging)
  }

  /** Somebody with several children, or a family with them, belongs wherever any of them does. */
  private add_person(
    kind: SubjectKind,
    id: string,
    name: string,
    named: Partial<EntryInput>,
    { within, stages = [], groups = [] }: { within: string[]; stages?: string[]; groups?: string[] },
    shown_with = id,
  ): void {
    const known = this.subjects.find((subject) => subject.kind === kind && subject.id === id)
    if (!known) {
      const standing = `/api/people/${shown_with}/standing`
      this.subjects.push({ kind, id, name, stages, groups, resource_kind: '', within, named, standing })
      return
    }
    known.stages = [...known.stages, ...stages]
    known.groups = [...known.groups, ...groups]
    known.within = [...new Set([...known.within, ...within])]
  }

  private around(organisation: string): string[] {
    return this.subjects.find(({ id }) => id === organisation)!.within
  }
}

/** Whom the obligation asks, told from the county as it was made. */
export function audience_of({ subjects }: ObligationCounty, plan: Plan, { subjects: kinds, where }: Requirement): Subject[] {
  const own = subjects.find(({ name }) => name === plan.unit)
  return subjects.filter(
    (subject) =>
      kinds.includes(subject.kind) &&
      has_any(where.stages, subject.stages) &&
      has_any(where.groups, subject.groups) &&
      has_any(where.kinds, [subject.resource_kind]) &&
      (!own || lies_outside_schools(subject) || subject.within.includes(own.id)),
  )
}

/** A plan for one school looks for these in the whole county. */
function lies_outside_schools({ kind }: Subject): boolean {
  return kind === 'resource' || kind === 'community'
}

function has_any(asked: string[], present: string[]): boolean {
  return asked.length === 0 || asked.some((word) => present.includes(word))
}
