// What would flip the answer: in words, with how many people it touches, and made from here; for a time, or as a draft.

import type { Api } from '@sayso/client'
import type { Manage, RequestOf } from '@sayso/client/manage'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { Anchor } from '../../../../ui/navigation.tsx'
import { type End, ForHowLong } from '../../form/for-how-long.tsx'
import { adminHref } from '../../model/address.ts'
import { idOf, isPerson, placeOf, typeOf } from '../../model/names.ts'
import { texts as shared } from '../../model/texts.ts'
import { useRights } from '../../store/rights.tsx'
import { useServerTime } from '../../store/server-time.ts'
import { useRead, useWrite } from '../../store/use-read.ts'
import { addedText } from '../policy/model/added.ts'
import { draftChange } from './draft-change.ts'
import { bodiesOf, type ChangeBody, type Suggested, untilEnd } from './nearest.ts'
import type { Naming } from './steps.ts'
import { texts } from './texts.ts'

type Props = {
  readonly calls: Manage
  readonly api: Api
  readonly naming: Naming
  readonly action: string
  readonly on: string
  /** `user:…` */
  readonly subject: string
  readonly tenant: string
  readonly told: {
    readonly allowed: boolean
    readonly revision: number
    readonly verdict?: string
    readonly path?: readonly unknown[]
    readonly nearest?: readonly { readonly words: string; readonly change?: unknown }[]
  }
}

export type Changes = RequestOf<'makeChanges'>['body']['changes']

export function NearestChange(props: Props): ReactNode {
  const near = props.told.nearest ?? []
  const changes = near.map(({ change }) => change as Suggested)
  const bodies = bodiesOf(changes)
  if (bodies !== undefined) return <Near {...props} changes={changes} bodies={bodies} />
  return (
    <div className="opt">
      <p className="sm dim">{texts.noneNear}</p>
      <p className="acts">
        <ToDraft {...props} />
      </p>
    </div>
  )
}

/** Leads to the policy, where the draft makes the change; to the row of the action where there is none of one place. */
function ToDraft({ on, action, told, subject, tenant, calls }: Props): ReactNode {
  const { right } = useRights()
  const isOff = right('edit-policy').kind !== 'on'
  const query = { subject, limit: 100 }
  const held = useRead(calls, 'listGrants', { query }, { isOff: isOff || !isPerson(subject) })
  if (isOff) return null
  const roles = (held.data?.items ?? [])
    .filter((each) => each.pending !== true && (each.on === on || each.on === tenant))
    .map((each) => ({ role: each.role, on: each.on }))
  const added = draftChange(told, { action, on }, roles)
  const where = added === undefined ? { q: action } : { add: addedText(added) }
  return (
    <Anchor className="btn small" href={adminHref('policy', ['matrix', typeOf(on)], where)}>
      {texts.toDraft}
    </Anchor>
  )
}

type NearProps = Props & {
  readonly changes: readonly Suggested[]
  readonly bodies: readonly ChangeBody[]
}

function Near(props: NearProps): ReactNode {
  const { told, naming, changes, bodies } = props
  const { right } = useRights()
  const [isAsked, setAsked] = useState(false)
  const may = right('assign-role')
  const isGiving = changes.some(({ kind }) => kind === 'assign')
  const words = (told.nearest ?? []).map(
    (each, index) => titleOf(changes[index], naming) ?? sentence(each.words),
  )
  return (
    <div className="opt best">
      {words.length > 1 ? <p className="sm dim">{texts.together}</p> : null}
      {words.map((each) => (
        <h3 key={each}>{each}</h3>
      ))}
      <Touched {...props} />
      {may.kind === 'absent' ? null : (
        <p className="acts">
          <Button
            size="small"
            look="primary"
            busy={may.kind === 'off'}
            onClick={() => setAsked(true)}
          >
            {isGiving ? texts.forATime : texts.doIt}
          </Button>
          <ToDraft {...props} />
        </p>
      )}
      {may.kind === 'off' ? <p className="hint">{may.reason}</p> : null}
      {isAsked ? (
        <MakeIt
          {...props}
          bodies={bodies}
          isTimed={isGiving}
          words={words}
          onClose={() => setAsked(false)}
        />
      ) : null}
    </div>
  )
}

/** How many people it touches, and what else it would do. */
function Touched({ told, bodies, calls, action }: NearProps): ReactNode {
  const { data } = useQuery({
    queryKey: ['previewChanges', told.revision, bodies],
    queryFn: () =>
      calls.call('previewChanges', { body: { changes: bodies as unknown as Changes, flips: 20 } }),
  })
  if (data === undefined) return <p className="sm dim"> </p>
  const others = (pick: 'gained' | 'lost') =>
    [...new Set((data.flips ?? []).flatMap((each) => each[pick]))]
      .filter((each) => each !== action)
      .join(', ')
  const [gained, lost] = [others('gained'), others('lost')]
  return (
    <p className="sm dim">
      {[
        texts.touches(data.people),
        texts.live(data.live.people),
        gained === '' ? '' : texts.also(gained),
        lost === '' ? '' : texts.looses(lost),
      ].join(' ')}
    </p>
  )
}

const HOUR_MS = 3_600_000

function MakeIt(
  props: Props & {
    readonly bodies: readonly ChangeBody[]
    readonly isTimed: boolean
    readonly words: readonly string[]
    readonly onClose: () => void
  },
): ReactNode {
  const nowMs = useServerTime(props.api)
  const [end, setEnd] = useState<End>(() =>
    props.isTimed ? { expiresAt: new Date(nowMs + HOUR_MS).toISOString() } : {},
  )
  const [reason, setReason] = useState('')
  const write = useWrite(
    () => {
      const expiresAt = end === 'invalid' ? undefined : end.expiresAt
      const changes = untilEnd(props.bodies, expiresAt).map((each) =>
        'assign' in each && reason !== '' ? { ...each, reason } : each,
      )
      const body = { changes: changes as unknown as Changes, ...(reason === '' ? {} : { reason }) }
      return props.calls.call('makeChanges', { body })
    },
    ['explain', 'readExplanation', 'listGrants', 'readPerson', 'listPeople'],
    () => texts.done,
  )
  return (
    <FormDialog
      title={texts.doTitle}
      text={props.words.join('. ')}
      confirm={texts.doIt.replace('…', '')}
      off={end === 'invalid' ? shared.endIsPast : undefined}
      onConfirm={() => write.run(undefined)}
      onClose={props.onClose}
    >
      {props.isTimed ? (
        <ForHowLong nowMs={nowMs} label={texts.howLong} firstMs={HOUR_MS} onChange={setEnd} />
      ) : null}
      <TextField label={shared.reason} value={reason} onChange={setReason} maxLength={500} />
    </FormDialog>
  )
}

function titleOf(change: Suggested | undefined, naming: Naming): string | undefined {
  const tuple = change?.tuple
  if (change === undefined || tuple === undefined) return undefined
  const name = naming.person(idOf(tuple.subject))
  const role = naming.role(tuple.role, tuple.resource)
  const place = placeOf(tuple.resource)
  if (change.kind === 'assign') return texts.giveTitle(name, role, place)
  return change.kind === 'unassign' ? texts.takeTitle(name, role, place) : undefined
}

/** Half a sentence of the server as a title. */
function sentence(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1)
}
