import { api } from '@/api'
import { useLoad } from '@/parts/useLoad'
import { useWords } from '@/parts/useWords'

/** The ways to log in that this installation offers, and what each is called. */
export function useMethods() {
  const { t } = useWords()
  const methods = useLoad(() => api('GET /log-in-methods'))

  function name_of(method: string): string {
    if (method === 'password') return t('accounts.password')
    if (method === 'sms') return t('sign_in.by_code')
    if (method === 'wechat') return t('sign_in.wechat')
    return methods.data.value?.sso.find(({ id }) => `sso:${id}` === method)?.name ?? t('sign_in.sso')
  }

  return { methods, name_of }
}
