export { type ChatProps, ChatScreen, type Pane } from './view/chat-screen.tsx'
