// Reactions under a message: each with its count and one's own pressed. Names by hover, focus and in the dialog.

import type { ReactNode } from 'react'
import { Tip } from '../../../../ui/tip.tsx'
import { type Reaction, reactionsOf } from '../../model/reactions.ts'
import { texts } from '../../model/texts-around.ts'
import type { MessageRowProps } from '../props.ts'

/** Names in a tip; the dialog has them all. */
const MOST_NAMES = 6

export function ReactionChips(props: MessageRowProps): ReactNode {
  const { entry } = props.row
  const reactions = reactionsOf(entry.summary, props.me.id, props.news?.wishes)
  if (reactions.length === 0) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div className="chips" role="group" aria-label={texts.reactions}>
      {reactions.map((reaction) => (
        <Chip key={reaction.name} reaction={reaction} {...props} />
      ))}
    </div>
  )
}

function Chip(props: MessageRowProps & { readonly reaction: Reaction }): ReactNode {
  const { reaction, acts } = props
  const { name, count, isOwn } = reaction
  const control = props.control('annotation-publish')
  const tip = texts.reacted(name, ...namesOf(props, reaction))
  const off = control.kind === 'off' ? `${tip}. ${control.reason}` : tip
  return (
    <Tip text={off} isReason>
      {(target) => (
        <button
          type="button"
          className="chip"
          tabIndex={-1}
          aria-pressed={isOwn}
          aria-disabled={control.kind !== 'on' || undefined}
          aria-label={texts.reactionCount(name, count)}
          {...target}
          onClick={() => {
            if (control.kind === 'on') acts.react(props.row.entry.serial, name, !isOwn)
          }}
        >
          <span className="emoji" aria-hidden="true">
            {name}
          </span>
          <span className="num">{count}</span>
        </button>
      )}
    </Tip>
  )
}

function namesOf(props: MessageRowProps, { people, count }: Reaction): [string[], number] {
  const names = people
    .slice(0, MOST_NAMES)
    .map((id) => (id === props.me.id ? texts.you : props.people.authorOf(id).name))
  return [names, Math.max(0, count - names.length)]
}
