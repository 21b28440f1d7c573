// One rule, checked by the server as it is written.

import { editPolicy, type PolicyEdit } from '@sayso/policy/editing'
import { type ReactNode, useMemo, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { CheckField, SelectField, TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { Unfit } from '../../../../ui/refusal.ts'
import { useRead } from '../../store/use-read.ts'
import { freeId } from './model/edits.ts'
import { rowsOf } from './model/matrix.ts'
import { formOf, problemsOf, type RuleForm, ruleOf } from './model/rule-form.ts'
import { texts } from './texts.ts'
import { actionTitle, type PartProps, useCalm } from './view.ts'

type Props = PartProps & {
  readonly type: string
  /** Its position; absent: a new one. */
  readonly index: number | undefined
  readonly suggested: { readonly action?: string | undefined; readonly to?: string | undefined }
  readonly off: string | undefined
  readonly onClose: () => void
}

const CALM_MS = 300

export function RuleDialog(props: Props): ReactNode {
  const { type, index, document, draft, off } = props
  const rules = document.types[type]?.rules ?? []
  const known = index === undefined ? undefined : rules[index]
  const [form, setForm] = useState<RuleForm>(() =>
    formOf(known ?? freshRule(props, freeId(rules, 'rule'))),
  )
  const set = (some: Partial<RuleForm>) => setForm((now) => ({ ...now, ...some }))
  const edits = editsOf(type, index ?? rules.length, rules.length, form)
  const found = useFound(props, form, edits)
  const say = (field: string) =>
    found.problems
      .filter((each) => each.field === field)
      .map(({ character, text }) =>
        character === undefined ? text : `${texts.rules.at(character)}${text}`,
      )[0]
  const make = (wanted: readonly PolicyEdit[]) => {
    const problem = draft.edit(wanted)
    if (problem !== undefined) throw new Unfit(problem)
  }
  return (
    <FormDialog
      title={known === undefined ? texts.rules.add : texts.rules.edit}
      confirm={texts.rules.save}
      off={off ?? (form.actions.length === 0 ? texts.rules.needsActions : say(''))}
      isWide
      onConfirm={async () => make(edits)}
      onClose={props.onClose}
    >
      <What {...props} form={form} set={set} say={say} />
      <TextField
        label={texts.rules.when}
        value={form.when}
        onChange={(when) => set({ when })}
        rows={2}
        isCode
        hint={whenHint(form.when, found.isChecking)}
        error={say('when')}
      />
      <div className="columns-two">
        <Roles {...props} legend={texts.rules.to} chosen={form.to} onChange={(to) => set({ to })} />
        <Roles
          {...props}
          legend={texts.rules.unless}
          chosen={form.unless}
          onChange={(unless) => set({ unless })}
        />
      </div>
      <Said {...props} form={form} set={set} say={say} />
      {index === undefined || off !== undefined ? null : (
        <div className="apart">
          <Button
            look="danger"
            size="small"
            onClick={() => {
              make([{ path: ['types', type, 'rules', index], value: undefined }])
              props.onClose()
            }}
          >
            {texts.rules.remove}
          </Button>
        </div>
      )}
    </FormDialog>
  )
}

type FieldsProps = Props & {
  readonly form: RuleForm
  readonly set: (some: Partial<RuleForm>) => void
  readonly say: (field: string) => string | undefined
}

function whenHint(when: string, isChecking: boolean): string {
  if (isChecking) return texts.rules.checking
  return when.trim() === '' ? texts.rules.whenHint : texts.rules.fits
}

function What({ form, set, say, document, type }: FieldsProps): ReactNode {
  return (
    <>
      <div className="columns-two">
        <SelectField
          label={texts.rules.kind}
          value={form.kind}
          options={(['forbid', 'require', 'allow'] as const).map((key) => ({
            key,
            label: texts.rules.kinds[key],
          }))}
          onChange={(kind) => set({ kind })}
        />
        <TextField
          label={texts.rules.id}
          value={form.id}
          onChange={(id) => set({ id })}
          isCode
          error={say('id')}
        />
      </div>
      <Names
        legend={texts.rules.actions}
        all={[
          { key: '*', label: texts.rules.all },
          ...(document.types[type]?.actions ?? []).map((key) => ({ key, label: actionTitle(key) })),
        ]}
        chosen={form.actions}
        onChange={(actions) => set({ actions })}
      />
    </>
  )
}

function Said({ form, set, say }: FieldsProps): ReactNode {
  return (
    <>
      <TextField
        label={texts.rules.message}
        value={form.message}
        onChange={(message) => set({ message })}
        error={say('message')}
        maxLength={256}
      />
      <div className="columns-two">
        <TextField
          label={texts.rules.from}
          value={form.from}
          onChange={(from) => set({ from })}
          hint={texts.rules.instantHint}
          error={say('from')}
        />
        <TextField
          label={texts.rules.until}
          value={form.until}
          onChange={(until) => set({ until })}
          hint={texts.rules.instantHint}
          error={say('until')}
        />
      </div>
    </>
  )
}

function freshRule({ suggested }: Props, id: string) {
  const { action, to } = suggested
  return {
    id,
    forbid: action === undefined ? [] : [action],
    ...(to === undefined ? {} : { to: [to] }),
  }
}

function editsOf(type: string, at: number, count: number, form: RuleForm): readonly PolicyEdit[] {
  const path = ['types', type, 'rules']
  const rule = ruleOf(form)
  return count === 0 ? [{ path, value: [rule] }] : [{ path: [...path, at], value: rule }]
}

/** Asks the server about the whole document with the rule in it. */
function useFound(props: Props, form: RuleForm, edits: readonly PolicyEdit[]) {
  const { state, calls, type, index, document } = props
  const at = index ?? document.types[type]?.rules?.length ?? 0
  const word = JSON.stringify(edits)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `word` says what `edits` says
  const text = useMemo(() => {
    try {
      return editPolicy(state.text, edits)
    } catch {
      return undefined
    }
  }, [state.text, word])
  const calm = useCalm(text, CALM_MS)
  const isOff = calm === undefined || form.actions.length === 0
  const read = useRead(calls, 'checkPolicy', { body: { text: calm ?? '' } }, { isOff })
  const isChecking = calm !== text || read.state === 'loading'
  if (isOff || read.data === undefined) return { isChecking, problems: [] }
  const path = `types.${type}.rules[${at}]`
  const told = problemsOf(read.data.problems, { path, text: calm, when: form.when })
  return { isChecking, problems: told }
}

function Roles(
  props: Props & {
    readonly legend: string
    readonly chosen: readonly string[]
    readonly onChange: (names: readonly string[]) => void
  },
): ReactNode {
  const rows = rowsOf(props.document, props.type)
  return (
    <Names
      {...props}
      all={rows.map(({ key, title, isTenant }) => ({
        key,
        label: isTenant ? `${title} (${texts.onTenant})` : title,
      }))}
    />
  )
}

function Names(props: {
  readonly legend: string
  readonly all: readonly { readonly key: string; readonly label: string }[]
  readonly chosen: readonly string[]
  readonly onChange: (names: readonly string[]) => void
}): ReactNode {
  const { chosen } = props
  return (
    <fieldset className="checks two scrolls">
      <legend className="label">{props.legend}</legend>
      {props.all.map(({ key, label }) => (
        <CheckField
          key={key}
          label={label}
          isOn={chosen.includes(key)}
          onChange={(isOn) =>
            props.onChange(isOn ? [...chosen, key] : chosen.filter((name) => name !== key))
          }
        />
      ))}
    </fieldset>
  )
}
