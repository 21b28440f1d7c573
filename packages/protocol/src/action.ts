// The numbers that say what a frame, a message, a presence message or an annotation is, and their names back.

/** What a frame is for. Numbers 3 and 18 are assigned but unused; 19 and 20 belong to LiveObjects. */
export const Action = {
  HEARTBEAT: 0,
  ACK: 1,
  NACK: 2,
  CONNECT: 3,
  CONNECTED: 4,
  DISCONNECT: 5,
  DISCONNECTED: 6,
  CLOSE: 7,
  CLOSED: 8,
  ERROR: 9,
  ATTACH: 10,
  ATTACHED: 11,
  DETACH: 12,
  DETACHED: 13,
  PRESENCE: 14,
  MESSAGE: 15,
  SYNC: 16,
  AUTH: 17,
  ACTIVATE: 18,
  OBJECT: 19,
  OBJECT_SYNC: 20,
  ANNOTATION: 21,
} as const
export type Action = (typeof Action)[keyof typeof Action]
export type ActionName = keyof typeof Action

/** What a message does to the channel's history. */
export const MessageAction = {
  CREATE: 0,
  UPDATE: 1,
  DELETE: 2,
  META: 3,
  SUMMARY: 4,
  APPEND: 5,
} as const
export type MessageAction = (typeof MessageAction)[keyof typeof MessageAction]

/** What a presence message says about its member. */
export const PresenceAction = { ABSENT: 0, PRESENT: 1, ENTER: 2, LEAVE: 3, UPDATE: 4 } as const
export type PresenceAction = (typeof PresenceAction)[keyof typeof PresenceAction]

/** Whether an annotation is given or taken back. */
export const AnnotationAction = { CREATE: 0, DELETE: 1 } as const
export type AnnotationAction = (typeof AnnotationAction)[keyof typeof AnnotationAction]

const names = new Map<number, ActionName>(
  Object.entries(Action).map(([name, number]) => [number, name as ActionName]),
)

/** Names a frame's action for logs and metrics; undefined for a number nobody assigned. */
export function actionName(action: number): ActionName | undefined {
  return names.get(action)
}

const messageActionNames: Readonly<Record<MessageAction, string>> = {
  0: 'message.create',
  1: 'message.update',
  2: 'message.delete',
  3: 'meta',
  4: 'message.summary',
  5: 'message.append',
}

/** Spells a message's action as SDKs and the chat REST API do, for example `message.update`. */
export function messageActionName(action: MessageAction): string {
  return messageActionNames[action]
}
