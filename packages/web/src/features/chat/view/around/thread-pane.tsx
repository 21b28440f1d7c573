// A thread beside the conversation: the message it is about, the answers, and a composer of its own.

import {
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { Button } from '../../../../ui/button.tsx'
import { dayOf } from '../../../../ui/times.ts'
import { answering } from '../../model/refs.ts'
import { rowsOf } from '../../model/rows.ts'
import { hash } from '../../model/texts.ts'
import { texts } from '../../model/texts-around.ts'
import { findBySerial } from '../../model/timeline.ts'
import { useOutbox } from '../../store/hooks.ts'
import type { Kept } from '../../store/storage.ts'
import { usePersonalStore } from '../../store/use-personal.ts'
import { useThread } from '../../store/use-thread.ts'
import { Composer, type ComposerHandle } from '../composer.tsx'
import { PaneFrame } from '../pane-frame.tsx'
import type { MessageActs, SidePaneProps } from '../props.ts'
import { PaneRows } from './pane-rows.tsx'
import { threadMark } from './thread-chip.tsx'
import { useActs } from './use-acts.tsx'
import { useQuoted } from './use-around-state.ts'

// biome-ignore lint/style/noDefaultExport: loaded lazily
export default function ThreadPane(props: SidePaneProps): ReactNode {
  if (props.thread === undefined) return null
  return <Thread key={props.thread} {...props} root={props.thread} />
}

function Thread(props: SidePaneProps & { readonly root: string }): ReactNode {
  const { view, me, store, channelKey, root, state } = props
  const composer = useRef<ComposerHandle>(null)
  const [editing, setEditing] = useState<string>()
  const also = useAlso(store.kept, threadMark(channelKey, root))
  const thread = useThread(props.api, channelKey, root, state)
  const { answers } = thread
  const find = useCallback((serial: string) => findBySerial(answers, serial), [answers])
  const around = useActs({ ...props, composer, onEdit: setEditing, isThread: true, find })
  const rows = useThreadRows(props, thread.answers)
  const box = useBottom(rows)
  useReadMark(channelKey, root, thread.answers.at(-1)?.serial)
  useFirstFocus(composer, root)
  const endEdit = useCallback(() => {
    setEditing(undefined)
    composer.current?.focus()
  }, [])
  const shared = {
    ...props,
    sender: store.sender,
    composer,
    editing,
    onEdit: setEditing,
    onEditEnd: endEdit,
    acts: useMemo(() => also.takenBack(around.acts), [also.takenBack, around.acts]),
    onEscape: () => composer.current?.focus(),
  }
  return (
    <PaneFrame
      look="around-pane thread-pane"
      title={texts.thread}
      about={hash(view.title)}
      closeHref={props.closeHref}
    >
      <div ref={box} className="thread-log">
        <PaneRows {...shared} rows={rows.root} label={texts.threadRoot} />
        <p className="thread-line faint xs">{texts.answers(rows.answers.length)}</p>
        {thread.hasOlder || thread.hasFailed ? (
          <Button size="small" look="quiet" busy={thread.isLoading} onClick={thread.loadOlder}>
            {thread.hasFailed ? texts.tryAgain : texts.olderAnswers}
          </Button>
        ) : null}
        <PaneRows {...shared} rows={rows.all} label={texts.thread} />
      </div>
      {around.layer}
      {props.control('publish').kind === 'on' ? (
        <AlsoChoice also={also} title={view.title} />
      ) : null}
      <Composer
        ref={composer}
        api={props.api}
        realtime={props.realtime}
        thread={root}
        place={{ me, view, people: props.people, notices: props.notices }}
        label={texts.answerInThread}
        kept={store.kept}
        channelKey={channelKey}
        draftKey={threadMark(channelKey, root)}
        control={props.control}
        onSend={(draft) => {
          const answer = answering({ type: 'thread', serial: root }, also.isOn)
          store.sender.write(channelKey, { ...draft, extras: { ...draft.extras, ...answer } })
          also.set(false)
        }}
        onSendTo={(to, text) => store.sender.write(to, { text })}
        onEditLast={() => {
          const last = thread.answers.findLast(
            ({ author, body }) => author === me.id && body.kind === 'text',
          )
          if (props.control('message-update-own').kind === 'on') setEditing(last?.serial)
        }}
      />
    </PaneFrame>
  )
}

function AlsoChoice(props: {
  readonly also: ReturnType<typeof useAlso>
  readonly title: string
}): ReactNode {
  const { also, title } = props
  return (
    <label className="also sm dim">
      <input
        type="checkbox"
        checked={also.isOn}
        onChange={(event) => also.set(event.target.checked)}
      />
      {texts.alsoInChannel(hash(title))}
    </label>
  )
}

/** Whether the answer is also for the channel: kept with its draft, and back with one that is taken back. */
function useAlso(kept: Kept, draftKey: string) {
  const [isOn, setOn] = useState(() => kept.isAlso(draftKey))
  const set = useCallback(
    (isAlso: boolean) => {
      setOn(isAlso)
      kept.setAlso(draftKey, isAlso)
    },
    [kept, draftKey],
  )
  const takenBack = useCallback(
    (acts: MessageActs): MessageActs => ({
      ...acts,
      takeBack: (draft) => {
        if (draft.extras?.also === true) set(true)
        acts.takeBack(draft)
      },
    }),
    [set],
  )
  return { isOn, set, takenBack }
}

/** Whoever opens a thread goes on there; on a phone the keyboard would cover what one came to read. */
function useFirstFocus(composer: RefObject<ComposerHandle | null>, root: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each thread
  useEffect(() => {
    if (matchMedia('(hover: hover)').matches) composer.current?.focus()
  }, [composer, root])
}

function useThreadRows(
  props: SidePaneProps & { readonly root: string },
  answers: ReturnType<typeof useThread>['answers'],
) {
  const { me, root, channelKey } = props
  const found = useQuoted(props.session, root)
  const outbox = useOutbox(props.store.sender)
  return useMemo(() => {
    const unsent = outbox.filter((item) => {
      const ref = item.extras?.ref as { readonly timeserial?: unknown } | undefined
      return item.channelKey === channelKey && ref?.timeserial === root
    })
    const of = (timeline: typeof answers, waiting: typeof unsent) =>
      rowsOf({ timeline, unsent: waiting, me: me.id, dayOf, isThread: true })
    const head = found === undefined || found === 'missing' ? [] : [found]
    const alive = answers.filter(({ body }) => body.kind !== 'deleted')
    return { root: of(head, []), all: of(answers, unsent), answers: alive }
  }, [found, outbox, answers, me.id, root, channelKey])
}

/** Stays at the newest answer if one was there. */
function useBottom(rows: unknown) {
  const box = useRef<HTMLDivElement>(null)
  const isAtBottom = useRef(true)
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const onScroll = () => {
      const below = element.scrollHeight - element.clientHeight - element.scrollTop
      isAtBottom.current = below < 48
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => element.removeEventListener('scroll', onScroll)
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: new rows are what moves the end
  useLayoutEffect(() => {
    if (isAtBottom.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight
  }, [rows])
  return box
}

/** What is shown is read. */
function useReadMark(channelKey: string, root: string, last: string | undefined): void {
  const personal = usePersonalStore()
  useEffect(() => {
    if (last === undefined || personal === undefined) return
    const key = threadMark(channelKey, root)
    const mark = personal.get('read', key)?.serial
    if (typeof mark !== 'string' || mark < last) personal.set('read', key, { serial: last })
  }, [personal, channelKey, root, last])
}
