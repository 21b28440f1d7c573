// Fields of forms: label above, hint or error below.

import './forms.css'
import { type ReactNode, useId } from 'react'
import { FieldError } from './field.tsx'

type Common = {
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
  /** Why it cannot be changed. */
  readonly off?: string | undefined
}

function Below(props: Common & { readonly id: string }): ReactNode {
  const { error, hint, off } = props
  if (error === undefined && hint === undefined && off === undefined) return null
  return (
    <div id={props.id}>
      {error === undefined ? null : <FieldError text={error} />}
      {error === undefined && (off ?? hint) !== undefined ? (
        <p className="hint">{off ?? hint}</p>
      ) : null}
    </div>
  )
}

export function TextField(
  props: Common & {
    readonly value: string
    readonly onChange: (value: string) => void
    readonly type?:
      | 'text'
      | 'search'
      | 'email'
      | 'url'
      | 'number'
      | 'datetime-local'
      | 'date'
      | 'time'
    readonly rows?: number
    readonly isRequired?: boolean
    readonly isCode?: boolean
    readonly maxLength?: number
    readonly list?: string
    /** Of the field itself, so that a summary of errors can lead there. */
    readonly id?: string
  },
): ReactNode {
  const made = useId()
  const id = props.id ?? made
  const shared = {
    id,
    className: props.isCode === true ? 'input code' : 'input',
    value: props.value,
    'aria-invalid': props.error !== undefined || undefined,
    'aria-describedby': `${id}-below`,
    readOnly: props.off !== undefined,
    spellCheck: props.isCode !== true,
    maxLength: props.maxLength,
    required: props.isRequired,
  }
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      {props.rows === undefined ? (
        <input
          {...shared}
          type={props.type ?? 'text'}
          list={props.list}
          autoComplete="off"
          onChange={(event) => props.onChange(event.target.value)}
        />
      ) : (
        <textarea
          {...shared}
          rows={props.rows}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
      <Below {...props} id={`${id}-below`} />
    </div>
  )
}

export function SelectField<K extends string>(
  props: Common & {
    readonly value: K
    readonly options: readonly { readonly key: K; readonly label: string }[]
    readonly onChange: (key: K) => void
    /** Of the field itself, so that a summary of errors can lead there. */
    readonly id?: string
  },
): ReactNode {
  const made = useId()
  const id = props.id ?? made
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        className="input"
        value={props.value}
        aria-describedby={`${id}-below`}
        aria-disabled={props.off !== undefined || undefined}
        onChange={(event) => {
          if (props.off === undefined) props.onChange(event.target.value as K)
        }}
      >
        {props.options.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
      <Below {...props} id={`${id}-below`} />
    </div>
  )
}

export function CheckField(
  props: Common & { readonly isOn: boolean; readonly onChange: (isOn: boolean) => void },
): ReactNode {
  const id = useId()
  return (
    <div className="check-field">
      <input
        id={id}
        type="checkbox"
        checked={props.isOn}
        aria-disabled={props.off !== undefined || undefined}
        aria-describedby={`${id}-below`}
        onChange={(event) => {
          if (props.off === undefined) props.onChange(event.target.checked)
        }}
      />
      <div className="grow">
        <label htmlFor={id}>{props.label}</label>
        <Below {...props} id={`${id}-below`} />
      </div>
    </div>
  )
}
