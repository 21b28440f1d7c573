// Dialogs behind the rail: make a channel, find one, begin a conversation. Loaded when the first of them opens.

import type { ReactNode } from 'react'
import type { ChannelItem } from '../model/channels.ts'
import { BrowseDialog } from './browse-dialog.tsx'
import { CreateDialog } from './create-dialog.tsx'
import type { DialogKind } from './dialog-kind.ts'
import { DirectDialog } from './direct-dialog.tsx'
import type { ChatProps } from './props.ts'

export function ChannelDialog(props: {
  readonly kind: DialogKind
  readonly chat: ChatProps
  readonly items: readonly ChannelItem[]
  readonly onClose: () => void
}): ReactNode {
  if (props.kind === 'create') return <CreateDialog {...props} />
  return props.kind === 'browse' ? <BrowseDialog {...props} /> : <DirectDialog {...props} />
}
