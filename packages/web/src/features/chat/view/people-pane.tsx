// The right pane: the people of a channel by role, who is here, and what one may do about it.

import { type ReactNode, Suspense, use, useMemo, useRef, useState } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { lazy } from '../../../ui/late.ts'
import { Anchor } from '../../../ui/navigation.tsx'
import { memo } from '../../../ui/spoken.ts'
import { usePhone } from '../../../ui/use-phone.ts'
import '../styles/roster.css'
import { serverNow } from '../../../ui/server-clock.ts'
import { endOf } from '../model/durations.ts'
import { shownNumber } from '../model/numbers.ts'
import { hereCount } from '../model/people.ts'
import { type RosterGroup, sizeOf } from '../model/roster.ts'
import { texts } from '../model/texts.ts'
import { texts as around } from '../model/texts-around.ts'
import { peopleTexts } from '../model/texts-people.ts'
import { whoTexts } from '../model/texts-who.ts'
import { useRoster } from '../store/use-roster.ts'
import { lookOf } from './live/presence-look.ts'
import { presenceText } from './live/presence-words.ts'
import { usePresences } from './live/use-presences.ts'
import { useWhereabouts } from './live/whereabouts-now.ts'
import type { Doing } from './move-dialog.tsx'
import { PeopleList } from './people-list.tsx'
import type { PeopleProps, PersonProps } from './people-props.ts'
import { PersonMenu } from './person-menu.tsx'
import { RequestsList } from './requests-list.tsx'
import { useAnswer, useMove } from './use-moves.ts'
import { useUndo } from './use-undo.tsx'
import { WhoContext } from './who-context.ts'

const MoveDialog = lazy(async () => ({ default: (await import('./move-dialog.tsx')).MoveDialog }))

export const PeoplePane = memo(function PeoplePane(given: PeopleProps): ReactNode {
  const { people, me } = given
  const presences = usePresences(given.members, given.resource, useIds(people.list))
  const { here } = presences
  const props = { ...given, here }
  const [typed, setTyped] = useState('')
  const [isHeld, setHeld] = useState(false)
  const [doing, setDoing] = useState<Doing>()
  const scroller = useRef<HTMLDivElement>(null)
  const { refresh } = people
  const { bar, offer } = useUndo({ ...props, refresh })
  const onMove = useMove(props, refresh)
  const onAnswer = useAnswer(props)
  // Who is here is known before anybody's name is: nobody is shown by an id.
  const found = useRoster(props.api, props.channelKey, people, { here, me }, typed, isHeld)
  const groups = useLast(found.groups)
  const isPhone = usePhone()
  // On a phone this is the page, and its title the page's.
  const [Title, Heading] = isPhone ? (['h1', 'h2'] as const) : (['h2', 'h3'] as const)
  const landmark = { role: isPhone ? 'main' : 'complementary', 'aria-label': texts.people }
  const { requests } = props
  return (
    <div className="aside" {...landmark}>
      <div className="bar">
        <Title className="title small">{texts.people}</Title>
        <HowMany {...props} />
        <span className="grow" />
        <Anchor className="iconbtn closer" href={props.closeHref} label={peopleTexts.close} replace>
          <Icon name="x" />
        </Anchor>
      </div>
      {doing === undefined ? null : (
        <Suspense fallback={null}>
          <MoveDialog
            {...props}
            doing={doing}
            onDone={(done) => {
              offer(done)
              refresh()
            }}
            onClose={() => setDoing(undefined)}
          />
        </Suspense>
      )}
      {bar}
      <Find typed={typed} onType={setTyped} groups={groups} scroller={scroller} />
      <div className="people" ref={scroller}>
        {requests === undefined || requests.requests.length === 0 || typed.trim() !== '' ? null : (
          <RequestsList view={requests} heading={Heading} onAnswer={onAnswer} />
        )}
        {groups === undefined && people.hasFailed ? <NotLoaded onAgain={refresh} /> : null}
        {groups === undefined ? null : (
          <PeopleList
            groups={groups}
            heading={Heading}
            scroller={scroller}
            onLook={found.onLook}
            look={({ id }) => (id === people.marked ? 'person fresh' : 'person')}
            row={(person, isStop) => (
              <Person
                {...props}
                person={person}
                said={presences.of(person.id)}
                isSure={presences.isSure(person.id)}
                isStop={isStop}
                onMove={onMove}
                onHold={setHeld}
                onAskFirst={setDoing}
              />
            )}
          />
        )}
      </div>
    </div>
  )
})

function useIds(people: PeopleProps['people']['list']): ReadonlySet<string> {
  return useMemo(() => new Set(people?.map(({ id }) => id)), [people])
}

/** Nobody is known: what one can do about it. */
function NotLoaded(props: { readonly onAgain: () => void }): ReactNode {
  return (
    <div className="pane-note sm dim" role="alert">
      <p>{around.notLoaded}</p>
      <Button size="small" onClick={props.onAgain}>
        {around.tryAgain}
      </Button>
    </div>
  )
}

