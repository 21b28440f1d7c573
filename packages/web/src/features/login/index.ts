export { SetUpScreen } from './set-up-screen.tsx'
export { SignInScreen } from './sign-in-screen.tsx'
