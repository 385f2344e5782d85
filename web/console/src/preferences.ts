import type { Language } from '@concentric/shared'
import type { Language as ElementLocale } from 'element-plus/es/locale'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watchEffect } from 'vue'
import { speak } from './i18n'

export type Theme = 'system' | 'light' | 'dark'

function kept<T extends string>(name: string, otherwise: T) {
  return ref((localStorage.getItem(name) as T | null) ?? otherwise)
}

/** How this browser's user likes to see the console: language, light or dark, larger type. */
export const usePreferences = defineStore('preferences', () => {
  const language = kept<Language>('language', 'zh-CN')
  const theme = kept<Theme>('theme', 'system')
  const type_size = kept<'normal' | 'large'>('type_size', 'normal')
  const element_locale = shallowRef<ElementLocale>()

  const system = matchMedia('(prefers-color-scheme: dark)')
  const system_is_dark = ref(system.matches)
  system.addEventListener('change', (event) => (system_is_dark.value = event.matches))
  const is_dark = computed(() => theme.value === 'dark' || (theme.value === 'system' && system_is_dark.value))
  const is_large = computed(() => type_size.value === 'large')

  async function use_language(wanted: Language) {
    element_locale.value = await speak(wanted)
    language.value = wanted
  }

  async function start() {
    await use_language(language.value)
    watchEffect(() => {
      document.documentElement.classList.toggle('dark', is_dark.value)
      document.documentElement.classList.toggle('large', is_large.value)
      localStorage.setItem('language', language.value)
      localStorage.setItem('theme', theme.value)
      localStorage.setItem('type_size', type_size.value)
    })
  }

  return { language, theme, type_size, element_locale, is_dark, is_large, use_language, start }
})
