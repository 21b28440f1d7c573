export type { ViewedChatProps } from './props.ts'
export { AdminScreen } from './view/admin-screen.tsx'
