// A labelled input: label above, hint or error below, the error with a glyph and words on how to mend it.

import './more-icons.ts'
import { type ChangeEvent, type ReactNode, useId, useState } from 'react'
import { IconButton } from './button.tsx'
import { Icon } from './icon.tsx'
import { partTexts } from './part-texts.ts'

type FieldProps = {
  readonly label: string
  readonly name: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** `name`: a text in lower case, as accounts are called. */
  readonly type?: 'text' | 'name' | 'email' | 'password'
  readonly autoComplete: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly autoFocus?: boolean
  readonly maxLength?: number
}

export function Field(props: FieldProps): ReactNode {
  const id = useId()
  const [shown, setShown] = useState(false)
  const isPassword = props.type === 'password'
  const shownType = props.type === 'name' ? 'text' : (props.type ?? 'text')
  const input = (
    <input
      id={id}
      name={props.name}
      className="input"
      type={isPassword && shown ? 'text' : shownType}
      value={props.value}
      onChange={(event: ChangeEvent<HTMLInputElement>) => props.onChange(event.target.value)}
      autoComplete={props.autoComplete}
      autoCapitalize={props.type === 'text' || props.type === undefined ? 'words' : 'none'}
      spellCheck={false}
      maxLength={props.maxLength}
      // biome-ignore lint/a11y/noAutofocus: the first field of a page that is nothing but a form
      autoFocus={props.autoFocus === true}
      aria-invalid={props.error !== undefined}
      aria-describedby={`${id}-below`}
      required
    />
  )
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      {isPassword ? (
        <div className="with-button">
          {input}
          <IconButton
            icon={shown ? 'eye-off' : 'eye'}
            label={shown ? partTexts.hidePassword : partTexts.showPassword}
            onClick={() => setShown(!shown)}
          />
        </div>
      ) : (
        input
      )}
      <div id={`${id}-below`}>
        {props.error === undefined ? props.hint : <FieldError text={props.error} />}
      </div>
    </div>
  )
}

export function FieldError(props: { readonly text: string }): ReactNode {
  return (
    <p className="error">
      <Icon name="circle-alert" />
      <span>{props.text}</span>
    </p>
  )
}
