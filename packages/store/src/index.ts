export {
  StaleDecision,
  StoreClosed,
  StoreFull,
  StoreUnavailable,
  UnknownMessage,
} from './errors.ts'
export { type AuditVerdict, verifyAudit } from './rules/audit.ts'
export { type AnnotationMethod, annotationMethod } from './rules/tally.ts'
export type * from './store.ts'
