export type * from './analytics.ts'
export { MOST_AUTHORS, SLOT_MS } from './analytics.ts'
export type * from './decisions.ts'
export { DECISION_DOORS } from './decisions.ts'
export type * from './erasure.ts'
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
export {
  type Answered,
  EVERYONE,
  type Finder,
  type Found,
  type FoundPage,
  MOST_COUNTED,
  type Trait,
  type Trimmed,
  type TrimQuery,
  targetOfPerson,
  targetOfRole,
  type Unread,
  type UnreadOf,
} from './finder.ts'
export type * from './retention.ts'
export { versionSerial } from './rules/amend.ts'
export { type AuditVerdict, verifyAudit } from './rules/audit.ts'
export { auditPages, verifyAuditLog, type WholeAuditVerdict } from './rules/audit-log.ts'
export { ERASE_COMMAND, ErasedCheck } from './rules/erased-lines.ts'
export { fileNames, isInMainList, targetsOf, textOf } from './rules/finding.ts'
export { RECORD_LIMITS } from './rules/records.ts'
export { type AnnotationMethod, annotationMethod } from './rules/tally.ts'
export type * from './store.ts'
export type * from './threads.ts'
