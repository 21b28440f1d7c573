// Picks an emoji: the focus stays in the field one searches by, arrow keys move through the grid, Enter picks.

import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { Button } from '../../../ui/button.tsx'
import { emojiTexts } from '../model/texts-emoji.ts'
import {
  type Cell,
  cellId,
  emojiAt,
  FIRST_CELL,
  foundSection,
  moved,
  sectionsOf,
} from './emoji-grid.ts'
import { EmojiGrid } from './emoji-sections.tsx'
import { type Emoji, type EmojiTable, toned } from './emoji-table.ts'
import { findEmoji } from './find-emoji.ts'
import { loadEmoji, useEmoji } from './load-emoji.ts'
import { noteEmoji, recentEmoji, setSkinTone, skinTone } from './recent-emoji.ts'
import './emoji.css'

const MOST_FOUND = 96

type PickerProps = {
  /** Called with the character; `again` says that one more is wanted: Shift was held. */
  readonly onPick: (char: string, again: boolean) => void
}

// biome-ignore lint/style/noDefaultExport: loaded lazily
export default function EmojiPicker(props: PickerProps): ReactNode {
  const [tries, setTries] = useState(0)
  const table = useEmoji()
  const [hasFailed, setFailed] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try is one
  useEffect(() => {
    setFailed(false)
    loadEmoji().catch(() => setFailed(true))
  }, [tries])
  if (table !== undefined) return <Picker {...props} table={table} />
  return (
    <div className="emoji-picker" aria-busy={!hasFailed}>
      {hasFailed ? (
        <p className="empty sm" role="alert">
          {emojiTexts.failed}{' '}
          <Button size="small" onClick={() => setTries(tries + 1)}>
            {emojiTexts.again}
          </Button>
        </p>
      ) : null}
    </div>
  )
}

function Picker(props: PickerProps & { readonly table: EmojiTable }): ReactNode {
  const { table } = props
  const id = useId()
  const [query, setQuery] = useState('')
  const [tone, setTone] = useState(skinTone)
  const [cell, setCell] = useState<Cell>(FIRST_CELL)
  const [recent] = useState(recentEmoji)
  const field = useFocusByKeyboard()
  const all = useMemo(() => sectionsOf(table, recent), [table, recent])
  const sections = useMemo(
    () =>
      query.trim() === '' ? all : foundSection(findEmoji(table.all, query, MOST_FOUND, recent)),
    [all, query, table, recent],
  )
  const current = emojiAt(sections, cell)
  const pick = (emoji: Emoji | undefined, again: boolean) => {
    if (emoji === undefined) return
    const char = toned(emoji, tone)
    noteEmoji(char)
    props.onPick(char, again)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    // Sideways keys belong to the text while there is one.
    const isInText = query !== '' && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')
    const next = isInText ? undefined : moved(sections, cell, event.key)
    if (event.key === 'Enter') pick(current, event.shiftKey)
    else if (next === undefined) return
    else setCell(next)
    event.preventDefault()
  }
  return (
    <div className="emoji-picker">
      <input
        ref={field}
        className="input"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-grid`}
        aria-activedescendant={current === undefined ? undefined : cellId(id, cell)}
        aria-label={emojiTexts.find}
        placeholder={emojiTexts.find}
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setCell(FIRST_CELL)
        }}
        onKeyDown={onKeyDown}
      />
      <EmojiGrid
        id={id}
        sections={sections}
        cell={cell}
        tone={tone}
        query={query.trim()}
        onCell={setCell}
        onPick={pick}
      />
      <footer>
        <Chosen emoji={current} tone={tone} />
        <Tones tone={tone} onTone={setTone} />
      </footer>
    </div>
  )
}

/** With a pointer that is a finger the field would call up a keyboard over what one came to see. */
function useFocusByKeyboard() {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (matchMedia('(hover: hover)').matches) field.current?.focus()
  }, [])
  return field
}

function Chosen(props: { readonly emoji: Emoji | undefined; readonly tone: number }): ReactNode {
  const { emoji } = props
  const code = emoji?.codes[0]
  return (
    <p className="chosen" aria-hidden="true">
      {emoji === undefined ? null : (
        <>
          <span className="big">{toned(emoji, props.tone)}</span>
          <span className="names cut">
            <span className="cut">{emoji.name}</span>
            {code === undefined ? null : <span className="xs faint cut">:{code}:</span>}
          </span>
        </>
      )}
    </p>
  )
}

const HANDS = ['✋', '✋🏻', '✋🏼', '✋🏽', '✋🏾', '✋🏿']

function Tones(props: {
  readonly tone: number
  readonly onTone: (tone: number) => void
}): ReactNode {
  return (
    <select
      className="tone"
      aria-label={emojiTexts.tone}
      value={props.tone}
      onChange={(event) => {
        const tone = Number(event.target.value)
        setSkinTone(tone)
        props.onTone(tone)
      }}
    >
      {HANDS.map((hand, tone) => (
        <option key={hand} value={tone} aria-label={emojiTexts.tones[tone]}>
          {hand}
        </option>
      ))}
    </select>
  )
}
