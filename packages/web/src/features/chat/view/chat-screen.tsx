// The chat: channels on the left, what is said in the middle, people on the right. Composes; decides nothing.

import type { ResourceView } from '@sayso/client'
import { useResources } from '@sayso/client/react'
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import { useNavigate } from '../../../ui/navigation.tsx'
import { channelOf, itemsOf } from '../model/channels.ts'
import type { ChatStore } from '../store/chat-store.ts'
import { useChatStore, useLink, useUnread } from '../store/hooks.ts'
import { type Notices, useNotices } from '../store/use-notices.ts'
import { PersonalProvider } from '../store/use-personal.ts'
import { BannerBar } from './banner-bar.tsx'
import { BottomBar, paneHref } from './bottom-bar.tsx'
import { ClosedCard } from './closed-card.tsx'
import { Conversation } from './conversation.tsx'
import type { ChatProps, Pane, PartProps } from './props.ts'
import { Rail } from './rail.tsx'
import { placeOfPane } from './side-panes.tsx'
import { Toasts } from './toasts.tsx'

const YouPane = lazy(() => import('./you-pane.tsx').then((own) => ({ default: own.YouPane })))

/** Follows the rights of the nearest provider of them. */
export function ChatScreen(props: ChatProps): ReactNode {
  const { channelKey, me } = props
  const linkState = useLink(props.realtime.connection)
  const views = useResources()
  const store = useChatStore(props.realtime, props.api, me.id)
  const notices = useNotices(store, me.id, channelKey)
  const unread = useUnread(store)
  const view = channelKey === undefined ? undefined : channelOf(views ?? [], channelKey)
  const items = itemsOf(views ?? [], notices.fresh, unread)
  // Without a channel there are no people beside it.
  const isBeside = placeOfPane(props.pane) === 'people'
  const pane = view === undefined && isBeside ? 'conversation' : props.pane
  useTitle(view, props.place)
  return (
    <PersonalProvider value={store?.personal}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut; the pane has a button of its own */}
      <div className="app" data-pane={placeOfPane(pane)} onKeyDown={useEscape(props, pane)}>
        <a className="skip" href="#composer">
          Skip to writing
        </a>
        <Rail
          {...props}
          items={views === undefined ? undefined : items}
          notices={notices}
          role={view?.roles[0]}
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
        <Suspense>
          <YouPane {...props} />
        </Suspense>
        <BottomBar {...props} hasNews={notices.fresh.size > 0} />
        <Toasts notices={notices} />
      </div>
    </PersonalProvider>
  )
}

type MiddleProps = PartProps & {
  readonly views: readonly ResourceView[]
  readonly view: (ResourceView & { readonly channel: string }) | undefined
  readonly store: ChatStore
  readonly notices: Notices
}

/** The channel, or a card that says why it is not shown. */
function Middle(props: MiddleProps): ReactNode {
  const { view, channelKey } = props
  const titles = useRef(new Map<string, string>())
  if (view !== undefined && channelKey !== undefined) titles.current.set(channelKey, view.title)
  if (view === undefined) {
    const lostTitle = titles.current.get(channelKey ?? '')
    return <ClosedCard {...props} lostTitle={lostTitle} />
  }
  return <Conversation key={view.resource} {...props} view={view} />
}

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

function useTitle(view: ResourceView | undefined, place: string): void {
  const title = view === undefined ? place : `#${view.title} · ${place}`
  useEffect(() => {
    document.title = title
  }, [title])
}
