import type { Answers } from '@concentric/api-client'

// What was filled in on this phone and has not reached the server yet: a call that comes in, or a lost net, costs nothing.
const prefix = 'draft:'
const name_of = (form: string, student = '') => `${prefix}${form}:${student}`

export const draft_of = (form: string, student?: string) =>
  (uni.getStorageSync(name_of(form, student)) || undefined) as Answers | undefined
export const keep_draft = (form: string, student: string | undefined, answers: Answers) =>
  uni.setStorageSync(name_of(form, student), answers)
export const drop_draft = (form: string, student?: string) => uni.removeStorageSync(name_of(form, student))

export function forget_drafts() {
  for (const key of uni.getStorageInfoSync().keys) if (key.startsWith(prefix)) uni.removeStorageSync(key)
}
