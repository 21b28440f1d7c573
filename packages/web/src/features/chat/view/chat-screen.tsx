// The chat: channels on the left, what is said in the middle, people on the right. Composes; decides nothing.

import type { ResourceView } from '@sayso/client'
import { useResources } from '@sayso/client/react'
import {
  type KeyboardEvent,
  type ReactNode,
  Suspense,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react'
import { afterPaint } from '../../../ui/after-paint.ts'
import { again, lazy } from '../../../ui/late.ts'
import { useNavigate } from '../../../ui/navigation.tsx'
import { memo } from '../../../ui/spoken.ts'
import { prepareTimes } from '../../../ui/times.ts'
import { usePhone } from '../../../ui/use-phone.ts'
import { useVisible } from '../../../ui/use-visible.ts'
import { beside, loadBeside } from '../load-beside.ts'
import { type ChannelItem, channelOf, itemsOf } from '../model/channels.ts'
import { texts } from '../model/texts.ts'
import { type Count, type Counts, mutedIn, shownCount, totalOf, without } from '../model/unread.ts'
import type { ChatStore } from '../store/chat-store.ts'
import { useChatStore, useLink } from '../store/hooks.ts'
import { type Notices, useNotices } from '../store/use-notices.ts'
import { PersonalProvider } from '../store/use-personal.ts'
import { useUnread } from '../store/use-unread.ts'
import { BannerBar, LinkHeard } from './banner-bar.tsx'
import { BottomBar, paneHref } from './bottom-bar.tsx'
import { Conversation } from './conversation.tsx'
import type { ChatProps, Pane, PartProps } from './props.ts'
import { Rail } from './rail.tsx'
import { placeOfPane } from './side-panes.tsx'
import { Toasts } from './toasts.tsx'
import { useSwitcher } from './use-switcher.ts'

/** Nobody waits for it: until it is there, only what has a key of its own is answered. */
const PageKeys = beside('PageKeys')
/** What goes on beside the conversation. */
const LiveRoot = beside('LiveRoot')
const Switcher = lazy(async () => ({ default: (await import('./switcher.tsx')).Switcher }))

/** It must be there the moment a channel closes. */
const ClosedCard = beside('ClosedCard')
const SignedOutCard = lazy(async () => ({
  default: (await import('./signed-out-card.tsx')).SignedOutCard,
}))
const PaneEdges = beside('PaneEdges')
/** On a phone; elsewhere all of it stands at the foot of the rail. */
const You = beside('You')

type ScreenProps = ChatProps & { readonly children?: ReactNode }

/** `children` lie over the chat and share what is one's own. Of a session that has ended nothing stays on screen. */
export function ChatScreen(props: ScreenProps): ReactNode {
  if (!props.isSignedOut) return <Chat {...props} />
  return (
    <Suspense fallback={null}>
      <SignedOutCard onSignIn={props.onSignIn} />
    </Suspense>
  )
}

function Chat({ children, ...props }: ScreenProps): ReactNode {
  const { channelKey, me } = props
  const linkState = useLink(props.realtime.connection)
  const views = useResources()
  const store = useChatStore(props.realtime, props.api, me.id, props.isView === true)
  const notices = useNotices(store, me.id, channelKey)
  const switcher = useSwitcher(channelKey)
  const view = channelKey === undefined ? undefined : channelOf(views ?? [], channelKey)
  const muted = useMuted(store)
  const { counts, total, readAll } = useShownCounts(props, store, views, view, muted)
  const items = useItems(views, notices, counts, muted)
  // Without a channel there are no people beside it.
  const isBeside = placeOfPane(props.pane) === 'people'
  const pane = view === undefined && isBeside ? 'conversation' : props.pane
  useTitle(view, props.place, { ...total, mentions: meantFor(items) })
  useMeanwhile()
  const isPhone = usePhone()
  const onKeyDown = useEscape(props, pane)
  return (
    <PersonalProvider value={store?.personal}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut; the pane has a button of its own */}
      <div className="app" data-pane={placeOfPane(pane)} onKeyDown={onKeyDown}>
        <a className="skip" href="#composer">
          {texts.skipToWriting}
        </a>
        <Rail
          {...props}
          items={views === undefined ? undefined : items}
          notices={notices}
          role={view?.roles[0]}
          mentions={total.mentions}
          onJump={switcher.open}
          linkState={isPhone && pane === 'channels' ? linkState : undefined}
        />
        {views === undefined || store === undefined ? (
          <Opening {...props} linkState={linkState} />
        ) : (
          <Middle
            {...props}
            linkState={linkState}
            views={views}
            view={view}
            store={store}
            notices={notices}
          />
        )}
        <Suspense fallback={null}>
          {isPhone ? <You {...props} /> : <PaneEdges hasAside={view !== undefined} />}
        </Suspense>
        <BottomBar {...props} hasNews={notices.fresh.size > 0} mentions={total.mentions} />
        <Toasts notices={notices} />
        <LinkHeard linkState={linkState} />
        <Suspense fallback={null}>
          <PageKeys {...props} items={items} />
        </Suspense>
        {store === undefined ? null : (
          <Suspense fallback={null}>
            <LiveRoot
              store={store}
              realtime={props.realtime}
              api={props.api}
              me={me.id}
              views={views}
              counts={counts}
              view={view}
              isCovered={isPhone && pane !== 'conversation'}
            />
          </Suspense>
        )}
        {switcher.isOpen ? (
          <Suspense fallback={null}>
            <Switcher
              api={props.api}
              views={views ?? []}
              me={me.id}
              channelKey={channelKey}
              counts={counts}
              recent={switcher.recent.current}
              tell={notices.tell}
              onReadAll={readAll}
              onClose={switcher.close}
            />
          </Suspense>
        ) : null}
      </div>
      {children}
    </PersonalProvider>
  )
}

