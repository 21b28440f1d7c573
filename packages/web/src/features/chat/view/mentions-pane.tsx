// Where one was mentioned, the newest first, in what one may read now.

import type { FoundMessage } from '@sayso/client'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import '../styles/finding.css'
import { findingTexts } from '../model/texts-finding.ts'
import { unreadTexts } from '../model/texts-unread.ts'
import { FoundList } from './found-list.tsx'
import { PaneFrame } from './pane-frame.tsx'
import type { SidePaneProps } from './props.ts'

type State = {
  readonly items: readonly FoundMessage[]
  readonly next?: string | undefined
  readonly phase: 'loading' | 'loaded' | 'failed'
}

export function MentionsPane(props: SidePaneProps): ReactNode {
  const { api } = props
  const [state, setState] = useState<State>({ items: [], phase: 'loading' })
  const load = useCallback(
    (after: string | undefined) => {
      api.mentions(after === undefined ? {} : { after }).then(
        (page) =>
          setState((now) => ({
            items: after === undefined ? page.items : [...now.items, ...page.items],
            next: page.next,
            phase: 'loaded',
          })),
        () => setState((now) => ({ ...now, phase: 'failed' })),
      )
    },
    [api],
  )
  useEffect(() => load(undefined), [load])
  return (
    <PaneFrame title={unreadTexts.mentions} closeHref={props.closeHref}>
      <div className="finding" aria-busy={state.phase === 'loading'}>
        {state.phase === 'failed' ? (
          <p className="sm" role="alert">
            {findingTexts.failed}{' '}
            <Button onClick={() => load(undefined)}>{findingTexts.again}</Button>
          </p>
        ) : null}
        {state.phase === 'loaded' && state.items.length === 0 ? (
          <p className="sm dim">{findingTexts.noMentions}</p>
        ) : null}
        <FoundList items={state.items} q="" label={unreadTexts.mentions} />
        {state.next === undefined ? null : (
          <Button onClick={() => load(state.next)}>{findingTexts.more}</Button>
        )}
      </div>
    </PaneFrame>
  )
}
