export { SetUpScreen } from './set-up-screen.tsx'
export { type SignInProps, SignInScreen } from './sign-in-screen.tsx'
