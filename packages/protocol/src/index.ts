export type * from './api.ts'
export type * from './permission-view.ts'
