// Who reacted, by reaction, in a dialog.

import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Avatar } from '../../../../ui/avatar.tsx'
import { IconButton } from '../../../../ui/button.tsx'
import { openDialog } from '../../../../ui/open-dialog.ts'
import { reactionsOf } from '../../model/reactions.ts'
import { texts } from '../../model/texts-around.ts'
import type { Entry } from '../../model/timeline.ts'
import type { ActsNeeds } from './acts-needs.ts'

export function ReactionList(
  props: ActsNeeds & { readonly entry: Entry; readonly onClose: () => void },
): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => openDialog(dialog.current), [])
  const reactions = reactionsOf(props.entry.summary, props.me.id)
  return (
    <dialog
      ref={dialog}
      className="ask reacted"
      aria-labelledby={id}
      onClose={props.onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close()
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <header className="row">
        <h2 id={id} className="title grow" tabIndex={-1}>
          {texts.whoReacted}
        </h2>
        <IconButton icon="x" label={texts.close} onClick={() => dialog.current?.close()} />
      </header>
      {reactions.map(({ name, count, people }) => (
        <section key={name}>
          <h3 className="row sm">
            <span className="emoji">{name}</span> <span className="num faint">{count}</span>
          </h3>
          <ul>
            {people.map((person) => {
              const author = props.people.authorOf(person)
              return (
                <li key={person} className="row sm">
                  <Avatar id={author.id} name={author.name} picture={author.picture} size="s" />
                  <span className="cut">{author.name}</span>
                </li>
              )
            })}
            {count > people.length ? (
              <li className="faint sm">{texts.andOthers(count - people.length)}</li>
            ) : null}
          </ul>
        </section>
      ))}
    </dialog>
  )
}
