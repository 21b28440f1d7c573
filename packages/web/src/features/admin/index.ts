export { AdminScreen } from './view/admin-screen.tsx'
