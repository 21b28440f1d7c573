// For one hour after a policy was put in force the version before is one press away.

import type { AnswerOf, Manage } from '@sayso/client/manage'
import { type ReactNode, useEffect, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { texts as shared } from '../../model/texts.ts'
import { useSecondPerson } from '../../store/second-person.ts'
import { useWrite } from '../../store/use-read.ts'
import { texts } from './texts.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

export function UndoBar(props: {
  readonly calls: Manage
  readonly versions: AnswerOf<'listPolicyVersions'>['items']
  readonly version: string
  readonly canEdit: boolean
}): ReactNode {
  const [last, before] = props.versions
  const nowMs = useMinutes()
  const [isAsked, setAsked] = useState(false)
  const write = useWrite(
    (id: string) =>
      props.calls.call('restorePolicyVersion', {
        params: { id },
        body: { reason: texts.undo.reason },
      }),
    ['readPolicy', 'listPolicyVersions'],
    () => texts.undo.done,
  )
  const second = useSecondPerson(props.calls, () => shared.askedSecond)
  const isForTwo = second.needs('apply-policy')
  const ask = (version: string) =>
    second.ask.run({ wanted: { action: 'apply-policy', version }, reason: texts.undo.reason })
  if (last === undefined || before === undefined || !props.canEdit || !last.inForce) return null
  const leftMs = Date.parse(last.at) + HOUR_MS - nowMs
  // What was undone is not undone once more.
  if (leftMs <= 0 || last.reason === texts.undo.reason) return null
  return (
    <div className="banner undo" role="status">
      <span className="grow">
        {texts.undo.bar(Math.ceil(Math.min(leftMs, HOUR_MS) / MINUTE_MS))}
      </span>
      <Button size="small" icon="undo" onClick={() => setAsked(true)}>
        {texts.undo.act}
      </Button>
      {isAsked ? (
        <FormDialog
          title={texts.undo.title}
          text={texts.undo.text}
          confirm={isForTwo ? shared.askSecond : texts.undo.confirm}
          onConfirm={() => (isForTwo ? ask(before.id) : write.run(before.id))}
          onClose={() => setAsked(false)}
        />
      ) : null}
    </div>
  )
}

function useMinutes(): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), MINUTE_MS / 2)
    return () => clearInterval(timer)
  }, [])
  return nowMs
}
