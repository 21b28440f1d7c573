// For how long a draft runs along, and how many of the questions it is asked.

import { type ReactNode, useState } from 'react'
import { SelectField } from '../../../../../ui/fields.tsx'
import { FormDialog } from '../../../../../ui/form-dialog.tsx'
import { lengthOf } from '../../../../../ui/lengths.ts'
import { texts } from './texts.ts'

const HOUR_MS = 3_600_000
const LENGTHS = [HOUR_MS, 8 * HOUR_MS, 24 * HOUR_MS, 7 * 24 * HOUR_MS]
const SHARES = ['100', '25', '10', '1']

export function ShadowDialog(props: {
  readonly onTry: (forMs: number, share: number) => Promise<unknown>
  readonly onClose: () => void
}): ReactNode {
  const [forMs, setForMs] = useState(String(24 * HOUR_MS))
  const [share, setShare] = useState('100')
  return (
    <FormDialog
      title={texts.tryTitle}
      text={texts.tryText}
      confirm={texts.tryConfirm}
      onConfirm={() => props.onTry(Number(forMs), Number(share))}
      onClose={props.onClose}
    >
      <SelectField
        label={texts.tryFor}
        value={forMs}
        options={LENGTHS.map((ms) => ({ key: String(ms), label: lengthOf(ms) }))}
        onChange={setForMs}
      />
      <SelectField
        label={texts.tryShare}
        value={share}
        options={SHARES.map((key) => ({ key, label: texts.shares[key] ?? key }))}
        onChange={setShare}
      />
    </FormDialog>
  )
}
