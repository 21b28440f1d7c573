// A rule of one's own: silent conversations close by themselves, in one's name.

import { type ReactNode, useState } from 'react'
import { CheckField, TextField } from '../../../ui/fields.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { useSay } from '../../../ui/notices.tsx'
import { Unfit } from '../../../ui/refusal.ts'
import { texts } from '../model/texts.ts'
import { moveTexts } from '../model/texts-moves.ts'
import { useOwnStatus } from '../store/use-status.ts'

const MINUTE = 60
const USUAL = { afterSeconds: 60 * MINUTE, warnSeconds: 10 * MINUTE }

export function ClosingDialog(props: { readonly onClose: () => void }): ReactNode {
  const { own, setClosing } = useOwnStatus()
  const say = useSay()
  const { closing } = moveTexts
  const known = own?.closing
  const [isOn, setOn] = useState(known !== undefined)
  const rule = known ?? USUAL
  const [after, setAfter] = useState(String(rule.afterSeconds / MINUTE))
  const [warn, setWarn] = useState(String((rule.warnSeconds ?? 0) / MINUTE))
  const save = async () => {
    if (!isOn) {
      if (known !== undefined) await setClosing(undefined)
      say({ tone: 'good', title: closing.dropped })
      return
    }
    const afterSeconds = Math.round(Number(after) * MINUTE)
    const warnSeconds = Math.round(Number(warn) * MINUTE)
    if (!isFit(afterSeconds, warnSeconds)) throw new Unfit(closing.unfit)
    await setClosing(warnSeconds === 0 ? { afterSeconds } : { afterSeconds, warnSeconds })
    say({ tone: 'good', title: closing.saved })
  }
  return (
    <FormDialog
      title={closing.title}
      text={closing.text}
      confirm={texts.save}
      onConfirm={save}
      onClose={props.onClose}
    >
      <CheckField label={closing.has} isOn={isOn} onChange={setOn} />
      {isOn ? (
        <>
          <TextField
            label={closing.after}
            type="number"
            value={after}
            onChange={setAfter}
            isRequired
          />
          <TextField
            label={closing.warn}
            hint={closing.warnHint}
            type="number"
            value={warn}
            onChange={setWarn}
          />
        </>
      ) : null}
    </FormDialog>
  )
}

function isFit(afterSeconds: number, warnSeconds: number): boolean {
  return afterSeconds >= MINUTE && warnSeconds >= 0 && warnSeconds < afterSeconds
}
