// Above the composer: the message one is answering, as it stands now, and the way not to.

import '../../../../ui/more-icons.ts'
import type { ReactNode } from 'react'
import { IconButton } from '../../../../ui/button.tsx'
import { Icon } from '../../../../ui/icon.tsx'
import { texts } from '../../model/texts-around.ts'
import type { BesideProps } from '../props.ts'
import { beginningOf } from './quote-head.tsx'
import { useQuoted } from './use-around-state.ts'

export function AnswerBar(
  props: BesideProps & { readonly serial: string; readonly onClose: () => void },
): ReactNode {
  return (
    <div className="answer-bar sm">
      <Icon name="corner-up-left" size="s" />
      <p className="cut grow">
        <Answered {...props} />
      </p>
      <IconButton icon="x" label={texts.cancelReply} onClick={props.onClose} />
    </div>
  )
}

/** After a reload it may have to be fetched. */
function Answered(props: BesideProps & { readonly serial: string }): ReactNode {
  const entry = useQuoted(props.session, props.serial)
  if (entry === undefined) return <span className="bone" style={{ width: 160, height: 12 }} />
  if (entry === 'missing') return <span className="dim">{texts.quotedMissing}</span>
  const author = props.people.authorOf(entry.author)
  return (
    <>
      <b>{texts.replyTo(author.name)}</b> <span className="dim">{beginningOf(entry)}</span>
    </>
  )
}
