// A new grant: who, which role, where, from when until when, and why.

import { type ReactNode, useState } from 'react'
import { SelectField, TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { placeFinder, subjectFinder } from '../../form/finders.tsx'
import { type End, ForHowLong } from '../../form/for-how-long.tsx'
import { instantOf } from '../../form/instants.ts'
import { Picker } from '../../form/picker.tsx'
import { grantOf, placeOf, rolesFor } from '../../model/names.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useServerTime } from '../../store/server-time.ts'
import { useRead, useWrite } from '../../store/use-read.ts'
import { texts } from './texts.ts'

type Who = { readonly key: string; readonly name: string }

export function GrantDialog(
  props: Pick<ScreenProps, 'calls' | 'api' | 'tenant'> & {
    readonly subject?: Who
    readonly onClose: () => void
  },
): ReactNode {
  const { calls } = props
  const nowMs = useServerTime(props.api)
  const [who, setWho] = useState(props.subject)
  const [on, setOn] = useState(props.tenant)
  const [role, setRole] = useState('')
  const [end, setEnd] = useState<End>({})
  const [start, setStart] = useState('')
  const [reason, setReason] = useState('')
  const roles = useRead(calls, 'listRoles', {})
  const startsAt = instantOf(start)
  const write = useWrite(
    () =>
      calls.call('putGrant', {
        params: { grant: grantOf(on, role, who?.key ?? '') },
        body: {
          ...(startsAt === undefined ? {} : { not_before: startsAt }),
          ...(end === 'invalid' || end.expiresAt === undefined
            ? {}
            : { expires_at: end.expiresAt }),
          ...(reason === '' ? {} : { reason }),
        },
      }),
    ['listGrants', 'readPerson', 'listPeople', 'listGroups', 'readGroup'],
    () => texts.giveDone,
  )
  return (
    <FormDialog
      title={texts.giveTitle}
      confirm={texts.giveIt}
      off={problemOf({ isWhole: who !== undefined && on !== '' && role !== '', end, startsAt })}
      onConfirm={() => write.run(undefined)}
      onClose={props.onClose}
    >
      <Picker
        look="field"
        label={texts.who}
        name="subjects"
        shown={who?.name ?? texts.pick}
        find={subjectFinder(calls)}
        onPick={({ key, label }) => setWho({ key, name: label })}
      />
      <Picker
        look="field"
        label={texts.place}
        name="places"
        shown={placeOf(on)}
        find={placeFinder(calls)}
        onPick={({ key }) => {
          setOn(key)
          setRole('')
        }}
      />
      <SelectField
        label={texts.role}
        value={role}
        options={[
          { key: '', label: texts.pick },
          ...rolesFor(roles.data?.items ?? [], on).map((each) => ({
            key: each.role,
            label: each.title,
          })),
        ]}
        onChange={setRole}
      />
      <ForHowLong nowMs={nowMs} label={texts.howLong} onChange={setEnd} />
      <TextField label={texts.startAt} type="datetime-local" value={start} onChange={setStart} />
      <TextField label={shared.reason} value={reason} onChange={setReason} maxLength={500} />
    </FormDialog>
  )
}

function problemOf(said: {
  readonly isWhole: boolean
  readonly end: End
  readonly startsAt: string | undefined
}): string | undefined {
  const { end, startsAt } = said
  if (!said.isWhole) return texts.needAll
  if (end === 'invalid') return shared.endIsPast
  const isLate = startsAt !== undefined && end.expiresAt !== undefined && startsAt >= end.expiresAt
  return isLate ? texts.startIsLate : undefined
}

export type Grant = {
  readonly grant: string
  readonly subject: string
  readonly role: string
  readonly on: string
  readonly not_before?: string
  readonly expires_at?: string
  readonly reason?: string
}

/** Another end for what is given; its start and its reason stay unless they are said anew. */
export function ExtendDialog(
  props: Pick<ScreenProps, 'calls' | 'api'> & {
    readonly grant: Grant
    readonly title: string
    readonly onClose: () => void
  },
): ReactNode {
  const { calls, grant } = props
  const nowMs = useServerTime(props.api)
  const [end, setEnd] = useState<End>(
    grant.expires_at === undefined ? {} : { expiresAt: grant.expires_at },
  )
  const [reason, setReason] = useState(grant.reason ?? '')
  const write = useWrite(
    () =>
      calls.call('putGrant', {
        params: { grant: grant.grant },
        body: {
          ...(grant.not_before === undefined ? {} : { not_before: grant.not_before }),
          ...(end === 'invalid' || end.expiresAt === undefined
            ? {}
            : { expires_at: end.expiresAt }),
          ...(reason === '' ? {} : { reason }),
        },
      }),
    ['listGrants', 'readGrant', 'readPerson'],
    () => texts.extendDone,
  )
  return (
    <FormDialog
      title={props.title}
      confirm={texts.extend.replace('…', '')}
      off={end === 'invalid' ? shared.endIsPast : undefined}
      onConfirm={() => write.run(undefined)}
      onClose={props.onClose}
    >
      <ForHowLong
        nowMs={nowMs}
        label={texts.howLong}
        firstAt={grant.expires_at}
        onChange={setEnd}
      />
      <TextField label={shared.reason} value={reason} onChange={setReason} maxLength={500} />
    </FormDialog>
  )
}

export function EndDialog(
  props: Pick<ScreenProps, 'calls'> & {
    readonly grant: Grant
    readonly title: string
    readonly onClose: () => void
  },
): ReactNode {
  const { calls, grant } = props
  const write = useWrite(
    () => calls.call('endGrant', { params: { grant: grant.grant } }),
    ['listGrants', 'readGrant', 'readPerson', 'listPeople', 'listMembers', 'listGroups'],
    () => texts.endDone,
  )
  return (
    <FormDialog
      title={props.title}
      text={texts.endText}
      confirm={texts.end.replace('…', '')}
      isDanger
      onConfirm={() => write.run(undefined)}
      onClose={props.onClose}
    />
  )
}
