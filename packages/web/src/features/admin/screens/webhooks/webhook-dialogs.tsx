// A webhook made or changed, told again, removed.

import type { Manage, RequestOf } from '@sayso/client/manage'
import { type ReactNode, useRef, useState } from 'react'
import { CheckField, TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { formTexts } from '../../../../ui/form-texts.ts'
import { useSay } from '../../../../ui/notices.tsx'
import { SecretDialog } from '../../../../ui/secret-dialog.tsx'
import { fieldOf, instantOf } from '../../form/instants.ts'
import { texts as shared } from '../../model/texts.ts'
import { useWrite } from '../../store/use-read.ts'
import { texts } from './texts.ts'
import type { Webhook } from './webhook-state.tsx'

export type WebhookAct =
  | { readonly kind: 'create' }
  | { readonly kind: 'edit' | 'replay' | 'remove'; readonly of: Webhook }
  | { readonly kind: 'secret'; readonly secret: string }
type Body = RequestOf<'makeWebhook'>['body']
type Event = Webhook['events'][number]
type Props = {
  readonly calls: Manage
  readonly act: WebhookAct
  readonly onAct: (act: WebhookAct) => void
  readonly onClose: () => void
}

const DAY_MS = 86_400_000

export function WebhookDialog(props: Props): ReactNode {
  const { act, onClose } = props
  if (act.kind === 'create') return <Put {...props} of={undefined} />
  if (act.kind !== 'secret') {
    if (act.kind === 'edit') return <Put {...props} of={act.of} />
    return act.kind === 'replay' ? (
      <Replay {...props} of={act.of} />
    ) : (
      <Remove {...props} of={act.of} />
    )
  }
  return (
    <SecretDialog
      title={texts.secretTitle}
      text={texts.secretText}
      label={texts.secretLabel}
      secret={act.secret}
      onClose={onClose}
    />
  )
}

function Put(props: Props & { readonly of: Webhook | undefined }): ReactNode {
  const { of, calls } = props
  const [url, setUrl] = useState(of?.url ?? 'https://')
  const [about, setAbout] = useState(of?.about ?? '')
  const [isOn, setOn] = useState(of?.enabled ?? true)
  const [events, setEvents] = useState<ReadonlySet<Event>>(new Set(of?.events ?? []))
  // The dialog closes by itself then; the secret stays to be seen.
  const isMade = useRef(false)
  const write = useWrite(
    async () => {
      const body = { url: url.trim(), about, enabled: isOn, events: [...events] } as Body
      if (of !== undefined) return put(calls, of.id, body)
      const { secret } = await calls.call('makeWebhook', { body })
      isMade.current = true
      props.onAct({ kind: 'secret', secret })
    },
    ['listWebhooks'],
    () => (of === undefined ? texts.madeIt : formTexts.saved),
  )
  const turn = (event: Event) => {
    const next = new Set(events)
    if (!next.delete(event)) next.add(event)
    setEvents(next)
  }
  return (
    <FormDialog
      title={of === undefined ? texts.createTitle : texts.editTitle}
      confirm={of === undefined ? texts.create : shared.save}
      off={events.size === 0 ? texts.eventsMissing : undefined}
      onConfirm={() => write.run(undefined)}
      onClose={() => {
        if (!isMade.current) props.onClose()
      }}
    >
      <TextField
        label={texts.url}
        hint={texts.urlHint}
        type="url"
        value={url}
        onChange={setUrl}
        maxLength={2_000}
        isRequired
        isCode
      />
      <TextField label={texts.about} value={about} onChange={setAbout} maxLength={500} />
      <fieldset className="checks">
        <legend className="label">{texts.events}</legend>
        {(Object.keys(texts.eventWords) as Event[]).map((event) => (
          <CheckField
            key={event}
            label={texts.eventWords[event]}
            isOn={events.has(event)}
            onChange={() => turn(event)}
          />
        ))}
      </fieldset>
      <CheckField label={texts.enabled} isOn={isOn} onChange={setOn} />
    </FormDialog>
  )
}

/** Over the version that is there now. */
export async function put(calls: Manage, id: string, body: Body): Promise<void> {
  const { etag } = await calls.read('readWebhook', { params: { id } })
  await calls.call('putWebhook', {
    params: { id },
    body,
    ...(etag === undefined ? {} : { ifMatch: etag }),
  })
}

function Replay(props: Props & { readonly of: Webhook }): ReactNode {
  const { of, calls } = props
  const say = useSay()
  const [since, setSince] = useState(() => fieldOf(new Date(Date.now() - DAY_MS).toISOString()))
  const at = instantOf(since)
  const write = useWrite(async () => {
    if (at === undefined) return
    const body = { since: at }
    const { count } = await calls.call('replayWebhook', { params: { id: of.id }, body })
    say({ tone: 'good', title: texts.replayed(count) })
  }, ['listDeliveries'])
  return (
    <FormDialog
      title={texts.replayTitle}
      text={texts.replayText}
      confirm={texts.again}
      onConfirm={() => write.run(undefined)}
      onClose={props.onClose}
    >
      <TextField
        label={texts.since}
        type="datetime-local"
        value={since}
        onChange={setSince}
        isRequired
      />
    </FormDialog>
  )
}

function Remove(props: Props & { readonly of: Webhook }): ReactNode {
  const { of, calls } = props
  const write = useWrite(
    () => calls.call('removeWebhook', { params: { id: of.id } }),
    ['listWebhooks'],
    () => texts.removed,
  )
  return (
    <FormDialog
      title={texts.removeTitle}
      text={
        <>
          <code>{of.url}</code> {texts.removeText}
        </>
      }
      confirm={texts.remove}
      isDanger
      onConfirm={() => write.run(undefined)}
      onClose={props.onClose}
    />
  )
}
