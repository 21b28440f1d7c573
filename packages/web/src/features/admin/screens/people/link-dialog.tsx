// A link that is shown this once, to be handed over.

import type { ReactNode } from 'react'
import { TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { Copy, TimeCell } from '../../table/cells.tsx'
import { texts } from './texts.ts'

export function LinkDialog(props: {
  readonly title: string
  readonly text: string
  readonly url: string
  readonly until: string
  readonly onClose: () => void
}): ReactNode {
  return (
    <FormDialog
      title={props.title}
      text={props.text}
      confirm={texts.done}
      onConfirm={async () => undefined}
      onClose={props.onClose}
    >
      <TextField label={texts.link} value={props.url} onChange={() => undefined} isCode />
      <p className="sm row">
        <Copy text={props.url} />
        <TimeCell at={props.until} />
      </p>
    </FormDialog>
  )
}
