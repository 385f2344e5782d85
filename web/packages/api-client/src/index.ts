export * from './client'
export type * from './routes'
export type * from './types'
