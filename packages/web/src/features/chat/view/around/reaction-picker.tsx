// The emoji picker beside a message, to react with any of them.

import { type ReactNode, Suspense } from 'react'
import { IconButton } from '../../../../ui/button.tsx'
import { Floating, type MenuPlace } from '../../../../ui/floating-menu.tsx'
import EmojiPicker from '../../emoji/emoji-picker.tsx'
import { texts } from '../../model/texts-around.ts'
import type { MessageActs } from '../props.ts'

export function ReactionPicker(props: {
  readonly acts: MessageActs
  readonly picking: { readonly serial: string; readonly at: MenuPlace }
  readonly onClose: () => void
}): ReactNode {
  const { serial, at } = props.picking
  return (
    <Floating
      at={at}
      className="popup menu emoji-popup"
      dialogLabel={texts.react}
      onClose={props.onClose}
    >
      {(_, close) => (
        <>
          <div className="grip">
            <IconButton icon="x" label={texts.close} onClick={close} />
          </div>
          <Suspense fallback={<div className="emoji-picker" aria-busy="true" />}>
            <EmojiPicker
              onPick={(char, again) => {
                props.acts.react(serial, char, true)
                if (!again) close()
              }}
            />
          </Suspense>
        </>
      )}
    </Floating>
  )
}
