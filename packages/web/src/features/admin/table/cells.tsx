// What stands in cells again and again: people, instants, names that machines read.

import { type ReactNode, useState } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { formTexts } from '../../../ui/form-texts.ts'
import { spokenLanguage } from '../../../ui/words.ts'

export function PersonCell(props: {
  readonly id: string
  readonly name?: string | undefined
  readonly picture?: string | undefined
  readonly below?: string | undefined
}): ReactNode {
  const name = props.name ?? props.id
  return (
    <span className="person-cell">
      <Avatar id={props.id} name={name} picture={props.picture} size="s" />
      <span className="cut">{name}</span>
      {props.below === undefined ? null : <span className="xs faint cut">{props.below}</span>}
    </span>
  )
}

const ACCURATE = { dateStyle: 'medium', timeStyle: 'medium' } as const
const SHORT = { dateStyle: 'short', timeStyle: 'short' } as const

/** An instant in the reader's zone: short, and to the second for whoever points at it. */
export function TimeCell(props: { readonly at: string | number | undefined }): ReactNode {
  if (props.at === undefined) return <span className="faint">–</span>
  const at = new Date(props.at)
  if (Number.isNaN(at.getTime())) return String(props.at)
  return (
    <time
      dateTime={at.toISOString()}
      title={new Intl.DateTimeFormat(spokenLanguage(), ACCURATE).format(at)}
      className="num"
    >
      {new Intl.DateTimeFormat(spokenLanguage(), SHORT).format(at)}
    </time>
  )
}

export function CodeCell(props: { readonly children: string }): ReactNode {
  return <code className="cut">{props.children}</code>
}

/** Something to take along: copied by a press, or by hand where the page may not. */
export function Copy(props: { readonly text: string; readonly label?: string }): ReactNode {
  const [said, setSaid] = useState('')
  const copy = () =>
    navigator.clipboard.writeText(props.text).then(
      () => setSaid(formTexts.copied),
      () => setSaid(formTexts.copyByHand),
    )
  return (
    <span className="copy">
      <IconButton icon="copy" label={props.label ?? formTexts.copy} onClick={() => void copy()} />
      <span role="status" className="xs faint">
        {said}
      </span>
    </span>
  )
}
