// What one has chosen to be told of in one channel, and how to choose.

import type { ResourceView } from '@sayso/client'
import { useMemo } from 'react'
import { serverNow } from '../../../ui/server-clock.ts'
import type { Level } from '../model/notify-settings.ts'
import { type ChannelChoice, choiceIn, levelOf } from '../model/notifying.ts'
import { useNotifySettings } from './use-notify-settings.ts'
import { usePersonal, usePersonalStore } from './use-personal.ts'

export type ChannelNotify = {
  /** Absent: nothing is chosen for this channel. */
  readonly choice: ChannelChoice | undefined
  /** What one is told of without a choice. */
  readonly usual: Level
  /** Undefined: as in the settings. */
  readonly choose: (choice: ChannelChoice | undefined) => void
}

export function useChannelNotify(view: ResourceView): ChannelNotify {
  const name = view.channel ?? ''
  const kept = usePersonal('notify').get(name)
  const personal = usePersonalStore()
  const { level } = useNotifySettings()
  return {
    choice: useMemo(() => choiceIn(kept, serverNow()), [kept]),
    usual: levelOf(undefined, view.people !== undefined, level),
    choose: (choice) => {
      if (name !== '') personal?.set('notify', name, choice && { ...choice })
    },
  }
}
