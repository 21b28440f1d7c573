// From the address and the session to a screen.

import { type Api, api, type SessionView } from '@sayso/client'
import { type ReactNode, Suspense, useEffect, useLayoutEffect, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { again, lazy } from '../ui/late.ts'
import { NavigationProvider } from '../ui/navigation.tsx'
import { sentence } from '../ui/sentence.ts'
import { useLanguage } from '../ui/spoken.ts'
import { ChatPage } from './chat-page.tsx'
import { leave } from './leave.ts'
import {
  ConfirmScreen,
  ForgotScreen,
  loadScreens,
  ResetScreen,
  SetUpScreen,
  SignInScreen,
} from './login-screens.ts'
import { Note } from './note.tsx'
import { loginHref, type Route, routeOf } from './route.ts'
import { navigate, useHref } from './router.ts'
import { type Session, useSession } from './session.ts'

const loadAdmin = async () => ({ default: (await import('./admin-page.tsx')).AdminPage })
const loadDesk = async () => ({ default: (await import('./desk-page.tsx')).DeskPage })

/** Of those who administer the place alone. */
const AdminPage = lazy(loadAdmin)

/** Of those who answer visitors. */
const DeskPage = lazy(loadDesk)

const ShutOut = lazy(async () => ({
  default: (await import('../features/chat/view/shut-out-card.tsx')).ShutOutCard,
}))

/** Most come to the chat; the front page is for those who are not in yet. */
const loadHome = async () => ({ default: (await import('./home.tsx')).Home })
const Home = lazy(loadHome)

import { pageTexts } from './texts.ts'

/** What the address asks for, fetched while it is not yet known who is here. */
const AT_ONCE: { readonly [screen in Route['screen']]?: () => Promise<unknown> } = {
  home: loadHome,
  login: loadScreens,
  setup: loadScreens,
  admin: loadAdmin,
  desk: loadDesk,
}

export function App(): ReactNode {
  useLanguage()
  const [calls] = useState(() => api())
  const session = useSession(calls)
  useEffect(() => {
    const load = AT_ONCE[routeOf(location.pathname).screen]
    if (load !== undefined) void again(load)
  }, [])
  return (
    <NavigationProvider navigate={navigate}>
      {session.kind === 'loading' ? <div className="late" aria-busy="true" /> : null}
      {session.kind === 'unreached' ? (
        <Note title={pageTexts.notReached} text={sentence(session.detail)}>
          <Here />
          <Button look="primary" size="large" onClick={() => void session.refresh()}>
            {pageTexts.tryAgain}
          </Button>
        </Note>
      ) : null}
      {session.kind === 'known' ? (
        <Suspense fallback={<div className="late" aria-busy="true" />}>
          <Screen api={calls} session={session} view={session.session} />
          <Here />
        </Suspense>
      ) : null}
    </NavigationProvider>
  )
}

/** Once it is drawn the page has something to show: the mark that stood in for it goes. */
function Here(): ReactNode {
  useLayoutEffect(() => document.getElementById('boot')?.remove(), [])
  return null
}

type ScreenProps = { readonly api: Api; readonly session: Session; readonly view: SessionView }

/** Where one wants to be, unless one is banned from there. */
function Screen(props: ScreenProps): ReactNode {
  const { view, session } = props
  const route = routeOf(useHref())
  const isInside = route.screen === 'chat' || route.screen === 'admin'
  if (isInside && view.shutOut !== undefined) {
    return (
      <Suspense fallback={null}>
        <ShutOut
          view={view}
          onAgain={() => void session.refresh()}
          onSignOut={() => void leave(props.api, session)}
        />
      </Suspense>
    )
  }
  return <Routed {...props} />
}

function Routed(props: ScreenProps): ReactNode {
  const { view, session } = props
  const href = useHref()
  const route = routeOf(href)
  const target = redirectOf(route, view, href)
  useInvitation(props, route)
  useEffect(() => {
    if (target !== undefined) navigate(target, { replace: true })
  }, [target])
  useTitle(route, view.title)
  if (target !== undefined) return null
  const signedInTo = (next: string) => async () => {
    await session.refresh()
    navigate(next, { replace: true })
  }
  switch (route.screen) {
    case 'home':
      return <Home {...props} />
    case 'login':
      return (
        <SignInScreen
          {...props}
          session={view}
          next={route.next}
          invitation={route.invitation}
          onSignedIn={signedInTo(route.next)}
        />
      )
    case 'forgot':
      return <ForgotScreen api={props.api} mail={view.mail} />
    case 'reset':
      return <ResetScreen api={props.api} token={route.token} onChanged={session.refresh} />
    case 'confirm':
      return <ConfirmScreen api={props.api} token={route.token} onConfirmed={session.refresh} />
    case 'setup':
      return (
        <SetUpScreen
          api={props.api}
          token={route.token}
          needsOwner={view.needsOwner}
          onSignedIn={signedInTo('/chat')}
        />
      )
    case 'chat':
      return view.person === undefined ? null : (
        <ChatPage
          {...props}
          me={view.person}
          channelKey={route.channelKey}
          pane={route.pane}
          at={route.at}
          thread={route.thread}
          settings={route.settings}
        />
      )
    case 'admin':
      return view.person === undefined ? null : (
        <AdminPage {...props} me={view.person} path={route.path} query={route.query} />
      )
    case 'desk':
      return view.person === undefined ? null : (
        <DeskPage {...props} me={view.person} path={route.path} query={route.query} />
      )
    case 'lost':
      return <Lost />
  }
}

function Lost(): ReactNode {
  return (
    <Note title={pageTexts.nothingHere} text={pageTexts.leadsNowhere}>
      <Button look="primary" size="large" onClick={() => navigate('/')}>
        {pageTexts.toTheStart}
      </Button>
    </Note>
  )
}

/** Where one is sent instead; absent: stay. */
export function redirectOf(route: Route, view: SessionView, href: string): string | undefined {
  const isIn = view.person !== undefined
  if (route.screen === 'login' && isIn) return route.next
  if (route.screen !== 'chat' && route.screen !== 'admin' && route.screen !== 'desk')
    return undefined
  if (!isIn) return loginHref(href)
  if (route.screen !== 'chat') return undefined
  if (route.channelKey !== undefined || view.home === undefined) return undefined
  return `/chat/${encodeURIComponent(view.home)}${new URL(href, 'http://here').search}`
}

/** Whoever opens an invitation with the account they have, or signs in with it, accepts it. */
function useInvitation({ api: calls, view }: ScreenProps, route: Route): void {
  const isIn = view.person !== undefined
  const invitation = route.screen === 'login' ? route.invitation : undefined
  useEffect(() => {
    // One that is worth nothing to them changes nothing: they are in already.
    if (isIn && invitation !== undefined) calls.acceptInvitation(invitation).catch(() => undefined)
  }, [calls, isIn, invitation])
}

function useTitle(route: Route, place: string): void {
  const title = {
    home: place,
    login: `${pageTexts.signIn} · ${place}`,
    forgot: `${pageTexts.titles.password} · ${place}`,
    reset: `${pageTexts.titles.password} · ${place}`,
    confirm: `${pageTexts.titles.confirm} · ${place}`,
    setup: `${pageTexts.titles.firstRun} · ${place}`,
    lost: place,
    chat: undefined,
    admin: undefined,
    desk: undefined,
  }[route.screen]
  useEffect(() => {
    if (title !== undefined) document.title = title
  }, [title])
}
