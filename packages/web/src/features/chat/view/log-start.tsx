// What stands above the first message: loading, the beginning, or that there is nothing yet.

import type { ReactNode } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { texts } from '../model/texts.ts'
import type { LogProps } from './props.ts'

export function LogStart(props: LogProps): ReactNode {
  const { state, view, session } = props
  if (state.phase === 'failed') {
    return (
      <div className="log-start">
        <p className="error" role="alert">
          <Icon name="circle-alert" />
          <span>{texts.cannotOpen(state.error)}</span>
        </p>
        <Button onClick={() => void session?.mend()}>Try again</Button>
      </div>
    )
  }
  if (state.phase === 'denied') return null
  if (state.phase === 'opening') return <Bones />
  if (state.isLoading && state.timeline.length > 0) {
    return <p className="log-start sm faint late">{texts.loadingOlder}</p>
  }
  if (state.hasOlder) return <p className="log-start sm faint">&nbsp;</p>
  const isEmpty = props.rows.length === 0
  const canStart = isEmpty && view.actions.includes('publish')
  const about = canStart ? texts.emptyChannelCanWrite : view.about
  return (
    <div className="log-start begin">
      <span className="closed-glyph">
        <Icon name={view.glyph} fallback="hash" size="l" />
      </span>
      <p className="strong">
        {isEmpty ? texts.emptyChannel(view.title) : texts.startOf(view.title)}
      </p>
      <p className="sm dim">{view.actions.includes('history') ? about : texts.noHistory}</p>
    </div>
  )
}

function Bones(): ReactNode {
  return (
    <div className="late" aria-hidden="true">
      {[320, 210, 400, 260].map((width) => (
        <div key={width} className="msg bones">
          <span className="bone av" />
          <div>
            <span className="bone" style={{ width: 120, height: 14 }} />
            <span className="bone" style={{ width, height: 14 }} />
          </div>
        </div>
      ))}
    </div>
  )
}
