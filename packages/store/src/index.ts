export {
  StaleDecision,
  StaleVersion,
  StoreClosed,
  StoreFull,
  StoreUnavailable,
  UnknownMessage,
} from './errors.ts'
export { versionSerial } from './rules/amend.ts'
export { type AuditVerdict, verifyAudit } from './rules/audit.ts'
export { type AnnotationMethod, annotationMethod } from './rules/tally.ts'
export type * from './store.ts'
