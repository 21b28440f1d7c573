// Above the composer: the message one is answering, as it stands now, and the way not to.

import '../../../../ui/more-icons.ts'
import type { ReactNode } from 'react'
import { IconButton } from '../../../../ui/button.tsx'
import { Icon } from '../../../../ui/icon.tsx'
import { texts } from '../../model/texts-around.ts'
import { type Entry, findBySerial } from '../../model/timeline.ts'
import type { BesideProps } from '../props.ts'
import { beginningOf } from './quote-head.tsx'

export function AnswerBar(
  props: BesideProps & { readonly entry: Entry; readonly onClose: () => void },
): ReactNode {
  const entry = findBySerial(props.state.timeline, props.entry.serial) ?? props.entry
  const author = props.people.authorOf(entry.author)
  return (
    <div className="answer-bar sm">
      <Icon name="corner-up-left" size="s" />
      <p className="cut grow">
        <b>{texts.replyTo(author.name)}</b> <span className="dim">{beginningOf(entry)}</span>
      </p>
      <IconButton icon="x" label={texts.cancelReply} onClick={props.onClose} />
    </div>
  )
}
