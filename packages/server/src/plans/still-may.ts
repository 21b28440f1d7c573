// Whether somebody who asked for something a while ago may still do it, now that it comes to it.

import type { KeyId, SubjectId, World } from '@sayso/policy'
import { SESSION_KEY } from '../commands/found-app.ts'
import { mayPlace, type TenantAction } from '../commands/require-place.ts'

/** @param actor `user:…` or `key:…`, as the audit log names them */
export function stillMay(world: World, actor: string, action: TenantAction): boolean {
  const isKey = actor.startsWith('key:')
  const credential = isKey
    ? ({ kind: 'key', key: actor.slice('key:'.length) as KeyId } as const)
    : ({ kind: 'token', key: SESSION_KEY, subject: actor as SubjectId } as const)
  return mayPlace(world, { credential, mayBeAnyone: isKey }, action)
}
