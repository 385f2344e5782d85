import type { EntryKind, PlanPart, PointRule, Requirement } from '@concentric/api-client'
import { computed, type Ref } from 'vue'
import { useWords } from '@/parts/useWords'

/** Says in words what the rules of a plan ask for. Amounts of points are hundredths in a plan. */
export function useRuleWords(kinds: Ref<EntryKind[]>) {
  const { t, minutes, share, date } = useWords()
  const names = computed(() => new Map(kinds.value.map((kind) => [kind.name, kind.words])))

  function kind_words(pattern: string): string {
    if (!pattern.endsWith('.*')) return names.value.get(pattern) ?? pattern
    const group = kinds.value.filter((kind) => kind.name.startsWith(pattern.slice(0, -1)))
    return group.map((kind) => kind.words).join(t('common.or')) || pattern
  }

  function amount_words(measure: PlanPart['measure'], amount: number): string {
    if (measure === 'minutes') return minutes(amount)
    return measure === 'points' ? t('plan.points_n', { n: amount / 100 }) : t('ledger.times', { n: amount }, amount)
  }

  function part_words(part: PlanPart): string {
    const what = part.entries.map(kind_words).join(t('common.or')) || t('plan.growth_points')
    const by_stage = part.by_stage.map(
      ({ stage, at_least }) => `${t(`shared.stage.${stage}`)} ${amount_words(part.measure, at_least)}`,
    )
    const amounts = [amount_words(part.measure, part.at_least), ...by_stage].join(t('common.list_comma'))
    return t('plan.at_least', { what, amounts })
  }

  function subject_words(subject: string): string {
    return t(`shared.subject.${subject}`)
  }

  function who_words(rule: Requirement): string {
    const subjects = rule.subjects.map(subject_words)
    const stages = rule.where.stages.map((stage) => t(`shared.stage.${stage}`))
    return [subjects.join(t('common.list_comma')), stages.length > 0 ? `(${stages.join(t('common.list_comma'))})` : '']
      .join(' ')
      .trim()
  }

  function target_words(rule: Requirement): string {
    if (rule.targets.length <= 1) return share(rule.targets[0]?.share ?? 1)
    return rule.targets
      .map((step) => t('plan.target_by', { day: date(step.by), share: share(step.share) }))
      .join(t('common.list_comma'))
  }

  function earn_words(rule: PointRule): string {
    const points = (hundredths: number) => t('plan.points_n', { n: hundredths / 100 })
    if (rule.per_entry > 0) return t('plan.per_entry', { points: points(rule.per_entry) })
    if (rule.per_hour > 0)
      return t(rule.by_credit_hour ? 'plan.per_credit_hour' : 'plan.per_hour', { points: points(rule.per_hour) })
    return t('plan.per_count', { points: points(rule.per_count) })
  }

  function cap_words(rule: PointRule): string {
    return rule.cap_per
      ? t('plan.cap', { per: t(`shared.per.${rule.cap_per}`), points: t('plan.points_n', { n: rule.cap / 100 }) })
      : t('plan.no_cap')
  }

  return { kind_words, part_words, subject_words, who_words, target_words, earn_words, cap_words }
}
