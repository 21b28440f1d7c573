// A word to a connection, less for it, the end of it.

import type { Manage, RequestOf } from '@sayso/client/manage'
import { type ReactNode, useState } from 'react'
import { CheckField, SelectField, TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { useWrite } from '../../store/use-read.ts'
import { type Connection, nameOf } from './model.ts'
import { MuteDialog } from './mute-dialog.tsx'
import { texts } from './texts.ts'

export type ConnectionAct = {
  readonly kind: 'say' | 'narrow' | 'mute' | 'drop'
  readonly connection: Connection
}
type Props = ConnectionAct & { readonly calls: Manage; readonly onClose: () => void }

export function ConnectionDialog(props: Props): ReactNode {
  if (props.kind === 'say') return <Say {...props} />
  if (props.kind === 'mute') return <MuteDialog {...props} />
  return props.kind === 'narrow' ? <Narrow {...props} /> : <Drop {...props} />
}

/** What is offered are actions the server named. */
type Take = RequestOf<'narrowConnection'>['body']['take']

function Say({ connection, calls, onClose }: Props): ReactNode {
  const [text, setText] = useState('')
  const name = nameOf(connection)
  const params = { id: connection.id }
  const write = useWrite(
    () => calls.call('notifyConnection', { params, body: { text } }),
    [],
    () => texts.said(name),
  )
  return (
    <FormDialog
      title={texts.sayTitle(name)}
      text={texts.sayText}
      confirm={texts.say}
      onConfirm={() => write.run(undefined)}
      onClose={onClose}
    >
      <TextField
        label={texts.sayField}
        value={text}
        onChange={setText}
        rows={3}
        maxLength={2_000}
        isRequired
      />
    </FormDialog>
  )
}

function Narrow({ connection, calls, onClose }: Props): ReactNode {
  const name = nameOf(connection)
  const [channel, setChannel] = useState(connection.channels[0]?.channel ?? '')
  const place = connection.channels.find((one) => one.channel === channel)
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set(place?.taken ?? []))
  const offered = [...new Set([...(place?.modes ?? []), ...(place?.taken ?? [])])]
  const write = useWrite(
    () =>
      calls.call('narrowConnection', {
        params: { id: connection.id },
        body: { channel, take: [...taken] as Take },
      }),
    ['listConnections', 'readConnection'],
    () => texts.narrowed,
  )
  return (
    <FormDialog
      title={texts.narrowTitle(name)}
      text={texts.narrowText}
      confirm={texts.narrow}
      onConfirm={() => write.run(undefined)}
      onClose={onClose}
    >
      <SelectField
        label={texts.channel}
        value={channel}
        options={connection.channels.map((one) => ({ key: one.channel, label: one.channel }))}
        onChange={setChannel}
      />
      <fieldset className="checks">
        <legend className="label">{texts.modes}</legend>
        {offered.map((mode) => (
          <CheckField
            key={mode}
            label={mode}
            isOn={!taken.has(mode)}
            onChange={(isOn) => {
              const next = new Set(taken)
              if (isOn) next.delete(mode)
              else next.add(mode)
              setTaken(next)
            }}
          />
        ))}
      </fieldset>
    </FormDialog>
  )
}

function Drop({ connection, calls, onClose }: Props): ReactNode {
  const [reason, setReason] = useState('')
  const write = useWrite(
    () =>
      calls.call('dropConnection', {
        params: { id: connection.id },
        query: { reason: reason === '' ? undefined : reason },
      }),
    ['listConnections'],
    () => texts.dropped,
  )
  return (
    <FormDialog
      title={texts.dropTitle(nameOf(connection))}
      text={texts.dropText}
      confirm={texts.drop}
      isDanger
      onConfirm={() => write.run(undefined)}
      onClose={onClose}
    >
      <TextField label={texts.reason} value={reason} onChange={setReason} maxLength={500} />
    </FormDialog>
  )
}
