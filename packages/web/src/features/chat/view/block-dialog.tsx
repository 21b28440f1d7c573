// Before somebody is blocked: what it does, to whom, and that it can be ended.

import type { ReactNode } from 'react'
import { texts } from '../model/texts.ts'
import { whoTexts } from '../model/texts-who.ts'
import type { Blocks } from '../store/blocks.ts'
import { FormDialog } from './form-dialog.tsx'

export function BlockDialog(props: {
  readonly person: { readonly id: string; readonly name: string }
  readonly blocks: Blocks
  readonly onClose: () => void
}): ReactNode {
  const { person, blocks } = props
  return (
    <FormDialog
      title={whoTexts.blockAsk(person.name)}
      text={whoTexts.blockText}
      confirm={whoTexts.block}
      isDanger
      wrong={(cause) => texts.notDone(cause).text}
      onConfirm={() => blocks.set(person.id, true)}
      onClose={props.onClose}
    >
      <p className="sm dim">{whoTexts.blockEnds}</p>
    </FormDialog>
  )
}
