// Errors of a form in one place, each leading to its field.

import './forms.css'
import { type ReactNode, useEffect, useRef } from 'react'
import { formTexts } from './form-texts.ts'

export type FormErrors = Readonly<Record<string, string>>

/** Takes the focus when errors appear. Fields have the ids that the errors are named by. */
export function ErrorSummary(props: { readonly errors: FormErrors }): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  const all = Object.entries(props.errors)
  const word = all.map(([field]) => field).join()
  useEffect(() => {
    if (word !== '') box.current?.focus()
  }, [word])
  if (all.length === 0) return null
  return (
    <div ref={box} className="error-summary" role="alert" tabIndex={-1}>
      <p className="strong">{formTexts.mendThese}</p>
      <ul>
        {all.map(([field, text]) => (
          <li key={field}>
            <a
              href={`#${field}`}
              onClick={(event) => {
                event.preventDefault()
                document.getElementById(field)?.focus()
              }}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
