// The right pane: the tenant's people by role, who is here, and what one may do about it.

import type { AccessRequestsView, MoveView, PeopleView } from '@sayso/client'
import { type ReactNode, useRef, useState } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Menu } from '../../../ui/menu.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { memo } from '../../../ui/spoken.ts'
import { Tag } from '../../../ui/tag.tsx'
import { usePhone } from '../../../ui/use-phone.ts'
import type { Control } from '../model/controls.ts'
import { grammar } from '../model/grammar.ts'
import {
  groupsOf,
  hereCount,
  inPlaceOf,
  type PeopleGroup,
  type PersonRow,
} from '../model/people.ts'
import { hash, texts } from '../model/texts.ts'
import { type Answer, RequestsList } from './requests-list.tsx'

export type PeopleProps = {
  readonly people: PeopleView['people'] | undefined
  readonly here: ReadonlySet<string>
  readonly me: string
  readonly channelTitle: string
  /** Just changed by a line of the server: carries the marker. */
  readonly marked: string | undefined
  readonly closeHref: string
  readonly control: (action: string) => Control
  readonly onMove: (person: PersonRow, move: MoveView) => void
  /** Who asks to be let in; absent if nobody does, or the reader may not answer. */
  readonly requests: AccessRequestsView | undefined
  readonly onAnswer: (answer: Answer, person: string) => void
}

export const PeoplePane = memo(function PeoplePane(props: PeopleProps): ReactNode {
  const people = props.people ?? []
  const isKnown = isPresenceKnown(props)
  const [isHeld, setHeld] = useState(false)
  // Who is here is known before anybody's name is: nobody is shown by an id.
  const known = props.people === undefined ? [] : groupsOf(people, props.here, props.me)
  const groups = useHeld(known, isHeld)
  const isPhone = usePhone()
  // On a phone this is the page, and its title the page's.
  const [Title, Heading] = isPhone ? (['h1', 'h2'] as const) : (['h2', 'h3'] as const)
  const landmark = { role: isPhone ? 'main' : 'complementary', 'aria-label': texts.people }
  return (
    <div className="aside" {...landmark}>
      <div className="bar">
        <Title className="title small">{texts.people}</Title>
        {props.people === undefined ? null : (
          <span className="faint sm num">
            {isKnown ? `${hereCount(people, props.here)} of ${people.length} here` : people.length}
          </span>
        )}
        <span className="grow" />
        <Anchor className="iconbtn closer" href={props.closeHref} label="Close people" replace>
          <Icon name="x" />
        </Anchor>
      </div>
      <div className="people">
        {props.requests === undefined || props.requests.requests.length === 0 ? null : (
          <RequestsList view={props.requests} heading={Heading} onAnswer={props.onAnswer} />
        )}
        {groups.map((group) => (
          <section key={group.key}>
            <Heading className="grp">
              {group.role === undefined ? (
                <Tag title="Others" glyph="circle-user" />
              ) : (
                <Tag title={group.role.title} glyph={group.role.glyph} tone={group.role.tone} />
              )}
              <span className="num">{group.people.length}</span>
            </Heading>
            <ul>
              {group.people.map((person) => (
                <Person key={person.id} person={person} onHold={setHeld} {...props} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  )
})

type PersonProps = PeopleProps & {
  readonly person: PersonRow
  /** Called with true while a menu is open. */
  readonly onHold: (isHeld: boolean) => void
}

/** Groups as they are, or while held as they were arranged before. */
function useHeld(groups: readonly PeopleGroup[], isHeld: boolean): readonly PeopleGroup[] {
  const shown = useRef(groups)
  shown.current = isHeld ? inPlaceOf(shown.current, groups) : groups
  return shown.current
}

function Person(props: PersonProps): ReactNode {
  const { person } = props
  const isKnown = isPresenceKnown(props)
  return (
    <li className={person.id === props.marked ? 'person fresh' : 'person'}>
      <Avatar
        id={person.id}
        name={person.name}
        picture={person.picture}
        size="m"
        here={isKnown ? person.isHere : undefined}
      />
      <div className="grow">
        <div className="nm cut">
          {person.name} {person.isMe ? <span className="faint">you</span> : null}
        </div>
        {isKnown ? <div className="st cut">{person.isHere ? 'Here' : 'Offline'}</div> : null}
      </div>
      <PersonMenu {...props} />
    </li>
  )
}

/** In a channel where nobody can be seen as here, "offline" would be untrue of everybody. */
function isPresenceKnown(props: PeopleProps): boolean {
  return props.here.size > 0 || props.control('presence').kind !== 'absent'
}

/** Once open, what it offers stays: a right that goes turns its item off in place. */
function PersonMenu(props: PersonProps): ReactNode {
  const { person } = props
  const [offered, setOffered] = useState<readonly MoveView[] | undefined>(undefined)
  const gone = (offered ?? []).filter(
    (one) => !person.moves.some((move) => move.command === one.command),
  )
  const moves = [
    ...person.moves,
    ...gone.map((move) => ({ ...move, allowed: false, effect: GONE })),
  ]
  const isOpen = offered !== undefined
  if (!isOpen && !moves.some((move) => isOffered(move, props.control))) return null
  const role = person.roles[0]
  return (
    <Menu
      label={`Actions for ${person.name}`}
      icon="ellipsis"
      onOpenChange={(isOpen) => {
        setOffered(isOpen ? person.moves : undefined)
        props.onHold(isOpen)
      }}
      head={
        <>
          <Avatar id={person.id} name={person.name} picture={person.picture} here={person.isHere} />
          <div className="grow">
            <div className="strong sm cut">{person.name}</div>
            {role === undefined ? null : (
              <Tag
                title={`${role.title} in ${hash(props.channelTitle)}`}
                glyph={role.glyph}
                tone={role.tone}
              />
            )}
          </div>
        </>
      }
      groups={[
        {
          items: moves.map((move) => ({
            key: move.command,
            label: `${move.command === 'promote' ? 'Promote' : 'Demote'} to ${grammar.roleWord(move.to)}`,
            icon: move.command === 'promote' ? 'shield-plus' : 'shield-minus',
            detail: effectOf(move, props.control),
            isOff: !move.allowed,
            onSelect: () => props.onMove(person, move),
          })),
        },
      ]}
    />
  )
}

/** A menu of nothing but refusals is shown only to who could do it a moment ago. */
function isOffered(move: MoveView, control: PeopleProps['control']): boolean {
  return move.allowed || control(move.command).kind !== 'absent'
}

/** What it would do; or, if one could do it a moment ago, why one cannot now. */
function effectOf(move: MoveView, control: PeopleProps['control']): string {
  const own = control(move.command)
  return !move.allowed && own.kind === 'off' ? own.reason : move.effect
}

const GONE = 'You can no longer do this here'
