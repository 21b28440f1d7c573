// Why one cannot write here, in the composer's place. What was written stays and can be taken along.

import type { ReactNode } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import type { Control } from '../model/controls.ts'
import { texts } from '../model/texts.ts'
import { copyText } from './clipboard.ts'

export function ReadOnlyCard(props: {
  readonly title: string
  readonly control: Control
  readonly draft: string
}): ReactNode {
  const { control, draft } = props
  const isLost = control.kind === 'off'
  return (
    <div className="why" role="status">
      <span className="say">
        <Icon name={isLost ? 'lock' : 'eye'} />
      </span>
      <div className="grow">
        <p className="strong">{texts.cannotWrite(props.title, isLost)}</p>
        <p className="sm dim">
          {isLost ? `${control.cause} ${texts.canStillRead}` : texts.cannotWriteWhy}
        </p>
      </div>
      {draft === '' ? null : (
        <p className="kept sm dim">
          <Icon name="pencil" />
          <span className="grow">{texts.draftKept}</span>
          <Button size="small" look="quiet" onClick={() => void copyText(draft)}>
            {texts.copyDraft}
          </Button>
        </p>
      )}
    </div>
  )
}
