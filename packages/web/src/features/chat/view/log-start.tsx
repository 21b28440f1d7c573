// What stands above the first message: loading, the beginning, or that there is nothing yet.

import type { ReactNode } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { sentence } from '../../../ui/sentence.ts'
import { texts } from '../model/texts.ts'
import { listTexts } from '../model/texts-list.ts'
import type { LogProps } from './props.ts'

/** Room for a line that says nothing yet. */
const NO_WORDS = '\u00A0'

export function LogStart(props: LogProps & { readonly isPlacing: boolean }): ReactNode {
  const { state, view } = props
  if (state.phase === 'failed' || isUnloaded(state)) return <Trouble {...props} />
  if (state.phase === 'denied') return null
  if (state.phase === 'opening' || props.isPlacing) return <Bones />
  if (state.isLoading && state.timeline.length > 0) {
    return <p className="log-start sm faint late">{texts.loadingOlder}</p>
  }
  if (state.hasOlder) return <p className="log-start sm faint">{NO_WORDS}</p>
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

/** Nothing could be read: why, by words and number, and what one can do. */
function Trouble(props: LogProps): ReactNode {
  const { state, session } = props
  const what = isUnloaded(state) ? listTexts.cannotLoad : listTexts.cannotOpen
  return (
    <div className="log-start">
      <div className="error" role="alert">
        <Icon name="circle-alert" />
        <p>
          {what} {sentence(listTexts.withCode(state.error ?? listTexts.noAnswer, state.code))}
        </p>
      </div>
      <Button onClick={() => void session?.mend()}>{listTexts.tryAgain}</Button>
    </div>
  )
}

function isUnloaded(state: LogProps['state']): boolean {
  return state.hasGap && state.timeline.length === 0
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
