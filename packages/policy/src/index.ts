export { type AdmissionRefusal, admissionRole, isRestraint, planAdmit } from './admission.ts'
export {
  type Affected,
  affected,
  partsFor,
  permissionDiff,
  touches,
  touchesResource,
  touchesSubject,
} from './affected.ts'
export {
  type AttributeProblem,
  checkAttributes,
  checkPersonAttributes,
  setByKeys,
} from './attributes.ts'
export {
  allowedActions,
  authorize,
  delegable,
  isListed,
  isVisibleResource,
  listedResources,
  outgrows,
  reaches,
  subjectOf,
  visibleResources,
} from './authorize.ts'
export {
  type ActionOf,
  type ChannelOf,
  definePolicy,
  type PolicyInput,
  type ResourceOf,
  type RoleOf,
  type TypedPolicy,
  type TypeOf,
} from './builder.ts'
export { canonicalPolicy } from './canonical.ts'
export {
  type Capability,
  CapabilityInvalid,
  canonicalCapability,
  covers,
  intersectCapability,
  type Match,
  operationSetOn,
  operationsOn,
  parseCapability,
} from './capability.ts'
export type {
  AccessRequest,
  Actor,
  Cause,
  Grant,
  KeyRecord,
  KeyScope,
  PermissionDiff,
  RelationTuple,
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
export type { MessageChange, MessageState } from './condition/condition.ts'
export type { Credential } from './credential.ts'
export { decide, decideOfType, exists, grantedActions, isAllowed } from './decide.ts'
export {
  type About,
  type Decision,
  isAllowing,
  type Question,
  type Reason,
  type Step,
  type Supposed,
} from './decision.ts'
export type {
  AdmissionDocument,
  AttributeType,
  AttributeTypes,
  CreationDocument,
  DerivationDocument,
  DeskDocument,
  DirectDocument,
  FieldSchema,
  MessageSchema,
  PersonFieldDocument,
  PolicyDocument,
  PromotionDocument,
  ResourceTypeDocument,
  RestraintDocument,
  RoleDocument,
  RoleOn,
  RuleDocument,
  SecondPersonAction,
  SettingsDocument,
  TenantRoleDocument,
} from './document-types.ts'
export { SECOND_PERSON_ACTIONS } from './document-types.ts'
export { type Explanation, explain, type NearestChange, type Verdict } from './explain.ts'
export { type ExplanationText, explanationText } from './explanation-text.ts'
export { Facts, facts } from './facts.ts'
export { type Flip, flips } from './flips.ts'
export { parseInstant } from './instant.ts'
export { knowsOf } from './knows.ts'
export {
  type ListPage,
  listActions,
  listResources,
  listSubjects,
  type PageAsked,
} from './lists.ts'
export type { Impact, ResourceSum, RoleSum } from './moves/impact.ts'
export {
  type Action,
  ANONYMOUS,
  type Attributes,
  type AttributeValue,
  type ChannelName,
  type KeyId,
  type RelationName,
  type ResourceId,
  type Revision,
  type RoleName,
  type SubjectId,
  type SubjectSet,
} from './names.ts'
export { isStranger, type Namespace, namespaceOf } from './namespace.ts'
export { isOperation, OPERATIONS, type Operation } from './operation.ts'
export { type Permissions, parsePermissions } from './permissions.ts'
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
  TENANT_RELATION,
  TENANT_TYPE,
} from './policy.ts'
export {
  type DifferencePath,
  diffPolicies,
  type PolicyDifference,
} from './policy-difference.ts'
export {
  ownerGrants,
  type Plan,
  planDemote,
  planPromote,
  type Refusal,
  seedChanges,
  signInGrants,
} from './promotion.ts'
export { peopleOn, placesOf } from './reach.ts'
export { type ReasonText, reasonText } from './reason-text.ts'
export { mayReceive, receiverClass } from './receive.ts'
export {
  revocationsOf,
  revokedAtMs,
  type TokenFacts,
} from './revocation.ts'
export { rolesAt } from './role-list.ts'
export { type HeldRole, rolesHeld, rolesOn } from './roles.ts'
export { type FlipPage, type Simulation, simulate } from './simulate.ts'
export { smallest } from './smallest.ts'
export { tenantOf, tenantsOf } from './tenant.ts'
export { dueChanges, nextDueMs } from './time.ts'
export {
  formatRelation,
  formatTuple,
  isSubjectSet,
  keyOf,
  NameInvalid,
  parseRelation,
  parseResourceId,
  parseSubjectId,
  parseSubjectSet,
  parseTuple,
  setParts,
  subjectSet,
  typeOf,
} from './tuple.ts'
export { emptyWorld, foldRights, type World } from './world.ts'
