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

/** Asks for a few words; nothing where the user changed their mind or wrote none. */
export function ask_for(title: string, hint: string, yes: string, no: string): Promise<string> {
  return new Promise((done) =>
    uni.showModal({
      title,
      editable: true,
      placeholderText: hint,
      confirmText: yes,
      cancelText: no,
      success: ({ confirm, content }) => done(confirm ? (content ?? '').trim() : ''),
    }),
  )
}
