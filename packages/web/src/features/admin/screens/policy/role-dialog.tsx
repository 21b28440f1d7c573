// A role made, or shown otherwise: into the draft.

import type { PolicyEdit } from '@sayso/policy/edit'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { FormDialog } from '../../form/dialog.tsx'
import { CheckField, SelectField, TextField } from '../../form/fields.tsx'
import { Unfit } from '../../store/use-read.ts'
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
  const { row, type, document, rows, draft } = props
  const [title, setTitle] = useState(row?.title ?? '')
  const [typedKey, setKey] = useState<string>()
  const [onTenant, setOnTenant] = useState(row?.isTenant ?? type === 'tenant')
  const [look, setLook] = useState(row?.tone ?? 'participant')
  const [taken, setTaken] = useState<readonly RowKey[]>(
    row === undefined ? [] : extendsOf(document, type, row.key),
  )
  const key = row?.role ?? typedKey ?? nameFrom(title)
  const siblings = rows.filter(
    (one) =>
      one.isTenant === onTenant &&
      one.key !== row?.key &&
      (row === undefined || !closureOf(document, type, one.key).includes(row.key)),
  )
  const path = onTenant ? ['tenant', 'roles', key] : ['types', type, 'roles', key]
  const own = onTenant ? document.tenant.roles : (document.types[type]?.roles ?? {})
  const wrong = row === undefined ? wrongOf(key, own) : undefined
  const make = (edits: readonly PolicyEdit[]) => {
    const problem = draft.edit(edits)
    if (problem !== undefined) throw new Unfit(problem)
  }
  const names = taken.map((name) => name.replace('tenant#', ''))
  const looks = {
    title,
    ...(LOOKS[look] === undefined ? {} : { glyph: LOOKS[look], tone: look }),
    ...(names.length === 0 ? {} : { extends: names }),
  }
  const save = async () => {
    if (row === undefined) return make([{ path, value: { ...looks, can: onTenant ? {} : [] } }])
    const old = own[key] ?? {}
    const { title: _, glyph: _g, tone: _t, extends: _e, ...rest } = old
    make([{ path, value: { ...looks, ...withoutEmpty(rest) } }])
  }
  return (
    <FormDialog
      title={
        row === undefined
          ? texts.roleForm.newTitle(typeTitle(document, type))
          : texts.roleForm.editTitle(row.title)
      }
      confirm={texts.roleForm.save}
      off={props.off ?? (title.trim() === '' ? '' : wrong === undefined ? undefined : '')}
      onConfirm={save}
      onClose={props.onClose}
    >
      <TextField label={texts.roleForm.title} value={title} onChange={setTitle} maxLength={80} />
      <TextField
        label={texts.roleForm.key}
        value={key}
        onChange={setKey}
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
          onChange={(where) => {
            setOnTenant(where === 'tenant')
            setTaken([])
          }}
        />
      )}
      {siblings.length === 0 ? null : (
        <fieldset className="checks two">
          <legend className="label">{texts.roleForm.extends}</legend>
          {siblings.map((one) => (
            <CheckField
              key={one.key}
              label={one.title}
              isOn={taken.includes(one.key)}
              onChange={(isOn) =>
                setTaken(isOn ? [...taken, one.key] : taken.filter((name) => name !== one.key))
              }
            />
          ))}
        </fieldset>
      )}
      <SelectField
        label={texts.roleForm.looksLike}
        value={look}
        options={[
          ...Object.keys(LOOKS).map((name) => ({
            key: name,
            label: texts.roleForm.looks[name] ?? name,
          })),
          { key: '', label: texts.roleForm.plain },
        ]}
        onChange={setLook}
      />
      {row === undefined ? null : (
        <div className="apart">
          <p className="xs faint">{texts.roleForm.removeNote}</p>
          <Button
            look="danger"
            size="small"
            onClick={() => {
              make([{ path, value: undefined }])
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

function wrongOf(key: string, taken: Readonly<Record<string, unknown>>): string | undefined {
  if (!isName(key)) return texts.roleForm.keyWrong
  return Object.hasOwn(taken, key) ? texts.roleForm.keyTaken : undefined
}

/** What reading has filled in is not written. */
function withoutEmpty(role: object): object {
  return Object.fromEntries(
    Object.entries(role).filter(([name, held]) => {
      const isEmpty = Array.isArray(held) && held.length === 0
      return name !== 'extends' && !(name === 'from' && isEmpty)
    }),
  )
}
