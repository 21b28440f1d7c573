// That a message is pinned, in its row.

import './icons.ts'
import type { ReactNode } from 'react'
import { Icon } from '../../../../ui/icon.tsx'
import { texts } from '../../model/texts-around.ts'

export function PinMark(): ReactNode {
  return (
    <span className="pin-mark xs faint">
      <Icon name="pin" size="s" />
      {texts.isPinned}
    </span>
  )
}
