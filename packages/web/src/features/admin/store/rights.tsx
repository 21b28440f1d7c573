// What the reader may administer, live: one standing question for each action on the tenant that is looked at.

import type { Answer } from '@sayso/client'
import { usePermissions } from '@sayso/client/react'
import {
  createContext,
  type ReactNode,
  useContext,
  useMemo,
  useRef,
  useState,
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
  'manage-retention',
  'manage-holds',
  'manage-app',
  'create-channel',
  'view-as',
  'read-desk-reports',
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
  const known = !word.includes('?')
  const isWhole = useWasTrue(known, tenant)
  const rights = useMemo((): Rights => {
    // Answers come one by one. What is opened or listed by half of them would be another screen with the next.
    const allowed = new Set(isWhole ? ACTIONS.filter((_, index) => word[index] === '+') : [])
    const isAll = isForeman && allowed.has('manage-app')
    const may = (action: AdminAction) => isAll || allowed.has(action)
    for (const action of allowed) had.current.add(action)
    const right = (action: AdminAction): Right => {
      if (may(action)) return { kind: 'on' }
      return had.current.has(action)
        ? { kind: 'off', reason: texts.needs(action) }
        : { kind: 'absent' }
    }
    return { may, right, known }
  }, [word, known, isWhole, isForeman])
  return <Context value={rights}>{props.children}</Context>
}

/** Whether something is true or was, since it is about the same. */
function useWasTrue(isTrue: boolean, about: string): boolean {
  const [was, setWas] = useState<string>()
  if (isTrue && was !== about) setWas(about)
  return isTrue || was === about
}

export function useRights(): Rights {
  return useContext(Context)
}

function letterOf({ known, allowed }: Answer): string {
  if (!known) return '?'
  return allowed ? '+' : '-'
}
