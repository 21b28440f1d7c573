// Closing: the one way a conversation ends. It says what that means for the visitor.

import { type ReactNode, useState } from 'react'
import { SelectField, TextField } from '../../../ui/fields.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { useSay } from '../../../ui/notices.tsx'
import { texts } from '../model/texts.ts'
import { useDesk } from '../store/desk-context.tsx'
import type { DialogProps } from './dialog-props.ts'
import { offOf } from './off.ts'

const REASONS = ['answered', 'handedOn', 'noAnswer', 'spam', 'other'] as const
type Reason = (typeof REASONS)[number]

export function CloseDialog(props: DialogProps): ReactNode {
  const { conversation, controls, onChanged } = props
  const { calls } = useDesk()
  const say = useSay()
  const [reason, setReason] = useState<Reason>('answered')
  const [other, setOther] = useState('')
  const [summary, setSummary] = useState('')
  const { visitor, key } = conversation
  return (
    <FormDialog
      title={texts.close.title(visitor.name)}
      text={texts.close.text(visitor.name)}
      confirm={texts.close.confirm}
      off={offOf(controls.control('close'))}
      onConfirm={async () => {
        const said = reason === 'other' ? other.trim() : texts.close.reasons[reason]
        const why = said === '' ? {} : { reason: said }
        await calls.close(key, { ...why, ...(summary === '' ? {} : { summary }) })
        say({ tone: 'good', title: texts.close.done(visitor.name) })
        onChanged()
      }}
      onClose={props.onClose}
    >
      <SelectField
        label={texts.close.reason}
        value={reason}
        options={REASONS.map((one) => ({ key: one, label: texts.close.reasons[one] }))}
        onChange={setReason}
      />
      {reason === 'other' ? (
        <TextField label={texts.close.other} value={other} onChange={setOther} maxLength={200} />
      ) : null}
      <TextField
        label={texts.close.summary}
        hint={texts.close.summaryHint}
        value={summary}
        onChange={setSummary}
        rows={3}
        maxLength={2_000}
      />
    </FormDialog>
  )
}
