// What one is told of, as components see it, and how to change it on all of one's devices.

import { useMemo } from 'react'
import { NOTIFY_KEY, type NotifySettings, notifySettings } from '../model/notify-settings.ts'
import { usePersonal, usePersonalStore } from './use-personal.ts'

export function useNotifySettings(): NotifySettings {
  const kept = usePersonal('settings').get(NOTIFY_KEY)
  return useMemo(() => notifySettings(kept), [kept])
}

/** Whether others see that one is writing. */
export function useShowsTyping(): boolean {
  return useNotifySettings().typing
}

/** Changes some of them. */
export function useSetNotify(): (change: Partial<NotifySettings>) => void {
  const personal = usePersonalStore()
  return (change) => {
    if (personal === undefined) return
    const now = notifySettings(personal.get('settings', NOTIFY_KEY))
    personal.set('settings', NOTIFY_KEY, { ...now, ...change })
  }
}
