// What fulfils an obligation, and in which period: worked out from the plan alone.
import type { EntryInput, Plan, PlanPart, PointRule, Requirement } from '../../web/packages/api-client/src/index.ts'
import type { Subject } from './obligation_county.ts'

/** Parts of one obligation, each with entries that reach it exactly: without the last of them it is not reached. */
export type Fulfilment = EntryInput[][]

/** The first 15 March within the plan: it lies in every kind of period that the shipped plans know. */
export function day_within(plan: Plan): string {
  const day = `${plan.from.slice(0, 4)}-03-15`
  return day >= plan.from ? day : `${Number(plan.from.slice(0, 4)) + 1}-03-15`
}

/** First day of the period that holds the day; the plan's first day cuts it. */
export function period_of(plan: Plan, { per, window }: Requirement, day: string): string {
  const from = {
    month: () => `${day.slice(0, 7)}-01`,
    term: () => last_before(plan, day, () => true),
    school_year: () => last_before(plan, day, (from) => from.slice(5) >= '08'),
    half_year: () => `${day.slice(0, 4)}-${day.slice(5) < '07' ? '01' : '07'}-01`,
    calendar_year: () => `${day.slice(0, 4)}-01-01`,
    window: () => beginning_of(plan, window, day),
    plan: () => plan.from,
  }[per]()
  return from > plan.from ? from : plan.from
}

function last_before(plan: Plan, day: string, fits: (from: string) => boolean): string {
  return plan.terms.map(({ from }) => from).findLast((from) => from <= day && fits(from)) ?? plan.from
}

function beginning_of({ windows }: Plan, window: string, day: string): string {
  const two_digits = (number: number) => String(number).padStart(2, '0')
  const stretches = windows.find(({ key }) => key === window)!.each
  const from = stretches.map(({ from_month, from_day }) => `${two_digits(from_month)}-${two_digits(from_day)}`).sort()
  return `${day.slice(0, 5)}${from.findLast((first) => first <= day.slice(5))!}`
}

export class Fulfiller {
  constructor(
    private readonly plan: Plan,
    /** The catalogue. */
    private readonly kinds: string[],
    private readonly happened_at: string,
  ) {}

  fulfil({ all }: Requirement, subject: Subject): Fulfilment {
    return all.map((part) => this.reach(part, subject))
  }

  /** What opens a window of its own for the subject, when the obligation asks for one. */
  opening({ rolling }: Requirement, subject: Subject): EntryInput[] {
    return rolling ? [this.entry([rolling.start], subject)] : []
  }

  private reach(part: PlanPart, subject: Subject): EntryInput[] {
    const needed = needed_of(part, subject)
    if (part.measure === 'points') return this.earn(needed, subject)
    if (part.measure === 'entries') return Array.from({ length: needed }, () => this.entry(part.entries, subject))
    const minutes = needed > 1 ? [needed - 1, 1] : [needed]
    return minutes.map((some) => this.entry(part.entries, subject, { minutes: some }))
  }

  /** Rule after rule up to its cap, so that the last entry brings what is missing and little more. */
  private earn(needed: number, subject: Subject): EntryInput[] {
    const entries: EntryInput[] = []
    for (const rule of this.plan.points.filter(({ to }) => to === subject.kind)) {
      const wanted = Math.min(needed, rule.cap_per === undefined ? needed : rule.cap)
      const some = this.earn_by(rule, wanted, subject)
      entries.push(...some)
      needed -= Math.min(wanted, sum(some.map((entry) => earned(this.plan, rule, entry))))
      if (needed <= 0) return entries
    }
    throw new Error(`no rule gives a ${subject.kind} another ${needed / 100} points in one period`)
  }

  private earn_by(rule: PointRule, wanted: number, subject: Subject): EntryInput[] {
    if (rule.per_entry > 0)
      return Array.from({ length: Math.ceil(wanted / rule.per_entry) }, () => this.entry(rule.entries, subject))
    if (rule.per_count > 0) return [this.entry(rule.entries, subject, { count: Math.ceil(wanted / rule.per_count) })]
    const minutes = (points: number) => Math.ceil((points * hour_of(this.plan, rule)) / rule.per_hour)
    const nearly = this.entry(rule.entries, subject, { minutes: minutes(wanted) - 1 })
    // Every entry's points are rounded down for themselves, so the rest may need a minute more.
    const rest = this.entry(rule.entries, subject, { minutes: minutes(wanted - earned(this.plan, rule, nearly)) })
    return nearly.minutes === 0 ? [rest] : [nearly, rest]
  }

  private entry(patterns: string[], subject: Subject, amount: Partial<EntryInput> = {}): EntryInput {
    const kind = this.kinds.find((known) => patterns.some((pattern) => matches(pattern, known)))
    if (!kind) throw new Error(`no kind of entry is called ${patterns.join(' or ')}`)
    return { kind, happened_at: this.happened_at, ...subject.named, ...amount }
  }
}

function matches(pattern: string, kind: string): boolean {
  return pattern.endsWith('.*') ? kind.startsWith(pattern.slice(0, -1)) : kind === pattern
}

/** A subject of several stages is asked the least of theirs. */
function needed_of({ at_least, by_stage }: PlanPart, { stages }: Subject): number {
  const own = by_stage.filter(({ stage }) => stages.includes(stage)).map((amount) => amount.at_least)
  return own.length > 0 ? Math.min(...own) : at_least
}

function hour_of({ credit_hour_minutes }: Plan, { by_credit_hour }: PointRule): number {
  return by_credit_hour ? credit_hour_minutes : 60
}

/** In hundredths of a point, before any cap. */
function earned(plan: Plan, rule: PointRule, { minutes = 0, count = 1 }: EntryInput): number {
  return rule.per_entry + rule.per_count * count + Math.floor((rule.per_hour * minutes) / hour_of(plan, rule))
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
