// The operators' page: the dock, and beside it the inbox with its conversation, or a screen of set-up. Rights are live.

import '../../../ui/more-icons.ts'
import './icons.ts'
import '../styles/desk.css'
import '../styles/conversation.css'
import '../styles/writing.css'
import type { Api, PersonView } from '@sayso/client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, Suspense, useEffect, useState } from 'react'
import { NoticesProvider } from '../../../ui/notices.tsx'
import { measureServer } from '../../../ui/server-clock.ts'
import { UnsavedGuard } from '../../../ui/unsaved.tsx'
import { InboxScreen } from '../inbox/inbox-screen.tsx'
import type { DeskAddress } from '../model/address.ts'
import { texts } from '../model/texts.ts'
import { DeskProvider } from '../store/desk-context.tsx'
import type { Realtime } from '../store/port.ts'
import { useDeskRights } from '../store/rights.ts'
import { type OwnDesk, useTenants } from '../store/use-tenants.ts'
import { Announcer } from './announcer.tsx'
import { DeskKeys } from './desk-keys.tsx'
import { Dock } from './dock.tsx'
import { MentionNotices } from './mention-notices.tsx'
import { isOpenTo, SCREEN_PARTS } from './screens.ts'

export type DeskScreenProps = {
  readonly api: Api
  readonly realtime: unknown
  readonly me: PersonView
  /** What this place is called. */
  readonly place: string
  readonly address: DeskAddress
  readonly onSignOut: () => void
}

/** Answers are asked again when one comes back to the page; a refusal is not asked twice. */
const CLIENT = { queries: { staleTime: 2_000, retry: false }, mutations: { retry: false } } as const

export function DeskScreen(props: DeskScreenProps): ReactNode {
  const { api, me, realtime } = props
  const [client] = useState(() => new QueryClient({ defaultOptions: CLIENT }))
  const { tenants, first = tenants?.[0]?.tenant } = useTenants()
  const { tenant = first } = props.address.query
  useEffect(() => void measureServer(api).catch(() => undefined), [api])
  if (tenant === undefined || tenants === undefined)
    return <div className="late" aria-busy="true" />
  return (
    <QueryClientProvider client={client}>
      {/* The stock client fits the few members that the desk reads of it. */}
      <DeskProvider api={api} realtime={realtime as Realtime} me={me} tenant={tenant} key={tenant}>
        <NoticesProvider>
          <UnsavedGuard>
            <Announcer>
              <Frame {...props} tenant={tenant} tenants={tenants} />
            </Announcer>
          </UnsavedGuard>
        </NoticesProvider>
      </DeskProvider>
    </QueryClientProvider>
  )
}

function Frame(
  props: DeskScreenProps & { readonly tenant: string; readonly tenants: readonly OwnDesk[] },
): ReactNode {
  const { address, place, tenant } = props
  const { screen } = address
  const rights = useDeskRights(tenant)
  const title = texts.windowTitle(
    screen === undefined ? texts.notHere.title : texts.screens[screen],
    place,
  )
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <div
      className="desk"
      data-screen={screen}
      data-open={address.open === undefined ? 'no' : 'yes'}
    >
      <Dock {...props} rights={rights} />
      {screen === 'inbox' ? (
        <InboxScreen address={address} tenants={props.tenants} rights={rights} />
      ) : (
        <Other address={address} rights={rights} />
      )}
      <DeskKeys />
      <MentionNotices address={address} />
    </div>
  )
}

function Other(props: {
  readonly address: DeskAddress
  readonly rights: ReturnType<typeof useDeskRights>
}): ReactNode {
  const { address, rights } = props
  const { screen } = address
  const isOpen = screen !== undefined && isOpenTo(screen, rights.may)
  const [was, setWas] = useState<typeof screen>()
  if (isOpen && was !== screen) setWas(screen)
  if (screen === undefined || screen === 'inbox') return <Closed {...texts.notHere} />
  if (!rights.isKnown && !isOpen) return <main className="sheet late" aria-busy="true" />
  // A screen that was open stays while one is in it, though the right may have gone.
  if (!isOpen && was !== screen) return <Closed {...texts.notForYou} />
  const Part = SCREEN_PARTS[screen]
  return (
    <main className="sheet wide" aria-label={texts.screens[screen]}>
      {isOpen ? null : (
        <p className="banner" role="status">
          {texts.screenLost}
        </p>
      )}
      <Suspense fallback={<div className="late" aria-busy="true" />}>
        <Part address={address} />
      </Suspense>
    </main>
  )
}

function Closed(props: { readonly title: string; readonly text: string }): ReactNode {
  return (
    <main className="sheet wide">
      <header className="page-bar">
        <h1 className="title">{props.title}</h1>
      </header>
      <p className="empty dim">{props.text}</p>
    </main>
  )
}
