// The quick switcher: a few letters lead to a channel, a person's messages, a message or a command. A combobox in a dialog.

import type { Api, ResourceView, SearchView } from '@sayso/client'
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { useNavigate } from '../../../ui/navigation.tsx'
import { restoreCaret } from '../keys/refuge.ts'
import '../styles/finding.css'
import { plainText } from '../markdown/plain.ts'
import { channelHref, isReadable, keyOf } from '../model/channels.ts'
import { fitOf } from '../model/finding.ts'
import { hash, texts } from '../model/texts.ts'
import { findingTexts } from '../model/texts-finding.ts'
import { peopleTexts } from '../model/texts-people.ts'
import { unreadTexts } from '../model/texts-unread.ts'
import { whoTexts } from '../model/texts-who.ts'
import type { Counts } from '../model/unread.ts'
import { useMayHere } from '../store/use-may-here.ts'
import type { Notices } from '../store/use-notices.ts'
import { paneHref } from './bottom-bar.tsx'
import { placeHref } from './found-list.tsx'
import { PresentAvatar, PresentWords } from './live/present-person.tsx'

type Choice = {
  readonly id: string
  readonly group: 'recent' | 'channels' | 'people' | 'messages' | 'commands'
  readonly title: string
  readonly note?: string
  readonly icon: string | undefined
  /** Who is meant, and a channel shared with them. */
  readonly whom?: { readonly id: string; readonly name: string; readonly on: string } | undefined
  readonly run: () => void
}

export type SwitcherProps = {
  readonly api: Api
  readonly views: readonly ResourceView[]
  /** Id of the reader. */
  readonly me: string
  readonly channelKey: string | undefined
  readonly counts: Counts
  /** Keys of channels visited, the latest first. */
  readonly recent: readonly string[]
  readonly tell: Notices['tell']
  readonly onReadAll: () => void
  readonly onClose: () => void
}

const PAUSE_MS = 50
const MOST_CHANNELS = 8
const MOST_MESSAGES = 5

export function Switcher(props: SwitcherProps): ReactNode {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  useLayoutEffect(() => dialog.current?.showModal(), [])
  const choices = useChoices(props, text)
  const active = choices[Math.min(at, choices.length - 1)]
  const choose = (choice: Choice | undefined) => {
    if (choice === undefined) return
    dialog.current?.close()
    restoreCaret(document)
    choice.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (event.nativeEvent.isComposing || (step === 0 && event.key !== 'Enter')) return
    event.preventDefault()
    if (step === 0) return choose(active)
    setAt((now) => (Math.min(now, choices.length - 1) + step + choices.length) % choices.length)
  }
  return (
    <dialog
      ref={dialog}
      className="switcher"
      aria-label={unreadTexts.jumpTo}
      onClose={props.onClose}
    >
      <input
        className="find-field"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={active && `${id}-${active.id}`}
        aria-label={unreadTexts.jumpTo}
        placeholder={unreadTexts.jumpTo}
        value={text}
        dir="auto"
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} role="listbox" aria-label={findingTexts.jump}>
        {choices.map((choice, index) => (
          <Option
            key={choice.id}
            id={`${id}-${choice.id}`}
            choice={choice}
            isFirst={choices[index - 1]?.group !== choice.group}
            isActive={choice === active}
            onChoose={() => choose(choice)}
          />
        ))}
      </div>
      <p className={choices.length === 0 ? 'sm dim' : 'vh'} role="status">
        {choices.length === 0 ? findingTexts.noMatch : findingTexts.found(choices.length)}
      </p>
    </dialog>
  )
}

function Option(props: {
  readonly id: string
  readonly choice: Choice
  readonly isFirst: boolean
  readonly isActive: boolean
  readonly onChoose: () => void
}): ReactNode {
  const { choice, isActive } = props
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isActive) ref.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  return (
    <>
      {props.isFirst ? (
        <div className="group" role="presentation">
          {choice.group === 'recent' ? whoTexts.recent : findingTexts[choice.group]}
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field holds the focus and takes the keys, as comboboxes do */}
      <div
        ref={ref}
        id={props.id}
        role="option"
        tabIndex={-1}
        aria-selected={isActive}
        onClick={props.onChoose}
      >
        {choice.whom === undefined ? (
          <Icon name={choice.icon} fallback="hash" />
        ) : (
          <PresentAvatar {...choice.whom} size="s" />
        )}
        <span className="grow cut">{choice.title}</span>
        <span className="xs faint cut">
          {choice.whom === undefined ? (
            choice.note
          ) : (
            <PresentWords {...choice.whom} text={choice.note} />
          )}
        </span>
      </div>
    </>
  )
}

