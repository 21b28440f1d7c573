// A role made, or shown otherwise: into the draft.

import { type ReactNode, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { CheckField, SelectField, TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { Unfit } from '../../../../ui/refusal.ts'
import { isName, nameFrom } from './model/edits.ts'
import { closureOf, extendsOf, type MatrixRow, type RowKey } from './model/matrix.ts'
import { texts } from './texts.ts'
import { type PartProps, typeTitle } from './view.ts'

type Props = PartProps & {
  readonly type: string
  /** Absent: a new one. */
  readonly row: MatrixRow | undefined
  readonly rows: readonly MatrixRow[]
  readonly off: string | undefined
  readonly onClose: () => void
}

/** Colours of roles, with the glyph each has. */
const LOOKS: Readonly<Record<string, string>> = {
  owner: 'key-round',
  admin: 'sliders-horizontal',
  moderator: 'shield',
  operator: 'headset',
  participant: 'message-circle',
  guest: 'eye',
  bot: 'bot',
}

export function RoleDialog(props: Props): ReactNode {
  const { row, type, document } = props
  const form = useRoleForm(props)
  const { key, wrong, onTenant } = form
  return (
    <FormDialog
      title={
        row === undefined
          ? texts.roleForm.newTitle(typeTitle(document, type))
          : texts.roleForm.editTitle(row.title)
      }
      confirm={texts.roleForm.save}
      off={props.off ?? (form.title.trim() === '' || wrong !== undefined ? '' : undefined)}
      onConfirm={async () => form.save()}
      onClose={props.onClose}
    >
      <TextField
        label={texts.roleForm.title}
        value={form.title}
        onChange={form.setTitle}
        maxLength={80}
      />
      <TextField
        label={texts.roleForm.key}
        value={key}
        onChange={form.setKey}
        isCode
        hint={texts.roleForm.keyHint}
        error={key === '' ? undefined : wrong}
        off={row === undefined ? undefined : texts.roleForm.keyHint}
      />
      {row !== undefined || type === 'tenant' ? null : (
        <SelectField
          label={texts.roleForm.on}
          value={onTenant ? 'tenant' : 'one'}
          options={[
            { key: 'one', label: texts.roleForm.onOne(typeTitle(document, type)) },
            { key: 'tenant', label: texts.roleForm.onTenant },
          ]}
          onChange={(where) => form.setOnTenant(where === 'tenant')}
        />
      )}
      <TakesOver {...props} form={form} />
      <SelectField
        label={texts.roleForm.looksLike}
        value={form.look}
        options={[
          ...Object.keys(LOOKS).map((name) => ({
            key: name,
            label: texts.roleForm.looks[name] ?? name,
          })),
          { key: '', label: texts.roleForm.plain },
        ]}
        onChange={form.setLook}
      />
      {row === undefined ? null : (
        <div className="apart">
          <p className="xs faint">{texts.roleForm.removeNote}</p>
          <Button
            look="danger"
            size="small"
            onClick={() => {
              form.remove()
              props.onClose()
            }}
          >
            {texts.roleForm.remove}
          </Button>
        </div>
      )}
    </FormDialog>
  )
}

type RoleForm = ReturnType<typeof useRoleForm>

/** Roles it can take over from: not itself, nor any that takes over from it. */
function TakesOver(props: Props & { readonly form: RoleForm }): ReactNode {
  const { row, rows, type, document, form } = props
  const siblings = rows.filter(
    (one) =>
      one.isTenant === form.onTenant &&
      one.key !== row?.key &&
      (row === undefined || !closureOf(document, type, one.key).includes(row.key)),
  )
  if (siblings.length === 0) return null
  return (
    <fieldset className="checks two">
      <legend className="label">{texts.roleForm.extends}</legend>
      {siblings.map((one) => (
        <CheckField
          key={one.key}
          label={one.title}
          isOn={form.taken.includes(one.key)}
          onChange={(isOn) => form.take(one.key, isOn)}
        />
      ))}
    </fieldset>
  )
}

function useRoleForm({ row, type, document, draft }: Props) {
  const [title, setTitle] = useState(row?.title ?? '')
  const [typedKey, setKey] = useState<string>()
  const [onTenant, setOnTenant] = useState(row?.isTenant ?? type === 'tenant')
  const [look, setLook] = useState(row?.tone ?? (row === undefined ? 'participant' : ''))
  const [taken, setTaken] = useState<readonly RowKey[]>(
    row === undefined ? [] : extendsOf(document, type, row.key),
  )
  const key = row?.role ?? typedKey ?? nameFrom(title)
  const path = onTenant ? ['tenant', 'roles', key] : ['types', type, 'roles', key]
  const own = onTenant ? document.tenant.roles : (document.types[type]?.roles ?? {})
  const make = (value: unknown) => {
    const problem = draft.edit([{ path, value }])
    if (problem !== undefined) throw new Unfit(problem)
  }
  return {
    title,
    setTitle,
    key,
    setKey,
    onTenant,
    setOnTenant: (isOn: boolean) => {
      setOnTenant(isOn)
      setTaken([])
    },
    look,
    setLook,
    taken,
    take: (name: RowKey, isOn: boolean) =>
      setTaken((now) => (isOn ? [...now, name] : now.filter((one) => one !== name))),
    wrong: row === undefined ? wrongOf(key, own) : undefined,
    save: () => make(roleOf({ title, look, taken, onTenant }, row && own[key])),
    remove: () => make(undefined),
  }
}

/** What is written; of a role there is, all that has no field here stays. */
function roleOf(
  form: {
    readonly title: string
    readonly look: string
    readonly taken: readonly RowKey[]
    readonly onTenant: boolean
  },
  old: object | undefined,
): object {
  const glyph = LOOKS[form.look]
  const names = form.taken.map((name) => name.replace('tenant#', ''))
  const said = {
    title: form.title.trim(),
    ...(glyph === undefined ? {} : { glyph, tone: form.look }),
    ...(names.length === 0 ? {} : { extends: names }),
  }
  if (old === undefined) return { ...said, can: form.onTenant ? {} : [] }
  const gone = new Set(['title', 'tone', 'extends', ...(glyph === undefined ? [] : ['glyph'])])
  const rest = Object.entries(old).filter(([name, held]) => !gone.has(name) && !isEmptyList(held))
  return { ...said, ...Object.fromEntries(rest) }
}

/** Reading fills in what is not written. */
function isEmptyList(held: unknown): boolean {
  return Array.isArray(held) && held.length === 0
}

function wrongOf(key: string, taken: Readonly<Record<string, unknown>>): string | undefined {
  if (!isName(key)) return texts.roleForm.keyWrong
  return Object.hasOwn(taken, key) ? texts.roleForm.keyTaken : undefined
}
