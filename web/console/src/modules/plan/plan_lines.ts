import type { EntryKind, PlanDetail } from '@concentric/api-client'
import { computed, type Ref } from 'vue'
import { useWords } from '@/parts/useWords'
import { useSession } from '@/session'
import type { RuleLine } from './RuleList.vue'
import { useRuleWords } from './rule_words'

/** The rules of a plan as lines to read: title, source text, and what each asks for. */
export function usePlanLines(detail: Ref<PlanDetail | undefined>, kinds: Ref<EntryKind[]>) {
  const { t, either, share } = useWords()
  const session = useSession()
  const say = useRuleWords(kinds)
  const list = (words: string[]) => words.join(t('common.list_comma'))

  const plan = computed(() => detail.value?.plan)
  const numbers = computed(() => new Map(detail.value?.numbers.map(({ rule, number }) => [rule, number])))

  const obligations = computed<RuleLine[]>(() =>
    (plan.value?.requirements ?? [])
      .filter((rule) => rule.purpose === 'obligation')
      .map((rule) => ({
        ...line_of(rule),
        link: indicator_of(rule.key),
        facts: [
          { name: t('plan.who'), value: say.who_words(rule) },
          { name: t('plan.period'), value: t(`shared.per.${rule.per}`) },
          { name: t('plan.needs'), value: list(rule.all.map(say.part_words)) },
          { name: t('plan.target'), value: say.target_words(rule) },
          { name: t('plan.ring'), value: rule.ring ? t(`shared.ring.${rule.ring}`) : '' },
          { name: t('plan.excused_by'), value: list(rule.excused_by.map(say.kind_words)) },
          { name: t('plan.owner'), value: rule.owner },
        ],
      })),
  )

  const points = computed<RuleLine[]>(() =>
    (plan.value?.points ?? []).map((rule) => ({
      ...line_of(rule),
      facts: [
        { name: t('plan.for_what'), value: list(rule.entries.map(say.kind_words)) },
        { name: t('plan.who'), value: say.subject_words(rule.to) },
        { name: t('plan.earns'), value: say.earn_words(rule) },
        { name: t('plan.limit'), value: say.cap_words(rule) },
      ],
    })),
  )

  const credentials = computed<RuleLine[]>(() =>
    (plan.value?.credentials ?? []).map((rule) => ({
      ...line_of(rule),
      facts: [
        { name: t('plan.who'), value: say.subject_words(rule.to) },
        { name: t('plan.needs'), value: list(rule.needs.map(requirement_words)) },
        { name: t('plan.number_series'), value: rule.number },
        { name: t('plan.issuer'), value: rule.issuer },
      ],
    })),
  )

  const awards = computed<RuleLine[]>(() =>
    (plan.value?.awards ?? []).map((rule) => ({
      ...line_of(rule),
      facts: [
        { name: t('plan.who'), value: say.subject_words(rule.subject) },
        { name: t('plan.period'), value: t(`shared.per.${rule.per}`) },
        { name: t('plan.proposed'), value: proposed_words(rule.top, rule.first) },
        { name: t('plan.basis'), value: rule.basis },
      ],
    })),
  )

  const commitments = computed<RuleLine[]>(() =>
    (plan.value?.commitments ?? []).map((rule) => ({ ...line_of(rule), facts: [{ name: t('plan.owner'), value: rule.owner }] })),
  )

  function line_of(rule: { key: string; title: { zh: string; en: string }; source: string; text: string }) {
    return { key: rule.key, title: either(rule.title), source: rule.source, text: rule.text }
  }

  function indicator_of(key: string): string | undefined {
    const number = detail.value?.summary.state === 'in_force' ? numbers.value.get(key) : undefined
    return number !== undefined && session.may('read_indicators') ? `/indicators/${number}` : undefined
  }

  function requirement_words(key: string): string {
    const rule = plan.value?.requirements.find((requirement) => requirement.key === key)
    return rule ? list(rule.all.map(say.part_words)) : key
  }

  function proposed_words(top: number, first: number): string {
    if (top > 0) return t('plan.top_share', { share: share(top) })
    return first > 0 ? t('plan.first_n', { n: first }) : t('plan.people_decide')
  }

  return { obligations, points, credentials, awards, commitments }
}
