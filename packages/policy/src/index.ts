export { type AdmissionRefusal, admissionRole, planAdmit } from './admission.ts'
export { type Affected, affected, permissionDiff } from './affected.ts'
export {
  allowedActions,
  authorize,
  isListed,
  listedResources,
  outgrows,
  subjectOf,
  visibleResources,
} from './authorize.ts'
export {
  type Capability,
  CapabilityInvalid,
  canonicalCapability,
  covers,
  intersectCapability,
  operationsOn,
  parseCapability,
} from './capability.ts'
export type {
  AccessRequest,
  Cause,
  KeyRecord,
  KeyScope,
  PermissionDiff,
  Revocation,
  RevocationTarget,
  RightsChange,
  RoleTuple,
} from './change.ts'
export {
  baseOf,
  type PermissionView,
  parsePermissionView,
  permissionViewName,
  roomChannel,
  roomOf,
} from './channel-name.ts'
export type { Credential } from './credential.ts'
export { decide, exists, grantedActions } from './decide.ts'
export type { Decision, Question, Reason } from './decision.ts'
export type {
  AdmissionDocument,
  PolicyDocument,
  PromotionDocument,
  ResourceTypeDocument,
  RoleDocument,
  RoleOn,
  SettingsDocument,
  TenantRoleDocument,
} from './document-types.ts'
export { Facts, facts } from './facts.ts'
export {
  type Action,
  ANONYMOUS,
  type Attributes,
  type ChannelName,
  type KeyId,
  type ResourceId,
  type Revision,
  type RoleName,
  type SubjectId,
} from './names.ts'
export { isStranger, type Namespace, namespaceOf } from './namespace.ts'
export { isOperation, OPERATIONS, type Operation } from './operation.ts'
export {
  channelOf,
  compilePolicy,
  knowsRole,
  type Policy,
  type PolicyType,
  promotionOf,
  type RoleFace,
  resourceOf,
  roleView,
  TENANT_TYPE,
} from './policy.ts'
export {
  ownerGrants,
  type Plan,
  planDemote,
  planPromote,
  type Refusal,
  seedChanges,
  signInGrants,
} from './promotion.ts'
export { type ReasonText, reasonText } from './reason-text.ts'
export {
  revocationsOf,
  revokedAtMs,
  type TokenFacts,
} from './revocation.ts'
export { rolesAt } from './role-list.ts'
export {
  formatTuple,
  keyOf,
  NameInvalid,
  parseResourceId,
  parseSubjectId,
  parseTuple,
  typeOf,
} from './tuple.ts'
export { emptyWorld, foldRights, type World } from './world.ts'
