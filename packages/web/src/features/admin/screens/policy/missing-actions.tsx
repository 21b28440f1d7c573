// After an upgrade: administrative actions of this release that the policy does not list yet, into the draft by one press.

import type { PolicyEdit } from '@sayso/policy/editing'
import type { ReactNode } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { useSay } from '../../../../ui/notices.tsx'
import { texts } from './texts.ts'
import { offOf, type PartProps } from './view.ts'

export function MissingActions(
  props: Pick<PartProps, 'document' | 'draft' | 'edits' | 'state'> & {
    /** What the policy in force does not list. */
    readonly lacks: readonly string[]
  },
): ReactNode {
  const { document, draft, lacks } = props
  const say = useSay()
  const listed = document.types.tenant?.actions ?? []
  const missing = lacks.filter((action) => !listed.includes(action))
  if (missing.length === 0) return null
  const off = offOf(props)
  const add = () => {
    const problem = draft.edit(missingEdits(listed, missing))
    if (problem !== undefined) say({ tone: 'bad', title: problem })
  }
  return (
    <div className="banner undo" role="status">
      <span className="grow">
        {texts.missing.bar(missing.length)} <code>{missing.join(', ')}</code>
      </span>
      {off === undefined ? (
        <Button size="small" icon="plus" onClick={add}>
          {texts.missing.add}
        </Button>
      ) : null}
    </div>
  )
}

/** Behind those that are listed, so that comments stay with theirs. */
export function missingEdits(
  listed: readonly string[],
  missing: readonly string[],
): readonly PolicyEdit[] {
  return missing.map((action, index) => ({
    path: ['types', 'tenant', 'actions', listed.length + index],
    value: action,
  }))
}
