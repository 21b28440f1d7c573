// The personal settings of writing, and how to change them.

import { useMemo } from 'react'
import { WRITING_KEY, type WritingSettings, writingSettings } from '../model/writing-settings.ts'
import { usePersonal, usePersonalStore } from './use-personal.ts'

export function useWritingSettings(): WritingSettings {
  const kept = usePersonal('settings').get(WRITING_KEY)
  return useMemo(() => writingSettings(kept), [kept])
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
