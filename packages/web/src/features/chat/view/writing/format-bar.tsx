// Buttons for formatting, for those who do not know the signs or the keys by heart.

import {
  Bold,
  Code,
  Eye,
  Italic,
  Link,
  List,
  type LucideIcon,
  SquareCode,
  Strikethrough,
  TextQuote,
  Type,
} from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { memo } from '../../../../ui/spoken.ts'
import { Tip } from '../../../../ui/tip.tsx'
import type { Format } from '../../model/editing.ts'
import { writingTexts } from '../../model/texts-writing.ts'
import { useSetWriting, useWritingSettings } from '../../store/use-writing.ts'

type Button = { readonly format: Format; readonly icon: LucideIcon; readonly keys?: string }

const BUTTONS: readonly Button[] = [
  { format: 'strong', icon: Bold, keys: 'Control+B' },
  { format: 'emphasis', icon: Italic, keys: 'Control+I' },
  { format: 'strike', icon: Strikethrough, keys: 'Control+Shift+X' },
  { format: 'link', icon: Link },
  { format: 'list', icon: List, keys: 'Control+Shift+8' },
  { format: 'quote', icon: TextQuote, keys: 'Control+Shift+9' },
  { format: 'code', icon: Code, keys: 'Control+E' },
  { format: 'block', icon: SquareCode },
]

/** One tab stop; arrow keys lead along. */
export function FormatBar(props: { readonly onFormat: (format: Format) => void }): ReactNode {
  const { preview } = useWritingSettings()
  const set = useSetWriting()
  const [stop, setStop] = useState(0)
  return (
    <div
      role="toolbar"
      aria-label={writingTexts.format}
      className="format-bar"
      onKeyDown={(event) => setStop((now) => moved(event, now))}
    >
      {BUTTONS.map(({ format, icon, keys }, index) => (
        <Tool
          key={format}
          icon={icon}
          label={writingTexts.formats[format]}
          keys={keys}
          isStop={index === stop}
          onClick={() => props.onFormat(format)}
        />
      ))}
      <span className="grow" />
      <Tool
        icon={Eye}
        label={writingTexts.previewHint}
        isStop={stop === BUTTONS.length}
        isOn={preview}
        onClick={() => set({ preview: !preview })}
      />
    </div>
  )
}

export const FormatToggle = memo(function FormatToggle(props: {
  readonly isOn: boolean
}): ReactNode {
  const set = useSetWriting()
  return (
    <Tool
      icon={Type}
      label={writingTexts.format}
      isStop
      isOn={props.isOn}
      className="no-phone"
      onClick={() => set({ bar: !props.isOn })}
    />
  )
})

function Tool(props: {
  readonly icon: LucideIcon
  readonly label: string
  readonly keys?: string | undefined
  readonly isStop: boolean
  readonly isOn?: boolean
  readonly className?: string
  readonly onClick: () => void
}): ReactNode {
  const { keys, icon: Glyph } = props
  const shown = keys
    ?.replace('Control', isApple() ? '⌘' : 'Ctrl')
    .replaceAll('+', isApple() ? '' : '+')
  return (
    <Tip text={shown === undefined ? props.label : `${props.label} (${shown})`}>
      {(tip) => (
        <button
          type="button"
          className={`iconbtn ${props.className ?? ''}`}
          aria-label={props.label}
          aria-keyshortcuts={keys}
          aria-pressed={props.isOn}
          tabIndex={props.isStop ? 0 : -1}
          {...tip}
          // The selection in the field stays what it is.
          onPointerDown={(event) => event.preventDefault()}
          onClick={props.onClick}
        >
          <Glyph className="ic m" aria-hidden="true" />
        </button>
      )}
    </Tip>
  )
}

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent)
}

function moved(event: KeyboardEvent<HTMLElement>, now: number): number {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (step === undefined) return now
  event.preventDefault()
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const next = (now + step + buttons.length) % buttons.length
  buttons[next]?.focus()
  return next
}
