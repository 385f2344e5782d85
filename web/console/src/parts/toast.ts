import { ElMessage } from 'element-plus'
import { h } from 'vue'
import { words_of } from '@/api'
import { i18n } from '@/i18n'

export const toast = {
  /** Says that it is done; with `undo` for some seconds offers to take it back. */
  done(words: string, undo?: () => Promise<unknown>) {
    const shown = ElMessage({
      type: 'success',
      duration: undo ? 8000 : 3000,
      message: undo
        ? h('span', { class: 'toast' }, [
            words,
            h('button', { class: 'el-button is-link el-button--primary', onClick: take_back }, i18n.global.t('common.undo')),
          ])
        : words,
    })
    async function take_back() {
      shown.close()
      await toast.attempt(undo!, i18n.global.t('common.undone'))
    }
  },

  /** Says what is left to do. */
  warn(words: string) {
    ElMessage({ type: 'warning', duration: 6000, message: words, showClose: true })
  },

  failed(error: unknown) {
    ElMessage({ type: 'error', duration: 6000, message: words_of(error), showClose: true })
  },

  /** Does it and says so, or says why not; true when it went through. */
  async attempt(action: () => Promise<unknown>, done?: string): Promise<boolean> {
    try {
      await action()
      if (done) toast.done(done)
      return true
    } catch (error) {
      toast.failed(error)
      return false
    }
  },
}
