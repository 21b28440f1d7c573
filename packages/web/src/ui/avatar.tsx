// A person's picture, or two letters on their own colour. Decorative: the name stands beside it.

import { type CSSProperties, type ReactNode, useState } from 'react'
import { hueOf, initialsOf } from './hue.ts'
import { Icon } from './icon.tsx'

/** Full, hollow, barred, outlined: told apart without colour. */
export type PresenceLook = 'on' | 'away' | 'dnd' | 'off'

export function Avatar(props: {
  readonly id: string
  readonly name: string
  readonly picture?: string | undefined
  readonly size?: 's' | 'm' | 'l' | undefined
  /** An icon in place of initials, for what is no person. */
  readonly glyph?: string | undefined
  /** Absent: presence is not shown here. */
  readonly here?: boolean | PresenceLook | undefined
}): ReactNode {
  const [broken, setBroken] = useState<string | undefined>(undefined)
  const shown = props.picture === broken ? undefined : props.picture
  return (
    <span
      className={`av ${props.size ?? ''}${props.here === undefined ? '' : ' dotted'}`}
      style={{ '--hue': hueOf(props.id) } as CSSProperties}
      aria-hidden="true"
    >
      {shown === undefined ? (
        <Letters {...props} />
      ) : (
        <img src={shown} alt="" loading="lazy" decoding="async" onError={() => setBroken(shown)} />
      )}
      {props.here === undefined ? null : <i className={lookOf(props.here)} />}
    </span>
  )
}

function lookOf(here: boolean | PresenceLook): PresenceLook {
  return here === true ? 'on' : here === false ? 'off' : here
}

function Letters(props: { readonly name: string; readonly glyph?: string | undefined }): ReactNode {
  return props.glyph === undefined ? initialsOf(props.name) : <Icon name={props.glyph} />
}
