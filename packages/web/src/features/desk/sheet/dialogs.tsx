// What one decides about a conversation, each in a dialog that says what follows.

import type { ReactNode } from 'react'
import { BlockDialog } from './block-dialog.tsx'
import { CloseDialog } from './close-dialog.tsx'
import type { DialogKind, DialogProps } from './dialog-props.ts'
import { LabelDialog } from './label-dialog.tsx'
import { SnoozeDialog } from './snooze-dialog.tsx'
import { TransferDialog } from './transfer-dialog.tsx'

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
