// The personal settings of writing, and how to change them.

import { useMemo } from 'react'
import { useChoices } from '../../../ui/choices.ts'
import {
  type Enter,
  WRITING_KEY,
  type WritingSettings,
  writingSettings,
} from '../model/writing-settings.ts'
import { usePersonal, usePersonalStore } from './use-personal.ts'

export function useWritingSettings(): WritingSettings & { readonly enter: Enter } {
  const kept = usePersonal('settings').get(WRITING_KEY)
  const { sendBy } = useChoices()
  return useMemo(
    () => ({ ...writingSettings(kept), enter: sendBy === 'enter' ? 'send' : 'line' }),
    [kept, sendBy],
  )
}

/** Changes some of them; they change on all of one's devices. */
export function useSetWriting(): (change: Partial<WritingSettings>) => void {
  const store = usePersonalStore()
  return (change) => {
    if (store === undefined) return
    const now = writingSettings(store.get('settings', WRITING_KEY))
    store.set('settings', WRITING_KEY, { ...now, ...change })
  }
}
