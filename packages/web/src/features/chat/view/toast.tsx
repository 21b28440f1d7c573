// One toast: six seconds, held while looked at.

import { type ReactNode, useEffect, useState } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useVisible } from '../../../ui/use-visible.ts'
import type { Notice } from '../model/notice-list.ts'
import { texts } from '../model/texts.ts'

const SHOWN_MS = 6_000

export function Toast(props: {
  readonly notice: Notice
  readonly onDown: (id: string) => void
}): ReactNode {
  const { notice, onDown } = props
  const [isHeld, setHeld] = useState(false)
  const { id, text } = notice
  const isSeen = useVisible()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a toast that has grown by a second change stays its full time
  useEffect(() => {
    if (isHeld || !isSeen) return
    const timer = setTimeout(() => onDown(id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isHeld, isSeen, id, text, onDown])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: looking at it holds it; there is nothing to press
    <div
      className="toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={`say ${notice.tone}`}>
        <Icon name={notice.glyph} />
      </span>
      <p className="grow">
        <b>{notice.title}</b>
        <br />
        <span className="dim">{notice.text}</span>
      </p>
      <IconButton icon="x" label={texts.dismiss} onClick={() => onDown(id)} />
    </div>
  )
}
