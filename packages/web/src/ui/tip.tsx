// A tooltip by hover, focus and long press. It repeats a label or gives a reason; it is never the only place of a fact.

import { type ReactNode, useId, useRef } from 'react'
import { float } from './place.ts'

export type TipTarget = {
  readonly onPointerEnter: () => void
  readonly onPointerLeave: () => void
  readonly onFocus: () => void
  readonly onBlur: () => void
  readonly 'aria-describedby': string | undefined
}

/**
 * Hands `children` what their element needs to carry the tip. `isReason`: readers hear it as a description. An empty text is not
 * shown.
 */
export function Tip(props: {
  readonly text: string
  readonly isReason?: boolean
  readonly children: (target: TipTarget) => ReactNode
}): ReactNode {
  const id = useId()
  const tip = useRef<HTMLSpanElement>(null)
  const wrap = useRef<HTMLSpanElement>(null)
  const isWanted = useRef(false)
  const appear = () => {
    const anchor = wrap.current?.firstElementChild
    if (!isWanted.current || anchor == null || tip.current === null) return
    if (tip.current.textContent === '') return
    // What it has opened is not covered by its name.
    if (props.isReason !== true && anchor.getAttribute('aria-expanded') === 'true') return
    if (tip.current.matches(':popover-open')) return
    tip.current.showPopover()
    float(anchor, tip.current, 'above')
  }
  const show = () => {
    isWanted.current = true
    // Not at once: the focus may come from a popup that is just closing, and until it has none may open.
    setTimeout(appear)
  }
  const hide = () => {
    isWanted.current = false
    if (tip.current?.matches(':popover-open') === true) tip.current.hidePopover()
  }
  return (
    <span ref={wrap} className="tipped" onClickCapture={props.isReason === true ? undefined : hide}>
      {props.children({
        onPointerEnter: show,
        onPointerLeave: hide,
        onFocus: show,
        onBlur: hide,
        'aria-describedby': props.isReason === true ? id : undefined,
      })}
      <span ref={tip} id={id} className="tip" role="tooltip" popover="manual">
        {props.text}
      </span>
    </span>
  )
}
