// Parts of a form of settings: what is chosen counts at once.

import { type ReactNode, useId } from 'react'

/** One of a few. */
export function Choice<K extends string>(props: {
  readonly title: string
  readonly value: K
  readonly options: readonly { readonly key: K; readonly label: string }[]
  readonly onChange: (key: K) => void
  /** Under each other, for long labels. */
  readonly tall?: boolean
}): ReactNode {
  const name = useId()
  return (
    <fieldset className={props.tall === true ? 'choose tall' : 'choose'}>
      <legend className="label">{props.title}</legend>
      {props.options.map((one) => (
        <label key={one.key} className="option">
          <input
            type="radio"
            name={name}
            checked={one.key === props.value}
            onChange={() => props.onChange(one.key)}
          />
          <span>{one.label}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** On or off, with what that means below. */
export function Toggle(props: {
  readonly label: string
  readonly hint?: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}): ReactNode {
  const id = useId()
  return (
    <div className="toggle">
      <div className="grow">
        <label className="label" htmlFor={id}>
          {props.label}
        </label>
        {props.hint === undefined ? null : (
          <p id={`${id}-hint`} className="hint">
            {props.hint}
          </p>
        )}
      </div>
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-checked={props.isOn}
        className="switch"
        checked={props.isOn}
        aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => props.onChange(event.target.checked)}
      />
    </div>
  )
}

/** What came of something, said once. */
export function Outcome(props: { readonly text: string | undefined }): ReactNode {
  return (
    <p role="status" className="sm outcome">
      {props.text}
    </p>
  )
}
