// That a message is pinned, in its row.

import './icons.ts'
import { type ReactNode, useMemo, useSyncExternalStore } from 'react'
import { Icon } from '../../../../ui/icon.tsx'
import { texts } from '../../model/texts-around.ts'
import { pinsHere } from '../../store/pins-here.ts'
import type { MessageRowProps } from '../props.ts'

const NEVER = () => () => undefined

export function PinMark({ session, acts, row }: MessageRowProps): ReactNode {
  const pins = useMemo(
    () => session && pinsHere(session, acts.api, acts.channelKey),
    [session, acts],
  )
  const isPinned = useSyncExternalStore(pins?.subscribe ?? NEVER, () => pins?.has(row.entry.serial))
  return isPinned === true ? (
    <span className="pin-mark xs faint">
      <Icon name="pin" size="s" />
      {texts.isPinned}
    </span>
  ) : null
}
