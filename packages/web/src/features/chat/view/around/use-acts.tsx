// What one can do around messages, for the log and what floats over it: the menu, dialogs, and whom one answers.

import { type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import type { MenuPlace } from '../../../../ui/floating-menu.tsx'
import { lazy } from '../../../../ui/late.ts'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { answering } from '../../model/refs.ts'
import { texts as chatTexts } from '../../model/texts.ts'
import type { Entry } from '../../model/timeline.ts'
import type { Draft } from '../../store/sender.ts'
import type { MessageActs } from '../props.ts'
import type { ActsNeeds } from './acts-needs.ts'
import { messageHref, threadHref } from './hrefs.ts'

const MessageMenu = lazy(() =>
  import('./message-menu.tsx').then((module) => ({ default: module.MessageMenu })),
)
const ReactionPicker = lazy(() =>
  import('./reaction-picker.tsx').then((module) => ({ default: module.ReactionPicker })),
)
const AnswerBar = lazy(() =>
  import('./answer-bar.tsx').then((module) => ({ default: module.AnswerBar })),
)

export type Acts = {
  readonly acts: MessageActs
  /** What floats over the conversation. */
  readonly layer: ReactNode
  /** Stands above the composer while one answers a message. */
  readonly bar: ReactNode
  /** A draft as it is sent: with what it answers. */
  readonly finish: (draft: Draft) => Draft
}

type OpenedMenu = {
  readonly serial: string
  readonly at: MenuPlace
  /** What to do of it without showing it. */
  readonly act?: string | undefined
}

export function useActs(props: ActsNeeds): Acts {
  const { channelKey, api, session, store, me, composer, isThread = false } = props
  const { tell } = props.notices
  const navigate = useNavigate()
  const [menu, setMenu] = useState<OpenedMenu>()
  const [picking, setPicking] = useState<Omit<OpenedMenu, 'act'>>()
  const [answered, setAnswered] = useState<Entry>()
  const answer = useCallback(
    (entry: Entry) => {
      setAnswered(entry)
      composer.current?.focus()
    },
    [composer],
  )
  const acts = useMemo<MessageActs>(
    () => ({
      channelKey,
      removals: store.removals,
      api,
      isThread,
      hrefOf: (serial) => messageHref(channelKey, serial),
      threadHref: (root) => threadHref(channelKey, root),
      openMenu: (serial, at, act) => setMenu({ serial, at, act }),
      openPicker: (serial, at) => setPicking({ serial, at }),
      answer,
      openThread: (root) => navigate(threadHref(channelKey, root)),
      react: (serial, name, isOn) => {
        const done = session?.around.react(serial, name, isOn, me.id)
        done?.catch((cause: unknown) => tell(chatTexts.notDone(cause)))
      },
      remove: (serial) => store.removals.start(channelKey, serial),
    }),
    [channelKey, api, isThread, store, session, me.id, tell, answer, navigate],
  )
  const closeMenu = useCallback(() => setMenu(undefined), [])
  useEffect(
    () => store.removals.onRefused((cause) => tell(chatTexts.notDone(cause))),
    [store, tell],
  )
  const close = useCallback(() => {
    setAnswered(undefined)
    composer.current?.focus()
  }, [composer])
  return {
    acts,
    layer: (
      <Suspense>
        {menu && <MessageMenu {...props} acts={acts} menu={menu} onClose={closeMenu} />}
        {picking && (
          <ReactionPicker acts={acts} picking={picking} onClose={() => setPicking(undefined)} />
        )}
      </Suspense>
    ),
    bar: (
      <Suspense>{answered && <AnswerBar {...props} entry={answered} onClose={close} />}</Suspense>
    ),
    finish: (draft) => {
      if (answered === undefined) return draft
      setAnswered(undefined)
      const answer = answering({ type: 'reply', serial: answered.serial })
      return { ...draft, extras: { ...draft.extras, ...answer } }
    },
  }
}
