// Backups: made now, listed, removed.

import type { AnswerOf, Manage } from '@sayso/client/manage'
import { type ReactNode, useState } from 'react'
import { Button, IconButton } from '../../../../ui/button.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { useSay } from '../../../../ui/notices.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { StateWord } from '../../form/state-word.tsx'
import { useRead, useWrite } from '../../store/use-read.ts'
import { TimeCell } from '../../table/cells.tsx'
import { bytesText } from './bytes.ts'
import { texts } from './texts.ts'

type Backup = AnswerOf<'listBackups'>['items'][number]

const REFRESH_MS = 5_000
const TONES = { making: 'plain', ready: 'good', failed: 'bad' } as const

export function Backups({ calls }: { readonly calls: Manage }): ReactNode {
  const say = useSay()
  const [removing, setRemoving] = useState<Backup>()
  const read = useRead(calls, 'listBackups', {}, { refreshMs: REFRESH_MS })
  const items = read.data?.items ?? []
  const make = useWrite(async () => {
    const made = await calls.call('makeBackup')
    if (made.state === 'ready') say({ tone: 'good', title: texts.backedUp(made.name) })
    if (made.state === 'failed')
      say({
        tone: 'bad',
        title: texts.backupStates.failed,
        ...(made.detail === undefined ? {} : { text: made.detail }),
      })
  }, ['listBackups'])
  const backUp = () => {
    make.run(undefined).catch((cause: unknown) => say({ tone: 'bad', title: refusalOf(cause) }))
  }
  const isMaking = make.isBusy || items.some(({ state }) => state === 'making')
  return (
    <section aria-labelledby="setup-backups">
      <header className="row">
        <h2 id="setup-backups" className="label grow">
          {texts.backups}
        </h2>
        <Button icon="save" busy={isMaking} onClick={backUp}>
          {isMaking ? texts.backingUp : texts.backUp}
        </Button>
      </header>
      <p className="sm dim">{texts.backupsText}</p>
      {read.state === 'failed' ? <p className="problem sm">{refusalOf(read.error)}</p> : null}
      {read.state === 'ready' && items.length === 0 ? (
        <p className="sm dim">{texts.noBackups}</p>
      ) : null}
      <ul className="parts">
        {items.map((one) => (
          <Line key={one.name} of={one} onRemove={() => setRemoving(one)} />
        ))}
      </ul>
      {removing === undefined ? null : (
        <Remove calls={calls} of={removing} onClose={() => setRemoving(undefined)} />
      )}
    </section>
  )
}

function Line({ of, onRemove }: { readonly of: Backup; readonly onRemove: () => void }): ReactNode {
  const { bytes, files } = of
  return (
    <li>
      <StateWord tone={TONES[of.state]}>{texts.backupStates[of.state]}</StateWord>
      <code className="cut">{of.name}</code>
      <span className="sm dim num">
        {[
          bytes === undefined ? undefined : bytesText(bytes),
          files === undefined ? undefined : texts.files(files),
          of.verified === true ? texts.verified : undefined,
          of.detail,
        ]
          .filter((part) => part !== undefined)
          .join(' · ')}
      </span>
      <span className="names">
        <TimeCell at={of.at} />
        {of.state === 'making' ? null : (
          <IconButton icon="trash" label={`${texts.remove} ${of.name}`} onClick={onRemove} />
        )}
      </span>
    </li>
  )
}

function Remove(props: {
  readonly calls: Manage
  readonly of: Backup
  readonly onClose: () => void
}): ReactNode {
  const { calls, of } = props
  const write = useWrite(
    () => calls.call('removeBackup', { params: { name: of.name } }),
    ['listBackups'],
    () => texts.removed(of.name),
  )
  return (
    <FormDialog
      title={texts.removeTitle(of.name)}
      text={texts.removeText}
      confirm={texts.remove}
      isDanger
      typeName={of.name}
      onConfirm={() => write.run(undefined)}
      onClose={props.onClose}
    />
  )
}
