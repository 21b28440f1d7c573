// A line about oneself: a few words, an emoji, and when it goes by itself.

import '../../styles/live.css'
import { type ReactNode, useId, useState } from 'react'
import { serverNow } from '../../../../ui/server-clock.ts'
import { EmojiButton } from '../../emoji/emoji-button.tsx'
import { LONGEST_STATUS, lineOf } from '../../model/presence-said.ts'
import { reasonOf } from '../../model/texts.ts'
import { liveTexts } from '../../model/texts-live.ts'
import { useChooseOwn, useOwnChoice } from '../../store/use-own-choice.ts'
import { FormDialog } from '../form-dialog.tsx'

const HOUR_MS = 3_600_000
const ENDS = ['never', 'half', 'hour', 'hours', 'today', 'week'] as const
type End = (typeof ENDS)[number]

const SUGGESTIONS = [
  { key: 'meeting', emoji: '🗓️', end: 'hour' },
  { key: 'lunch', emoji: '🥪', end: 'hour' },
  { key: 'focus', emoji: '🎧', end: 'hours' },
  { key: 'sick', emoji: '🤒', end: 'today' },
  { key: 'holiday', emoji: '🌴', end: 'week' },
] as const satisfies readonly { key: keyof typeof liveTexts.status; emoji: string; end: End }[]

export function StatusDialog(props: { readonly onClose: () => void }): ReactNode {
  const { status } = useOwnChoice()
  const choose = useChooseOwn()
  const [text, setText] = useState(status?.text ?? '')
  const [emoji, setEmoji] = useState(status?.emoji)
  const [end, setEnd] = useState<End>('never')
  const id = useId()
  const words = liveTexts.status
  const isEmpty = text.trim() === '' && emoji === undefined
  return (
    <FormDialog
      title={words.title}
      text={words.text}
      confirm={isEmpty ? liveTexts.clearStatus : words.save}
      wrong={reasonOf}
      onClose={props.onClose}
      onConfirm={async () => {
        const untilMs = endAt(end, serverNow())
        const line = {
          text: lineOf(text),
          ...(emoji === undefined ? {} : { emoji }),
          ...(untilMs === undefined ? {} : { untilMs }),
        }
        choose({ status: isEmpty ? undefined : line })
      }}
    >
      <div className="status-line">
        <span className="status-emoji" aria-hidden="true">
          {emoji}
        </span>
        <EmojiButton label={emoji === undefined ? words.noEmoji : words.emoji} onPick={setEmoji} />
        <input
          className="input grow"
          aria-label={words.label}
          placeholder={words.label}
          value={text}
          maxLength={LONGEST_STATUS}
          dir="auto"
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <fieldset className="suggestions">
        <legend className="vh">{words.suggestions}</legend>
        {SUGGESTIONS.map((one) => (
          <button
            key={one.key}
            type="button"
            className="btn small"
            onClick={() => {
              setText(words[one.key])
              setEmoji(one.emoji)
              setEnd(one.end)
            }}
          >
            <span aria-hidden="true">{one.emoji}</span> {words[one.key]}
          </button>
        ))}
      </fieldset>
      <div className="fields">
        <label className="label" htmlFor={`${id}-end`}>
          {words.end}
        </label>
        <select
          id={`${id}-end`}
          className="input"
          value={end}
          onChange={(event) => setEnd(event.target.value as End)}
        >
          {ENDS.map((one) => (
            <option key={one} value={one}>
              {words[one]}
            </option>
          ))}
        </select>
      </div>
    </FormDialog>
  )
}

/** The instant of an end, in the reader's days. */
function endAt(end: End, nowMs: number): number | undefined {
  const day = new Date(nowMs)
  if (end === 'never') return undefined
  if (end === 'today') return day.setHours(24, 0, 0, 0)
  if (end === 'week') return day.setHours(24 * ((8 - day.getDay()) % 7 || 7), 0, 0, 0)
  return nowMs + { half: HOUR_MS / 2, hour: HOUR_MS, hours: 4 * HOUR_MS }[end]
}
