// What is at hand beside the message one is at: a few reactions, an answer, and the menu with everything else.

import './icons.ts'
import type { ReactNode } from 'react'
import { IconButton } from '../../../../ui/button.tsx'
import { isThere } from '../../model/message-menu.ts'
import { QUICK_REACTIONS } from '../../model/reactions.ts'
import { rootOf } from '../../model/refs.ts'
import { texts } from '../../model/texts-around.ts'
import type { MessageRowProps } from '../props.ts'

const AT_HAND = QUICK_REACTIONS.slice(0, 3)

export function MessageTools(props: MessageRowProps): ReactNode {
  const { entry } = props.row
  const { acts } = props
  const react = props.control('annotation-publish')
  const answer = props.control('publish')
  const off = react.kind === 'off' ? react.reason : undefined
  const open = (button: HTMLElement) => acts.openMenu(entry.serial, { beside: button })
  return (
    <div className="tools" role="toolbar" aria-label={texts.actions}>
      {react.kind === 'absent' || !isThere(entry)
        ? null
        : AT_HAND.map((name) => (
            <button
              key={name}
              type="button"
              className="iconbtn emoji"
              tabIndex={-1}
              aria-label={texts.reactWith(name)}
              aria-disabled={off !== undefined || undefined}
              title={off}
              onClick={() => {
                if (off === undefined) acts.react(entry.serial, name, true)
              }}
            >
              {name}
            </button>
          ))}
      {react.kind === 'absent' || !isThere(entry) ? null : (
        <IconButton
          icon="smile-plus"
          label={texts.otherReaction}
          tabIndex={-1}
          reason={off}
          onClick={(event) => acts.openPicker(entry.serial, { beside: event.currentTarget })}
        />
      )}
      {answer.kind === 'absent' || acts.isThread || rootOf(entry) !== undefined ? null : (
        <IconButton
          icon="message-square-text"
          label={texts.openThread}
          tabIndex={-1}
          reason={answer.kind === 'off' ? answer.reason : undefined}
          onClick={() => acts.openThread(entry.serial)}
        />
      )}
      {answer.kind === 'absent' || acts.isThread || !isThere(entry) ? null : (
        <IconButton
          icon="reply"
          label={texts.reply}
          tabIndex={-1}
          reason={answer.kind === 'off' ? answer.reason : undefined}
          onClick={() => acts.answer(entry.serial)}
        />
      )}
      <IconButton
        icon="ellipsis"
        label={texts.more}
        tabIndex={-1}
        onClick={(event) => open(event.currentTarget)}
      />
    </div>
  )
}
