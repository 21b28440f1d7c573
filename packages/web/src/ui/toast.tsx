// One toast: six seconds, held while looked at. What it says is given from above.

import { type ReactNode, useEffect, useState } from 'react'
import { IconButton } from './button.tsx'
import { Icon } from './icon.tsx'
import { useVisible } from './use-visible.ts'

const SHOWN_MS = 6_000

export function Toast(props: {
  readonly tone: string
  readonly glyph: string
  readonly title: string
  /** What stands under the title; it starts its time anew when `version` is another. */
  readonly children?: ReactNode
  readonly version?: string
  readonly dismiss: string
  readonly onDown: () => void
}): ReactNode {
  const { version, onDown } = props
  const [isHeld, setHeld] = useState(false)
  const isSeen = useVisible()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a toast that has grown by a second change stays its full time
  useEffect(() => {
    if (isHeld || !isSeen) return
    const timer = setTimeout(onDown, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isHeld, isSeen, version, onDown])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: looking at it holds it; there is nothing to press
    <div
      className="toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={`say ${props.tone}`}>
        <Icon name={props.glyph} />
      </span>
      <p className="grow">
        <b>{props.title}</b>
        {props.children}
      </p>
      <IconButton icon="x" label={props.dismiss} onClick={onDown} />
    </div>
  )
}
