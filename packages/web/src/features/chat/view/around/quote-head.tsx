// Above an answer: whose message it answers, and how that begins. It leads there.

import '../../../../ui/more-icons.ts'
import type { ReactNode } from 'react'
import { Icon } from '../../../../ui/icon.tsx'
import { Anchor } from '../../../../ui/navigation.tsx'
import { plainText } from '../../markdown/plain.ts'
import { refOf } from '../../model/refs.ts'
import { texts } from '../../model/texts-around.ts'
import type { Entry } from '../../model/timeline.ts'
import type { MessageRowProps } from '../props.ts'
import { useQuoted } from './use-around-state.ts'

export function QuoteHead(props: MessageRowProps): ReactNode {
  const ref = refOf(props.row.entry.extras)
  if (ref === undefined || (ref.type === 'thread' && props.acts.isThread)) return null
  const { hrefOf, threadHref } = props.acts
  const href = ref.type === 'thread' ? threadHref(ref.serial) : hrefOf(ref.serial)
  return <Quote {...props} serial={ref.serial} href={href} />
}

function Quote(
  props: MessageRowProps & { readonly serial: string; readonly href: string },
): ReactNode {
  const quoted = useQuoted(props.session, props.serial)
  if (quoted === 'missing' || (quoted !== undefined && quoted.body.kind === 'deleted')) {
    return (
      <p className="quote sm gone">
        <Icon name="corner-up-left" size="s" />
        {quoted === 'missing' ? texts.quotedMissing : texts.quotedGone}
      </p>
    )
  }
  const author = quoted === undefined ? undefined : props.people.authorOf(quoted.author)
  return (
    <Anchor className="quote sm" href={props.href}>
      <Icon name="corner-up-left" size="s" />
      {author === undefined ? (
        <span className="bone" style={{ width: 160, height: 12 }} />
      ) : (
        <>
          <span className="vh">{texts.quoteOf(author.name)}: </span>
          <b aria-hidden="true">{author.name}</b>
          <span className="cut">{quoted === undefined ? '' : beginningOf(quoted)}</span>
        </>
      )}
    </Anchor>
  )
}

const LONGEST = 160
/** Of a long text the rest is not read. */
const READ = 1_000

/** How it begins, in words without their marks; of what is nothing but marks, those. */
export function beginningOf({ body }: Entry): string {
  if (body.kind === 'deleted') return texts.quotedGone
  const line = plainText(body.text.slice(0, READ)) || body.text.trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}
