// One visit of a channel: header, banner, messages, composer, people. Mounted anew for each visit.

import type { ResourceView } from '@sayso/client'
import { type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { lazy } from '../../../ui/late.ts'
import { Anchor } from '../../../ui/navigation.tsx'
import { memo } from '../../../ui/spoken.ts'
import { useStable } from '../../../ui/stable.ts'
import { dayOf } from '../../../ui/times.ts'
import { beside } from '../load-beside.ts'
import { keyOf } from '../model/channels.ts'
import { controlOf } from '../model/controls.ts'
import { lastOwn, rowsOf } from '../model/rows.ts'
import { texts } from '../model/texts.ts'
import { useFreshAfter, useLost, useOutbox, useSession, useVisit } from '../store/hooks.ts'
import type { Draft } from '../store/sender.ts'
import { useConversationPeople } from '../store/use-conversation-people.ts'
import { useReadMark } from '../store/use-read-mark.ts'
import { useRequests } from '../store/use-requests.ts'
import { HeaderTools } from './around/row-parts.ts'
import { useActs } from './around/use-acts.tsx'
import { BannerBar } from './banner-bar.tsx'
import { paneHref } from './bottom-bar.tsx'
import { Composer, type ComposerHandle } from './composer.tsx'
import { Log } from './log.tsx'
import type { BesideProps, OpenChannel, Pane, PartProps } from './props.ts'
import { RightsContext } from './rights-context.ts'
import { sidePaneOf } from './side-panes.tsx'
import { useEditLast } from './use-edit-last.ts'
import { WhoContext } from './who-context.ts'

/** Not needed to read and write the first message. */
const PeoplePane = beside('PeoplePane')

const PersonCard = lazy(async () => ({ default: (await import('./person-card.tsx')).PersonCard }))
const EndBanner = lazy(async () => ({ default: (await import('./end-banner.tsx')).EndBanner }))

export type ConversationProps = PartProps & OpenChannel

export function Conversation(props: ConversationProps): ReactNode {
  const { view, store, me } = props
  const key = keyOf(view)
  const visit = useConversation(props, key)
  const { state, session, control } = visit
  const composer = useRef<ComposerHandle>(null)
  const [editing, setEditing] = useState<string>()
  const endEdit = useCallback(() => {
    setEditing(undefined)
    composer.current?.focus()
  }, [])
  const isEmpty = useStable(() => store.kept.draft(key) === '')
  const editLast = useEditLast(visit, { me: me.id, isEmpty, edit: setEditing })
  const { openCard, card } = useCard(props, visit, key)
  const around = useActs({ ...props, ...visit, channelKey: key, composer, onEdit: setEditing })
  const send = useStable((draft: Draft) => store.sender.write(key, around.finish(draft)))
  const sendTo = useStable((to: string, text: string) => store.sender.write(to, { text }))
  const { api, notices } = props
  const { lastOwnMs, people } = visit
  const here = useMemo(
    () => ({ view, me: me.id, api, notices, control, lastOwnMs }),
    [view, me.id, api, notices, control, lastOwnMs],
  )
  const place = useMemo(() => ({ me, view, people, notices }), [me, view, people, notices])
  return (
    <RightsContext value={here}>
      <WhoContext value={openCard}>
        <main className="sheet">
          <ConversationHeader view={view} channelKey={key} pane={props.pane} />
          <BannerBar
            {...props}
            // Of a list without a message the list itself says it.
            hasGap={state.hasGap && state.phase !== 'failed' && state.timeline.length > 0}
            onLoad={() => void session?.mend()}
          />
          {view.roles.some(({ untilMs }) => untilMs !== undefined) ? (
            <Suspense fallback={null}>
              <EndBanner here={here} />
            </Suspense>
          ) : null}
          <Log
            {...visit}
            view={view}
            me={me}
            sender={store.sender}
            composer={composer}
            editing={editing}
            onEdit={setEditing}
            onEditEnd={endEdit}
            notices={props.notices}
            at={props.at}
            places={store.places}
            acts={around.acts}
          />
          {around.layer}
          {around.bar}
          <div inert={props.isView === true} className="as-is">
            <Composer
              ref={composer}
              api={props.api}
              realtime={props.realtime}
              place={place}
              kept={store.kept}
              channelKey={key}
              control={control}
              onSend={send}
              onSendTo={sendTo}
              onEditLast={editLast}
            />
          </div>
        </main>
        <Beside {...props} {...visit} channelKey={key} composer={composer} />
        {card}
      </WhoContext>
    </RightsContext>
  )
}

/** The card of whom one asked about, and what opens it. */
function useCard(props: ConversationProps, { people, state, control }: Visit, key: string) {
  const { view, me } = props
  const [whom, setWhom] = useState<{ readonly id: string; readonly beside: HTMLElement }>()
  const openCard = useCallback((id: string, beside: HTMLElement) => setWhom({ id, beside }), [])
  const card =
    whom === undefined ? null : (
      <Suspense fallback={null}>
        <PersonCard
          key={whom.id}
          api={props.api}
          channelKey={key}
          resource={view.resource}
          notices={props.notices}
          people={people}
          here={state.here}
          members={state.members}
          me={me.id}
          channelTitle={view.title}
          control={control}
          whom={whom}
          onClose={() => setWhom(undefined)}
        />
      </Suspense>
    )
  return { openCard, card }
}

type Visit = ReturnType<typeof useConversation>

/** What stands beside the conversation: what the address asks for, else the people. */
function Beside(props: ConversationProps & BesideProps & Pick<Visit, 'state'>): ReactNode {
  const { view, me, people, state, control, channelKey: key } = props
  const requests = useRequests(props.api, key, view.requests ?? 0, view)
  const Side = sidePaneOf(props.pane)
  const closeHref = paneHref(key, 'conversation')
  if (Side !== undefined) {
    return (
      <Suspense fallback={<div className="aside" aria-busy="true" />}>
        <Side {...props} closeHref={closeHref} />
      </Suspense>
    )
  }
  return (
    <Suspense fallback={<div className="aside" aria-busy="true" />}>
      <PeoplePane
        api={props.api}
        channelKey={key}
        resource={view.resource}
        notices={props.notices}
        people={people}
        here={state.here}
        members={state.members}
        me={me.id}
        channelTitle={view.title}
        control={control}
        closeHref={closeHref}
        requests={requests}
      />
    </Suspense>
  )
}

/** Everything the conversation shows, as it stands now. */
function useConversation(props: ConversationProps, key: string) {
  const { view, store, me } = props
  const session = useVisit(store, key)
  const state = useSession(session)
  const readMark = useReadMark(store, key, state.phase === 'open')
  const outbox = useOutbox(store.sender)
  const lost = useLost(view, me.id)
  const freshAfter = useFreshAfter(state)
  const people = useConversationPeople({ ...props, freshAfter }, key, state)
  const unsent = useMemo(() => outbox.filter((item) => item.channelKey === key), [outbox, key])
  const { timeline, hasOlder } = state
  const seenSerial = readMark.serial
  const rows = useMemo(
    () => rowsOf({ timeline, unsent, me: me.id, seenSerial, hasOlder, freshAfter, dayOf }),
    [timeline, unsent, me.id, seenSerial, hasOlder, freshAfter],
  )
  const control = useCallback(
    (action: string) => controlOf(view.actions, lost, action),
    [view.actions, lost],
  )
  const lastOwnMs = lastOwn(state.timeline, me.id)?.atMs
  return { session, state, people, rows, control, readMark, lastOwnMs }
}

const ConversationHeader = memo(function ConversationHeader(props: {
  readonly view: ResourceView
  readonly channelKey: string
  readonly pane: Pane
}): ReactNode {
  const { view, channelKey } = props
  return (
    <header className="bar">
      <Anchor
        className="iconbtn only-phone"
        href={paneHref(channelKey, 'channels')}
        label={texts.backToChannels}
      >
        <Icon name="chevron-left" size="l" />
      </Anchor>
      <h1 className="title row cut">
        <Icon name={glyphOf(view)} fallback="hash" size="l" />
        <span className="cut">{view.title}</span>
      </h1>
      <p className="about sm dim cut grow">{view.about}</p>
      <Anchor
        className="iconbtn not-phone"
        href={paneHref(channelKey, 'details')}
        label={texts.aboutChannel(view.title)}
      >
        <Icon name="info" />
      </Anchor>
      <Suspense>
        <HeaderTools {...props} />
      </Suspense>
      <Anchor className="iconbtn opener" href={paneHref(channelKey, 'people')} label={texts.people}>
        <Icon name="users" />
      </Anchor>
    </header>
  )
})

function glyphOf({ people, glyph }: ResourceView): string | undefined {
  return people === undefined ? glyph : 'message-circle'
}
