// What opens from the first screen: its button is drawn at once, what it opens comes right after. A press that comes before it
// is not lost.

import { type ReactNode, type RefObject, Suspense, useEffect, useRef, useState } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import type { MenuProps } from '../../../ui/menu.tsx'
import { beside } from '../load-beside.ts'

const Loaded = beside('Menu')

type LateProps = {
  readonly icon: string
  readonly label: string
  readonly opens: 'menu' | 'dialog'
  /** Draws the button in this one's place. */
  readonly children: ReactNode
}

export function Late({ icon, label, opens, children }: LateProps): ReactNode {
  const [isWanted, setWanted] = useState(false)
  const box = useRef<HTMLSpanElement>(null)
  const button = (
    <button
      type="button"
      className="iconbtn"
      aria-label={label}
      aria-haspopup={opens}
      aria-busy={isWanted}
      onClick={() => setWanted(true)}
    >
      <Icon name={icon} />
    </button>
  )
  return (
    <span ref={box} className="late-opener">
      <Suspense fallback={button}>
        {children}
        <Arrived isWanted={isWanted} box={box} />
      </Suspense>
    </span>
  )
}

/** Does what was pressed for, once what does it is there. */
function Arrived(props: {
  readonly isWanted: boolean
  readonly box: RefObject<HTMLSpanElement | null>
}): null {
  const { isWanted, box } = props
  useEffect(() => {
    if (isWanted) box.current?.querySelector('button')?.click()
  }, [isWanted, box])
  return null
}

export function LateMenu(props: MenuProps): ReactNode {
  return (
    <Late icon={props.icon} label={props.label} opens="menu">
      <Loaded {...props} />
    </Late>
  )
}
