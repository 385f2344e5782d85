import type { Language } from '@concentric/shared'
import { reactive, watch } from 'vue'

interface Preferences {
  language: Language
  /** 关怀版: large type and targets, fewer things, read aloud. */
  is_care: boolean
  /** The child that the pages are about; empty: all of them. */
  child: string
  /** The post that the pages are about, for whoever works here too; empty: one's own family. */
  post: string
}

const kept = (uni.getStorageSync('preferences') || {}) as Partial<Preferences>

/** How this phone's user likes the app; kept on the phone. */
export const preferences = reactive<Preferences>({ language: 'zh-CN', is_care: false, child: '', post: '', ...kept })

watch(preferences, () => uni.setStorageSync('preferences', { ...preferences }))

/** Dark where the phone is; the mini-program stays light. */
export function follow_darkness() {
  // #ifdef H5
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const follow = () => document.documentElement.classList.toggle('dark', dark.matches)
  dark.addEventListener('change', follow)
  follow()
  // #endif
}

/** Tells the browser in which language the page speaks. */
export function follow_language() {
  // #ifdef H5
  watch(
    () => preferences.language,
    (language) => (document.documentElement.lang = language),
    { immediate: true },
  )
  // #endif
}
