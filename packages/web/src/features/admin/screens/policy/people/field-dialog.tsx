// One declared attribute of people, made or changed.

import { type ReactNode, useState } from 'react'
import { Button } from '../../../../../ui/button.tsx'
import { SelectField, TextField } from '../../../../../ui/fields.tsx'
import { FormDialog } from '../../../../../ui/form-dialog.tsx'
import { Unfit } from '../../../../../ui/refusal.ts'
import { isName } from '../model/edits.ts'
import type { PartProps } from '../view.ts'
import {
  choicesIn,
  type FieldForm,
  fieldEdits,
  formOf,
  removalEdits,
  TYPES,
} from './field-edits.ts'
import { texts } from './texts.ts'

export function FieldDialog(
  props: PartProps & {
    /** Absent: a new one. */
    readonly name: string | undefined
    readonly off: string | undefined
    readonly onClose: () => void
  },
): ReactNode {
  const { name, document, draft } = props
  const { people } = document
  const [form, setForm] = useState<FieldForm>(() => formOf(people, name))
  const set = (some: Partial<FieldForm>) => setForm((now) => ({ ...now, ...some }))
  const wrong = name === undefined ? nameProblem(form.name, people?.attributes ?? {}) : undefined
  const edit = (edits: Parameters<typeof draft.edit>[0]) => {
    const problem = draft.edit(edits)
    if (problem !== undefined) throw new Unfit(problem)
  }
  const save = async () => {
    const read = choicesIn(form)
    if (!read.isRead) throw new Unfit(texts.valueWrong(read.line))
    edit(fieldEdits(people, form, read.choices))
  }
  return (
    <FormDialog
      title={name === undefined ? texts.newTitle : texts.editTitle(name)}
      confirm={texts.save}
      off={props.off ?? (wrong === undefined ? undefined : '')}
      isWide
      onConfirm={save}
      onClose={props.onClose}
    >
      <div className="columns-two">
        <TextField
          label={texts.name}
          value={form.name}
          onChange={(next) => set({ name: next })}
          isCode
          hint={texts.nameHint}
          error={form.name === '' ? undefined : wrong}
          off={name === undefined ? undefined : texts.nameHint}
        />
        <SelectField
          label={texts.columns.type}
          value={form.type}
          options={TYPES.map((key) => ({ key, label: texts.types[key] }))}
          onChange={(type) => set({ type })}
        />
      </div>
      <TextField label={texts.title} value={form.title} onChange={(title) => set({ title })} />
      <TextField label={texts.what} value={form.about} onChange={(about) => set({ about })} />
      <div className="columns-two">
        {form.type === 'list' || form.type === 'map' ? null : (
          <TextField
            label={texts.values}
            value={form.values}
            onChange={(values) => set({ values })}
            rows={4}
            isCode
          />
        )}
        <SelectField
          label={texts.columns.by}
          value={form.setBy}
          options={[
            { key: 'people', label: texts.setBy.people },
            { key: 'keys', label: texts.setBy.keys },
          ]}
          onChange={(setBy) => set({ setBy })}
        />
      </div>
      {name === undefined || props.off !== undefined ? null : (
        <div>
          <Button
            size="small"
            look="danger"
            onClick={() => {
              edit(removalEdits(people, name))
              props.onClose()
            }}
          >
            {texts.remove}
          </Button>
          <p className="hint">{texts.removeHint}</p>
        </div>
      )}
    </FormDialog>
  )
}

function nameProblem(name: string, attributes: object): string | undefined {
  if (!isName(name)) return texts.nameWrong
  return Object.hasOwn(attributes, name) ? texts.nameTaken : undefined
}
