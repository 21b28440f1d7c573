// Fields with a label above and, where something is missing, what would mend it below.

import type { Field } from '../model/shapes.ts'
import { Icon } from './icons.tsx'
import { useSay } from './use.ts'

type FieldProps = {
  readonly field: Field
  readonly value: string
  readonly problem: string | undefined
  readonly onValue: (value: string) => void
}

export function FormField({ field, value, problem, onValue }: FieldProps) {
  const say = useSay()
  const id = `f-${field.key}`
  const common = {
    id,
    'aria-required': field.required,
    'aria-invalid': problem !== undefined,
    'aria-describedby': problem === undefined ? undefined : `${id}-problem`,
  } as const
  return (
    <div class="field">
      <label for={id}>
        {field.label}
        {!field.required && <span class="small"> ({say('optional')})</span>}
      </label>
      {field.kind === 'choice' ? (
        <select
          {...common}
          value={value}
          onChange={({ currentTarget }) => onValue(currentTarget.value)}
        >
          <option value="" />
          {(field.options ?? []).map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          {...(field.kind === 'email'
            ? { type: 'email' as const }
            : { type: 'text' as const, list: undefined })}
          autocomplete={field.kind === 'email' ? 'email' : field.key === 'name' ? 'name' : 'on'}
          maxLength={500}
          value={value}
          onInput={({ currentTarget }) => onValue(currentTarget.value)}
        />
      )}
      <Problem id={`${id}-problem`} text={problem} />
    </div>
  )
}

export function Problem({ id, text }: { readonly id: string; readonly text: string | undefined }) {
  if (text === undefined) return null
  return (
    <p class="problem" id={id}>
      <Icon name="warn" />
      {text}
    </p>
  )
}

/** What is wrong with an answer, if anything. */
export function problemOf(
  { kind, required }: Pick<Field, 'kind' | 'required'>,
  value: string,
  isEmail: (text: string) => boolean,
): 'required' | 'badEmail' | undefined {
  if (value.trim() === '') return required ? 'required' : undefined
  return kind === 'email' && !isEmail(value) ? 'badEmail' : undefined
}

/** The first field that is not right gets the focus. */
export function focusFirstProblem(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
}
