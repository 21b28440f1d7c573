// Where a person is signed in: each place with its device, and signing them out there or everywhere. Addresses are masked until
// one asks for them.

import type { AnswerOf } from '@sayso/client/manage'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../../../ui/button.tsx'
import { deviceName } from '../../../../../ui/device-name.ts'
import { TextField } from '../../../../../ui/fields.tsx'
import { FormDialog } from '../../../../../ui/form-dialog.tsx'
import { Icon } from '../../../../../ui/icon.tsx'
import { useSay } from '../../../../../ui/notices.tsx'
import { refusalOf } from '../../../../../ui/refusal.ts'
import { spokenLanguage } from '../../../../../ui/words.ts'
import type { ScreenProps } from '../../../props.ts'
import { useRights } from '../../../store/rights.tsx'
import { useRead, useWrite } from '../../../store/use-read.ts'
import { texts } from './texts.ts'

type Session = AnswerOf<'listPersonSessions'>['items'][number]
type Props = ScreenProps & { readonly id: string; readonly name: string }

export function PersonSessions(props: Props): ReactNode {
  const { calls, id } = props
  const { right } = useRights()
  const [addresses, setAddresses] = useState<'masked' | 'whole'>('masked')
  const [isEnding, setEnding] = useState(false)
  const say = useSay()
  const manage = right('manage-people')
  const read = useRead(calls, 'listPersonSessions', { params: { id }, query: { addresses } })
  const end = useWrite(
    (session: string) => calls.call('endPersonSession', { params: { id, session } }),
    ['listPersonSessions', 'listConnections'],
    () => texts.ended(1),
  )
  const failed = (cause: unknown) => say({ tone: 'bad', title: refusalOf(cause) })
  const sessions = read.data?.items ?? []
  const off = manage.kind === 'off' ? manage.reason : undefined
  return (
    <section aria-labelledby="person-sessions">
      <h2 id="person-sessions" className="section-h">
        {texts.title}
      </h2>
      {read.state === 'failed' ? <p className="hint">{refusalOf(read.error)}</p> : null}
      {read.state === 'ready' && sessions.length === 0 ? (
        <p className="sm dim">{texts.none}</p>
      ) : null}
      <ul className="lines">
        {sessions.map((session) => (
          <Line
            key={session.id}
            session={session}
            busy={off !== undefined || end.isBusy}
            onEnd={() => void end.run(session.id).catch(failed)}
          />
        ))}
      </ul>
      {sessions.length === 0 ? null : (
        <div className="row wrap">
          <Button
            size="small"
            look="quiet"
            onClick={() => setAddresses(addresses === 'masked' ? 'whole' : 'masked')}
          >
            {addresses === 'masked' ? texts.show : texts.hide}
          </Button>
          <span className="apart">
            <Button size="small" busy={off !== undefined} onClick={() => setEnding(true)}>
              {texts.endAll}
            </Button>
          </span>
        </div>
      )}
      {off === undefined ? null : <p className="hint">{off}</p>}
      {isEnding ? <EndAll {...props} onClose={() => setEnding(false)} /> : null}
    </section>
  )
}

function Line(props: {
  readonly session: Session
  readonly busy: boolean
  readonly onEnd: () => void
}): ReactNode {
  const { device, startedAt, seenAt, address, connections } = props.session
  const name = deviceName(device) ?? texts.unknown
  const about = [
    texts.since(instantText(startedAt)),
    texts.seen(instantText(seenAt)),
    address,
    connections === 0 ? undefined : texts.live(connections),
  ]
  return (
    <li className="line">
      <Icon name="monitor" />
      <span className="grow">
        <span className="strong">{name}</span>{' '}
        <span className="xs dim">{about.filter((part) => part !== undefined).join(' · ')}</span>
      </span>
      <Button size="small" busy={props.busy} onClick={props.onEnd}>
        <span aria-hidden>{texts.end}</span>
        <span className="vh">{texts.endOf(name, instantText(startedAt))}</span>
      </Button>
    </li>
  )
}

function EndAll(props: Props & { readonly onClose: () => void }): ReactNode {
  const { calls, id, name } = props
  const [reason, setReason] = useState('')
  const say = useSay()
  const write = useWrite(async () => {
    const query = reason.trim() === '' ? {} : { reason: reason.trim() }
    const { ended } = await calls.call('endPersonSessions', { params: { id }, query })
    say({ tone: 'good', title: texts.ended(ended) })
  }, ['listPersonSessions', 'listConnections'])
  return (
    <FormDialog
      title={texts.endTitle(name)}
      text={texts.endText}
      confirm={texts.confirm}
      isDanger
      onConfirm={() => write.run(undefined)}
      onClose={props.onClose}
    >
      <TextField label={texts.reason} value={reason} maxLength={500} onChange={setReason} />
    </FormDialog>
  )
}

function instantText(at: string): string {
  const format = { dateStyle: 'medium', timeStyle: 'short' } as const
  return new Intl.DateTimeFormat(spokenLanguage(), format).format(new Date(at))
}
