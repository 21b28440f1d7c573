// Keeping a visitor away. It says what that does before it is done.

import { type ReactNode, useState } from 'react'
import { CheckField, TextField } from '../../../ui/fields.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { useSay } from '../../../ui/notices.tsx'
import { texts } from '../model/texts.ts'
import { useDesk } from '../store/desk-context.tsx'
import type { DialogProps } from './dialog-props.ts'

export function BlockDialog(props: DialogProps): ReactNode {
  const { calls } = useDesk()
  const say = useSay()
  const [reason, setReason] = useState('')
  const [isAddress, setAddress] = useState(false)
  const { visitor, state } = props.conversation
  const { block } = texts
  const mayClose = props.controls.may('close')
  return (
    <FormDialog
      title={block.title(visitor.name)}
      text={
        <>
          <p>{block.text}</p>
          {state === 'closed' ? null : <p>{mayClose ? block.closes : block.staysOpen}</p>}
        </>
      }
      confirm={block.confirm}
      isDanger
      onConfirm={async () => {
        await calls.block(visitor.id, {
          ...(isAddress ? { address: true } : {}),
          ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        })
        say({ tone: 'good', title: block.done(visitor.name) })
        props.onChanged()
      }}
      onClose={props.onClose}
    >
      <TextField label={block.reason} value={reason} onChange={setReason} maxLength={200} />
      <CheckField
        label={block.address}
        hint={block.addressHint}
        isOn={isAddress}
        onChange={setAddress}
      />
    </FormDialog>
  )
}