/** What can be made ready while the messages are on their way. */
function useMeanwhile(): void {
  useEffect(() => {
    void again(loadBeside)
    return afterPaint(prepareTimes)
  }, [])
}

const NOT_KEPT = new Map<string, never>()

/** Channels of which one has chosen to hear nothing. */
function useMuted(store: ChatStore | undefined): ReadonlySet<string> {
  const kept = useSyncExternalStore(
    store?.personal.subscribe ?? NEVER,
    () => store?.personal.all('notify') ?? NOT_KEPT,
  )
  return useMemo(() => mutedIn(kept, Date.now()), [kept])
}

const NEVER = () => () => undefined

/** Stays the same while nothing that is shown of channels has changed. */
function useItems(
  views: readonly ResourceView[] | undefined,
  { fresh }: Notices,
  counts: Counts,
  muted: ReadonlySet<string>,
): readonly ChannelItem[] {
  return useMemo(() => itemsOf(views ?? [], fresh, counts, muted), [views, fresh, counts, muted])
}

/** What is said to one: mentions, and everything between a few people. */
function meantFor(items: readonly ChannelItem[]): number {
  return items.reduce((sum, item) => sum + (item.isDirect ? item.unread : item.mentions), 0)
}

type MiddleProps = PartProps & {
  readonly views: readonly ResourceView[]
  readonly view: (ResourceView & { readonly channel: string }) | undefined
  readonly store: ChatStore
  readonly notices: Notices
}

/** The channel, or a card that says why it is not shown. What is counted beside it does not draw it again. */
const Middle = memo(function Middle(props: MiddleProps): ReactNode {
  const { view, channelKey } = props
  const titles = useRef(new Map<string, string>())
  if (view !== undefined && channelKey !== undefined) titles.current.set(channelKey, view.title)
  if (view === undefined) {
    const lostTitle = titles.current.get(channelKey ?? '')
    return (
      <Suspense fallback={<main className="sheet" aria-busy="true" />}>
        <ClosedCard {...props} lostTitle={lostTitle} />
      </Suspense>
    )
  }
  return <Conversation key={view.resource} {...props} view={view} />
})

/** Before the rights are known: the frame, the banner if that takes long, and nothing invented. */
function Opening(props: PartProps): ReactNode {
  return (
    <main className="sheet" aria-busy="true">
      <div className="bar late">
        <span className="bone" style={{ width: 140, height: 18 }} />
      </div>
      <BannerBar {...props} hasGap={false} onLoad={() => undefined} />
    </main>
  )
}

/** Escape closes the pane that lies over the conversation, unless something smaller is open. */
function useEscape(props: ChatProps, pane: Pane) {
  const navigate = useNavigate()
  return (event: KeyboardEvent) => {
    const isBeside = placeOfPane(pane) === 'people'
    const isForPane = isBeside && document.querySelector('.popup:popover-open') === null
    if (event.key !== 'Escape' || !isForPane || event.defaultPrevented) return
    navigate(paneHref(props.channelKey, 'conversation'), { replace: true })
  }
}

/** What one is looking at is being read, and of what is muted one has chosen to hear nothing: neither is counted. */
function useShownCounts(
  props: ChatProps,
  store: ChatStore | undefined,
  views: readonly ResourceView[] | undefined,
  view: ResourceView | undefined,
  muted: ReadonlySet<string>,
) {
  const open = useVisible() ? view?.channel : undefined
  const unread = useUnread(props.realtime, props.api, store?.personal, views, open)
  const counts = useMemo(() => without(unread.counts, muted), [unread.counts, muted])
  return { counts, total: totalOf(counts), readAll: unread.readAll }
}

/** What is said to one as a number, anything else unread as a dot. */
function useTitle(view: ResourceView | undefined, place: string, { count, mentions }: Count): void {
  const mark = mentions > 0 ? `(${shownCount(mentions)}) ` : count > 0 ? '• ' : ''
  const title = mark + (view === undefined ? place : `#${view.title} · ${place}`)
  useEffect(() => {
    document.title = title
  }, [title])
}
