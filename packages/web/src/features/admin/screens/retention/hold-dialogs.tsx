// Making, extending and ending legal holds.

import { type ReactNode, useState } from 'react'
import { SelectField, TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { peopleFinder, placeFinder } from '../../form/finders.tsx'
import { type End, ForHowLong } from '../../form/for-how-long.tsx'
import { Picker } from '../../form/picker.tsx'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useSecondPerson } from '../../store/second-person.ts'
import { useServerTime } from '../../store/server-time.ts'
import type { ItemOf } from '../../store/use-list.ts'
import { useWrite } from '../../store/use-read.ts'
import { texts } from './texts.ts'

export type Hold = ItemOf<'listHolds'>
type Given = Pick<ScreenProps, 'calls' | 'api'> & { readonly onClose: () => void }
type Picked = { readonly key: string; readonly label: string }
type Kind = keyof typeof texts.kinds

export function MakeHold(props: Given): ReactNode {
  const { calls } = props
  const nowMs = useServerTime(props.api)
  const [kind, setKind] = useState<Kind>('place')
  const [on, setOn] = useState<Picked>()
  const [owner, setOwner] = useState<Picked>()
  const [reason, setReason] = useState('')
  const [end, setEnd] = useState<End>({})
  const write = useWrite(
    () =>
      calls.call('makeHold', {
        body: {
          on: kind === 'person' ? `user:${on?.key}` : (on?.key ?? ''),
          reason: reason.trim(),
          ...(owner !== undefined && { owner: owner.key }),
          ...(end !== 'invalid' && end.expiresAt !== undefined && { until: end.expiresAt }),
        },
      }),
    ['listHolds'],
    () => texts.held1(on?.label ?? ''),
  )
  const isWhole = on !== undefined && reason.trim() !== ''
  return (
    <FormDialog
      title={texts.holdTitle}
      text={texts.holdText}
      confirm={texts.hold}
      off={isWhole ? problemOf(end) : texts.needAll}
      onConfirm={() => write.run(undefined)}
      onClose={props.onClose}
    >
      <SelectField
        label={texts.on}
        value={kind}
        options={(['place', 'person'] as const).map((key) => ({ key, label: texts.kinds[key] }))}
        onChange={(next) => {
          setKind(next)
          setOn(undefined)
        }}
      />
      <Picker
        key={kind}
        look="field"
        label={texts.kinds[kind]}
        name={kind === 'person' ? 'people' : 'places'}
        shown={on?.label ?? texts.pick}
        find={kind === 'person' ? peopleFinder(calls) : placeFinder(calls)}
        onPick={({ key, label }) => setOn({ key, label })}
      />
      <TextField label={texts.why} value={reason} onChange={setReason} maxLength={500} isRequired />
      <Picker
        look="field"
        label={texts.owner}
        name="people"
        shown={owner?.label ?? texts.me}
        find={peopleFinder(calls)}
        onPick={({ key, label }) => setOwner({ key, label })}
      />
      <ForHowLong nowMs={nowMs} label={texts.until} onChange={setEnd} />
    </FormDialog>
  )
}

export function ExtendHold(props: Given & { readonly hold: Hold }): ReactNode {
  const { calls, hold } = props
  const nowMs = useServerTime(props.api)
  const firstAt = hold.untilMs === undefined ? undefined : new Date(hold.untilMs).toISOString()
  const [end, setEnd] = useState<End>(firstAt === undefined ? {} : { expiresAt: firstAt })
  const write = useWrite(
    () =>
      calls.call('changeHold', {
        params: { id: hold.id },
        body: { until: end === 'invalid' ? null : (end.expiresAt ?? null) },
      }),
    ['listHolds'],
    () => texts.extended(hold.title),
  )
  return (
    <FormDialog
      title={texts.extendTitle(hold.title)}
      text={texts.extendText}
      confirm={shared.save}
      off={problemOf(end)}
      onConfirm={() => write.run(undefined)}
      onClose={props.onClose}
    >
      <ForHowLong nowMs={nowMs} label={texts.until} firstAt={firstAt} onChange={setEnd} />
    </FormDialog>
  )
}

export function EndHold(props: Given & { readonly hold: Hold }): ReactNode {
  const { calls, hold } = props
  const [reason, setReason] = useState('')
  const said = reason.trim()
  const write = useWrite(
    () =>
      calls.call('endHold', {
        params: { id: hold.id },
        query: said === '' ? {} : { reason: said },
      }),
    ['listHolds', 'readRetention'],
    () => texts.ended(hold.title),
  )
  const second = useSecondPerson(calls, () => shared.askedSecond)
  const isForTwo = second.needs('end-hold')
  const ask = () => second.ask.run({ wanted: { action: 'end-hold', hold: hold.id }, reason })
  return (
    <FormDialog
      title={texts.endTitle(hold.title)}
      text={isForTwo ? `${texts.endText} ${shared.askSecondNote}` : texts.endText}
      off={isForTwo && said === '' ? shared.needsReason : undefined}
      confirm={isForTwo ? shared.askSecond : texts.endIt}
      isDanger
      typeName={hold.title}
      onConfirm={() => (isForTwo ? ask() : write.run(undefined))}
      onClose={props.onClose}
    >
      <TextField label={shared.reason} value={reason} onChange={setReason} maxLength={500} />
    </FormDialog>
  )
}

function problemOf(end: End): string | undefined {
  return end === 'invalid' ? shared.endIsPast : undefined
}
