// The public surface of the wire: what a server needs to speak it and what documents need to describe it.

export {
  Action,
  type ActionName,
  AnnotationAction,
  actionName,
  MessageAction,
  messageActionName,
  PresenceAction,
} from './action.ts'
export type * from './api.ts'
export {
  type ChannelQualifier,
  type InvalidChannelName,
  isChannelName,
  maxChannelNameLength,
  type ParsedChannelName,
  parseChannelName,
} from './channel-name.ts'
export {
  type ChatContent,
  type ChatMessage,
  type ChatOperation,
  type ChatReaction,
  type ChatReactions,
  type ChatReactionType,
  chatContent,
  chatMessageName,
  chatReactions,
  parseChatClient,
  parseChatMessage,
  parseChatOperation,
  parseChatReaction,
  parseChatUpdate,
  reactionAnnotationType,
} from './chat.ts'
export { decodeBody, decodeFrame, type EncodedBody, encodeBody, encodeFrame } from './codec.ts'
export { deskChannel } from './desk.ts'
export type { ErrorRow, Retry } from './error-row.ts'
export type { ErrorName } from './error-table.ts'
export {
  errorInfo,
  errorRow,
  errorsMarkdown,
  errorTable,
  type FrameAbout,
  FrameInvalid,
  WireInvalid,
} from './errors.ts'
export type * from './files-api.ts'
export {
  allModes,
  defaultModes,
  Flag,
  type FlagName,
  flagsToModes,
  hasFlag,
  type Mode,
  modesFromParam,
  modesToFlags,
} from './flags.ts'
export {
  contentTypes,
  type Format,
  formatFromAccept,
  formatFromContentType,
  formatFromParam,
  type Limits,
} from './format.ts'
export type {
  ConnectionDetails,
  ErrorInfo,
  Frame,
  IncomingAnnotation,
  IncomingFrame,
  IncomingMessage,
  IncomingPresence,
  KnownFrame,
  PublishResult,
  UnknownFrame,
  WireAnnotation,
  WireMessage,
  WirePresence,
  WireVersion,
} from './frame.ts'
export { maxItems } from './incoming.ts'
export { type ParsedKey, parseKeyName, parseKeyString } from './key.ts'
export type {
  CloseReportsBody,
  MessageView,
  PinsView,
  ReportBody,
  ReportReasonView,
  ReportsView,
  ThreadPageView,
  ThreadsQueryParams,
  ThreadsView,
  ThreadView,
} from './messages-api.ts'
export type {
  FoundMessage,
  FoundView,
  NewestView,
  NotifyChoice,
  OwnChange,
  OwnCollection,
  OwnEntry,
  OwnHere,
  OwnNews,
  OwnRemoval,
  OwnSnapshot,
  OwnStateView,
  OwnWatch,
  ReadMark,
  SearchView,
  UnreadView,
} from './own-state.ts'
export { ownChannel } from './own-state.ts'
export { messageSize, type Payload, payloadIn, payloadOut, type Sized } from './payload.ts'
export type * from './permission-view.ts'
export { isPlainJson, maxDepth } from './plain.ts'
export {
  type BatchBody,
  type BatchSpec,
  type MessageUpdate,
  maxBatchChannels,
  maxRevocationTargets,
  parseAnnotationsBody,
  parseBatchBody,
  parsePublishBody,
  parseRevocationBody,
  parseUpdateBody,
  type RevocationBody,
} from './rest-body.ts'
export {
  type BatchResult,
  batchResult,
  type Envelope,
  envelope,
  errorBody,
  errorHeaders,
  type HistoryMessage,
  historyItem,
  historyLinks,
  type LinkQuery,
  linkHeader,
  type PageLinks,
} from './rest-page.ts'
export {
  type ChannelsQuery,
  type Direction,
  defaultLimit,
  type HistoryQuery,
  maxLimit,
  type PageQuery,
  type PresenceQuery,
  parseChannelsQuery,
  parseHistoryQuery,
  parsePageQuery,
  parsePresenceQuery,
  type Query,
} from './rest-query.ts'
export {
  defaultTokenTtlMs,
  maxRevocableTokenTtlMs,
  maxTimestampSkewMs,
  maxTokenTtlMs,
  parseTokenRequest,
  type SignedFields,
  type TokenDetails,
  type TokenRequest,
  tokenRequestText,
} from './token-request.ts'
export { oldestProtocolVersion, protocolVersion, requestVersion, wireRevision } from './version.ts'
