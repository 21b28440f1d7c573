// The list of a pane: what is there, that there is nothing, or that it could not be had.

import type { ReactNode } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { texts } from '../../model/texts-around.ts'

export function PaneList<T>(props: {
  readonly listed: {
    readonly value: readonly T[] | undefined
    readonly hasFailed: boolean
    readonly refresh: () => void
  }
  readonly empty: string
  readonly children: (item: T) => ReactNode
}): ReactNode {
  const { value, hasFailed, refresh } = props.listed
  if (hasFailed && value === undefined) {
    return (
      <div className="pane-note sm dim" role="alert">
        <p>{texts.notLoaded}</p>
        <Button size="small" onClick={refresh}>
          {texts.tryAgain}
        </Button>
      </div>
    )
  }
  if (value === undefined) return <div className="pane-note late" aria-busy="true" />
  if (value.length === 0) return <p className="pane-note sm dim">{props.empty}</p>
  return <ul className="pane-list">{value.map(props.children)}</ul>
}
