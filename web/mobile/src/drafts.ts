// What somebody has begun to write and not sent, kept on this phone until it is, or until they log out: a call that comes in, or a
// lost net, costs nothing.
const prefix = 'draft:'

export function draft_of<T>(name: string): T | undefined {
  return (uni.getStorageSync(prefix + name) || undefined) as T | undefined
}

/** Nothing, or an empty text, is no draft any more. */
export function keep_draft(name: string, draft: unknown) {
  if (draft === undefined || draft === '') uni.removeStorageSync(prefix + name)
  else uni.setStorageSync(prefix + name, draft)
}

/** A form is filled in once, or for each child. */
export const name_of_form = (form: string, student = '') => `form:${form}:${student}`

/** The record of a visit, and why the server refused what was handed in of it. */
export const name_of_visit = (visit: string) => `visit:${visit}`
export const name_of_fault = (visit: string) => `visit-fault:${visit}`

/** Why the server refused a code that was read off line. */
export const name_of_duty = (shift: string) => `duty:${shift}`

export function forget_drafts() {
  for (const key of uni.getStorageInfoSync().keys) if (key.startsWith(prefix)) uni.removeStorageSync(key)
}
