export type * from './decisions.ts'
export { DECISION_DOORS } from './decisions.ts'
export {
  RecordInvalid,
  StaleDecision,
  StaleRecord,
  StaleVersion,
  StoreClosed,
  StoreFull,
  StoreUnavailable,
  UnknownMessage,
} from './errors.ts'
export { versionSerial } from './rules/amend.ts'
export { type AuditVerdict, verifyAudit } from './rules/audit.ts'
export { auditPages, verifyAuditLog, type WholeAuditVerdict } from './rules/audit-log.ts'
export { RECORD_LIMITS } from './rules/records.ts'
export { type AnnotationMethod, annotationMethod } from './rules/tally.ts'
export type * from './store.ts'
export type * from './threads.ts'
