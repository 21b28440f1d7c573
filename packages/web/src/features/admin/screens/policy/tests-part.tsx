// Tests kept with the policy, and what comes of them with the draft.

import type { AnswerOf } from '@sayso/client/manage'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { Icon } from '../../../../ui/icon.tsx'
import { Anchor, useNavigate } from '../../../../ui/navigation.tsx'
import { Unfit } from '../../../../ui/refusal.ts'
import { useUnsaved } from '../../../../ui/unsaved.tsx'
import { adminHref } from '../../model/address.ts'
import type { ItemOf } from '../../store/use-list.ts'
import { useList } from '../../store/use-list.ts'
import { useRead, useWrite } from '../../store/use-read.ts'
import { CodeEditor, type EditorProblem } from './code-editor.tsx'
import { Sentence } from './sentence.tsx'
import { texts } from './texts.ts'
import type { PartProps } from './view.ts'

type Test = ItemOf<'listPolicyTests'>
type Played = AnswerOf<'testPolicy'>['tests'][number]

const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,79}$/u

export function TestsPart(props: PartProps): ReactNode {
  const { calls, state, checked, address, edits } = props
  const list = useList(calls, 'listPolicyTests', {})
  const [isAdding, setAdding] = useState(false)
  const isBroken = checked?.ok === false || !state.reading.isRead
  const body = { text: isBroken ? state.inForce.text : state.text }
  const played = useRead(calls, 'testPolicy', { body })
  const open = list.items.find(({ id }) => id === address.rest[1])
  const outcome = (id: string) => played.data?.tests.find((test) => test.id === id)
  const canEdit = edits.kind === 'on'
  return (
    <div className="tests-part">
      <div className="tests-list">
        <div className="row">
          <Button icon="play" size="small" onClick={() => played.again()}>
            {texts.tests.run}
          </Button>
          {canEdit ? (
            <Button icon="plus" size="small" onClick={() => setAdding(true)}>
              {texts.tests.add}
            </Button>
          ) : null}
        </div>
        {list.items.length === 0 && list.state === 'ready' ? (
          <p className="sm dim">{texts.tests.empty}</p>
        ) : null}
        <ul aria-label={texts.tests.list}>
          {list.items.map(({ id }) => (
            <li key={id}>
              <Anchor
                className="test"
                current={open?.id === id}
                href={adminHref('policy', ['tests', id], address.query)}
              >
                <Outcome played={outcome(id)} />
                <span className="grow cut">{id}</span>
              </Anchor>
            </li>
          ))}
        </ul>
      </div>
      {open === undefined ? null : (
        <TestEditor
          key={open.id}
          {...props}
          test={open}
          played={outcome(open.id)}
          canEdit={canEdit}
        />
      )}
      {isAdding ? (
        <AddTest
          {...props}
          taken={list.items.map(({ id }) => id)}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </div>
  )
}

function Outcome({ played }: { readonly played: Played | undefined }): ReactNode {
  if (played === undefined) return <Icon name="circle" />
  if (played.problems.length > 0) {
    return (
      <span className="outcome" data-kind="bad">
        <Icon name="triangle-alert" />
        <span className="xs">{texts.tests.cannot}</span>
      </span>
    )
  }
  const isGood = played.failed.length === 0
  return (
    <span className="outcome" data-kind={isGood ? 'good' : 'bad'}>
      <Icon name={isGood ? 'circle-check' : 'circle-alert'} />
      <span className="xs">
        {isGood ? texts.tests.passes(played.passed) : texts.tests.fails(played.failed.length)}
      </span>
    </span>
  )
}

function TestEditor(
  props: PartProps & {
    readonly test: Test
    readonly played: Played | undefined
    readonly canEdit: boolean
  },
): ReactNode {
  const { calls, test, played, address, canEdit } = props
  const navigate = useNavigate()
  const [text, setText] = useState(test.text)
  const [isRemoving, setRemoving] = useState(false)
  const isDirty = text !== test.text
  useUnsaved(isDirty)
  const params = { id: test.id }
  const save = useWrite(
    () => calls.call('putPolicyTest', { params, body: { text } }),
    ['listPolicyTests', 'testPolicy'],
    () => texts.tests.saved,
  )
  const remove = useWrite(
    () => calls.call('removePolicyTest', { params }),
    ['listPolicyTests', 'testPolicy'],
    () => texts.tests.removed,
  )
  return (
    <div className="test-editor">
      <CodeEditor
        label={texts.tests.editor}
        value={text}
        onChange={canEdit ? setText : undefined}
        problems={isDirty ? NONE : problemsOf(played)}
      />
      <div className="editor-foot sm" role="status">
        <ul className="problems">
          {(played?.problems ?? []).map(({ line, column, message, remedy }) => (
            <li key={`${line}:${column}:${message}`}>
              <b className="num">{texts.review.at(line, column)}</b>: <Sentence text={message} />;{' '}
              <Sentence text={remedy} />
            </li>
          ))}
          {(played?.failed ?? []).map(({ line, column, question, expected, actual, name }) => (
            <li key={`${line}:${column}`}>
              <b className="num">{texts.review.at(line, column)}</b>:{' '}
              {name === undefined ? '' : `${name}: `}
              <Sentence text={question} />: {texts.tests.expected(expected, actual)}
            </li>
          ))}
        </ul>
        {canEdit ? (
          <div className="row">
            <Button
              look="primary"
              busy={!isDirty || save.isBusy}
              onClick={() => void save.run(undefined).catch(() => undefined)}
            >
              {texts.tests.save}
            </Button>
            <span className="grow" />
            <Button look="danger" size="small" onClick={() => setRemoving(true)}>
              {texts.tests.remove}
            </Button>
          </div>
        ) : null}
      </div>
      {isRemoving ? (
        <FormDialog
          title={texts.tests.removeTitle(test.id)}
          confirm={texts.tests.remove}
          isDanger
          onConfirm={async () => {
            await remove.run(undefined)
            navigate(adminHref('policy', ['tests'], address.query))
          }}
          onClose={() => setRemoving(false)}
        />
      ) : null}
    </div>
  )
}

const NONE: readonly EditorProblem[] = []

function problemsOf(played: Played | undefined): readonly EditorProblem[] {
  if (played === undefined) return NONE
  return [
    ...played.problems,
    ...played.failed.map(({ line, column, question, expected, actual }) => ({
      line,
      column,
      message: question,
      remedy: texts.tests.expected(expected, actual),
    })),
  ]
}

function AddTest(
  props: PartProps & { readonly taken: readonly string[]; readonly onClose: () => void },
): ReactNode {
  const { calls, address, document } = props
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [type = 'channel', shape] = Object.entries(document.types)[0] ?? []
  const role = Object.entries(shape?.roles ?? {}).find(([, { can = [] }]) => can.length > 0)
  const action = role?.[1].can?.find((one) => one !== '*') ?? shape?.actions[0] ?? 'read'
  const write = useWrite(() => {
    if (!NAME.test(name)) throw new Unfit(texts.tests.nameWrong)
    if (props.taken.includes(name)) throw new Unfit(texts.tests.nameTaken)
    const text = texts.tests.template(type, role?.[0] ?? 'viewer', action)
    return calls.call('putPolicyTest', { params: { id: name }, body: { text } })
  }, ['listPolicyTests', 'testPolicy'])
  return (
    <FormDialog
      title={texts.tests.add}
      confirm={texts.tests.add}
      onConfirm={async () => {
        await write.run(undefined)
        navigate(adminHref('policy', ['tests', name], address.query))
      }}
      onClose={props.onClose}
    >
      <TextField label={texts.tests.name} value={name} onChange={setName} maxLength={80} />
    </FormDialog>
  )
}
