export type {
  AccessRequestBody,
  AccessRequestsView,
  AllPermissionsChange,
  AllPermissionsSnapshot,
  AnswerRequestBody,
  AttachmentView,
  CauseView,
  ChannelFilesView,
  ChannelPermissionsChange,
  ChannelPermissionsSnapshot,
  DescribeChannelBody,
  Done,
  FileView,
  InvitationLook,
  InvitationView,
  LinkPreviewView,
  MoveRequest,
  MoveView,
  NotifyChoice,
  OwnChange,
  OwnCollection,
  OwnEntry,
  OwnRemoval,
  OwnSnapshot,
  OwnStateView,
  OwnView,
  PeopleView,
  PersonView,
  Problem,
  ReadMark,
  ResourceView,
  RoleAssignmentRequest,
  RoleView,
  ServerLine,
  SessionView,
  SetUpRequest,
  UploadView,
} from '@sayso/protocol'
export {
  type Api,
  type ApiOptions,
  api,
  type OwnSessionView,
  type SignIn,
  type SignUp,
} from './api.ts'
export { type FilesApi, type FilesQuery, filesApi } from './files-api.ts'
export type { Answer, ChangedResource, PermissionChange } from './fold.ts'
export {
  type LivePermissions,
  type PlaceOf,
  permissions,
  resourceNamed,
  type UserView,
} from './live.ts'
export { ApiError } from './problem.ts'
export type { About } from './questions.ts'
export type { RealtimePort, StateChange, ViewChannel, ViewMessage } from './realtime-port.ts'
