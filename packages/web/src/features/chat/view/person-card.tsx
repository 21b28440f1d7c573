// The card of a person: who they are here, and what one may do about it. Beside what was pressed; on a phone a sheet at the
// bottom. The focus goes back to where it came from.

import '../../../ui/more-icons.ts'
import type { PeopleView } from '@sayso/client'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Floating } from '../../../ui/floating-menu.tsx'
import { useNavigate } from '../../../ui/navigation.tsx'
import { partTexts } from '../../../ui/part-texts.ts'
import { Tag } from '../../../ui/tag.tsx'
import '../styles/roster.css'
import { serverNow } from '../../../ui/server-clock.ts'
import { channelHref } from '../model/channels.ts'
import { endOf } from '../model/durations.ts'
import type { PersonRow } from '../model/people.ts'
import type { PresenceSaid } from '../model/presence-said.ts'
import { texts } from '../model/texts.ts'
import { peopleTexts } from '../model/texts-people.ts'
import { whoTexts } from '../model/texts-who.ts'
import { useMayHere } from '../store/use-may-here.ts'
import { lookOf } from './live/presence-look.ts'
import { presenceText } from './live/presence-words.ts'
import { usePresences } from './live/use-presences.ts'
import { type Doing, MoveDialog } from './move-dialog.tsx'
import type { PeopleProps } from './people-props.ts'
import { PersonMenu } from './person-menu.tsx'
import { useMove } from './use-moves.ts'

type CardProps = Omit<PeopleProps, 'requests' | 'closeHref'> & {
  readonly whom: { readonly id: string; readonly beside: HTMLElement }
  readonly onClose: () => void
}

/** Between the card and what opened it. */
const GAP_PX = 4

export function PersonCard(given: CardProps): ReactNode {
  const { whom, people } = given
  const [at] = useState(() => {
    const { left, bottom } = whom.beside.getBoundingClientRect()
    return { x: left, y: bottom + GAP_PX }
  })
  const ids = useMemo(() => new Set([whom.id]), [whom.id])
  const presences = usePresences(given.members, given.resource, ids)
  const said = presences.of(whom.id)
  const props = { ...given, here: presences.here, isSure: presences.isSure(whom.id) }
  const { person, reload } = usePerson(props)
  const [doing, setDoing] = useState<Doing>()
  const refresh = () => {
    people.refresh()
    reload()
  }
  const onMove = useMove(props, refresh)
  const name = person?.name ?? people.authorOf(whom.id).name
  const close = () => {
    // Only if nothing else has taken it: a dialog, or a field that was pressed.
    if (document.activeElement === document.body && whom.beside.isConnected) whom.beside.focus()
    if (doing === undefined) props.onClose()
  }
  return (
    <>
      <Floating
        at={at}
        className="popup who-card"
        dialogLabel={whoTexts.card(name)}
        onClose={() => queueMicrotask(close)}
      >
        {(popup, hide) => (
          <>
            <FocusHere popup={popup} />
            <div className="grip">
              <IconButton icon="x" label={partTexts.close} onClick={hide} />
            </div>
            <Head {...props} person={person} said={said} name={name} />
            <Roles person={person} />
            {person === undefined || person.isMe ? null : (
              <div className="row acts">
                <Talk {...props} person={person} hide={hide} />
                <span className="grow" />
                <PersonMenu
                  {...props}
                  person={person}
                  said={said}
                  onMove={onMove}
                  onAskFirst={(next) => {
                    setDoing(next)
                    hide()
                  }}
                  onHold={() => undefined}
                />
              </div>
            )}
          </>
        )}
      </Floating>
      {doing === undefined ? null : (
        <MoveDialog {...props} doing={doing} onDone={refresh} onClose={props.onClose} />
      )}
    </>
  )
}

/** Behind the opening: what is inside has its effects before what is around it. */
function FocusHere(props: { readonly popup: { readonly current: HTMLElement | null } }): ReactNode {
  const { popup } = props
  useEffect(() => {
    const frame = requestAnimationFrame(() => popup.current?.focus())
    return () => cancelAnimationFrame(frame)
  }, [popup])
  return null
}

/** From the list if they are in it; else asked for. */
function usePerson(props: CardProps): {
  readonly person: PersonRow | undefined
  readonly reload: () => void
} {
  const { api, channelKey, people, here, me } = props
  const { id } = props.whom
  const listed = people.list?.find((one) => one.id === id)
  const [asked, setAsked] = useState<PeopleView['people'][number]>()
  const [turn, setTurn] = useState(0)
  const isListed = listed !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn is another question
  useEffect(() => {
    if (isListed) return
    let isOver = false
    api.people(channelKey, { ids: id }).then(
      (view) => isOver || setAsked(view.people[0]),
      () => undefined,
    )
    return () => {
      isOver = true
    }
  }, [api, channelKey, id, isListed, turn])
  const found = listed ?? asked
  const person = useMemo(
    () => found && { ...found, isHere: here.has(id), isMe: id === me },
    [found, here, id, me],
  )
  return { person, reload: () => setTurn((count) => count + 1) }
}

function Head(
  props: CardProps & {
    readonly person: PersonRow | undefined
    readonly said: PresenceSaid | undefined
    readonly isSure: boolean
    readonly name: string
  },
): ReactNode {
  const { person, said, name, here, whom } = props
  const isShown = here.size > 0 || props.control('presence').kind !== 'absent'
  const isKnown = isShown && props.isSure
  const author = props.people.authorOf(whom.id)
  return (
    <div className="who-head">
      <Avatar
        id={whom.id}
        name={name}
        picture={person?.picture ?? author.picture}
        size="l"
        here={isKnown ? lookOf(said) : undefined}
      />
      <div className="grow">
        <h2 className="title cut" dir="auto">
          {name}
        </h2>
        <p className="sm dim">
          {[
            ...(person?.isMe === true ? [peopleTexts.you] : []),
            ...(isKnown ? [presenceText(said, serverNow())] : []),
          ].join(' · ') || '\u00a0'}
        </p>
      </div>
    </div>
  )
}

function Roles(props: { readonly person: PersonRow | undefined }): ReactNode {
  const { person } = props
  if (person === undefined) return <p className="sm dim late">{whoTexts.notKnown}</p>
  if (person.roles.length === 0) return <p className="sm dim">{whoTexts.noRoles}</p>
  return (
    <ul className="who-roles" aria-label={whoTexts.roles}>
      {person.roles.map((role) => (
        <li key={`${role.on}#${role.role}`} className="row sm">
          <Tag title={role.title} glyph={role.glyph} tone={role.tone} />
          {role.untilMs === undefined ? null : (
            <span className="xs dim">{peopleTexts.until(endOf(role.untilMs, serverNow()))}</span>
          )}
        </li>
      ))}
    </ul>
  )
}

/** A word with them, if one may write to people. */
function Talk(
  props: CardProps & { readonly person: PersonRow; readonly hide: () => void },
): ReactNode {
  const { api, person, notices, hide } = props
  const navigate = useNavigate()
  const mayTalk = useMayHere('message-people')
  const isBusy = useRef(false)
  if (!mayTalk) return null
  const start = () => {
    if (isBusy.current) return
    isBusy.current = true
    api
      .startDirect({ people: [person.id] })
      .then(
        ({ key }) => {
          hide()
          navigate(channelHref(key))
        },
        (cause: unknown) => notices.tell(texts.notDone(cause)),
      )
      .finally(() => {
        isBusy.current = false
      })
  }
  return (
    <Button look="primary" icon="message-circle" onClick={start}>
      {peopleTexts.message}
    </Button>
  )
}
