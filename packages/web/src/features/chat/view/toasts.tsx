// Toasts: one per cause, six seconds, held while looked at. Politely announced; everything stays under Notices.

import { type ReactNode, useEffect, useState } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useVisible } from '../../../ui/use-visible.ts'
import type { Notice } from '../model/notice-list.ts'
import { texts } from '../model/texts.ts'
import type { Notices } from '../store/use-notices.ts'

const SHOWN_MS = 6_000
const MOST_SHOWN = 3

export function Toasts(props: { readonly notices: Notices }): ReactNode {
  const { list, lower } = props.notices
  const up = list.filter((notice) => notice.isUp).slice(0, MOST_SHOWN)
  return (
    <section className="toasts" aria-live="polite" aria-label={texts.newNotices}>
      {up.map((notice) => (
        <Toast key={notice.id} notice={notice} onDown={lower} />
      ))}
    </section>
  )
}

function Toast(props: {
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
