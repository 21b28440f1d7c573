// The button on the page, in a shadow root that the page's styles do not reach. Its own styles are set by script: a strict
// content policy forbids style elements and attributes, not these.

import { palette } from '../shared/colours.ts'
import type { Look } from '../shared/messages.ts'
import { SHEET } from './sheet.ts'

/** Styles of a page count less than these, whatever they select and however important they call themselves. */
const HOST = {
  all: 'initial',
  display: 'block',
  position: 'fixed',
  inset: 'auto',
  width: '0',
  height: '0',
  'z-index': '2147483000',
  'color-scheme': 'normal',
} as const

const SAY =
  'M4 5.5A2.5 2.5 0 0 1 6.5 3h11A2.5 2.5 0 0 1 20 5.5v8a2.5 2.5 0 0 1-2.5 2.5H11l-5.2 4.2A.5.5 0 0 1 5 19.8V16A2.5 2.5 0 0 1 4 13.5z'
const DOWN = 'm6 9 6 6 6-6'

export type Launcher = {
  readonly root: ShadowRoot
  readonly button: HTMLButtonElement
  dress(look: Look): void
  show(state: { readonly isOpen: boolean; readonly unread: number; readonly label: string }): void
  hide(isHidden: boolean): void
  /** A sentence beside the button; the next press takes it away. */
  sorry(text: string): void
  remove(): void
}

export function launcher(onPress: () => void): Launcher {
  const host = document.createElement('sayso-widget')
  for (const [name, value] of Object.entries(HOST)) host.style.setProperty(name, value, 'important')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(SHEET)
  root.adoptedStyleSheets = [sheet]
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'launch'
  const icon = drawn(SAY)
  const text = document.createElement('span')
  text.className = 'label'
  const badge = document.createElement('span')
  badge.className = 'badge'
  badge.setAttribute('aria-hidden', 'true')
  button.append(icon.svg, text, badge)
  const note = document.createElement('p')
  note.className = 'note'
  note.setAttribute('role', 'alert')
  button.addEventListener('click', onPress)
  root.append(button, note)
  document.body.append(host)
  return {
    root,
    button,
    dress: (look) => dressed(host, button, look),
    show({ isOpen, unread, label }) {
      icon.path.setAttribute('d', isOpen ? DOWN : SAY)
      button.setAttribute('aria-expanded', String(isOpen))
      if (isOpen) note.textContent = ''
      button.setAttribute('aria-label', unread > 0 ? `${label} (${unread})` : label)
      text.textContent = label
      badge.textContent = unread > 9 ? '9+' : String(unread)
      badge.hidden = unread === 0 || isOpen
      host.toggleAttribute('open', isOpen)
    },
    hide(isHidden) {
      button.hidden = isHidden
    },
    sorry(text) {
      note.textContent = text
    },
    remove: () => host.remove(),
  }
}

function drawn(d: string) {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(space, 'path')
  path.setAttribute('d', d)
  svg.append(path)
  return { svg, path }
}

function dressed(host: HTMLElement, button: HTMLElement, look: Look): void {
  const theme = look.theme ?? 'auto'
  for (const each of ['light', 'dark'] as const) {
    const { accent, onAccent } = palette(look.colour, theme === 'auto' ? each : theme, look.text)
    host.style.setProperty(`--${each}`, accent)
    host.style.setProperty(`--on-${each}`, onAccent)
  }
  host.toggleAttribute('left', look.position === 'left')
  button.classList.toggle('tab', look.launcher === 'tab')
}
