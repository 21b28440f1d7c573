// The owner's colours and the visitor's language, on the document itself.

import { useEffect } from 'preact/hooks'
import { type Palette, palette } from '../../shared/colours.ts'
import type { PanelActs } from '../store/panel.ts'
import { usePanelState } from './use.ts'

const NAMES: Readonly<Record<keyof Palette, string>> = {
  accent: '--accent',
  onAccent: '--on-accent',
  accentText: '--accent-text',
  accentSoft: '--accent-soft',
  accentLine: '--accent-line',
}

export function useLook(panel: PanelActs): void {
  const state = usePanelState(panel)
  const ready = state.kind === 'ready' ? state : undefined
  const { colour, text, theme = 'auto' } = ready?.config.look ?? {}
  const { tag = 'en', direction = 'ltr' } = state.kind === 'loading' ? {} : state.spoken
  const title = ready?.config.name
  useEffect(() => {
    const { documentElement: root } = document
    root.lang = tag
    root.dir = direction
    if (title !== undefined) document.title = title
    if (theme === 'auto') delete root.dataset.theme
    else root.dataset.theme = theme
    const light = palette(colour, 'light', text)
    const dark = palette(colour, 'dark', text)
    for (const name of Object.keys(NAMES) as (keyof Palette)[])
      root.style.setProperty(NAMES[name], `light-dark(${light[name]}, ${dark[name]})`)
  }, [colour, text, theme, tag, direction, title])
}
