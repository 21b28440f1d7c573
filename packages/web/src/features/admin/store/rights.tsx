// What the reader may administer, live: one standing question for each action on the tenant that is looked at.

import type { Answer } from '@sayso/client'
import { usePermissions } from '@sayso/client/react'
import {
  createContext,
  type ReactNode,
  useContext,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react'
import type { AdminAction } from '../model/screens.ts'
import { texts } from '../model/texts.ts'

/** How a control stands: `off` if the right has gone since the screen was opened, `absent` if it never was there. */
export type Right =
  | { readonly kind: 'on' | 'absent' }
  | { readonly kind: 'off'; readonly reason: string }

export type Rights = {
  readonly may: (action: AdminAction) => boolean
  readonly right: (action: AdminAction) => Right
  /** False until the server has said. */
  readonly known: boolean
}

const ACTIONS: readonly AdminAction[] = [
  'read-people',
  'manage-people',
  'invite',
  'read-policy',
  'edit-policy',
  'assign-role',
  'explain',
  'read-decisions',
  'read-connections',
  'manage-connections',
  'read-keys',
  'manage-keys',
  'read-audit',
  'read-analytics',
  'manage-webhooks',
  'export',
  'export-messages',
  'manage-app',
  'create-channel',
  'view-as',
]

const Context = createContext<Rights>({
  may: () => false,
  right: () => ({ kind: 'absent' }),
  known: false,
})

/** A tenant has no view of its own to read from: each action is a question. */
const NOTHING = {}

export function RightsProvider(props: {
  readonly tenant: string
  /** Whoever may manage apps may do everything in another one. */
  readonly isForeman: boolean
  readonly children: ReactNode
}): ReactNode {
  const { tenant, isForeman } = props
  const had = useRef(new Set<AdminAction>())
  const live = usePermissions()
  // One letter for each action: redrawn only when one of them turns.
  const word = useSyncExternalStore(live.subscribe, () =>
    ACTIONS.map((action) => letterOf(live.can(action, tenant, NOTHING))).join(''),
  )
  const rights = useMemo((): Rights => {
    const allowed = new Set(ACTIONS.filter((_, index) => word[index] === '+'))
    const isAll = isForeman && allowed.has('manage-app')
    const may = (action: AdminAction) => isAll || allowed.has(action)
    for (const action of allowed) had.current.add(action)
    const right = (action: AdminAction): Right => {
      if (may(action)) return { kind: 'on' }
      return had.current.has(action)
        ? { kind: 'off', reason: texts.needs(action) }
        : { kind: 'absent' }
    }
    return { may, right, known: !word.includes('?') }
  }, [word, isForeman])
  return <Context value={rights}>{props.children}</Context>
}

export function useRights(): Rights {
  return useContext(Context)
}

function letterOf({ known, allowed }: Answer): string {
  if (!known) return '?'
  return allowed ? '+' : '-'
}
