// What a part of the chat may put into the composer: a row above the field, buttons before it, and what goes beside the text.

import type { ClipboardEvent, ReactNode } from 'react'
import type { Control } from '../model/controls.ts'
import type { Fields } from '../model/timeline.ts'

export type SlotProps = {
  /** Who writes. */
  readonly person: string
  readonly channelKey: string
  /** The channel's key, or that of a thread: what is under way here is kept under it, as the draft is. */
  readonly draftKey: string
  readonly control: (action: string) => Control
  readonly text: string
}

export type Slots = {
  /** A row between the upper edge and the field. */
  readonly above: ReactNode
  /** Buttons in front of the field. */
  readonly buttons: ReactNode
  /** What goes beside the text of the message that is sent now. */
  readonly extras: Fields | undefined
  /** There is something to send even without a text. */
  readonly isEnough: boolean
  /** Why sending has to wait, in words: an upload is under way. */
  readonly waits: string | undefined
  /** Takes what is pasted; true: nothing more is to be done with it. */
  readonly onPaste: (event: ClipboardEvent) => boolean
  /** The message is on its way: begin anew. */
  readonly onSent: () => void
  /** A message that was not sent is a draft again: takes in what it carried. */
  readonly takeBack: (extras: Fields) => void
}

export const NO_SLOTS: Slots = {
  above: null,
  buttons: null,
  extras: undefined,
  isEnough: false,
  waits: undefined,
  onPaste: () => false,
  onSent: () => undefined,
  takeBack: () => undefined,
}