function useChoices(props: SwitcherProps, text: string): readonly Choice[] {
  const navigate = useNavigate()
  const typed = text.trim()
  const { items: found, people } = useFound(props.api, typed)
  const mayTalk = useMayHere('message-people')
  const { me } = props
  const channels = channelsFor(props, typed).map(
    (view): Choice => ({
      id: `c-${keyOf(view)}`,
      group: typed === '' && props.recent.includes(keyOf(view)) ? 'recent' : 'channels',
      title: view.title,
      icon: view.glyph,
      whom: partnerOf(view, me),
      run: () => navigate(channelHref(keyOf(view))),
    }),
  )
  const messages = found.map(
    (item): Choice => ({
      id: `m-${item.serial.replaceAll(/\W/gu, '-')}`,
      group: 'messages',
      title: plainText(item.text) || item.text,
      note: [item.author?.name, hash(item.title)].filter(Boolean).join(' · '),
      icon: 'message-circle',
      run: () => navigate(placeHref(item)),
    }),
  )
  const talks = (mayTalk ? people : []).map(
    ({ id, name }): Choice => ({
      id: `p-${id.replaceAll(/\W/gu, '-')}`,
      group: 'people',
      title: name,
      note: peopleTexts.message,
      icon: 'circle-user',
      whom: whomOf(props, { id, name }),
      run: () =>
        void props.api.startDirect({ people: [id] }).then(
          ({ key }) => navigate(channelHref(key)),
          (cause: unknown) => props.tell(texts.notDone(cause)),
        ),
    }),
  )
  return [...channels, ...talks, ...messages, ...commandsFor(props, typed, navigate)]
}

/** The other one in a conversation of two. */
function partnerOf({ people, resource }: ResourceView, me: string): Choice['whom'] {
  const others = people?.filter(({ id }) => id !== me) ?? []
  const [one] = others
  return one === undefined || others.length > 1 ? undefined : { ...one, on: resource }
}

/** Beside what one has in common with them for certain: a conversation of two, else the channel one is in. */
function whomOf(
  { views, me, channelKey }: SwitcherProps,
  person: { readonly id: string; readonly name: string },
): Choice['whom'] {
  const partners = views.map((view) => partnerOf(view, me))
  const here = views.find((view) => isReadable(view) && keyOf(view) === channelKey)
  const own = partners.find((one) => one?.id === person.id)
  return own ?? (here && { ...person, on: here.resource })
}

/** Where one was lately while nothing is typed, then what is unread, then as screens list them. */
function channelsFor({ views, counts, channelKey, recent }: SwitcherProps, typed: string) {
  const readable = views.filter(isReadable)
  if (typed === '') {
    const weight = (view: (typeof readable)[number]) => {
      const at = recent.indexOf(keyOf(view))
      const { count = 0, mentions = 0 } = counts.get(view.channel) ?? {}
      return at >= 0 ? 10 - at : mentions > 0 ? 2 : count > 0 ? 1 : 0
    }
    return readable
      .filter((view) => keyOf(view) !== channelKey)
      .sort((one, other) => weight(other) - weight(one))
      .slice(0, MOST_CHANNELS)
  }
  return readable
    .flatMap((view) => {
      const fit = fitOf(view.title, typed) ?? fitOf(keyOf(view), typed)
      return fit === undefined ? [] : [{ view, fit }]
    })
    .sort((one, other) => other.fit - one.fit)
    .slice(0, MOST_CHANNELS)
    .map(({ view }) => view)
}

function commandsFor(
  { channelKey, onReadAll }: SwitcherProps,
  typed: string,
  navigate: (href: string) => void,
): readonly Choice[] {
  const command = (id: string, icon: string, title: string, run: () => void): Choice => ({
    id: `x-${id}`,
    group: 'commands',
    icon,
    title,
    run,
  })
  const commands = [
    command('search', 'search', findingTexts.search, () =>
      navigate(paneHref(channelKey, 'search')),
    ),
    command('mentions', 'at-sign', unreadTexts.mentions, () =>
      navigate(paneHref(channelKey, 'mentions')),
    ),
    command('read', 'check', findingTexts.markAllRead, onReadAll),
  ]
  return typed === '' ? commands : commands.filter(({ title }) => fitOf(title, typed) !== undefined)
}

const NOTHING: Pick<SearchView, 'items' | 'people'> = { items: [], people: [] }

function useFound(api: Api, typed: string): typeof NOTHING {
  const [found, setFound] = useState(NOTHING)
  useEffect(() => {
    if (typed.length < 2) return setFound(NOTHING)
    let isOver = false
    const timer = setTimeout(() => {
      api.search({ q: typed, limit: MOST_MESSAGES }).then(
        (view) => isOver || setFound(view),
        () => undefined,
      )
    }, PAUSE_MS)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [api, typed])
  return found
}
