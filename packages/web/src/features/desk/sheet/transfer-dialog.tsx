// Handing a conversation on to somebody or to a team, with a word to them.

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { SelectField, TextField } from '../../../ui/fields.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { useSay } from '../../../ui/notices.tsx'
import { Unfit } from '../../../ui/refusal.ts'
import type { Operator } from '../model/shapes.ts'
import { texts } from '../model/texts.ts'
import { useDesk } from '../store/desk-context.tsx'
import { useTeams } from '../store/use-teams.ts'
import type { DialogProps } from './dialog-props.ts'
import { offOf } from './off.ts'

/** @param isGiven by somebody who does not have it herself */
export function TransferDialog(props: DialogProps & { readonly isGiven: boolean }): ReactNode {
  const { conversation, controls, onChanged, isGiven } = props
  const { calls, tenant } = useDesk()
  const say = useSay()
  const [to, setTo] = useState('')
  const [note, setNote] = useState('')
  const operators = useQuery({
    queryKey: ['desk-operators', tenant],
    queryFn: () => calls.operators(tenant),
  })
  const teams = useTeams()
  const { key, assignee, visitor } = conversation
  const people = (operators.data?.items ?? []).filter(({ id }) => id !== assignee?.id)
  const options = [
    { key: '', label: texts.transfer.choose },
    ...people.map((one) => ({ key: `user:${one.id}`, label: personLabel(one) })),
    ...(isGiven
      ? []
      : teams.map((one) => ({ key: `team:${one.key}`, label: texts.transfer.team(one.title) }))),
  ]
  const send = async () => {
    const [kind, ...rest] = to.split(':')
    const id = rest.join(':')
    if (id === '') throw new Unfit(texts.transfer.chooseFirst)
    const said = note.trim() === '' ? {} : { note: note.trim() }
    if (isGiven) await calls.assign(key, id)
    else
      await calls.transfer(key, { ...(kind === 'team' ? { team: id } : { operator: id }), ...said })
    const name = options.find((one) => one.key === to)?.label ?? id
    say({ tone: 'good', title: texts.transfer.done(visitor.name, name) })
    onChanged()
  }
  return (
    <FormDialog
      title={isGiven ? texts.transfer.assignTitle : texts.transfer.title}
      text={isGiven ? texts.transfer.assignText : texts.transfer.text}
      confirm={isGiven ? texts.transfer.assignConfirm : texts.transfer.confirm}
      off={offOf(controls.control(isGiven ? 'assign' : 'transfer'))}
      onConfirm={send}
      onClose={props.onClose}
    >
      <SelectField label={texts.transfer.to} value={to} options={options} onChange={setTo} />
      {isGiven ? null : (
        <TextField
          label={texts.transfer.note}
          hint={texts.transfer.noteHint}
          value={note}
          onChange={setNote}
          rows={3}
          maxLength={2_000}
        />
      )}
    </FormDialog>
  )
}

function personLabel({ name, status, open, capacity }: Operator): string {
  return `${name} · ${texts.status[status]} · ${open}/${capacity}`
}
