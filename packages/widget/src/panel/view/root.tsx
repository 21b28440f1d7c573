// The panel with the owner's look on its document.

import type { PanelActs } from '../store/panel.ts'
import { App } from './app.tsx'
import { useLook } from './look.ts'

export function Root({ panel }: { readonly panel: PanelActs }) {
  useLook(panel)
  return <App panel={panel} />
}
