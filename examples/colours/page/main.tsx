// The page: sign in, then the board; painters get three buttons, whoever may tick gets the table.

import { SaysoProvider, useCan } from '@sayso/client/react'
import { Realtime } from 'ably'
import { StrictMode, useEffect, useState, useSyncExternalStore } from 'react'
import { createRoot } from 'react-dom/client'
import { BOARD, type Board, followBoard } from './board.ts'
import { freshToken, type Me, signOut, whoAmI } from './desk.ts'
import { Painter } from './painter.tsx'
import { Sheet } from './sheet.tsx'
import { SignIn } from './sign-in.tsx'
import './style.css'
import { Ticking } from './ticking.tsx'

const RETRY_MS = 2_000

declare global {
  interface Window {
    /** For the console: paints past the buttons. The server decides all the same. */
    paint?: (data: unknown) => Promise<boolean>
  }
}

function connect({ port }: Me): Realtime {
  return new Realtime({
    endpoint: location.hostname,
    port,
    tls: false,
    authCallback: (_params, callback) => {
      freshToken().then(
        (token) => callback(null, token),
        (error: Error) => callback(error.message, null),
      )
    },
    disableConnectivityCheck: true,
    disconnectedRetryTimeout: RETRY_MS,
    suspendedRetryTimeout: RETRY_MS,
    transports: ['web_socket'],
    // A channel that closes when a right ends is nothing wrong; what is wrong is said on the page.
    logLevel: 0,
  })
}

type Opened = { readonly realtime: Realtime; readonly board: Board }

function Room({ me, onSignOut }: { readonly me: Me; readonly onSignOut: () => void }) {
  const [opened, setOpened] = useState<Opened>()
  useEffect(() => {
    const realtime = connect(me)
    const board = followBoard(realtime, me.id)
    window.paint = board.paint
    setOpened({ realtime, board })
    return () => {
      delete window.paint
      board.close()
      realtime.close()
    }
  }, [me])
  if (opened === undefined) return null
  return (
    <SaysoProvider realtime={opened.realtime}>
      <header className="top">
        <h1>Colours</h1>
        <p>
          <strong>{me.name}</strong>
          <button type="button" className="quiet" onClick={onSignOut}>
            Sign out
          </button>
        </p>
      </header>
      <main>
        <Easel me={me} board={opened.board} />
      </main>
    </SaysoProvider>
  )
}

function Easel({ me, board }: { readonly me: Me; readonly board: Board }) {
  const shown = useSyncExternalStore(board.subscribe, board.read)
  const mayRead = useCan('subscribe', BOARD)
  const mayTick = useCan('tick', BOARD)
  useEffect(() => {
    if (mayRead.allowed) board.reopen()
  }, [board, mayRead])
  return (
    <>
      <Sheet shown={shown} people={me.painters} />
      {mayTick.allowed && <Ticking painters={me.painters} />}
      {mayTick.known && !mayTick.allowed && <Painter board={board} shown={shown} />}
    </>
  )
}

function App() {
  const [me, setMe] = useState<Me | 'nobody'>()
  const look = () => {
    whoAmI().then((somebody) => setMe(somebody ?? 'nobody'))
  }
  useEffect(look, [])
  if (me === undefined) return null
  if (me === 'nobody') return <SignIn onDone={look} />
  const leave = () => {
    signOut().then(() => setMe('nobody'))
  }
  return <Room me={me} onSignOut={leave} />
}

const root = document.getElementById('root')
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
