// The policy: who may do what, by matrix, rules, graph and text. Every change goes into a draft first.

import '../../styles/policy-matrix.css'
import '../../styles/policy-draft.css'
import '../../styles/policy.css'
import type { AnswerOf } from '@sayso/client/manage'
import { useQueryClient } from '@tanstack/react-query'
import { type ComponentType, type ReactNode, Suspense, useEffect, useMemo } from 'react'
import { SelectField } from '../../../../ui/fields.tsx'
import { lazy } from '../../../../ui/late.ts'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { useSay } from '../../../../ui/notices.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { adminHref, kept, withQuery } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { type List, useList } from '../../store/use-list.ts'
import { useRead } from '../../store/use-read.ts'
import { PageHead, Tabs } from '../../view/page-head.tsx'
import { DraftBar } from './draft-bar.tsx'
import { texts as later } from './later/texts.ts'
import { MatrixPart } from './matrix-part.tsx'
import { MissingActions } from './missing-actions.tsx'
import { addedEdits, addedIn } from './model/added.ts'
import { ReviewSheet } from './review-sheet.tsx'
import { Draft, type DraftState, useDraftState } from './store/draft.ts'
import { texts } from './texts.ts'
import { UndoBar } from './undo-bar.tsx'
import { type Checked, type PartProps, useCalm, whenText } from './view.ts'

type Part =
  | 'matrix'
  | 'rules'
  | 'people'
  | 'tests'
  | 'graph'
  | 'text'
  | 'planned'
  | 'shadow'
  | 'history'

const part = (load: () => Promise<ComponentType<PartProps>>) =>
  lazy(async () => ({ default: await load() }))

const PARTS: Readonly<Record<Part, ComponentType<PartProps>>> = {
  matrix: MatrixPart,
  rules: part(async () => (await import('./rules-part.tsx')).RulesPart),
  people: part(async () => (await import('./people/people-part.tsx')).PeoplePart),
  tests: part(async () => (await import('./tests-part.tsx')).TestsPart),
  graph: part(async () => (await import('./graph-part.tsx')).GraphPart),
  text: part(async () => (await import('./text-part.tsx')).TextPart),
  planned: part(async () => (await import('./later/planned-part.tsx')).PlannedPart),
  shadow: part(async () => (await import('./later/shadow-part.tsx')).ShadowPart),
  history: part(async () => (await import('./history-part.tsx')).HistoryPart),
}

/** How often it is asked whether another policy holds; milliseconds. */
const REFRESH_MS = 30_000
const CALM_MS = 400
/** While a draft is looked over, it is tried out again so often; milliseconds. */
const TRIAL_MS = 10_000

export function Policy(props: ScreenProps): ReactNode {
  const { calls } = props
  const policy = useRead(calls, 'readPolicy', {}, { refreshMs: REFRESH_MS })
  const drafts = useList(calls, 'listDrafts', {})
  if (policy.data === undefined || drafts.state === 'loading') {
    return (
      <div className="page">
        <PageHead title={shared.screens.policy} />
        <p className="empty dim" aria-busy={policy.state === 'loading'}>
          {policy.state === 'failed' ? refusalOf(policy.error) : ''}
        </p>
      </div>
    )
  }
  return <Open {...props} policy={policy.data} drafts={drafts} />
}

type OpenProps = ScreenProps & {
  readonly policy: AnswerOf<'readPolicy'>
  readonly drafts: List<AnswerOf<'listDrafts'>['items'][number]>
}

function Open(props: OpenProps): ReactNode {
  const { calls, policy, drafts, me, address } = props
  const client = useQueryClient()
  // One for as long as the screen is open: what is typed must not be lost when answers come anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once
  const draft = useMemo(
    () =>
      new Draft(calls, policy, {
        title: () => texts.draftTitle(whenText(Date.now())),
        onKept: () => {
          void client.invalidateQueries({ queryKey: ['listDrafts'] })
        },
      }),
    [calls],
  )
  useEffect(() => draft.hold(policy), [draft, policy])
  const state = useDraftState(draft)
  const own = drafts.items
    .filter(({ author }) => author === `user:${me.id}`)
    .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))[0]?.id
  // Only when the screen is opened, or another draft is asked for.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const wanted = address.query.draft ?? own
    if (wanted !== undefined && draft.state().id === undefined) {
      draft.open(wanted).catch(() => undefined)
    }
  }, [draft, address.query.draft])
  useAdded(props, draft, state, address.query.draft ?? own)
  const calm = useCalm(state.text, CALM_MS)
  const isChanged = calm !== state.inForce.text
  const check = useRead(calls, 'checkPolicy', { body: { text: calm } }, { isOff: !isChanged })
  return (
    <Whole
      {...props}
      draft={draft}
      state={state}
      checked={isChanged ? check.data : undefined}
      isCalm={calm === state.text && check.state !== 'loading'}
    />
  )
}

/** Makes a change that another screen asks for, once the draft it goes into is here. */
function useAdded(
  { address }: OpenProps,
  draft: Draft,
  state: DraftState,
  wanted: string | undefined,
): void {
  const navigate = useNavigate()
  const say = useSay()
  const added = addedIn(address.query.add)
  const isHere = state.reading.isRead && (wanted === undefined || state.id === wanted)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each address
  useEffect(() => {
    if (added === undefined || !isHere || !state.reading.isRead) return
    const type = address.rest[1] ?? ''
    const edits = addedEdits(state.reading.document, type, added)
    const problem = edits.length === 0 ? undefined : draft.edit(edits)
    if (problem !== undefined) say({ tone: 'bad', title: texts.unmade(problem) })
    const cell = added.kind === 'spare' ? undefined : `${added.row}/${added.action}`
    const part = added.kind === 'spare' ? 'rules' : 'matrix'
    const to = { ...address, rest: [part, type] }
    navigate(withQuery(to, { add: undefined, cell }), { replace: true })
  }, [address.query.add, isHere])
}

