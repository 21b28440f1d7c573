export { NotificationsSection } from './notifications.ts'
export { ChatScreen } from './view/chat-screen.tsx'
export type { Pane } from './view/props.ts'
