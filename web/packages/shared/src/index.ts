export * from './dates'
export * from './numbers'
export { default as texts_en } from './texts/en'
export { default as texts_zh } from './texts/zh-CN'
