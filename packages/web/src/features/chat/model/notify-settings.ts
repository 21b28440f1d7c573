// What one is told of, and how: kept with the personal settings under the key `notifications`. Pure.

import { type QuietHours, quietHoursIn } from './quiet-hours.ts'
import type { Fields } from './timeline.ts'

export const NOTIFY_KEY = 'notifications'

export type Level = 'all' | 'mentions' | 'none'
export const LEVELS: readonly Level[] = ['all', 'mentions', 'none']

export type NotifySettings = {
  /** What one is told of in channels for which nothing else is chosen. */
  readonly level: Level
  /** Whether the system shows it. It has to be allowed on each device as well. */
  readonly system: boolean
  readonly sound: boolean
  /** No text of a message in what the system shows. */
  readonly hideText: boolean
  /** When nothing is told; absent: never. */
  readonly quiet?: QuietHours
  /** Whether others see that one is writing. */
  readonly typing: boolean
}

const USUAL: NotifySettings = {
  level: 'mentions',
  system: true,
  sound: false,
  hideText: false,
  typing: true,
}

/** What is kept, as far as it makes sense; the usual for the rest. */
export function notifySettings(kept: Fields | undefined): NotifySettings {
  const flag = (name: 'system' | 'sound' | 'hideText' | 'typing') => {
    const value = kept?.[name]
    return typeof value === 'boolean' ? value : USUAL[name]
  }
  const quiet = quietHoursIn(kept?.quiet)
  return {
    level: LEVELS.find((level) => level === kept?.level) ?? USUAL.level,
    system: flag('system'),
    sound: flag('sound'),
    hideText: flag('hideText'),
    typing: flag('typing'),
    ...(quiet === undefined ? {} : { quiet }),
  }
}
