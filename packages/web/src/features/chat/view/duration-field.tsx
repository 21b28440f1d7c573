// For how long: presets, for good, or until a date and time of one's own choice.

import { type ReactNode, useId, useState } from 'react'
import { lengthOf } from '../../../ui/lengths.ts'
import { serverNow } from '../../../ui/server-clock.ts'
import { PRESETS_MS } from '../model/durations.ts'
import { peopleTexts } from '../model/texts-people.ts'

/** `undefined` ends never; `'invalid'` is no end that could be. */
export type Chosen = number | undefined | 'invalid'

export function DurationField(props: {
  readonly label: string
  /** Without it, there is no end that never comes. */
  readonly mayLast: boolean
  /** The length that is chosen at first; milliseconds. */
  readonly first: number | undefined
  /** The end as an instant, milliseconds since 1970. */
  readonly onChange: (chosen: Chosen) => void
}): ReactNode {
  const { label, mayLast, first, onChange } = props
  const [choice, setChoice] = useState(first === undefined ? 'never' : String(first))
  const id = useId()
  const lengths = [...new Set([...PRESETS_MS, ...(first === undefined ? [] : [first])])]
  const choose = (next: string) => {
    setChoice(next)
    if (next === 'never') onChange(undefined)
    else if (next === 'date') onChange('invalid')
    else onChange(serverNow() + Number(next))
  }
  return (
    <div className="fields">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="input"
        value={choice}
        onChange={(event) => choose(event.target.value)}
      >
        {lengths
          .sort((a, b) => a - b)
          .map((ms) => (
            <option key={ms} value={ms}>
              {lengthOf(ms)}
            </option>
          ))}
        {mayLast ? <option value="never">{peopleTexts.forLong}</option> : null}
        <option value="date">{peopleTexts.untilDate}</option>
      </select>
      {choice === 'date' ? <DateInput onChange={onChange} /> : null}
    </div>
  )
}

function DateInput(props: { readonly onChange: (chosen: Chosen) => void }): ReactNode {
  const [isWrong, setWrong] = useState(false)
  const id = useId()
  const change = (text: string) => {
    // Local time of the reader, as they type it.
    const atMs = new Date(text).getTime()
    const isGood = atMs > serverNow()
    setWrong(!isGood)
    props.onChange(isGood ? atMs : 'invalid')
  }
  return (
    <>
      <label className="label" htmlFor={id}>
        {peopleTexts.dateLabel}
      </label>
      <input
        id={id}
        className="input"
        type="datetime-local"
        aria-invalid={isWrong}
        aria-describedby={`${id}-error`}
        onChange={(event) => change(event.target.value)}
      />
      <p id={`${id}-error`} className="sm" role="status">
        {isWrong ? peopleTexts.dateError : ''}
      </p>
    </>
  )
}
