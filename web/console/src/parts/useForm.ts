import { ApiProblem } from '@concentric/api-client'
import { ElMessageBox } from 'element-plus'
import { computed, inject, provide, reactive, ref, toRaw, type InjectionKey, type Reactive, type Ref } from 'vue'
import { words_of } from '@/api'
import { i18n } from '@/i18n'

export interface Form<T extends object> {
  value: Reactive<T>
  /** What is wrong with each field, by its name ("carers/0/name"). */
  problems: Ref<Record<string, string>>
  /** What is wrong with the whole. */
  fault: Ref<string>
  is_busy: Ref<boolean>
  is_dirty: Ref<boolean>
  begin: (values: T) => void
  /** Sends; true when it went through. */
  submit: () => Promise<boolean>
  /** False when the user prefers to keep what was typed. */
  may_leave: () => Promise<boolean>
}

const key: InjectionKey<Form<object>> = Symbol('form')

/** `sent_of`: what of it is sent, where values also carry what the server alone knows: that may change without being a change. */
export function useForm<T extends object>(
  initial: () => T,
  send: (value: T) => Promise<unknown>,
  sent_of: (value: T) => unknown = (value) => value,
): Form<T> {
  const value = reactive(initial()) as Reactive<T>
  const sent = () => JSON.stringify(sent_of(value as T))
  const untouched = ref(sent())
  const problems = ref<Record<string, string>>({})
  const fault = ref('')
  const is_busy = ref(false)
  const is_dirty = computed(() => sent() !== untouched.value)

  function begin(values: T) {
    for (const name of Object.keys(value)) delete (value as Record<string, unknown>)[name]
    Object.assign(value, structuredClone(toRaw(values)))
    untouched.value = sent()
    problems.value = {}
    fault.value = ''
  }

  async function submit() {
    is_busy.value = true
    problems.value = {}
    fault.value = ''
    try {
      await send(JSON.parse(JSON.stringify(value)) as T)
      untouched.value = sent()
      return true
    } catch (error) {
      problems.value = problems_by_field(error)
      fault.value = words_of(error)
      return false
    } finally {
      is_busy.value = false
    }
  }

  return {
    value,
    problems,
    fault,
    is_busy,
    is_dirty,
    begin,
    submit,
    may_leave: async () => !is_dirty.value || (await confirms_leaving()),
  }
}

function problems_by_field(error: unknown): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {}
  return Object.fromEntries(error.problems.map((problem) => [problem.path.replace(/^\//, ''), problem.words]))
}

/** Asks before what was typed is lost; staying is the easier choice. */
export async function confirms_leaving(): Promise<boolean> {
  const { t } = i18n.global
  return ElMessageBox.confirm(t('common.unsaved'), t('common.unsaved_title'), {
    confirmButtonText: t('common.keep_editing'),
    cancelButtonText: t('common.discard'),
    distinguishCancelAndClose: true,
  }).then(
    () => false,
    (action) => action === 'cancel',
  )
}

export function provide_form<T extends object>(form: Form<T>) {
  provide(key, form as unknown as Form<object>)
}

export function useFieldProblem(name: () => string) {
  const form = inject(key)
  return computed(() => form?.problems.value[name()] ?? '')
}
