import type { Language } from '@concentric/shared'
import { createI18n } from 'vue-i18n'
import type Messages from './locales/zh-CN'

declare module 'vue-i18n' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  export interface DefineLocaleMessage extends MessagesOf {}
}
type MessagesOf = typeof Messages

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: false,
  messages: {} as Record<Language, MessagesOf>,
})

const loaders = {
  'zh-CN': () => Promise.all([import('./locales/zh-CN'), import('element-plus/es/locale/lang/zh-cn')]),
  en: () => Promise.all([import('./locales/en'), import('element-plus/es/locale/lang/en')]),
}

/** Fetches a language's messages, switches to it, and gives Element Plus's own texts in it. */
export async function speak(language: Language) {
  const [messages, element] = await loaders[language]()
  i18n.global.setLocaleMessage(language, messages.default)
  i18n.global.locale.value = language
  document.documentElement.lang = language
  return element.default
}
