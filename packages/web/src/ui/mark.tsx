// The mark and the word.

import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { Anchor } from './navigation.tsx'

export function Mark(props: { readonly big?: boolean }): ReactNode {
  return (
    <span className={props.big === true ? 'mark big' : 'mark'} aria-hidden="true">
      <Icon name="check" />
    </span>
  )
}

/** Mark and word, leading home. */
export function Brand(): ReactNode {
  return (
    <Anchor className="brand" href="/">
      <Mark />
      <span className="word">sayso</span>
    </Anchor>
  )
}
