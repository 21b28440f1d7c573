// The dashboard: what one may administer at the left, one screen on the sheet. Rights are live here as well.

import '../../../ui/more-icons.ts'
import '../../../ui/admin-icons.ts'
import '../styles/admin.css'
import '../styles/table.css'
import { type Manage, manage } from '@sayso/client/manage'
import { useResources, useUser } from '@sayso/client/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, Suspense, useEffect, useMemo, useState } from 'react'
import { NoticesProvider } from '../../../ui/notices.tsx'
import { UnsavedGuard } from '../../../ui/unsaved.tsx'
import { firstOpen, type ScreenKey, screenNamed } from '../model/screens.ts'
import { texts } from '../model/texts.ts'
import type { AdminScreenProps } from '../props.ts'
import { SCREENS } from '../screens/index.ts'
import { RightsProvider, useRights } from '../store/rights.tsx'
import { MenuContext, PageHead } from './page-head.tsx'
import { Rail } from './rail.tsx'

/** Answers are asked again when one comes back to the page; a refusal is not asked twice. */
const CLIENT = { queries: { staleTime: 2_000, retry: false }, mutations: { retry: false } } as const

export function AdminScreen(props: AdminScreenProps): ReactNode {
  const [client] = useState(() => new QueryClient({ defaultOptions: CLIENT }))
  const { app } = props.address.query
  const calls = useMemo(() => manage(app === undefined ? {} : { app }), [app])
  const tenants = useTenants()
  const tenant = props.address.query.tenant ?? tenants?.[0]
  if (tenant === undefined) return <div className="late" aria-busy="true" />
  return (
    <QueryClientProvider client={client}>
      <RightsProvider tenant={tenant} isForeman={app !== undefined}>
        <NoticesProvider>
          <UnsavedGuard>
            <Frame {...props} calls={calls} tenant={tenant} key={app ?? ''} />
          </UnsavedGuard>
        </NoticesProvider>
      </RightsProvider>
    </QueryClientProvider>
  )
}

/** Tenants the reader is somebody in; absent until the server has said. */
function useTenants(): readonly string[] | undefined {
  const isKnown = useResources() !== undefined
  const { roles } = useUser()
  return useMemo(() => {
    const own = [...new Set(roles.map(({ on }) => on))].filter((on) => on.startsWith('tenant:'))
    if (!isKnown) return undefined
    return own.length === 0 ? [NOBODYS] : own
  }, [isKnown, roles])
}

/** Whoever has no role anywhere is asked about a tenant that is not there: nothing is open to them. */
const NOBODYS = 'tenant:'

function Frame(
  props: AdminScreenProps & { readonly calls: Manage; readonly tenant: string },
): ReactNode {
  const { address } = props
  const rights = useRights()
  const wanted = address.screen === '' ? firstOpen(rights.may) : screenNamed(address.screen)?.key
  const [isMenuOpen, setMenuOpen] = useState(false)
  const title = wanted === undefined ? texts.title : texts.screens[wanted]
  useEffect(() => {
    document.title = texts.windowTitle(title, props.place)
  }, [title, props.place])
  // Going somewhere closes the menu of a phone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each screen
  useEffect(() => setMenuOpen(false), [address.screen])
  return (
    <div className="admin" data-menu={isMenuOpen ? 'open' : 'shut'}>
      <Rail {...props} current={wanted} onClose={() => setMenuOpen(false)} />
      <MenuContext value={() => setMenuOpen(true)}>
        <Body {...props} wanted={wanted} isEmpty={address.screen === ''} />
      </MenuContext>
    </div>
  )
}

function Body(
  props: AdminScreenProps & {
    readonly calls: Manage
    readonly tenant: string
    readonly wanted: ScreenKey | undefined
    readonly isEmpty: boolean
  },
): ReactNode {
  const { wanted } = props
  const rights = useRights()
  const needs = wanted === undefined ? [] : (screenNamed(wanted)?.needs ?? [])
  const isOpen = needs.some((action) => rights.may(action))
  const wasOpen = useWasOpen(wanted, isOpen)
  if (!rights.known && !wasOpen) return <main className="sheet late" aria-busy="true" />
  if (wanted === undefined && !props.isEmpty) return <Closed {...texts.notHere} />
  if (wanted === undefined || !(isOpen || wasOpen)) return <Closed {...texts.nothingForYou} />
  const Screen = SCREENS[wanted]
  if (Screen === undefined) return <Closed {...texts.notHere} />
  return (
    <main className="sheet" aria-label={texts.screens[wanted]}>
      {isOpen ? null : (
        <p className="banner" role="status">
          {texts.lost}
        </p>
      )}
      <Suspense fallback={<div className="late" aria-busy="true" />}>
        <Screen {...props} />
      </Suspense>
    </main>
  )
}

/** A screen that was open stays while one is in it, though the right may have gone. */
function useWasOpen(screen: string | undefined, isOpen: boolean): boolean {
  const [open, setOpen] = useState<string>()
  if (isOpen && open !== screen) setOpen(screen)
  return screen !== undefined && open === screen
}

function Closed(props: { readonly title: string; readonly text: string }): ReactNode {
  return (
    <main className="sheet">
      <PageHead title={props.title} />
      <p className="empty dim">{props.text}</p>
    </main>
  )
}
