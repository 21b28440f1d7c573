// Before something is done to somebody: for how long, why, and what it means for them.

import type { Api, MoveView } from '@sayso/client'
import { type ReactNode, useId, useState } from 'react'
import { serverNow } from '../../../ui/server-clock.ts'
import { texts } from '../model/texts.ts'
import { peopleTexts } from '../model/texts-people.ts'
import { type Chosen, DurationField } from './duration-field.tsx'
import { effectSentence } from './effect-sentence.ts'
import { FormDialog } from './form-dialog.tsx'
import { labelOf } from './move-label.ts'

const HOUR_MS = 3_600_000

export type Doing = {
  readonly person: { readonly id: string; readonly name: string }
  readonly move: MoveView
}

export function MoveDialog(props: {
  readonly api: Api
  readonly channelKey: string
  readonly resource: string
  readonly doing: Doing
  readonly onDone: (doing: Doing) => void
  readonly onClose: () => void
}): ReactNode {
  const { move, person } = props.doing
  const isTaking = move.command === 'restrain'
  const first = isTaking ? HOUR_MS : 8 * HOUR_MS
  const [until, setUntil] = useState<Chosen>(() => serverNow() + first)
  const [reason, setReason] = useState('')
  const id = useId()
  const label = labelOf(move)
  return (
    <FormDialog
      title={peopleTexts.person(label, person.name)}
      text={effectSentence(move)}
      confirm={label}
      isDanger={move.action === 'remove'}
      off={until === 'invalid'}
      wrong={(cause) => texts.notDone(cause).text}
      onConfirm={() =>
        perform(props, until === 'invalid' ? undefined : until, reason.trim()).then(() =>
          props.onDone(props.doing),
        )
      }
      onClose={props.onClose}
    >
      <DurationField label={peopleTexts.howLong} mayLast first={first} onChange={setUntil} />
      <div className="fields">
        <label className="label" htmlFor={id}>
          {peopleTexts.why}
        </label>
        <textarea
          id={id}
          className="input"
          rows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
    </FormDialog>
  )
}

function perform(
  props: {
    readonly api: Api
    readonly channelKey: string
    readonly resource: string
    readonly doing: Doing
  },
  untilMs: number | undefined,
  reason: string,
): Promise<unknown> {
  const { api, channelKey, resource, doing } = props
  const request = {
    person: doing.person.id,
    ...(reason === '' ? {} : { reason }),
    ...(untilMs === undefined ? {} : { expires_at: new Date(untilMs).toISOString() }),
  }
  return doing.move.command === 'promote'
    ? api.promote(channelKey, request)
    : api.assignRole({ ...request, role: doing.move.to.role, on: resource })
}
