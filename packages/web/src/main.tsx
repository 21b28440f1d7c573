// Starts the pages.

import '@fontsource-variable/atkinson-hyperlegible-next/wght.css'
import '@fontsource-variable/atkinson-hyperlegible-mono/wght.css'
import './ui/tokens.css'
import './ui/base.css'
import './ui/controls.css'
import './ui/people.css'
import './ui/overlay.css'
import './features/chat/styles/frame.css'
import './features/chat/styles/home.css'
import './features/chat/styles/cards.css'
import './features/chat/styles/log.css'
import './features/chat/styles/said.css'
import './features/chat/styles/composer.css'
import './features/chat/styles/around.css'
import './features/chat/styles/people.css'
import './app/home.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { followTabs } from './ui/choices.ts'
import { leaveRoomForKeyboard } from './ui/keyboard-room.ts'
import { startLanguage } from './ui/language.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')
followTabs()
leaveRoomForKeyboard()
/** For looking at the screens: English, drawn out. */
async function followLong(): Promise<void> {
  if (new URLSearchParams(location.search).get('lang') !== 'x-long') return
  const { speakLong } = await import('./ui/long-words.ts')
  speakLong()
}
window.addEventListener('popstate', () => void followLong())

/** Not awaited by the module: chunks that are fetched meanwhile import from its own, and would wait for it while it waits for them. */
async function start(page: HTMLElement): Promise<void> {
  // What is not spoken at once is fetched when it is.
  await startLanguage({
    en: async () => ({}),
    de: async () => (await import('./app/de.ts')).german,
  })
  await followLong()
  createRoot(page).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
void start(root)
