// A titled panel behind an icon button, for something to read.

import { type ReactNode, useEffect } from 'react'
import { IconButton } from './button.tsx'
import { Icon } from './icon.tsx'
import { partTexts } from './part-texts.ts'
import { usePopup } from './popup.ts'

export function Panel(props: {
  readonly title: string
  readonly icon: string
  /** How many things are new; spoken and shown beside the icon. */
  readonly fresh: number
  readonly onOpenChange: (isOpen: boolean) => void
  readonly children: ReactNode
}): ReactNode {
  const { trigger, popup, isOpen, open, close, onToggle } = usePopup('below')
  useEffect(() => {
    if (isOpen) popup.current?.focus()
  }, [isOpen, popup])
  const label = props.fresh > 0 ? partTexts.fresh(props.title, props.fresh) : props.title
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className="iconbtn belled"
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={open}
      >
        <Icon name={props.icon} />
        {props.fresh > 0 ? <span className="count fresh">{props.fresh}</span> : null}
      </button>
      <div
        ref={popup}
        popover="auto"
        role="dialog"
        tabIndex={-1}
        aria-label={props.title}
        className="popup panel"
        onToggle={(event) => {
          onToggle(event)
          props.onOpenChange(event.newState === 'open')
        }}
      >
        <header>
          <h2 className="strong grow">{props.title}</h2>
          <IconButton icon="x" label={partTexts.close} onClick={close} />
        </header>
        {/* Drawn only while open: a closed panel is in nobody's way, not even a finder's. */}
        {isOpen ? props.children : null}
      </div>
    </>
  )
}
