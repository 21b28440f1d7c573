// Below what one reads there is more: how much, and the way there.

import type { ReactNode } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { texts } from '../model/texts.ts'

export function NewestPill(props: {
  readonly count: number
  readonly onClick: () => void
}): ReactNode {
  return (
    <button type="button" className="btn pill" onClick={props.onClick}>
      <span className="down">
        <Icon name="arrow-up" size="s" />
      </span>
      {props.count > 0 ? texts.newMessages(props.count) : texts.toNewest}
    </button>
  )
}
