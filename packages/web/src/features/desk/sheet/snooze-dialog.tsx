// Putting a conversation aside until a time, or until the visitor writes.

import { type ReactNode, useState } from 'react'
import { SelectField, TextField } from '../../../ui/fields.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { useSay } from '../../../ui/notices.tsx'
import { Unfit } from '../../../ui/refusal.ts'
import { serverNow } from '../../../ui/server-clock.ts'
import { exactTime } from '../../../ui/times.ts'
import { type SnoozeChoice, snoozedUntil } from '../model/snooze.ts'
import { texts } from '../model/texts.ts'
import { useDesk } from '../store/desk-context.tsx'
import type { DialogProps } from './dialog-props.ts'
import { offOf } from './off.ts'

const CHOICES = ['hour', 'afternoon', 'tomorrow', 'week', 'own'] as const

export function SnoozeDialog(props: DialogProps): ReactNode {
  const { conversation, controls, onChanged } = props
  const { calls } = useDesk()
  const say = useSay()
  const [choice, setChoice] = useState<SnoozeChoice | 'own'>('hour')
  const [own, setOwn] = useState('')
  const untilMs = choice === 'own' ? Date.parse(own) : snoozedUntil(choice, serverNow())
  return (
    <FormDialog
      title={texts.snooze.title(conversation.visitor.name)}
      text={texts.snooze.text}
      confirm={texts.snooze.confirm}
      off={offOf(controls.control('snooze'))}
      onConfirm={async () => {
        if (Number.isNaN(untilMs) || untilMs <= serverNow()) throw new Unfit(texts.snooze.past)
        await calls.snooze(conversation.key, untilMs)
        say({ tone: 'good', title: texts.snooze.done(exactTime(untilMs)) })
        onChanged()
      }}
      onClose={props.onClose}
    >
      <SelectField
        label={texts.snooze.until}
        value={choice}
        options={CHOICES.map((key) => ({ key, label: texts.snooze.choices[key] }))}
        onChange={setChoice}
      />
      {choice === 'own' ? (
        <TextField
          label={texts.snooze.own}
          type="datetime-local"
          value={own}
          onChange={setOwn}
          isRequired
        />
      ) : (
        <p className="sm dim">{exactTime(untilMs)}</p>
      )}
    </FormDialog>
  )
}
