export * from './client'
export type * from './routes'
export type * from './types'
export { browser_line, Live, type Line, type LineEvents, type LiveOptions } from './live'
