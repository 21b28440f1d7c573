// The chat: channels on the left, what is said in the middle, people on the right. Composes; decides nothing.

import type { ResourceView } from '@sayso/client'
import { SaysoProvider, useResources } from '@sayso/client/react'
import { type ReactNode, useEffect, useRef } from 'react'
import { channelOf, itemsOf } from '../model/channels.ts'
import type { ChatStore } from '../store/chat-store.ts'
import { useBanner, useChatStore, useUnread } from '../store/hooks.ts'
import { type Notices, useNotices } from '../store/use-notices.ts'
import { BottomBar } from './bottom-bar.tsx'
import { ClosedCard } from './closed-card.tsx'
import { Conversation } from './conversation.tsx'
import type { ChatProps } from './props.ts'
import { Rail } from './rail.tsx'
import { Toasts } from './toasts.tsx'
import { YouPane } from './you-pane.tsx'

export function ChatScreen(props: ChatProps): ReactNode {
  return (
    <SaysoProvider realtime={props.realtime}>
      <Chat {...props} />
    </SaysoProvider>
  )
}

function Chat(props: ChatProps): ReactNode {
  const { channelKey, me } = props
  const views = useResources()
  const store = useChatStore(props.realtime, me.id)
  const notices = useNotices(store, me.id, channelKey)
  const unread = useUnread(store)
  const view = channelKey === undefined ? undefined : channelOf(views ?? [], channelKey)
  const items = itemsOf(views ?? [], notices.fresh, unread)
  // Without a channel there are no people beside it.
  const pane = view === undefined && props.pane === 'people' ? 'conversation' : props.pane
  useTitle(view, props.place)
  return (
    <div className="app" data-pane={pane}>
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
        <Opening {...props} />
      ) : (
        <Middle {...props} views={views} view={view} store={store} notices={notices} />
      )}
      <YouPane {...props} />
      <BottomBar {...props} hasNews={notices.fresh.size > 0} />
      <Toasts notices={notices} />
    </div>
  )
}

type MiddleProps = ChatProps & {
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
function Opening(props: ChatProps): ReactNode {
  const banner = useBanner(props.realtime.connection, {
    hasGap: false,
    isSignedOut: props.isSignedOut,
  })
  return (
    <main className="sheet" aria-busy="true">
      <div className="bar late">
        <span className="bone" style={{ width: 140, height: 18 }} />
      </div>
      {banner === undefined ? null : (
        <p className="banner" role="status">
          <b>{banner.strong}</b> {banner.text}
        </p>
      )}
    </main>
  )
}

function useTitle(view: ResourceView | undefined, place: string): void {
  const title = view === undefined ? place : `#${view.title} · ${place}`
  useEffect(() => {
    document.title = title
  }, [title])
}
