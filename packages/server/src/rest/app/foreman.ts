// Administrators of the installation at work in another app: signed in with the main app, allowed to manage apps.

import type { Context as HonoContext } from 'hono'
import { appUnknown } from '../../commands/change-app.ts'
import { requirePlace } from '../../commands/require-place.ts'
import { appNamed } from '../app-of.ts'
import type { AppRest } from './deps.ts'
import { caller } from './visitor.ts'

/** Proves who comes with a session of the main app. @throws {ApiProblem | Failure} `not_signed_in`, `denied`, … */
export function foremanOf(main: AppRest): NonNullable<AppRest['foreman']> {
  return async (c) => {
    const asker = await caller(main, c)
    requirePlace(main.context.standing.world, asker, 'manage-app')
    return { ...asker, isForeman: true, homeApp: main.context.appId }
  }
}

/** Only who may manage apps learns that there is none of that name. */
export async function refuseUnknownApp(main: AppRest, c: HonoContext): Promise<never> {
  await foremanOf(main)(c)
  throw appUnknown(appNamed(c) ?? '')
}