function Whole(
  props: OpenProps & {
    readonly draft: Draft
    readonly state: DraftState
    readonly checked: Checked | undefined
    readonly isCalm: boolean
  },
): ReactNode {
  const { address, calls, state, checked, policy, draft } = props
  const edits = useRights().right('edit-policy')
  const current = partOf(address.rest[0])
  const Shown = PARTS[current]
  const given = useGiven(props, edits)
  const canTry = edits.kind === 'on' && checked?.ok === true && state.text !== state.inForce.text
  const body = { text: useCalm(state.text, 2 * CALM_MS), flips: 0 }
  const isReviewed = address.query.review === '1'
  // Who is here and writing changes while one looks.
  const again = isReviewed ? { refreshMs: TRIAL_MS } : {}
  const trial = useRead(calls, 'simulate', { body }, { isOff: !canTry, ...again })
  const tried = canTry ? trial.data : undefined
  useHeld(state.keeping !== 'kept')
  const hasDraft = state.text !== state.inForce.text || state.id !== undefined
  const inForce = useRead(calls, 'listPolicyVersions', { query: { limit: 2 } })
  const since = inForce.data?.items[0]
  const { again: askVersions } = inForce
  // Somebody else, or a plan, has put another one in force.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another version holds
  useEffect(() => askVersions(), [policy.version])
  const plans = useRead(calls, 'listPlans', {}, { refreshMs: REFRESH_MS })
  return (
    <div className="with-side" data-side={isReviewed ? 'open' : 'shut'}>
      <div className="page policy">
        <PageHead
          title={shared.screens.policy}
          beside={since === undefined ? '' : texts.since(whenText(since.at))}
        >
          <DraftPicker {...props} />
        </PageHead>
        <Tabs
          label={texts.partsLabel}
          tabs={tabsOf(props, given, plans.data?.items.length ?? 0)}
          current={current}
        />
        <UndoBar
          calls={calls}
          versions={inForce.data?.items ?? []}
          version={policy.version}
          canEdit={edits.kind === 'on'}
        />
        <MissingActions {...given} lacks={policy.lacks} />
        <Suspense fallback={<div className="late grow" aria-busy="true" />}>
          <Shown {...given} />
        </Suspense>
        {hasDraft ? (
          <DraftBar
            draft={draft}
            state={state}
            checked={checked}
            trial={tried}
            isCalm={props.isCalm}
            edits={edits}
            reviewHref={withQuery(address, { review: '1' })}
          />
        ) : null}
      </div>
      {isReviewed ? <ReviewSheet {...given} trial={tried} /> : null}
    </div>
  )
}

/** The window asks before it closes on what is not kept yet. */
function useHeld(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', onUnload)
    return () => window.removeEventListener('beforeunload', onUnload)
  }, [isOpen])
}

function useGiven(
  props: OpenProps & {
    readonly draft: Draft
    readonly state: DraftState
    readonly checked: Checked | undefined
  },
  edits: PartProps['edits'],
): PartProps {
  const { state } = props
  const inForce = state.inForce.reading
  const empty = { version: 1, tenant: { key: '', roles: {} }, types: {} } as const
  const held = inForce.isRead ? inForce.document : empty
  return {
    ...props,
    edits,
    inForce: held,
    document: state.reading.isRead ? state.reading.document : held,
  }
}

function partOf(said: string | undefined): Part {
  return said !== undefined && Object.hasOwn(PARTS, said) ? (said as Part) : 'matrix'
}

function tabsOf({ address }: OpenProps, { document }: PartProps, planned: number) {
  const rules = Object.values(document.types).reduce(
    (sum, type) => sum + (type.rules?.length ?? 0),
    0,
  )
  const { draft, review } = address.query
  return (Object.keys(PARTS) as Part[]).map((key) => ({
    key,
    title: key === 'planned' || key === 'shadow' ? later.parts[key] : texts.parts[key],
    href: adminHref('policy', [key], { ...kept(address.query), draft, review }),
    count: key === 'rules' ? rules : key === 'planned' && planned > 0 ? planned : undefined,
  }))
}

/** Where there is more than one, whose is looked at. */
function DraftPicker({
  drafts,
  draft,
  address,
  state,
}: OpenProps & {
  readonly draft: Draft
  readonly state: DraftState
}): ReactNode {
  const navigate = useNavigate()
  const others = drafts.items.filter(({ id }) => id !== state.id)
  if (others.length === 0) return null
  const options = [
    state.id === undefined
      ? { key: '', label: texts.inForce }
      : { key: state.id, label: state.title },
    ...others.map(({ id, title }) => ({ key: id, label: title })),
  ]
  return (
    <SelectField
      label={texts.drafts}
      value={state.id ?? ''}
      options={options}
      onChange={(id) => {
        navigate(withQuery(address, { draft: id }), { replace: true })
        draft.open(id).catch(() => undefined)
      }}
    />
  )
}
