// What one has chosen to be seen as, and how to choose.

import { useMemo } from 'react'
import { serverNow } from '../../../ui/server-clock.ts'
import { type OwnChoice, ownChoiceIn, PRESENCE_KEY } from '../model/own-presence.ts'
import type { Personal } from './personal.ts'
import { usePersonal, usePersonalStore } from './use-personal.ts'

export function useOwnChoice(): OwnChoice {
  const kept = usePersonal('settings').get(PRESENCE_KEY)
  return useMemo(() => ownChoiceIn(kept, serverNow()), [kept])
}

/** Chooses; what is not named stays, what is undefined goes. On all of one's devices. */
export function chooseIn(personal: Pick<Personal, 'get' | 'set'>, change: ChoiceChange): void {
  const now = ownChoiceIn(personal.get('settings', PRESENCE_KEY), serverNow())
  const next = { ...now, ...change }
  const kept = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined))
  personal.set('settings', PRESENCE_KEY, Object.keys(kept).length === 0 ? undefined : kept)
}

export type ChoiceChange = {
  readonly [name in keyof OwnChoice]?: OwnChoice[name] | undefined
}

export function useChooseOwn(): (change: ChoiceChange) => void {
  const personal = usePersonalStore()
  return (change) => {
    if (personal !== undefined) chooseIn(personal, change)
  }
}
