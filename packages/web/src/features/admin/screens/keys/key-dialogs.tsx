// A new secret for a key, and the end of one.

import type { Manage } from '@sayso/client/manage'
import { type ReactNode, useRef, useState } from 'react'
import { SelectField, TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { SecretDialog } from '../../../../ui/secret-dialog.tsx'
import { spokenLanguage } from '../../../../ui/words.ts'
import { texts as shared } from '../../model/texts.ts'
import { useSecondPerson } from '../../store/second-person.ts'
import { useWrite } from '../../store/use-read.ts'
import type { Key } from './model.ts'
import { texts } from './texts.ts'

export type KeyAct = { readonly kind: 'rotate' | 'revoke'; readonly of: Key }
type Props = { readonly of: Key; readonly calls: Manage; readonly onClose: () => void }

export function KeyDialog({ kind, ...props }: Props & Pick<KeyAct, 'kind'>): ReactNode {
  return kind === 'rotate' ? <Rotate {...props} /> : <Revoke {...props} />
}

const OVERLAPS = ['0', '3600', '86400', '604800', '2592000'] as const

function Rotate({ of, calls, onClose }: Props): ReactNode {
  const [overlap, setOverlap] = useState<(typeof OVERLAPS)[number]>('86400')
  const [secret, setSecret] = useState<string>()
  // The dialog closes by itself then; the secret stays to be seen.
  const isMade = useRef(false)
  const write = useWrite(
    async () => {
      const body = { overlapSeconds: Number(overlap) }
      const made = await calls.call('rotateKey', { params: { id: of.id }, body })
      isMade.current = true
      setSecret(made.key)
    },
    ['listKeys', 'readKey'],
    () => texts.rotated(of.name),
  )
  if (secret !== undefined)
    return (
      <SecretDialog
        title={texts.secretTitle(of.name)}
        text={texts.secretText}
        label={texts.secretLabel}
        secret={secret}
        onClose={onClose}
      />
    )
  return (
    <FormDialog
      title={texts.rotateTitle(of.name)}
      text={texts.rotateText}
      confirm={texts.rotate}
      onConfirm={() => write.run(undefined)}
      onClose={() => {
        if (!isMade.current) onClose()
      }}
    >
      <SelectField
        label={texts.overlap}
        value={overlap}
        options={OVERLAPS.map((key) => ({ key, label: texts.overlaps[key] }))}
        onChange={setOverlap}
      />
    </FormDialog>
  )
}

function Revoke({ of, calls, onClose }: Props): ReactNode {
  const [reason, setReason] = useState('')
  const write = useWrite(
    () =>
      calls.call('revokeKey', {
        params: { id: of.id },
        query: { reason: reason === '' ? undefined : reason },
      }),
    ['listKeys', 'listConnections'],
    () => texts.revoked(of.name),
  )
  const second = useSecondPerson(calls, () => shared.askedSecond)
  const isForTwo = second.needs('revoke-key')
  const ask = () => second.ask.run({ wanted: { action: 'revoke-key', key: of.id }, reason })
  return (
    <FormDialog
      title={texts.revokeTitle(of.name)}
      text={
        <>
          <p>
            {texts.revokeText(of.connections, of.addressesLastHour, spokenInstant(of.lastUsedAt))}
          </p>
          {isForTwo ? <p className="note sm">{shared.askSecondNote}</p> : null}
        </>
      }
      off={isForTwo && reason.trim() === '' ? shared.needsReason : undefined}
      confirm={isForTwo ? shared.askSecond : texts.revoke}
      isDanger
      typeName={of.name}
      onConfirm={() => (isForTwo ? ask() : write.run(undefined))}
      onClose={onClose}
    >
      <TextField label={texts.reason} value={reason} onChange={setReason} maxLength={500} />
    </FormDialog>
  )
}

function spokenInstant(iso: string | undefined): string {
  if (iso === undefined) return texts.neverUsed
  const shape = { dateStyle: 'medium', timeStyle: 'short' } as const
  return new Intl.DateTimeFormat(spokenLanguage(), shape).format(new Date(iso))
}
