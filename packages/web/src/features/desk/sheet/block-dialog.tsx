// Keeping a visitor away. It says what that does before it is done.

import type { ReactNode } from 'react'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { useSay } from '../../../ui/notices.tsx'
import { texts } from '../model/texts.ts'
import { useDesk } from '../store/desk-context.tsx'
import type { DialogProps } from './dialogs.tsx'

export function BlockDialog(props: DialogProps): ReactNode {
  const { calls } = useDesk()
  const say = useSay()
  const { visitor } = props.conversation
  return (
    <FormDialog
      title={texts.block.title(visitor.name)}
      text={texts.block.text}
      confirm={texts.block.confirm}
      isDanger
      onConfirm={async () => {
        await calls.block(visitor.id)
        say({ tone: 'good', title: texts.block.done(visitor.name) })
        props.onChanged()
      }}
      onClose={props.onClose}
    />
  )
}
