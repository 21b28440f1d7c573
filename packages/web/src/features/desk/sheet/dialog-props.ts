// What every dialog about a conversation is given.

import type { Conversation } from '../model/shapes.ts'
import type { Controls } from '../store/rights.ts'

export type DialogKind = 'close' | 'transfer' | 'assign' | 'snooze' | 'labels' | 'block'

export type DialogProps = {
  readonly conversation: Conversation
  readonly controls: Controls
  readonly onChanged: () => void
  readonly onClose: () => void
}
