// What somebody has begun to write and not sent, kept on this phone until it is, or until they log out.

const all = () => (uni.getStorageSync('drafts') || {}) as Record<string, unknown>

export function draft_of<T>(name: string): T | undefined {
  return all()[name] as T | undefined
}

export function keep_draft(name: string, draft: unknown) {
  const { [name]: _, ...others } = all()
  uni.setStorageSync('drafts', draft === undefined || draft === '' ? others : { ...others, [name]: draft })
}

export function forget_drafts() {
  uni.removeStorageSync('drafts')
}
