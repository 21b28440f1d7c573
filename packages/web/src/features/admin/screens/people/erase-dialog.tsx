// Erasing somebody: what goes is said before, their name is typed, and a receipt says what went.

import { type ReactNode, useState } from 'react'
import { SelectField, TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useSecondPerson } from '../../store/second-person.ts'
import { useRead, useWrite } from '../../store/use-read.ts'
import { texts } from './texts.ts'

export type Receipt = Readonly<Record<keyof typeof texts.receiptRows, string | number>>

export function EraseDialog(
  props: Pick<ScreenProps, 'calls'> & {
    readonly id: string
    readonly onErased: (receipt: Receipt) => void
    readonly onClose: () => void
  },
): ReactNode {
  const { calls, id } = props
  const params = { id }
  const preview = useRead(calls, 'previewErasure', { params })
  const [messages, setMessages] = useState<'keep' | 'delete'>()
  const [reason, setReason] = useState('')
  const { data } = preview
  const second = useSecondPerson(calls, () => shared.askedSecond)
  const isForTwo = second.needs('erase-person')
  const ask = () => {
    const chosen = messages ?? data?.messages
    const more = chosen === undefined ? {} : { messages: chosen }
    return second.ask.run({ wanted: { action: 'erase-person', person: id, ...more }, reason })
  }
  const write = useWrite(
    async () => {
      const chosen = messages ?? data?.messages
      const receipt = await calls.call('erasePerson', {
        params,
        body: {
          confirm: data?.name ?? '',
          ...(chosen === undefined ? {} : { messages: chosen }),
          ...(reason === '' ? {} : { reason }),
        },
      })
      props.onErased(receipt)
    },
    ['listPeople', 'listGrants'],
    () => texts.erased(data?.name ?? id),
  )
  if (data === undefined)
    return preview.state === 'failed' ? (
      <FormDialog
        title={texts.erase}
        text={refusalOf(preview.error)}
        confirm={shared.close}
        onConfirm={async () => undefined}
        onClose={props.onClose}
      />
    ) : null
  const obstacle = data.obstacle === undefined ? undefined : texts.obstacles[data.obstacle]
  return (
    <FormDialog
      title={texts.eraseTitle(data.name)}
      text={
        <>
          <p>{texts.eraseText}</p>
          {isForTwo ? <p className="note sm">{shared.askSecondNote}</p> : null}
          <ul className="bullets">
            {data.account ? <li>{texts.eraseAccount}</li> : null}
            {data.sessions > 0 ? <li>{texts.eraseSessions(data.sessions)}</li> : null}
            {data.connections > 0 ? <li>{texts.eraseConnections(data.connections)}</li> : null}
            {data.roles > 0 ? <li>{texts.eraseRoles(data.roles)}</li> : null}
            {data.requests > 0 ? <li>{texts.eraseRequests(data.requests)}</li> : null}
            <li>{texts.eraseRest}</li>
          </ul>
        </>
      }
      confirm={isForTwo ? shared.askSecond : texts.erase.replace('…', '')}
      isDanger
      typeName={data.name}
      off={obstacle ?? (isForTwo && reason.trim() === '' ? shared.needsReason : undefined)}
      onConfirm={() => (isForTwo ? ask() : write.run(undefined))}
      onClose={props.onClose}
    >
      <SelectField
        label={texts.messages}
        value={messages ?? data.messages}
        options={[
          { key: 'keep', label: texts.keep },
          { key: 'delete', label: texts.delete },
        ]}
        onChange={setMessages}
      />
      <TextField label={shared.reason} value={reason} onChange={setReason} maxLength={500} />
    </FormDialog>
  )
}

export function ReceiptSheet({ receipt }: { readonly receipt: Receipt }): ReactNode {
  const rows = Object.entries(texts.receiptRows) as [keyof Receipt, string][]
  return (
    <section className="card receipt" role="status">
      <h2 className="strong">{texts.receipt}</h2>
      <p className="sm dim">{texts.receiptText}</p>
      <dl className="facts">
        {rows.map(([key, label]) => (
          <div key={key} className="contents">
            <dt>{label}</dt>
            <dd className="num">{receipt[key]}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
