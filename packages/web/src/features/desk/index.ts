export { addressOf } from './model/address.ts'
export { DeskScreen } from './view/desk-screen.tsx'
