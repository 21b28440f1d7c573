export { StaleDecision, StoreClosed, StoreFull, UnknownMessage } from './errors.ts'
export type * from './store.ts'
