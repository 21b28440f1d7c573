// The panes that may stand beside a conversation in place of the people. Each is loaded when it is first opened.

import type { ComponentType } from 'react'
import { lazy } from '../../../ui/late.ts'
import type { Pane, SidePane, SidePaneProps } from './props.ts'

/** To add one: `thread: lazy(() => import('./thread-pane.tsx'))`; its module has the pane as default export. */
const SIDE_PANES: { readonly [name in SidePane]?: ComponentType<SidePaneProps> } = {
  files: lazy(() => import('../files/files-pane.tsx')),
  details: lazy(async () => ({ default: (await import('./details-pane.tsx')).DetailsPane })),
  search: lazy(async () => ({ default: (await import('./search-pane.tsx')).SearchPane })),
  mentions: lazy(async () => ({ default: (await import('./mentions-pane.tsx')).MentionsPane })),
  thread: lazy(() => import('./around/thread-pane.tsx')),
  threads: lazy(() => import('./around/threads-pane.tsx')),
  pins: lazy(() => import('./around/pins-pane.tsx')),
  saved: lazy(() => import('./around/saved-pane.tsx')),
  reports: lazy(() => import('./around/reports-pane.tsx')),
}

/** The pane of a name; absent: it is none of these, and the people stand there. */
export function sidePaneOf(pane: Pane): ComponentType<SidePaneProps> | undefined {
  return Object.hasOwn(SIDE_PANES, pane) ? SIDE_PANES[pane as SidePane] : undefined
}

/** What the layout knows a pane as: all that stand beside the conversation look alike to it. */
export function placeOfPane(pane: Pane): 'conversation' | 'channels' | 'people' | 'you' {
  return pane === 'conversation' || pane === 'channels' || pane === 'you' ? pane : 'people'
}
