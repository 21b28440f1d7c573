// A resource made, changed, removed.

import type { Manage, RequestOf } from '@sayso/client/manage'
import type { PolicyDocument } from '@sayso/policy'
import { type ReactNode, useState } from 'react'
import { CheckField, SelectField, TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { Unfit } from '../../../../ui/refusal.ts'
import { useRead, useWrite } from '../../store/use-read.ts'
import {
  type AttributeForm,
  attributesOf,
  type Declared,
  formOf,
  nameOf,
  type Resource,
  shownOf,
} from './attributes.ts'
import { texts } from './texts.ts'

type Props = {
  readonly calls: Manage
  readonly document: PolicyDocument
  readonly types: readonly string[]
  /** Absent: a new one. */
  readonly resource: Resource | undefined
  readonly onMade: (id: string) => void
  readonly onClose: () => void
}

export function ResourceDialog(props: Props): ReactNode {
  const { calls, document, types, resource } = props
  const [ownType = '', ...rest] = resource?.resource.split(':') ?? []
  const [type, setType] = useState(ownType || (types[0] ?? ''))
  const [key, setKey] = useState(rest.join(':'))
  const declared = document.types[type]?.attributes ?? {}
  const relations = Object.entries(document.types[type]?.relations ?? {})
  const [form, setForm] = useState(() => formOf(resource?.attributes ?? {}, declared))
  const [parents, setParents] = useState(() => parentsOf(resource))
  const id = `${type}:${key.trim()}`
  const write = useWrite(
    async () => {
      if (key.trim() === '') throw new Unfit(texts.needsKey)
      const read = attributesOf(form, declared)
      if (!read.isRead) throw new Unfit(`${read.field}: ${texts.notJson}`)
      await calls.call('putResource', { params: { id }, body: { attributes: read.attributes } })
      await relate(calls, id, parentsOf(resource), parents)
    },
    ['listResources', 'readResource'],
    () => texts.saved(id),
  )
  return (
    <FormDialog
      title={resource === undefined ? texts.addTitle : texts.editTitle(nameOf(resource))}
      confirm={texts.save}
      onConfirm={async () => {
        await write.run(undefined)
        props.onMade(id)
      }}
      onClose={props.onClose}
    >
      <SelectField
        label={texts.type}
        value={type}
        options={types.map((one) => ({ key: one, label: document.types[one]?.title ?? one }))}
        off={resource === undefined ? undefined : texts.typeOff}
        onChange={(next) => {
          setType(next)
          setForm(formOf({}, document.types[next]?.attributes ?? {}))
        }}
      />
      <TextField
        label={texts.key}
        value={key}
        onChange={setKey}
        isCode
        hint={texts.keyHint}
        off={resource === undefined ? undefined : texts.keyHint}
      />
      <Fields
        declared={declared}
        relations={relations}
        form={form}
        setForm={setForm}
        parents={parents}
        setParents={setParents}
      />
    </FormDialog>
  )
}

function Fields(props: {
  readonly declared: Declared
  readonly relations: readonly (readonly [string, readonly string[]])[]
  readonly form: AttributeForm
  readonly setForm: (form: AttributeForm) => void
  readonly parents: Parents
  readonly setParents: (parents: Parents) => void
}): ReactNode {
  const { declared, relations, form, setForm, parents, setParents } = props
  return (
    <>
      {Object.entries(shownOf(declared)).map(([name, kind]) => (
        <TextField
          key={name}
          label={name}
          value={form.fields[name] ?? ''}
          hint={kind === 'string' ? undefined : kind}
          isCode={kind !== 'string'}
          onChange={(text) => setForm({ ...form, fields: { ...form.fields, [name]: text } })}
        />
      ))}
      {relations.map(([relation, targets]) => (
        <TextField
          key={relation}
          label={relation}
          value={parents[relation] ?? ''}
          isCode
          hint={texts.parentHint(targets.join(', '))}
          onChange={(target) => setParents({ ...parents, [relation]: target })}
        />
      ))}
      <CheckField
        label={texts.isListed}
        hint={texts.listedHint}
        isOn={form.listed}
        onChange={(listed) => setForm({ ...form, listed })}
      />
      <TextField
        label={texts.extra}
        value={form.extra}
        rows={3}
        isCode
        hint={texts.extraHint}
        onChange={(extra) => setForm({ ...form, extra })}
      />
    </>
  )
}

type Parents = Readonly<Record<string, string>>

/** What it points to, by relation; `tenant` is given otherwise. */
function parentsOf(resource: Resource | undefined): Parents {
  const pairs = (resource?.relations ?? []).flatMap((text) => {
    const [, relation, target] = /#([^@]+)@(.+)$/.exec(text) ?? []
    return relation === undefined || target === undefined || relation === 'tenant'
      ? []
      : [[relation, target] as const]
  })
  return Object.fromEntries(pairs)
}

async function relate(calls: Manage, id: string, before: Parents, after: Parents): Promise<void> {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old = '', now = ''] = [before[name], after[name]?.trim()]
    if (old === now) continue
    if (old !== '') await calls.call('unrelate', { params: { relation: `${id}#${name}@${old}` } })
    if (now !== '') await calls.call('relate', { params: { relation: `${id}#${name}@${now}` } })
  }
}

export function RemoveDialog(props: {
  readonly calls: Manage
  readonly resource: Resource
  readonly onRemoved: () => void
  readonly onClose: () => void
}): ReactNode {
  const { calls, resource } = props
  const id = resource.resource
  const body: RequestOf<'simulate'>['body'] = { changes: [{ remove_resource: id }] }
  const impact = useRead(calls, 'simulate', { body }).data
  const write = useWrite(
    () => calls.call('removeResource', { params: { id } }),
    ['listResources'],
    () => texts.removed(id),
  )
  return (
    <FormDialog
      title={texts.removeTitle(nameOf(resource))}
      text={
        <>
          <p>{texts.removeText}</p>
          <p className="strong">
            {impact === undefined
              ? texts.working
              : impact.people === 0
                ? texts.nobodyLoses
                : texts.consequence(impact.people, impact.lost)}
          </p>
        </>
      }
      confirm={texts.remove}
      isDanger
      typeName={id}
      onConfirm={async () => {
        await write.run(undefined)
        props.onRemoved()
      }}
      onClose={props.onClose}
    />
  )
}
