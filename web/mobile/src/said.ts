/** A short word on what was just done. */
export function say(words: string) {
  uni.showToast({ title: words, icon: 'none', duration: 2500 })
}

/** Asks before what cannot be taken back. */
export function ask(words: string, yes: string, no: string): Promise<boolean> {
  return new Promise((done) =>
    uni.showModal({ content: words, confirmText: yes, cancelText: no, success: ({ confirm }) => done(confirm) }),
  )
}
