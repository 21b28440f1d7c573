// A resource type made or changed: its actions, attributes and relations, into the draft.

import type { PolicyEdit } from '@sayso/policy/editing'
import { type ReactNode, useState } from 'react'
import { TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { Unfit } from '../../../../ui/refusal.ts'
import { adminHref } from '../../model/address.ts'
import { isName } from './model/edits.ts'
import { attributeLines, linesIn, pairsIn, relationLines } from './model/type-lines.ts'
import { texts } from './texts.ts'
import { type PartProps, typeTitle } from './view.ts'

type Props = PartProps & {
  /** Absent: a new one. */
  readonly type: string | undefined
  readonly off: string | undefined
  readonly onClose: () => void
}

type TypeForm = {
  readonly key: string
  readonly title: string
  readonly channels: string
  readonly actions: string
  readonly attributes: string
  readonly relations: string
}

export function TypeDialog(props: Props): ReactNode {
  const { type, document, draft, address } = props
  const navigate = useNavigate()
  const known = type === undefined ? undefined : document.types[type]
  const [form, setForm] = useState<TypeForm>(() => ({
    key: type ?? '',
    title: known?.title ?? '',
    channels: known?.channels ?? '',
    actions: (known?.actions ?? []).join('\n'),
    attributes: attributeLines(known ?? {}),
    relations: relationLines(known ?? {}),
  }))
  const set = (some: Partial<TypeForm>) => setForm((now) => ({ ...now, ...some }))
  const { key } = form
  const isTaken = type === undefined && Object.hasOwn(document.types, key)
  const wrong = isTaken
    ? texts.roleForm.keyTaken
    : isName(key)
      ? undefined
      : texts.roleForm.keyWrong
  const save = async () => {
    const problem = draft.edit(editsOf(key, fieldsOf(form), known))
    if (problem !== undefined) throw new Unfit(problem)
    navigate(adminHref('policy', ['matrix', key], address.query))
  }
  return (
    <FormDialog
      title={
        type === undefined
          ? texts.typeForm.newTitle
          : texts.typeForm.editTitle(typeTitle(document, type))
      }
      confirm={texts.typeForm.save}
      off={props.off ?? (wrong === undefined ? undefined : '')}
      isWide
      onConfirm={save}
      onClose={props.onClose}
    >
      <div className="columns-two">
        <TextField
          label={texts.typeForm.key}
          value={key}
          onChange={(next) => set({ key: next })}
          isCode
          error={key === '' ? undefined : wrong}
          off={type === undefined ? undefined : texts.roleForm.keyHint}
        />
        <TextField
          label={texts.typeForm.title}
          value={form.title}
          onChange={(title) => set({ title })}
        />
      </div>
      <Lists form={form} set={set} />
    </FormDialog>
  )
}

function Lists(props: {
  readonly form: TypeForm
  readonly set: (some: Partial<TypeForm>) => void
}): ReactNode {
  const { form, set } = props
  return (
    <>
      <TextField
        label={texts.typeForm.channels}
        value={form.channels}
        onChange={(channels) => set({ channels })}
        isCode
        hint={texts.typeForm.channelsHint}
      />
      <div className="columns-two">
        <TextField
          label={texts.typeForm.actions}
          value={form.actions}
          onChange={(actions) => set({ actions })}
          rows={8}
          isCode
          hint={texts.typeForm.actionsHint}
        />
        <div className="stack">
          <TextField
            label={texts.typeForm.attributes}
            value={form.attributes}
            onChange={(attributes) => set({ attributes })}
            rows={3}
            isCode
            hint={texts.typeForm.attributesHint}
          />
          <TextField
            label={texts.typeForm.relations}
            value={form.relations}
            onChange={(relations) => set({ relations })}
            rows={2}
            isCode
            hint={texts.typeForm.relationsHint}
          />
        </div>
      </div>
    </>
  )
}

/** @throws {Unfit} for a line that is none */
function fieldsOf(form: TypeForm): Readonly<Record<string, unknown>> {
  const [held, related] = [pairsIn(form.attributes), pairsIn(form.relations)]
  if (!held.isRead) throw new Unfit(texts.typeForm.attributeWrong(held.line))
  if (!related.isRead) throw new Unfit(texts.typeForm.attributeWrong(related.line))
  const targets = related.pairs.map(
    ([name, types]) => [name, types.split(',').map((one) => one.trim())] as const,
  )
  return {
    title: form.title.trim() || undefined,
    channels: form.channels.trim() || undefined,
    actions: linesIn(form.actions),
    attributes: held.pairs.length === 0 ? undefined : Object.fromEntries(held.pairs),
    relations: targets.length === 0 ? undefined : Object.fromEntries(targets),
  }
}

/** Only what is said otherwise, so that the rest keeps its comments. */
function editsOf(
  key: string,
  fields: Readonly<Record<string, unknown>>,
  known: object | undefined,
): readonly PolicyEdit[] {
  const path = ['types', key]
  if (known === undefined) {
    const value = Object.fromEntries(
      Object.entries({ ...fields, roles: {} }).filter(([, held]) => held !== undefined),
    )
    return [{ path, value }]
  }
  const before = known as Readonly<Record<string, unknown>>
  return Object.entries(fields).flatMap(([name, value]) =>
    JSON.stringify(emptied(before[name])) === JSON.stringify(value)
      ? []
      : [{ path: [...path, name], value }],
  )
}

/** Reading fills in what is not written. */
function emptied(held: unknown): unknown {
  const isEmpty = typeof held === 'object' && held !== null && Object.keys(held).length === 0
  return isEmpty && !Array.isArray(held) ? undefined : held
}
