import './login.css'

export { ConfirmScreen } from './confirm-screen.tsx'
export { ForgotScreen } from './forgot-screen.tsx'
export { ResetScreen } from './reset-screen.tsx'
export { SetUpScreen } from './set-up-screen.tsx'
export { SignInScreen } from './sign-in-screen.tsx'
