// The draft at the foot of the sheet: how much it changes, for how many, and what can be done with it.

import { type ReactNode, useState } from 'react'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { Anchor } from '../../../../ui/navigation.tsx'
import { useSay } from '../../../../ui/notices.tsx'
import type { Right } from '../../store/rights.tsx'
import type { Draft, DraftState } from './store/draft.ts'
import { texts } from './texts.ts'
import type { Checked, Trial } from './view.ts'

type Props = {
  readonly draft: Draft
  readonly state: DraftState
  readonly checked: Checked | undefined
  readonly trial: Trial | undefined
  readonly isCalm: boolean
  readonly edits: Right
  readonly reviewHref: string
}

export function DraftBar(props: Props): ReactNode {
  const { draft, state, edits } = props
  const [isDiscarding, setDiscarding] = useState(false)
  const say = useSay()
  return (
    <section className="draft-bar" aria-label={texts.bar.label}>
      <span className="dot" aria-hidden="true" />
      <p className="grow" role="status">
        <Words {...props} />
      </p>
      {state.keeping === 'failed' ? (
        <button type="button" className="on-ink" onClick={() => draft.again()}>
          {texts.bar.again}
        </button>
      ) : null}
      {state.keeping === 'foreign' && state.id !== undefined ? (
        <button type="button" className="on-ink" onClick={() => void draft.open(state.id ?? '')}>
          {texts.bar.reopen}
        </button>
      ) : null}
      {edits.kind !== 'on' ? null : (
        <>
          {state.canUndo ? (
            <button type="button" className="on-ink" onClick={() => draft.undo()}>
              {texts.bar.undo}
            </button>
          ) : null}
          <button type="button" className="on-ink" onClick={() => setDiscarding(true)}>
            {texts.bar.discard}
          </button>
          <Anchor className="marked" href={props.reviewHref}>
            {texts.bar.review}
          </Anchor>
        </>
      )}
      {isDiscarding ? (
        <FormDialog
          title={texts.discardTitle}
          text={texts.discardText}
          confirm={texts.bar.discard}
          isDanger
          onConfirm={async () => {
            await draft.discard()
            say({ tone: 'good', title: texts.discarded })
          }}
          onClose={() => setDiscarding(false)}
        />
      ) : null}
    </section>
  )
}

function Words({ state, checked, trial, isCalm }: Props): ReactNode {
  if (state.keeping === 'foreign') return texts.bar.foreign
  if (state.keeping === 'failed') return `${texts.bar.failed}: ${state.problem ?? ''}`
  if (state.text === state.inForce.text) return texts.bar.none
  if (checked === undefined) return texts.bar.checking
  if (!checked.ok) return <b>{texts.bar.problems(checked.problems.length)}</b>
  const live = trial?.live.people
  const typing = trial?.live.typing ?? 0
  return (
    <>
      <b>{texts.bar.changes(checked.differences?.length ?? 0)}</b>
      <span className="rest">
        {trial === undefined ? null : ` · ${texts.bar.people(trial.people)}`}
        {live === undefined ? null : ` · ${texts.bar.live(live)}`}
        {typing > 0 ? ` · ${texts.bar.typing(typing)}` : null}
        {isCalm && state.keeping !== 'keeping' ? null : ` · ${texts.bar.keeping}`}
      </span>
    </>
  )
}
