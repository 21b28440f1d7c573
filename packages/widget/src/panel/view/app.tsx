// The panel: a header, what is shown under it, and what is said about the connection.

import { useEffect, useRef } from 'preact/hooks'
import type { Texts } from '../lang/en.ts'
import type { PanelActs } from '../store/panel.ts'
import type { Ready } from '../store/state.ts'
import { Header } from './header.tsx'
import { Icon } from './icons.tsx'
import { late } from './late.tsx'
import { TalkScreen } from './talk-screen.tsx'
import { PanelContext, usePanel, usePanelState, useSay } from './use.ts'

const FormScreen = late(async () => (await import('./form-screen.tsx')).FormScreen)
const OfflineScreen = late(async () => (await import('./offline-screen.tsx')).OfflineScreen)
const Earlier = late(async () => (await import('./earlier.tsx')).Earlier)

export function App({ panel }: { readonly panel: PanelActs }) {
  const state = usePanelState(panel)
  useEscape(panel)
  if (state.kind === 'loading') return <div class="panel" aria-busy="true" />
  if (state.kind === 'failed') return <Failed panel={panel} texts={state.spoken.texts} />
  return (
    <PanelContext.Provider value={{ panel, state }}>
      <Shell state={state} />
    </PanelContext.Provider>
  )
}

function Shell({ state }: { readonly state: Ready }) {
  const main = useRef<HTMLDivElement>(null)
  // Whoever opens the panel is in it; what they were at is where the focus goes.
  useEffect(() => {
    if (!state.isOpen) return
    const field = main.current?.querySelector<HTMLElement>(
      'textarea, input:not([hidden]), button.primary',
    )
    ;(field ?? main.current)?.focus()
  }, [state.isOpen, state.screen])
  return (
    <div class="panel" ref={main} tabIndex={-1} role="dialog" aria-labelledby="title">
      <Header />
      <Banner />
      <Screen />
    </div>
  )
}

function Screen() {
  const { state } = usePanel()
  switch (state.screen) {
    case 'form':
      return <FormScreen />
    case 'offline':
      return <OfflineScreen />
    case 'earlier':
      return <Earlier />
    default:
      return <TalkScreen />
  }
}

/** One line at a time, said once to who cannot see it. */
function Banner() {
  const { panel, state } = usePanel()
  const say = useSay()
  const isDown = state.connection === 'down' && state.talk !== undefined
  const text =
    state.notice ?? (isDown ? say(navigator.onLine ? 'connecting' : 'offline') : undefined)
  return (
    <div class="banner" role="status" data-empty={text === undefined}>
      {text}
      {state.notice !== undefined && (
        <button
          type="button"
          class="icon"
          aria-label={say('cancel')}
          onClick={() => panel.say(undefined)}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  )
}

function Failed({ panel, texts }: { readonly panel: PanelActs; readonly texts: Texts }) {
  return (
    <div class="panel" role="dialog" aria-labelledby="title">
      <header class="head">
        <h1 id="title">{texts.unavailable}</h1>
        <button type="button" class="icon" aria-label={texts.close} onClick={() => panel.close()}>
          <Icon name="close" />
        </button>
      </header>
      <div class="alone">
        <button type="button" class="primary" onClick={() => panel.again()}>
          {texts.again}
        </button>
      </div>
    </div>
  )
}

function useEscape(panel: PanelActs): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) panel.close()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [panel])
}
