// The attributes of a person, as fields. What is wrong is said beside the field and in a summary; leaving asks first.

import { type ReactNode, useState } from 'react'
import { Button, IconButton } from '../../../../ui/button.tsx'
import { ErrorSummary, type FormErrors } from '../../../../ui/error-summary.tsx'
import { TextField } from '../../../../ui/fields.tsx'
import { formTexts } from '../../../../ui/form-texts.ts'
import { useSay } from '../../../../ui/notices.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { useUnsaved } from '../../../../ui/unsaved.tsx'
import {
  appliedTo,
  type Declared,
  differenceOf,
  type Field,
  fieldsOf,
  problemsOf,
} from './attributes.ts'
import { DeclaredField } from './declared-field.tsx'
import { texts } from './texts.ts'

type Attributes = Readonly<Record<string, unknown>>

type Props = {
  readonly known: Attributes
  /** What the policy declares of people; none: any attribute is taken. */
  readonly declared: readonly Declared[]
  /** Why nothing can be changed. */
  readonly off?: string | undefined
  readonly isReadOnly: boolean
  readonly onSave: (difference: Attributes) => Promise<unknown>
}

export function AttributeForm(props: Props): ReactNode {
  if (props.isReadOnly)
    return (
      <dl className="facts">
        {fieldsOf(props.known, props.declared).map(({ name, text, declared }) => (
          <div key={name} className="contents">
            <dt>{declared?.title ?? name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    )
  return <Editing {...props} />
}

function Editing({ known, declared, off, onSave }: Props): ReactNode {
  const form = useFields({ known, declared, onSave, isOff: off !== undefined })
  const { fields, errors } = form
  return (
    <form
      className="stack attributes"
      onSubmit={(event) => {
        event.preventDefault()
        form.save()
      }}
    >
      <ErrorSummary errors={errors} />
      {fields.length === 0 ? <p className="sm dim">{texts.noAttributes}</p> : null}
      {fields.map((field, index) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: a field is its place; its name may be typed anew
          key={index}
          index={index}
          field={field}
          errors={errors}
          isNew={!Object.hasOwn(known, field.name)}
          off={off}
          onChange={form.put}
        />
      ))}
      <p className="hint">
        {off ??
          (declared.length > 0
            ? texts.attributesHint
            : `${texts.valueHint}. ${texts.attributesHint}`)}
      </p>
      <div className="row wrap">
        {declared.length > 0 ? null : (
          <Button size="small" icon="plus" busy={off !== undefined} onClick={form.add}>
            {texts.addAttribute}
          </Button>
        )}
        {form.isDirty ? (
          <Button type="submit" size="small" look="primary" busy={form.isBusy || off !== undefined}>
            {texts.save}
          </Button>
        ) : null}
      </div>
    </form>
  )
}

type RowProps = {
  readonly index: number
  readonly field: Field
  readonly errors: FormErrors
  readonly isNew: boolean
  readonly off: string | undefined
  /** Undefined takes it out. */
  readonly onChange: (index: number, field: Field | undefined) => void
}

function Row(props: RowProps): ReactNode {
  const { index, field, errors, onChange } = props
  const { declared } = field
  if (declared === undefined) return <Attribute {...props} />
  return (
    <DeclaredField
      id={`attribute-${index}-value`}
      declared={declared}
      text={field.text}
      error={errors[`attribute-${index}-value`]}
      off={props.off}
      onChange={(text) => onChange(index, { ...field, text })}
    />
  )
}

function Attribute(props: RowProps): ReactNode {
  const { index, field, errors, off, onChange } = props
  const [hasName] = useState(!props.isNew)
  const id = `attribute-${index}`
  return (
    <div className="attribute" data-new={!hasName}>
      {hasName ? null : (
        <TextField
          id={id}
          label={texts.attributeName}
          value={field.name}
          error={errors[id]}
          off={off}
          isCode
          onChange={(name) => onChange(index, { ...field, name })}
        />
      )}
      <TextField
        id={`${id}-value`}
        label={hasName ? field.name : texts.attributeValue}
        value={field.text}
        error={errors[`${id}-value`]}
        off={off}
        isCode
        onChange={(text) => onChange(index, { ...field, text })}
      />
      <IconButton
        icon="x"
        label={texts.remove(field.name)}
        reason={off}
        onClick={() => onChange(index, undefined)}
      />
    </div>
  )
}

function useFields(given: Omit<Props, 'off' | 'isReadOnly'> & { readonly isOff: boolean }) {
  const { known, declared, onSave, isOff } = given
  const [fields, setFields] = useState<readonly Field[]>(() => fieldsOf(known, declared))
  const [base, setBase] = useState(known)
  const [errors, setErrors] = useState<FormErrors>({})
  const [isBusy, setBusy] = useState(false)
  const say = useSay()
  const difference = differenceOf(base, fields)
  const isDirty = Object.keys(difference).length > 0
  useUnsaved(isDirty)
  // What was saved or changed elsewhere is shown, unless something is being changed here.
  if (!isDirty && JSON.stringify(known) !== JSON.stringify(base)) {
    setBase(known)
    setFields(fieldsOf(known, declared))
  }
  const save = () => {
    const found = Object.entries(problemsOf(fields)).map(([index, problem]) => [
      `attribute-${index}${problem === 'badName' || problem === 'takenName' ? '' : '-value'}`,
      texts[problem],
    ])
    setErrors(Object.fromEntries(found))
    if (found.length > 0 || isOff || isBusy) return
    setBusy(true)
    onSave(difference)
      .then(
        () => setBase(appliedTo(base, difference)),
        (cause: unknown) =>
          say({ tone: 'bad', title: formTexts.mendThese, text: refusalOf(cause) }),
      )
      .finally(() => setBusy(false))
  }
  return {
    fields,
    errors,
    isBusy,
    isDirty,
    save,
    add: () => setFields([...fields, { name: '', text: '' }]),
    put: (index: number, field: Field | undefined) =>
      setFields(
        fields.flatMap((each, at) => (at !== index ? [each] : field === undefined ? [] : [field])),
      ),
  }
}
