// Many people at once: a role given or taken, for good or for a time, or a group joined. It says exactly who changes and what
// they gain and lose before anything is done; then all of it is done, or nothing.

import type { RequestOf } from '@sayso/client/manage'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { SelectField, TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { placeFinder } from '../../form/finders.tsx'
import { type End, ForHowLong } from '../../form/for-how-long.tsx'
import { Picker } from '../../form/picker.tsx'
import { idOf, placeOf, rolesFor } from '../../model/names.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useServerTime } from '../../store/server-time.ts'
import { useRead, useWrite } from '../../store/use-read.ts'
import { type Bulk, changesOf, linesOf } from './bulk.ts'
import { texts } from './texts.ts'

type Changes = RequestOf<'makeChanges'>['body']['changes']

const LINES = 8

type Props = Pick<ScreenProps, 'calls' | 'api' | 'tenant'> & {
  readonly bulk: Bulk
  readonly nameOf: (id: string) => string
  readonly onDone: () => void
  readonly onClose: () => void
}

export function BulkDialog(props: Props): ReactNode {
  const { calls, bulk } = props
  const form = useBulk(props)
  const count = bulk.people.length
  const titles = {
    give: texts.bulkGiveTitle,
    take: texts.bulkTakeTitle,
    group: texts.bulkGroupTitle,
  }
  return (
    <FormDialog
      title={titles[bulk.kind](count)}
      confirm={texts.apply(form.preview.data?.changes ?? count)}
      off={form.off}
      isWide
      onConfirm={form.apply}
      onClose={props.onClose}
    >
      {bulk.kind === 'group' ? (
        <GroupField calls={calls} value={form.on} onChange={form.setOn} />
      ) : (
        <PlaceAndRole
          calls={calls}
          on={form.on}
          role={form.role}
          onPlace={form.setOn}
          onRole={form.setRole}
        />
      )}
      {bulk.kind === 'take' ? null : (
        <ForHowLong nowMs={form.nowMs} label={texts.howLong} onChange={form.setEnd} />
      )}
      <TextField
        label={shared.reason}
        value={form.reason}
        onChange={form.setReason}
        maxLength={500}
        isRequired
      />
      {form.isWhole ? <Preview {...props} preview={form.preview} /> : null}
    </FormDialog>
  )
}

function useBulk({ calls, api, bulk, tenant, onDone }: Props) {
  const nowMs = useServerTime(api)
  const [on, setOn] = useState(bulk.kind === 'group' ? '' : tenant)
  const [role, setRole] = useState(bulk.kind === 'group' ? 'member' : '')
  const [end, setEnd] = useState<End>({})
  const [reason, setReason] = useState('')
  const isWhole = on !== '' && role !== '' && end !== 'invalid'
  const expiresAt = end === 'invalid' ? undefined : end.expiresAt
  const changes = changesOf(bulk, { on, role, expiresAt }) as unknown as Changes
  const preview = useQuery({
    queryKey: ['previewChanges', changes],
    enabled: isWhole,
    queryFn: () => calls.call('previewChanges', { body: { changes, flips: LINES * 2 } }),
  })
  const write = useWrite(
    () => {
      const seen = preview.data === undefined ? {} : { expected_revision: preview.data.revision }
      return calls.call('makeChanges', { body: { changes, reason, ...seen } })
    },
    ['listPeople', 'readPerson', 'listGrants', 'listGroups', 'listMembers'],
    () => texts.applied,
  )
  const apply = () =>
    write.run(undefined).then(onDone, (cause: unknown) => {
      // Rights have moved since: what it would do is worked out anew, and shown.
      void preview.refetch()
      throw cause
    })
  const off = problemOf({ isWhole, end, reason, changes: preview.data?.changes })
  return {
    nowMs,
    on,
    setOn,
    role,
    setRole,
    setEnd,
    reason,
    setReason,
    isWhole,
    preview,
    apply,
    off,
  }
}

/** Why it cannot be done yet. */
function problemOf(said: {
  readonly isWhole: boolean
  readonly end: End
  readonly reason: string
  /** How many change anything; undefined: not known yet. */
  readonly changes: number | undefined
}): string | undefined {
  if (said.end === 'invalid') return shared.endIsPast
  if (!said.isWhole) return texts.needPlace
  if (said.changes === undefined) return texts.previewing
  if (said.changes === 0) return texts.nothingChanges
  return said.reason.trim() === '' ? texts.needReason : undefined
}

/** Where, and what one can be there. */
export function PlaceAndRole(
  props: Pick<ScreenProps, 'calls'> & {
    readonly on: string
    readonly role: string
    readonly onPlace: (on: string) => void
    readonly onRole: (role: string) => void
  },
): ReactNode {
  const { calls, on, role } = props
  const roles = useRead(calls, 'listRoles', {})
  const offered = rolesFor(roles.data?.items ?? [], on)
  return (
    <>
      <Picker
        look="field"
        label={texts.place}
        name="places"
        shown={on === '' ? texts.pick : placeOf(on)}
        find={placeFinder(calls)}
        onPick={({ key }) => {
          props.onPlace(key)
          props.onRole('')
        }}
      />
      <SelectField
        label={texts.role}
        value={role}
        options={[
          { key: '', label: texts.pick },
          ...offered.map((each) => ({ key: each.role, label: each.title })),
        ]}
        onChange={props.onRole}
      />
    </>
  )
}

function GroupField(
  props: Pick<ScreenProps, 'calls'> & {
    readonly value: string
    readonly onChange: (group: string) => void
  },
): ReactNode {
  const groups = useRead(props.calls, 'listGroups', { query: { limit: 1_000 } })
  return (
    <SelectField
      label={texts.group}
      value={props.value}
      options={[
        { key: '', label: texts.pick },
        ...(groups.data?.items ?? []).map(({ key, title }) => ({
          key: `group:${key}`,
          label: title,
        })),
      ]}
      onChange={props.onChange}
    />
  )
}

type Previewed = {
  readonly changes: number
  readonly people: number
  readonly idle: readonly number[]
  readonly live: { readonly people: number }
  readonly flips?: Parameters<typeof linesOf>[0]
}

function Preview(props: {
  readonly bulk: Bulk
  readonly nameOf: (id: string) => string
  readonly preview: { readonly data: Previewed | undefined; readonly error: unknown }
}): ReactNode {
  const { bulk, nameOf, preview } = props
  const { data, error } = preview
  if (data === undefined)
    return (
      <p className="sm dim" role="status">
        {error === null ? texts.previewing : refusalOf(error)}
      </p>
    )
  const idle = bulk.kind === 'take' ? texts.idleTake : texts.idle
  const name = (subject: string) => nameOf(idOf(subject))
  const lines = linesOf(
    data.flips ?? [],
    {
      gains: ({ subject, gained, resource }) =>
        texts.gains(name(subject), actionsText(gained), placeOf(resource)),
      loses: ({ subject, lost, resource }) =>
        texts.loses(name(subject), actionsText(lost), placeOf(resource)),
    },
    LINES,
  )
  const more = Math.max(0, data.people - new Set(data.flips?.map(({ subject }) => subject)).size)
  return (
    <section className="preview" role="status">
      <p className="strong">
        {[texts.changes(data.people), idle(data.idle.length), texts.live(data.live.people)].join(
          ' ',
        )}
      </p>
      <ul className="sm">
        {lines.map((line) => (
          <li key={line.key} data-loss={line.isLoss}>
            {line.text}
          </li>
        ))}
        {more === 0 ? null : <li className="dim">{texts.andMore(more)}</li>}
      </ul>
    </section>
  )
}

const ACTIONS = 4

/** The first few of them, and how many more there are. */
function actionsText(actions: readonly string[]): string {
  if (actions.length <= ACTIONS) return actions.join(', ')
  return texts.actionsAndMore(actions.slice(0, ACTIONS).join(', '), actions.length - ACTIONS)
}
