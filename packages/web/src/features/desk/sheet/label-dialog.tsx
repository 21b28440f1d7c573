// Labels of a conversation: taken away by a press, added by writing.

import { type ReactNode, useState } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { texts } from '../model/texts.ts'
import { useDesk } from '../store/desk-context.tsx'
import type { DialogProps } from './dialog-props.ts'
import { offOf } from './off.ts'

const MOST_CHARACTERS = 40

export function LabelDialog(props: DialogProps): ReactNode {
  const { conversation, controls, onChanged } = props
  const { calls } = useDesk()
  const [labels, setLabels] = useState(conversation.labels)
  const [text, setText] = useState('')
  const fresh = text
    .split(',')
    .map((one) => one.trim().slice(0, MOST_CHARACTERS))
    .filter((one) => one !== '')
  return (
    <FormDialog
      title={texts.labels.title}
      confirm={texts.labels.save}
      off={offOf(controls.control('label'))}
      onConfirm={async () => {
        await calls.label(conversation.key, [...new Set([...labels, ...fresh])])
        onChanged()
      }}
      onClose={props.onClose}
    >
      {labels.length === 0 ? null : (
        <ul className="label-list">
          {labels.map((label) => (
            <li key={label} className="badge">
              {label}
              <IconButton
                icon="x"
                label={texts.labels.remove(label)}
                onClick={() => setLabels(labels.filter((one) => one !== label))}
              />
            </li>
          ))}
        </ul>
      )}
      <TextField
        label={texts.labels.add}
        hint={texts.labels.hint}
        value={text}
        onChange={setText}
      />
    </FormDialog>
  )
}
