// A person's picture, or two letters on their own colour. Decorative: the name stands beside it.

import { type CSSProperties, type ReactNode, useState } from 'react'
import { hueOf, initialsOf } from './hue.ts'

export function Avatar(props: {
  readonly id: string
  readonly name: string
  readonly picture?: string | undefined
  readonly size?: 's' | 'm' | 'l' | undefined
  /** Absent: presence is not shown here. */
  readonly here?: boolean | undefined
}): ReactNode {
  const [broken, setBroken] = useState<string | undefined>(undefined)
  const shown = props.picture === broken ? undefined : props.picture
  return (
    <span
      className={`av ${props.size ?? ''}`}
      style={{ '--hue': hueOf(props.id) } as CSSProperties}
      aria-hidden="true"
    >
      {shown === undefined ? (
        initialsOf(props.name)
      ) : (
        <img src={shown} alt="" loading="lazy" decoding="async" onError={() => setBroken(shown)} />
      )}
      {props.here === undefined ? null : <i className={props.here ? 'on' : 'off'} />}
    </span>
  )
}
