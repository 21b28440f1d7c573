// What is asked before the first message, and what is agreed to.

import type { ReactNode } from 'react'
import { Button, IconButton } from '../../../ui/button.tsx'
import { CheckField, SelectField, TextField } from '../../../ui/fields.tsx'
import { setupTexts } from '../model/texts-setup.ts'
import type { FormField } from '../model/widget-draft.ts'
import { Part, type PartOfDraft } from './part.tsx'

const KINDS = ['text', 'email', 'choice'] as const

export function WidgetFormPart({ draft, errors, onChange }: PartOfDraft): ReactNode {
  const { form } = setupTexts
  const { fields } = draft
  const set = (index: number, some: Partial<FormField>) =>
    onChange({ fields: fields.map((one, at) => (at === index ? { ...one, ...some } : one)) })
  const add = () => {
    const key = fields.length === 0 ? 'name' : fields.length === 1 ? 'email' : `q${fields.length}`
    const kind = key === 'email' ? ('email' as const) : ('text' as const)
    onChange({ fields: [...fields, { key, label: '', kind, required: false, options: '' }] })
  }
  return (
    <Part title={form.title}>
      <p className="hint">{form.hint}</p>
      <ol className="form-fields" id="widget-fields" tabIndex={-1}>
        {fields.map((field, index) => (
          <Question
            // biome-ignore lint/suspicious/noArrayIndexKey: its key is being written
            key={index}
            field={field}
            onChange={(some) => set(index, some)}
            onRemove={() => onChange({ fields: fields.filter((_, at) => at !== index) })}
          />
        ))}
      </ol>
      {[errors['widget-fields'], errors['widget-options']].map((error) =>
        error === undefined ? null : (
          <p key={error} className="error">
            {error}
          </p>
        ),
      )}
      <div>
        <Button icon="plus" size="small" onClick={add}>
          {form.add}
        </Button>
      </div>
      <TextField
        label={form.consent}
        hint={form.consentHint}
        value={draft.consent}
        onChange={(consent) => onChange({ consent })}
        rows={2}
        maxLength={1_000}
      />
      {draft.consent.trim() === '' ? null : (
        <CheckField
          label={form.consentNeeded}
          isOn={draft.isConsentNeeded}
          onChange={(isConsentNeeded) => onChange({ isConsentNeeded })}
        />
      )}
    </Part>
  )
}

function Question(props: {
  readonly field: FormField
  readonly onChange: (some: Partial<FormField>) => void
  readonly onRemove: () => void
}): ReactNode {
  const { field, onChange, onRemove } = props
  const { form } = setupTexts
  return (
    <li>
      <div className="builder-row">
        <TextField
          label={form.label}
          value={field.label}
          onChange={(label) => onChange({ label })}
          maxLength={120}
        />
        <TextField
          label={form.key}
          value={field.key}
          onChange={(key) => onChange({ key })}
          maxLength={64}
          isCode
        />
        <SelectField
          label={form.kind}
          value={field.kind}
          options={KINDS.map((key) => ({ key, label: form.kinds[key] }))}
          onChange={(kind) => onChange({ kind })}
        />
        <IconButton
          icon="trash"
          className="dangerous"
          label={form.remove(field.label)}
          onClick={onRemove}
        />
      </div>
      {field.kind === 'choice' ? (
        <TextField
          label={form.options}
          value={field.options}
          onChange={(options) => onChange({ options })}
          rows={3}
        />
      ) : null}
      <CheckField
        label={form.required}
        isOn={field.required}
        onChange={(required) => onChange({ required })}
      />
    </li>
  )
}
