// When: now, an instant that was or one to come; in a sentence.

import { type ReactNode, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { usePopup } from '../../../ui/popup.ts'
import { texts } from '../model/texts.ts'
import { fieldOf, instantOf } from './instants.ts'

export function WhenPicker(props: {
  readonly label: string
  readonly now: string
  readonly at: string | undefined
  readonly shown: string
  readonly onChange: (at: string | undefined) => void
}): ReactNode {
  const { trigger, popup, isOpen, open, close, onToggle } = usePopup('below')
  const [text, setText] = useState(props.at === undefined ? '' : fieldOf(props.at))
  const choose = (at: string | undefined) => {
    close()
    props.onChange(at)
  }
  return (
    <span className="picker">
      <button
        ref={trigger}
        type="button"
        className="slot"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={open}
      >
        <span className="vh">{props.label}: </span>
        {props.shown}
        <Icon name="chevron-down" size="s" />
      </button>
      <div
        ref={popup}
        popover="auto"
        role="dialog"
        aria-label={props.label}
        className="popup picking"
        onToggle={onToggle}
      >
        {isOpen ? (
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault()
              choose(instantOf(text))
            }}
          >
            <Button onClick={() => choose(undefined)}>{props.now}</Button>
            <TextField label={props.label} type="datetime-local" value={text} onChange={setText} />
            <Button type="submit" look="primary">
              {texts.use}
            </Button>
          </form>
        ) : null}
      </div>
    </span>
  )
}
