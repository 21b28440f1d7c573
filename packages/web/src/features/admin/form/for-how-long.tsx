// For how long: a length, for good, or until a date of one's own; from now or from a date.

import { type ReactNode, useId, useState } from 'react'
import { TextField } from '../../../ui/fields.tsx'
import { lengthOf } from '../../../ui/lengths.ts'
import { LENGTHS_MS } from '../model/lengths.ts'
import { texts } from '../model/texts.ts'
import { fieldOf, instantOf } from './instants.ts'

/** `invalid`: there is no such end. */
export type End = { readonly expiresAt?: string } | 'invalid'

export function ForHowLong(props: {
  readonly nowMs: number
  readonly label: string
  /** Length at first; absent: for good. */
  readonly firstMs?: number
  readonly firstAt?: string | undefined
  readonly onChange: (end: End) => void
}): ReactNode {
  const { nowMs, onChange } = props
  const first = props.firstAt === undefined ? String(props.firstMs ?? 'ever') : 'date'
  const [choice, setChoice] = useState(first)
  const [date, setDate] = useState(props.firstAt === undefined ? '' : fieldOf(props.firstAt))
  const id = useId()
  const endAt = (text: string): End => {
    const at = instantOf(text)
    return at !== undefined && new Date(at).getTime() > nowMs ? { expiresAt: at } : 'invalid'
  }
  const choose = (next: string) => {
    setChoice(next)
    if (next === 'ever') onChange({})
    else if (next === 'date') onChange(endAt(date))
    else onChange({ expiresAt: new Date(nowMs + Number(next)).toISOString() })
  }
  const isWrong = choice === 'date' && date !== '' && endAt(date) === 'invalid'
  return (
    <div className="stack">
      <div className="field">
        <label htmlFor={id}>{props.label}</label>
        <select
          id={id}
          className="input"
          value={choice}
          onChange={(event) => choose(event.target.value)}
        >
          {LENGTHS_MS.map((ms) => (
            <option key={ms} value={ms}>
              {lengthOf(ms)}
            </option>
          ))}
          <option value="date">{texts.untilDate}</option>
          <option value="ever">{texts.forGood}</option>
        </select>
      </div>
      {choice === 'date' ? (
        <TextField
          label={texts.ends}
          type="datetime-local"
          value={date}
          error={isWrong ? texts.endIsPast : undefined}
          onChange={(text) => {
            setDate(text)
            onChange(endAt(text))
          }}
        />
      ) : null}
    </div>
  )
}
