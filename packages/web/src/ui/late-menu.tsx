// A menu of the first screen: its button is drawn at once, what opens comes right after.

import { type ReactNode, Suspense } from 'react'
import { Icon } from './icon.tsx'
import { lazy } from './late.ts'
import type { MenuProps } from './menu.tsx'

const Loaded = lazy(async () => ({ default: (await import('./menu.tsx')).Menu }))

export function LateMenu(props: MenuProps): ReactNode {
  const button = (
    <button type="button" className="iconbtn" aria-label={props.label} aria-haspopup="menu">
      <Icon name={props.icon} />
    </button>
  )
  return (
    <Suspense fallback={button}>
      <Loaded {...props} />
    </Suspense>
  )
}
