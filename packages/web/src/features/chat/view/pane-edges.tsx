// The edges of the panes: drawn to another width by pointer or arrow keys, put back by a double click, remembered.

import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react'
import '../styles/edges.css'
import { paneWidths, type Side, setPaneWidth, WIDTHS, widthOf } from '../model/pane-widths.ts'
import { whoTexts } from '../model/texts-who.ts'

const STEP_PX = 16

export function PaneEdges(props: { readonly hasAside: boolean }): ReactNode {
  const [widths, setWidths] = useState(paneWidths)
  const change = (side: Side, px: number | undefined) => setWidths(setPaneWidth(side, px))
  return (
    <>
      <Edge side="rail" px={widths.rail} label={whoTexts.railEdge} onChange={change} />
      {props.hasAside ? (
        <Edge side="aside" px={widths.aside} label={whoTexts.asideEdge} onChange={change} />
      ) : null}
    </>
  )
}

function Edge(props: {
  readonly side: Side
  readonly px: number
  readonly label: string
  readonly onChange: (side: Side, px: number | undefined) => void
}): ReactNode {
  const { side, px, onChange } = props
  const { least, most } = WIDTHS[side]
  const isRtl = () => document.documentElement.dir === 'rtl'
  /** Towards the middle of the window is wider for both. */
  const outwards = () => (side === 'rail' ? 1 : -1) * (isRtl() ? -1 : 1)
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.preventDefault()
    const edge = event.currentTarget
    edge.setPointerCapture(event.pointerId)
    const fromX = event.clientX
    const move = ({ clientX }: { readonly clientX: number }) =>
      onChange(side, px + (clientX - fromX) * outwards())
    edge.addEventListener('pointermove', move)
    const end = () => edge.removeEventListener('pointermove', move)
    edge.addEventListener('pointerup', end, { once: true })
    edge.addEventListener('pointercancel', end, { once: true })
    edge.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowRight: px + STEP_PX * outwards(),
      ArrowLeft: px - STEP_PX * outwards(),
      Home: least,
      End: most,
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    onChange(side, to)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is no line between paragraphs
    <div
      className={`edge ${side}`}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={props.label}
      aria-valuenow={widthOf(side, px)}
      aria-valuemin={least}
      aria-valuemax={most}
      onPointerDown={onPointerDown}
      onDoubleClick={() => onChange(side, undefined)}
      onKeyDown={onKeyDown}
    />
  )
}
