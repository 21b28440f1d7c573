export { type Answer, AnswerQueue, type AnswerRun, type Arrival } from './acks.ts'
export {
  type Attachment,
  type ConnectionId,
  type DeliveredEvent,
  type Format,
  type KeptEvent,
  type Lens,
  nameAt,
  ownerOf,
  placeId,
  type Rewind,
  showsAnnotations,
  type Variant,
} from './attachment.ts'
export { Channel } from './channel.ts'
export {
  CONNECTION_STATE_TTL_MS,
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionState,
  type ConnectionStep,
  type CutReason,
  MAX_PRESENCE_GRACE_MS,
  MIN_PRESENCE_GRACE_MS,
  openConnection,
  PRESENCE_GRACE_MS,
  RENEWAL_MARGIN_MS,
  stepConnection,
} from './connection.ts'
export type {
  AttachedEffect,
  BacklogAnswer,
  ChannelEffect,
  ChannelEvent,
  RightsSource,
} from './events.ts'
export type {
  Amendment,
  Annotation,
  ChannelAnnotations,
  ChannelMessage,
  Fragment,
  Member,
  Message,
  MessageSummary,
  MessageVersion,
  NewAnnotation,
  NewMessage,
  Payload,
  Summary,
} from './message.ts'
export {
  DEFAULT_MODES,
  has,
  MODE,
  MODE_ACTIONS,
  type Modes,
  modesOf,
  NO_MODES,
  OCCUPANCY,
} from './modes.ts'
export type { Metrics } from './occupancy.ts'
export {
  memberKey,
  type PresenceAction,
  type PresenceChange,
  type PresenceEvent,
  type PresenceSet,
} from './presence.ts'
export { type GapReason, MAX_BACKLOG, type ResumeAnswer, resumeAt } from './resume.ts'
