// What the reader may do, live: on a conversation, and on the tenant. A control that was there a moment ago stays, turned off
// with the reason; one that never was there is not shown.

import { usePermissions } from '@sayso/client/react'
import { useMemo, useRef, useSyncExternalStore } from 'react'
import { texts } from '../model/texts.ts'

export type Control =
  | { readonly kind: 'on' | 'absent' }
  | { readonly kind: 'off'; readonly reason: string }

export type Controls = {
  readonly control: (action: ConversationAction) => Control
  readonly may: (action: ConversationAction) => boolean
  /** False until the server has said. */
  readonly isKnown: boolean
}

const ACTIONS = [
  'subscribe',
  'history',
  'publish',
  'attach-file',
  'note',
  'claim',
  'assign',
  'transfer',
  'close',
  'snooze',
  'label',
  'join',
  'watch',
  'export',
  'message-delete-any',
] as const

export type ConversationAction = (typeof ACTIONS)[number]

const TENANT_ACTIONS = [
  'manage-desk',
  'see-visitors',
  'block-visitors',
  'read-desk-reports',
  'invite',
] as const
export type DeskAction = (typeof TENANT_ACTIONS)[number]

/** One letter for each action: redrawn only when one of them turns. */
function useWord(actions: readonly string[], place: string, about?: object): string {
  const live = usePermissions()
  return useSyncExternalStore(live.subscribe, () =>
    actions
      .map((action) => {
        const { known, allowed } = live.can(action, place, about)
        return known ? (allowed ? '+' : '-') : '?'
      })
      .join(''),
  )
}

/** @param channel of the conversation: what was had in another one is forgotten */
export function useControls(channel: string): Controls {
  const word = useWord(ACTIONS, channel)
  const had = useRef({ channel, actions: new Set<string>() })
  if (had.current.channel !== channel) had.current = { channel, actions: new Set() }
  return useMemo(() => {
    const may = (action: ConversationAction) => word[ACTIONS.indexOf(action)] === '+'
    for (const action of ACTIONS) if (may(action)) had.current.actions.add(action)
    const control = (action: ConversationAction): Control => {
      if (may(action)) return { kind: 'on' }
      return had.current.actions.has(action)
        ? { kind: 'off', reason: texts.lost(texts.actions[action]) }
        : { kind: 'absent' }
    }
    return { control, may, isKnown: !word.includes('?') }
  }, [word])
}

/**
 * Whoever looks on may publish notes and nothing else, which the list of actions does not tell apart: answering is offered to
 * whoever has the conversation or has joined it. The server decides on each message.
 */
export function offered(controls: Controls, isInIt: boolean): Controls {
  if (isInIt) return controls
  const control: Controls['control'] = (action) => {
    const right = controls.control(action)
    return action === 'publish' && right.kind === 'on' ? { kind: 'absent' } : right
  }
  return { ...controls, control, may: (action) => control(action).kind === 'on' }
}

/** A tenant has no view of its own to read from: each action is a question. */
const NOTHING = {}

export type DeskRights = {
  readonly may: (action: DeskAction) => boolean
  readonly isKnown: boolean
}

export function useDeskRights(tenant: string): DeskRights {
  const word = useWord(TENANT_ACTIONS, `tenant:${tenant}`, NOTHING)
  return useMemo(
    () => ({
      may: (action) => word[TENANT_ACTIONS.indexOf(action)] === '+',
      isKnown: !word.includes('?'),
    }),
    [word],
  )
}
