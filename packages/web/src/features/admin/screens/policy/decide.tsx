// What becomes of a draft that was looked over: put in force now, planned for later, or tried in shadow. With a reason; where
// the policy wants it, by a second person.

import { type ReactNode, useId, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { CheckField, TextField } from '../../../../ui/fields.tsx'
import { Icon } from '../../../../ui/icon.tsx'
import { Anchor, useNavigate } from '../../../../ui/navigation.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { adminHref, kept, withQuery } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import { type SecondPerson, useSecondPerson } from '../../store/second-person.ts'
import { useRead, useWrite } from '../../store/use-read.ts'
import { PlanDialog } from './later/plan-dialog.tsx'
import { ShadowDialog } from './later/shadow-dialog.tsx'
import { texts as later } from './later/texts.ts'
import { texts } from './texts.ts'
import { type PartProps, type Trial, whenText } from './view.ts'

type Props = PartProps & { readonly trial: Trial | undefined }
type Tests = ReturnType<typeof useTests>

function useTests({ calls, state, checked }: Props) {
  const isOff = checked?.ok !== true
  return useRead(calls, 'testPolicy', { body: { text: state.text } }, { isOff })
}

const REFRESH_MS = 5_000
const OLD = [
  'readPolicy',
  'listPolicyVersions',
  'listDrafts',
  'listRoles',
  'listPlans',
  'readShadow',
] as const

/** What can be done with the draft; each asks again what it has made old. */
function useActs({ draft, state, calls }: Props) {
  const apply = useWrite(
    (why: string) => draft.apply(why),
    OLD,
    () => texts.review.applied,
  )
  const plan = useWrite(
    ({ at, why }: { readonly at: string; readonly why: string }) => draft.plan(at, why),
    OLD,
    ({ at }) => later.planned(whenText(at)),
  )
  const shadow = useWrite(
    ({ forMs, share }: { readonly forMs: number; readonly share: number }) =>
      draft.tryInShadow(forMs, share),
    OLD,
    () => later.tried,
  )
  const second = useSecondPerson(calls, () => shared.askedSecond, { refreshMs: REFRESH_MS })
  const ask = (why: string, at?: string) =>
    second.ask.run({
      wanted: {
        action: 'apply-policy',
        draft: state.id ?? '',
        over: state.inForce.version,
        ...(at === undefined ? {} : { at }),
      },
      reason: why,
    })
  return { apply, plan, shadow, second, ask }
}

export function Decide(props: Props): ReactNode {
  const { state, checked, edits } = props
  const [reason, setReason] = useState('')
  const [isTold, setTold] = useState(false)
  const [isBold, setBold] = useState(false)
  const [problem, setProblem] = useState('')
  const id = useId()
  const tests = useTests(props)
  const acts = useActs(props)
  const failed = (tests.data?.failed ?? 0) + (tests.data?.invalid ?? 0)
  const isWhole = checked?.ok === true && state.keeping === 'kept' && state.id !== undefined
  const isOff = edits.kind !== 'on' || !isWhole || (failed > 0 && !isBold)
  const why = reason.trim()
  const withReason = (act: () => void) => () => {
    setProblem('')
    if (why !== '') return act()
    setTold(true)
    document.getElementById(`${id}-reason`)?.focus()
  }
  return (
    <section className="decide">
      <TestsLine tests={tests} {...props} />
      {failed > 0 ? (
        <CheckField label={texts.review.needsTests} isOn={isBold} onChange={setBold} />
      ) : null}
      <Waits {...props} second={acts.second} />
      <TextField
        id={`${id}-reason`}
        label={texts.review.reason}
        value={reason}
        onChange={setReason}
        rows={2}
        maxLength={500}
        isRequired
        error={isTold && why === '' ? texts.review.needsReason : undefined}
      />
      <p className="problem sm" role="alert">
        {problem || (checked?.ok === false ? texts.review.needsWhole : '')}
      </p>
      <Acts
        {...props}
        acts={acts}
        why={why}
        isOff={isOff}
        withReason={withReason}
        onProblem={(cause) => setProblem(refusalOf(cause))}
      />
    </section>
  )
}

type ActsProps = Props & {
  readonly acts: ReturnType<typeof useActs>
  readonly why: string
  readonly isOff: boolean
  readonly withReason: (act: () => void) => () => void
  readonly onProblem: (cause: unknown) => void
}

function Acts(props: ActsProps): ReactNode {
  const { acts, why, isOff, withReason, onProblem, trial, address } = props
  const navigate = useNavigate()
  const [asked, setAsked] = useState<'plan' | 'shadow'>()
  const { apply, second } = acts
  const isForTwo = second.needs('apply-policy')
  const done = () =>
    navigate(withQuery(address, { review: undefined, draft: undefined }), { replace: true })
  const primary = () =>
    isForTwo ? acts.ask(why).catch(onProblem) : apply.run(why).then(done, onProblem)
  const isBusy = apply.isBusy || second.ask.isBusy
  const isWaiting = waitingOf(props, second) !== undefined
  return (
    <>
      <Button
        look="primary"
        size="large wide"
        busy={isOff || isBusy || isWaiting}
        onClick={withReason(() => void primary())}
      >
        {isForTwo ? shared.askSecond : texts.review.apply(trial?.live.people ?? 0)}
      </Button>
      <p className="xs faint centred">{isForTwo ? shared.askSecondNote : texts.review.undoable}</p>
      <div className="row others">
        <Button
          icon="calendar"
          busy={isOff || isWaiting}
          onClick={withReason(() => setAsked('plan'))}
        >
          {later.plan}
        </Button>
        <Button look="quiet" icon="activity" busy={isOff} onClick={() => setAsked('shadow')}>
          {later.try}
        </Button>
      </div>
      {asked === 'plan' ? (
        <PlanDialog
          api={props.api}
          title={later.planTitle}
          text={later.planText}
          confirm={isForTwo ? later.askPlan : later.planConfirm}
          onPlan={async (at) => {
            if (isForTwo) return acts.ask(why, at)
            await acts.plan.run({ at, why })
            navigate(adminHref('policy', ['planned'], kept(address.query)), { replace: true })
          }}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
      {asked === 'shadow' ? (
        <ShadowDialog
          onTry={async (forMs, share) => {
            await acts.shadow.run({ forMs, share })
            navigate(adminHref('policy', ['shadow'], kept(address.query)))
          }}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
    </>
  )
}

function waitingOf({ state }: Props, { waiting }: SecondPerson) {
  return waiting.find(({ action, target }) => action === 'apply-policy' && target === state.id)
}

/** Somebody has asked a second person already. */
function Waits(props: Props & { readonly second: SecondPerson }): ReactNode {
  const approval = waitingOf(props, props.second)
  if (approval === undefined) return null
  return (
    <p className="note sm" role="status">
      {later.waits(approval.by.name, whenText(approval.askedAt))}{' '}
      <Anchor href={adminHref('requests', [], kept(props.address.query))}>
        {later.waitsWhere}
      </Anchor>
    </p>
  )
}

function TestsLine({ tests, address }: Props & { readonly tests: Tests }): ReactNode {
  if (tests.data === undefined) return null
  const { passed, failed, invalid } = tests.data
  const isGood = failed === 0 && invalid === 0
  const all = passed + failed
  return (
    <p className="tests-line sm">
      <Icon name={isGood ? 'circle-check' : 'circle-alert'} />
      <span className="grow">
        {all === 0 && invalid === 0 ? texts.review.noTests : texts.review.tests(passed, all)}
        {invalid === 0 ? null : ` · ${texts.review.brokenTests(invalid)}`}
      </span>
      <Anchor href={adminHref('policy', ['tests'], { ...kept(address.query), review: '1' })}>
        {texts.review.see}
      </Anchor>
    </p>
  )
}
