// Holding a person back on a channel for a while: a restraint that the policy knows, for all their connections.

import type { Manage } from '@sayso/client/manage'
import { type ReactNode, useState } from 'react'
import { SelectField, TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { useRead, useWrite } from '../../store/use-read.ts'
import { type Connection, nameOf } from './model.ts'
import { texts } from './texts.ts'

const DURATIONS = ['600', '3600', '86400', '604800', ''] as const

export function MuteDialog(props: {
  readonly connection: Connection
  readonly calls: Manage
  readonly onClose: () => void
}): ReactNode {
  const { connection, calls } = props
  const person = connection.subject?.slice('user:'.length) ?? ''
  const places = connection.channels.flatMap(({ channel, resource }) =>
    resource === undefined ? [] : [{ key: resource, label: channel }],
  )
  const [resource, setResource] = useState(places[0]?.key ?? '')
  const [duration, setDuration] = useState<(typeof DURATIONS)[number]>('3600')
  const [reason, setReason] = useState('')
  const key = resource.slice(resource.indexOf(':') + 1)
  const read = useRead(calls, 'listChannelPeople', { params: { key }, query: { ids: person } })
  const moves = read.data?.people.find(({ id }) => id === person)?.moves ?? []
  const restraint = moves.find(({ command }) => command === 'restrain')
  const name = nameOf(connection)
  const write = useWrite(
    async () => {
      if (restraint === undefined) return
      const ends = Date.now() + Number(duration) * 1_000
      await calls.call('assignRole', {
        body: {
          person,
          role: restraint.to.role,
          on: resource,
          ...(duration === '' ? {} : { expires_at: new Date(ends).toISOString() }),
          ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        },
      })
    },
    ['listConnections', 'readConnection', 'listGrants'],
    () => texts.muted(name),
  )
  return (
    <FormDialog
      title={texts.muteTitle(name)}
      text={texts.muteText}
      confirm={texts.muteNow}
      off={offBecause(read, restraint)}
      onConfirm={() => write.run(undefined)}
      onClose={props.onClose}
    >
      <SelectField
        label={texts.channel}
        value={resource}
        options={places}
        hint={restraint?.effect}
        onChange={setResource}
      />
      <SelectField
        label={texts.duration}
        value={duration}
        options={DURATIONS.map((one) => ({ key: one, label: texts.durations[one] }))}
        onChange={setDuration}
      />
      <TextField label={texts.muteReason} value={reason} onChange={setReason} maxLength={500} />
    </FormDialog>
  )
}

function offBecause(
  read: { readonly state: string; readonly error: unknown },
  restraint: { readonly allowed: boolean; readonly effect: string } | undefined,
): string | undefined {
  if (read.state === 'failed') return refusalOf(read.error)
  if (read.state === 'loading') return ''
  if (restraint === undefined) return texts.noRestraint
  return restraint.allowed ? undefined : restraint.effect
}
