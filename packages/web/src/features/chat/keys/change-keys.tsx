// Single keys, each of which can be changed, taken away and had back. Stands in the settings.

import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { choose, useChoices } from '../../../ui/choices.ts'
import { KeyCaps, saidOf } from './key-caps.tsx'
import { isSingleKey, keysFor, SHORTCUTS, type Shortcut, takenBy } from './shortcuts.ts'
import { shortcutTexts } from './texts.ts'

const SINGLE = SHORTCUTS.filter((one) => one.isSingle === true)

export function ChangeKeys(): ReactNode {
  const chosen = useChoices()
  const [said, setSaid] = useState('')
  const set = (shortcut: Shortcut, key: string | undefined) => {
    const { [shortcut.id]: _was, ...others } = chosen.keys
    const isFirst = key === undefined || key === shortcut.keys[0]
    choose({ keys: isFirst ? others : { ...others, [shortcut.id]: key } })
    const now = key ?? shortcut.keys[0] ?? ''
    const name = now === '' ? shortcutTexts.none : saidOf(now)
    setSaid(shortcutTexts.changed(shortcutTexts.does[shortcut.id], name))
  }
  const isChanged = Object.keys(chosen.keys).length > 0
  if (!chosen.singleKeys) return null
  return (
    <>
      <ul className="change-keys">
        {SINGLE.map((shortcut) => (
          <KeyRow key={shortcut.id} shortcut={shortcut} onSet={set} onSay={setSaid} />
        ))}
      </ul>
      <p role="status" className="sm outcome">
        {said}
      </p>
      {isChanged ? (
        <Button size="small" onClick={() => choose({ keys: {} })}>
          {shortcutTexts.resetAll}
        </Button>
      ) : null}
    </>
  )
}

function KeyRow(props: {
  readonly shortcut: Shortcut
  readonly onSet: (shortcut: Shortcut, key: string | undefined) => void
  readonly onSay: (text: string) => void
}): ReactNode {
  const { shortcut, onSet, onSay } = props
  const chosen = useChoices()
  const [isAsking, setAsking] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const does = shortcutTexts.does[shortcut.id]
  const chords = keysFor(shortcut, chosen)
  const onKey = (event: KeyboardEvent) => {
    if (!isAsking || event.key === 'Tab' || event.key === 'Shift') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') return setAsking(false)
    const isAway = event.key === 'Backspace' || event.key === 'Delete'
    const taken = isAway ? undefined : takenBy(event.key, shortcut.id, chosen)
    if (taken !== undefined)
      return onSay(shortcutTexts.taken(saidOf(event.key), shortcutTexts.does[taken.id]))
    if (!isAway && !isSingleKey(event.key)) return onSay(shortcutTexts.noCharacter)
    setAsking(false)
    onSet(shortcut, isAway ? '' : event.key)
  }
  const caps = chords.length === 0 ? shortcutTexts.none : <KeyCaps chords={chords} />
  const name = chords.map(saidOf).join(', ') || shortcutTexts.none
  return (
    <li>
      <span className="grow">{does}</span>
      <button
        ref={button}
        type="button"
        className={isAsking ? 'keybtn asking' : 'keybtn'}
        aria-label={`${shortcutTexts.changeKey(does)} (${name})`}
        aria-pressed={isAsking}
        onClick={() => {
          setAsking(!isAsking)
          onSay(isAsking ? '' : shortcutTexts.press)
        }}
        onKeyDown={onKey}
        onBlur={() => setAsking(false)}
      >
        {isAsking ? '…' : caps}
      </button>
    </li>
  )
}
