export { type AuthOptions, stockAuth, type TokenResponse, tokenDetails } from './auth.ts'
export { Rooms, type RoomsOptions } from './client.ts'
export {
  ForbiddenError,
  NotFoundError,
  RoomError,
  type RoomErrorCode,
  SocketConnectionError,
  TimeoutError,
  TokenError,
  TokenExpiredError,
  UnauthorizedError,
  ValidationError,
} from './errors.ts'
export type { Listener } from './listeners.ts'
export type { Metrics, RoomMetrics } from './metrics.ts'
export type { RoomMember, RoomPresence } from './presence.ts'
export type { Room, RoomChange, RoomMessage } from './room.ts'
