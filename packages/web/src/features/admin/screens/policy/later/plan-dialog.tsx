// When something is to hold: an instant ahead, by the server's clock.

import type { Api } from '@sayso/client'
import { type ReactNode, useState } from 'react'
import { TextField } from '../../../../../ui/fields.tsx'
import { FormDialog } from '../../../../../ui/form-dialog.tsx'
import { fieldOf, instantOf } from '../../../form/instants.ts'
import { useServerTime } from '../../../store/server-time.ts'
import { texts } from './texts.ts'

const HOUR_MS = 3_600_000

export function PlanDialog(props: {
  readonly api: Api
  readonly title: string
  readonly text?: string
  readonly confirm: string
  /** The instant it has now. */
  readonly at?: string
  readonly onPlan: (at: string) => Promise<unknown>
  readonly onClose: () => void
}): ReactNode {
  const nowMs = useServerTime(props.api)
  const [field, setField] = useState(() => fieldOf(props.at ?? nowMs + HOUR_MS))
  const at = instantOf(field)
  const isPast = at !== undefined && Date.parse(at) <= nowMs
  return (
    <FormDialog
      title={props.title}
      {...(props.text === undefined ? {} : { text: props.text })}
      confirm={props.confirm}
      off={at === undefined ? texts.needsSoon : undefined}
      onConfirm={() => props.onPlan(at ?? '')}
      onClose={props.onClose}
    >
      <TextField
        label={texts.planAt}
        type="datetime-local"
        value={field}
        onChange={setField}
        hint={texts.planHint}
        error={isPast ? texts.planPast : undefined}
        isRequired
      />
    </FormDialog>
  )
}
