// The right pane: the tenant's people by role, who is here, and what one may do about it.

import type { PeopleView } from '@sayso/client'
import { lazy, type ReactNode, Suspense, useMemo, useRef, useState } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { memo } from '../../../ui/spoken.ts'
import { Tag } from '../../../ui/tag.tsx'
import { usePhone } from '../../../ui/use-phone.ts'
import { endOf } from '../model/durations.ts'
import {
  groupsOf,
  hereCount,
  inPlaceOf,
  type PeopleGroup,
  type PersonRow,
} from '../model/people.ts'
import { texts } from '../model/texts.ts'
import { peopleTexts } from '../model/texts-people.ts'
import { serverNow } from '../store/server-clock.ts'
import { PresenceLine } from './live/presence-line.tsx'
import { lookOf } from './live/presence-look.ts'
import { usePresences } from './live/use-presences.ts'
import type { Doing } from './move-dialog.tsx'
import type { PeopleProps, PersonProps } from './people-props.ts'
import { PersonMenu } from './person-menu.tsx'
import { RequestsList } from './requests-list.tsx'
import { useUndo } from './use-undo.tsx'

const MoveDialog = lazy(async () => ({ default: (await import('./move-dialog.tsx')).MoveDialog }))

export const PeoplePane = memo(function PeoplePane(props: PeopleProps): ReactNode {
  const people = props.people ?? NO_PEOPLE
  const presences = usePresences(props.members, useIds(people))
  const isKnown = isPresenceKnown(props)
  const [isHeld, setHeld] = useState(false)
  // Who is here is known before anybody's name is: nobody is shown by an id.
  const known = props.people === undefined ? [] : groupsOf(people, presences.here, props.me)
  const groups = useHeld(known, isHeld)
  const [doing, setDoing] = useState<Doing>()
  const { bar, offer } = useUndo(props)
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
            {isKnown
              ? peopleTexts.hereOf(hereCount(people, presences.here), people.length)
              : people.length}
          </span>
        )}
        <span className="grow" />
        <Anchor className="iconbtn closer" href={props.closeHref} label={peopleTexts.close} replace>
          <Icon name="x" />
        </Anchor>
      </div>
      {doing === undefined ? null : (
        <Suspense fallback={null}>
          <MoveDialog
            api={props.api}
            channelKey={props.channelKey}
            resource={props.resource}
            doing={doing}
            onDone={(done) => {
              offer(done)
              props.refresh()
            }}
            onClose={() => setDoing(undefined)}
          />
        </Suspense>
      )}
      {bar}
      <div className="people">
        {props.requests === undefined || props.requests.requests.length === 0 ? null : (
          <RequestsList view={props.requests} heading={Heading} onAnswer={props.onAnswer} />
        )}
        {groups.map((group) => (
          <section key={group.key}>
            <Heading className="grp">
              {group.role === undefined ? (
                <Tag title={peopleTexts.others} glyph="circle-user" />
              ) : (
                <Tag title={group.role.title} glyph={group.role.glyph} tone={group.role.tone} />
              )}
              <span className="num">{countOf(group, props.counts)}</span>
            </Heading>
            <ul>
              {group.people.map((person) => (
                <Person
                  key={person.id}
                  person={person}
                  said={presences.of(person.id)}
                  onHold={setHeld}
                  onAskFirst={setDoing}
                  {...props}
                />
              ))}
            </ul>
          </section>
        ))}
        {props.onMore === undefined ? null : (
          <Button look="quiet" size="small" onClick={props.onMore}>
            {peopleTexts.more}
          </Button>
        )}
      </div>
    </div>
  )
})

const NO_PEOPLE: PeopleView['people'] = []

function useIds(people: PeopleView['people']): ReadonlySet<string> {
  return useMemo(() => new Set(people.map(({ id }) => id)), [people])
}

/** How many there are, also of those whose names are not loaded yet. */
function countOf({ role, people }: PeopleGroup, counts: PeopleView['counts']): number {
  const all = counts?.find((one) => one.role?.role === role?.role && one.role?.on === role?.on)
  return Math.max(all?.people ?? 0, people.length)
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
        here={isKnown ? lookOf(props.said) : undefined}
      />
      <div className="grow">
        <div className="nm cut">
          {person.name} {person.isMe ? <span className="faint">{peopleTexts.you}</span> : null}
        </div>
        {isKnown ? (
          <div className="st cut">
            <PresenceLine said={props.said} />
          </div>
        ) : null}
        <Ends person={person} />
      </div>
      <PersonMenu {...props} />
    </li>
  )
}

/** What of their roles ends by itself or holds them back. */
function Ends(props: { readonly person: PersonRow }): ReactNode {
  const told = props.person.roles.filter((role, index) => {
    const isHeld = props.person.moves.some(
      (one) => one.command === 'release' && one.to.role === role.role,
    )
    return isHeld || (index === 0 && role.untilMs !== undefined)
  })
  return told.map(({ role, title, untilMs }) => (
    <div key={role} className="st cut">
      {title}
      {untilMs === undefined ? null : ` ${peopleTexts.until(endOf(untilMs, serverNow()))}`}
    </div>
  ))
}

/** In a channel where nobody can be seen as here, "offline" would be untrue of everybody. */
function isPresenceKnown(props: PeopleProps): boolean {
  return props.here.size > 0 || props.control('presence').kind !== 'absent'
}
