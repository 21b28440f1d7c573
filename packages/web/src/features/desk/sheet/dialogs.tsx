// What one decides about a conversation, each in a dialog that says what follows.

import type { ReactNode } from 'react'
import type { Conversation } from '../model/shapes.ts'
import type { Controls } from '../store/rights.ts'
import { BlockDialog } from './block-dialog.tsx'
import { CloseDialog } from './close-dialog.tsx'
import { LabelDialog } from './label-dialog.tsx'
import { SnoozeDialog } from './snooze-dialog.tsx'
import { TransferDialog } from './transfer-dialog.tsx'

export type DialogKind = 'close' | 'transfer' | 'assign' | 'snooze' | 'labels' | 'block'

export type DialogProps = {
  readonly conversation: Conversation
  readonly controls: Controls
  readonly onChanged: () => void
  readonly onClose: () => void
}

export function Dialogs(props: DialogProps & { readonly kind: DialogKind }): ReactNode {
  switch (props.kind) {
    case 'close':
      return <CloseDialog {...props} />
    case 'transfer':
    case 'assign':
      return <TransferDialog {...props} isGiven={props.kind === 'assign'} />
    case 'snooze':
      return <SnoozeDialog {...props} />
    case 'labels':
      return <LabelDialog {...props} />
    case 'block':
      return <BlockDialog {...props} />
  }
}
