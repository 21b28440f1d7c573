// Who may know of a channel and come in: private, by request, open.

import { type ReactNode, useId } from 'react'
import { peopleTexts } from '../model/texts-people.ts'

export type Openness = 'private' | 'request' | 'open'

export function opennessOf(view: { readonly listed?: boolean; readonly join?: 'open' }): Openness {
  if (view.listed !== true) return 'private'
  return view.join === 'open' ? 'open' : 'request'
}

/** The same as the server takes it. */
export function opennessBody(openness: Openness) {
  return {
    listed: openness !== 'private',
    join: openness === 'open' ? ('open' as const) : ('request' as const),
  }
}

export function OpennessField(props: {
  readonly value: Openness
  readonly onChange: (openness: Openness) => void
}): ReactNode {
  const id = useId()
  const choices = [
    ['private', peopleTexts.privateTitle, peopleTexts.privateText],
    ['request', peopleTexts.requestTitle, peopleTexts.requestText],
    ['open', peopleTexts.openTitle, peopleTexts.openText],
  ] as const
  return (
    <fieldset className="choices">
      <legend className="label">{peopleTexts.privacy}</legend>
      {choices.map(([key, title, text]) => (
        <label key={key} className="choice tall">
          <input
            type="radio"
            name={id}
            checked={props.value === key}
            aria-describedby={`${id}-${key}`}
            onChange={() => props.onChange(key)}
          />
          <span className="grow">
            <span className="strong sm">{title}</span>
            <small id={`${id}-${key}`} className="xs dim line">
              {text}
            </small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
