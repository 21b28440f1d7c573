// What one may be told of in a channel, as groups of a menu.

import './icons.ts'
import type { ResourceView } from '@sayso/client'
import type { MenuGroup } from '../../../../ui/menu.tsx'
import { serverNow } from '../../../../ui/server-clock.ts'
import { endOf } from '../../model/durations.ts'
import { LEVELS, type Level } from '../../model/notify-settings.ts'
import type { ChannelChoice } from '../../model/notifying.ts'
import { notifyTexts } from '../../model/texts-notify.ts'
import { useChannelNotify } from '../../store/use-channel-choice.ts'
import { tomorrowMorning } from './own-groups.ts'

const HOUR_MS = 3_600_000

export const LEVEL_ICONS: Readonly<Record<Level, string>> = {
  all: 'bell-ring',
  mentions: 'at-sign',
  none: 'bell-off',
}

/** As in the settings, all, mentions, nothing; nothing for a while. */
export function useNotifyGroups(view: ResourceView): readonly MenuGroup[] {
  const { choice, usual, choose } = useChannelNotify(view)
  const level = (key: Level) => ({
    key,
    label: notifyTexts.level[key],
    detail: detailOf(key, choice),
    icon: LEVEL_ICONS[key],
    isChecked: choice?.level === key,
    onSelect: () => choose({ level: key }),
  })
  const nothing = (key: string, label: string, end: () => number) => ({
    key,
    label,
    icon: 'timer',
    onSelect: () => choose({ level: 'none', untilMs: end() }),
  })
  return [
    {
      title: notifyTexts.title,
      items: [
        {
          key: 'usual',
          label: notifyTexts.usual(notifyTexts.level[usual]),
          icon: 'bell',
          isChecked: choice === undefined,
          onSelect: () => choose(undefined),
        },
        ...LEVELS.map(level),
      ],
    },
    {
      items: [
        nothing('hour', notifyTexts.noneHour, () => serverNow() + HOUR_MS),
        nothing('day', notifyTexts.noneDay, () => tomorrowMorning(serverNow())),
      ],
    },
  ]
}

function detailOf(level: Level, choice: ChannelChoice | undefined): string | undefined {
  if (choice?.level === level && choice.untilMs !== undefined)
    return notifyTexts.until(endOf(choice.untilMs, serverNow()))
  return level === 'none' ? notifyTexts.noneDetail : undefined
}