/** How many are here, of how many. */
function HowMany(props: PeopleProps): ReactNode {
  const { list, counts, isWhole } = props.people
  if (list === undefined) return null
  const all = isWhole ? list.length : (counts ?? []).reduce((sum, { people }) => sum + people, 0)
  const here = isWhole ? hereCount(list, props.here) : Math.min(props.here.size, all)
  const shown = shownNumber(all)
  return (
    <span className="faint sm num">
      {isPresenceKnown(props) ? peopleTexts.hereOf(shownNumber(here), shown) : shown}
    </span>
  )
}

/** What is found is drawn as one types, and said once one pauses. */
function Find(props: {
  readonly typed: string
  readonly onType: (typed: string) => void
  readonly groups: readonly RosterGroup[] | undefined
  readonly scroller: { readonly current: HTMLElement | null }
}): ReactNode {
  const { typed, groups, scroller } = props
  const count = typed.trim() === '' || groups === undefined ? undefined : sizeOf(groups)
  return (
    <search className="find-people">
      <input
        className="find-field"
        type="search"
        value={typed}
        aria-label={whoTexts.find}
        placeholder={whoTexts.find}
        maxLength={80}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        onChange={(event) => {
          props.onType(event.target.value)
          scroller.current?.scrollTo(0, 0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && typed !== '') {
            // The first one empties the field, the next one closes the pane.
            event.preventDefault()
            event.stopPropagation()
            props.onType('')
          }
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          scroller.current?.querySelector<HTMLElement>('[data-place="0"] [data-col]')?.focus()
        }}
      />
      <p className={count === 0 ? 'sm dim' : 'vh'} role="status">
        {count === undefined ? '' : count === 0 ? peopleTexts.noOne : whoTexts.found(count)}
      </p>
    </search>
  )
}

/** What was there before, until the next is. */
function useLast<T>(value: T | undefined): T | undefined {
  const last = useRef(value)
  if (value !== undefined) last.current = value
  return last.current
}

function Person(
  props: PeopleProps &
    Omit<PersonProps, 'tabIndex'> & { readonly isStop: boolean; readonly isSure: boolean },
): ReactNode {
  const { person, isStop, isSure } = props
  const isShown = isPresenceKnown(props)
  // Of a long list those are asked about who stand in view.
  useWhereabouts(
    props.resource,
    useMemo(() => new Set([person.id]), [person.id]),
  )
  const openCard = use(WhoContext)
  const tabIndex = isStop ? 0 : -1
  return (
    <>
      <button
        type="button"
        className="who-open"
        data-col="0"
        tabIndex={tabIndex}
        aria-haspopup="dialog"
        onClick={(event) => openCard?.(person.id, event.currentTarget)}
      >
        <Avatar
          id={person.id}
          name={person.name}
          picture={person.picture}
          size="m"
          here={isShown && isSure ? lookOf(props.said) : undefined}
        />
        <span className="grow">
          <span className="nm cut">
            <bdi>{person.name}</bdi>{' '}
            {person.isMe ? <span className="faint">{peopleTexts.you}</span> : null}
          </span>
          <Standing person={person} said={props.said} isShown={isShown} isSure={isSure} />
        </span>
      </button>
      <PersonMenu {...props} tabIndex={tabIndex} />
    </>
  )
}

/** In one line: what they say of themselves and how they are, and what of their roles ends by itself or holds them back. */
function Standing(
  props: Pick<PersonProps, 'person' | 'said'> & {
    readonly isShown: boolean
    readonly isSure: boolean
  },
): ReactNode {
  const { person, isShown, isSure } = props
  const told = person.roles.filter((role, index) => {
    const isHeld = person.moves.some(
      (one) => one.command === 'release' && one.to.role === role.role,
    )
    return isHeld || (index === 0 && role.untilMs !== undefined)
  })
  const parts = [
    // Its room is kept, so that nothing moves when it comes. Of whoever is held back and not here, until when says more.
    ...(isShown && (told.length === 0 || props.said !== undefined)
      ? [isSure ? presenceText(props.said, serverNow()) : '\u00a0']
      : []),
    ...told.map(({ title, untilMs }) =>
      untilMs === undefined
        ? title
        : `${title} ${peopleTexts.until(endOf(untilMs, serverNow(), 'short'))}`,
    ),
  ]
  if (parts.length === 0) return null
  return (
    <span className="st cut" title={parts.join(' · ').trim() || undefined}>
      {parts.map((part, index) => (
        <span key={part}>{index === 0 ? part : ` · ${part}`}</span>
      ))}
    </span>
  )
}

/** In a channel where nobody can be seen as here, "not here" would be untrue of everybody. */
function isPresenceKnown(props: Pick<PeopleProps, 'here' | 'control'>): boolean {
  return props.here.size > 0 || props.control('presence').kind !== 'absent'
}
