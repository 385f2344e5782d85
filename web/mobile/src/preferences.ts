import type { Language } from '@concentric/shared'
import { reactive, watch } from 'vue'

/** How this phone's user likes the app; kept on the phone. */
export const preferences = reactive({
  language: 'zh-CN' as Language,
  /** 关怀版: large type and targets, fewer things, read aloud. */
  is_care: false,
  /** The child that the pages are about; empty: all of them. */
  child: '',
  /** The post that the pages are about, for whoever works here too; empty: one's own family. */
  post: '',
  ...(uni.getStorageSync('preferences') || {}),
})

watch(preferences, () => uni.setStorageSync('preferences', { ...preferences }))

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
