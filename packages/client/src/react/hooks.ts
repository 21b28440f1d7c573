// Hooks that stay true for as long as they are mounted. Each redraws only when its own answer has changed.

import type { ActionOf, PolicyDocument } from '@sayso/policy'
import type { ResourceView } from '@sayso/protocol'
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import type { Answer, PermissionChange } from '../fold.ts'
import type { PlaceOf, UserView } from '../live.ts'
import type { About } from '../questions.ts'
import { usePermissions } from './provider.tsx'

/**
 * May the reader do `action` on `resource` (`channel:lobby`) or its channel (`chat:lobby`), now? With `about`: may they
 * do it with that message? The object need not be the same one on every drawing, only say the same.
 *
 * `useCan<typeof policy>` takes only what a policy made by `definePolicy` knows.
 */
export function useCan<P = PolicyDocument>(
  action: ActionOf<P>,
  resource: PlaceOf<P>,
  about?: About,
): Answer {
  const live = usePermissions()
  return useSyncExternalStore(live.subscribe, () => live.can(action, resource, about))
}

/** Who the reader is, with their roles on the tenant. */
export function useUser(): UserView {
  const live = usePermissions()
  return useSyncExternalStore(live.subscribe, live.user)
}

/** The resources the reader may see, in the order screens list them; absent until the server has said. */
export function useResources(): readonly ResourceView[] | undefined {
  const live = usePermissions()
  return useSyncExternalStore(live.subscribe, () => (live.known() ? live.resources() : undefined))
}

/** Calls back with each change of rights, once and in order. */
export function usePermissionChanges(listener: (change: PermissionChange) => void): void {
  const live = usePermissions()
  const onChange = useEffectEvent(listener)
  useEffect(() => live.onChange((change) => onChange(change)), [live])
}
