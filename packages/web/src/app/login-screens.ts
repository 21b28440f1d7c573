// The screens of signing in, fetched when one is needed: whoever is signed in never loads them.

import type { ComponentType } from 'react'
import { lazy } from '../ui/late.ts'

export const loadScreens = () => import('../features/login/index.ts')

type Screens = Awaited<ReturnType<typeof loadScreens>>

function screen<N extends keyof Screens>(name: N): Screens[N] {
  // A lazy component takes what the component takes.
  return lazy(async () => ({
    default: (await loadScreens())[name] as ComponentType<object>,
  })) as unknown as Screens[N]
}

export const ConfirmScreen = screen('ConfirmScreen')
export const ForgotScreen = screen('ForgotScreen')
export const ResetScreen = screen('ResetScreen')
export const SetUpScreen = screen('SetUpScreen')
export const SignInScreen = screen('SignInScreen')
